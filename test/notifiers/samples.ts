import type { Message } from '../../src/core/message.ts'

/** One realistic message of each kind. */
export const samples: { [K in Message['kind']]: Extract<Message, { kind: K }> } = {
  alert: {
    kind: 'alert',
    uid: 'alert:7f3a',
    severity: 'critical',
    headline: 'An AWS key pasted in Slack is being used from Germany',
    what: 'The key AKIAEXAMPLE7Q2F listed every bucket and user, and was refused 14 times.',
    who: 'Deploy key of Ana Silva, pasted by her in #ops',
    where: '185.220.101.7 (Germany, Tor exit), eu-west-1',
    when: 'Friday 20 Nov, 10:02 to 10:09 (09:02 UTC)',
    why: 'Ana got a mail that claims to be from AWS, pasted the key in #ops 20 minutes later, and it was then used from a network it has never been used from.',
    step: 'Deactivate the key in the AWS console under IAM, Users, ana, Security credentials.',
    note: null,
    is_drill: false,
  },
  reply: {
    kind: 'reply',
    uid: 'evidence:7f3a',
    thread: 'alert:7f3a',
    title: 'What this is based on',
    paragraphs: [
      'The first view is an attack. Three sources tell the same story within 27 minutes.',
    ],
    quotes: [
      {
        said_by: 'AWS Support <no-reply@aws-verify.example>',
        text: 'Your access keys expire <!here> today. Confirm them at https://aws-verify.example/keys within *30 minutes*.',
      },
    ],
    evidence: [
      { name: 'sender looks like', value: 'aws.amazon.com' },
      { name: 'link goes to', value: 'https://aws-verify.example/keys' },
      { name: 'first use of the key from', value: '185.220.0.0/16' },
    ],
    timeline: [
      { when: '09:42', text: 'Mail “Action needed: access keys” to ana@harbor.example' },
      { when: '10:00', text: 'Ana Silva pasted an AWS key in #ops' },
      { when: '10:02', text: 'ListBuckets, ListUsers by AKIAEXAMPLE7Q2F from 185.220.101.7' },
      { when: '10:04', text: 'GetObject refused 14 times' },
    ],
    steps: [
      'Deactivate the key AKIAEXAMPLE7Q2F.',
      'Ask Ana whether she entered the key or a password on the page in the mail.',
      'Delete the message in #ops.',
    ],
  },
  digest: {
    kind: 'digest',
    uid: 'digest-2026-11-20',
    title: 'Morning report, Friday 20 November',
    counts: [
      { name: 'new incidents', value: 2 },
      { name: 'mails read', value: 1204 },
      { name: 'Slack messages', value: 318 },
      { name: 'AWS calls', value: 9120 },
    ],
    needs_you: [
      'Critical: an AWS key pasted in Slack is being used from Germany (since yesterday, 10:02)',
    ],
    handled: ['Low: a mail from a lookalike of harbor.example went to spam by itself'],
    sources: [
      { name: 'slack:harbor', healthy: true, text: 'last read 07:59' },
      { name: 'gmail:ana@harbor.example', healthy: true, text: 'last read 07:58' },
      {
        name: 'cloudtrail:prod',
        healthy: false,
        text: 'AccessDenied since 03:10: check its policy',
      },
    ],
    nothing_happened: false,
  },
  first_look: {
    kind: 'first_look',
    uid: 'first-look',
    title: 'First look at the last 24 hours',
    counts: [
      { name: 'mails', value: 640 },
      { name: 'Slack messages', value: 210 },
      { name: 'AWS calls', value: 8011 },
    ],
    found: [
      { severity: 'high', text: 'A GitHub token was pasted in #dev by Tom Berg' },
      { severity: 'low', text: 'The root user of the AWS account signed in from the office' },
    ],
    wrong: [
      {
        severity: 'high',
        text: 'Mail of ana@acme.example is forwarded to an address outside the company',
        mend: 'Turn it off in Gmail under Settings, Forwarding.',
      },
    ],
  },
  notice: {
    kind: 'notice',
    uid: 'notice-1',
    title: 'I can no longer read the AWS account prod',
    text: 'AWS says AccessDenied to LookupEvents since 03:10. Attach the policy from the README to the user porchlight again.',
  },
  pointer: {
    kind: 'pointer',
    uid: 'alert:99aa',
    title: 'This turned out to be part of “An AWS key pasted in Slack is being used from Germany”.',
    url: 'https://harbor.slack.com/archives/C0123456789/p1700000000000100',
  },
}
