import { createHash } from 'node:crypto'
import { accessKeyId, secretAccessKey } from '../../src/office/credentials.ts'
import type { MailItem, SlackItem, TrailItem, World } from '../../src/office/world.ts'

const hour = 3_600_000
const minute = 60_000
/** Monday 2026-11-16 00:00 in Madrid. */
const start = Date.UTC(2026, 10, 15, 23)
/** Local time on Monday. */
const at = (h: number, m = 0, s = 0) => start + h * hour + m * minute + s * 1000

/** Access key ids that the small world speaks of; `leaked` is pasted in Slack and used from afar. */
export const smallKeys = {
  ben: accessKeyId(7, 'ben'),
  leaked: accessKeyId(7, 'deploy'),
  leakedSecret: secretAccessKey(7, 'deploy'),
}

/**
 * A company written by hand, everything on one day, Monday: five people, ~20 Slack messages, 10
 * mails in two mailboxes, 30 CloudTrail records in two Regions. With the clock at `world.end`
 * everything is visible, at `world.start` nothing.
 */
export function smallWorld(): World {
  return {
    seed: 7,
    start,
    attackDay: start + 24 * hour,
    end: start + 48 * hour,
    company: {
      name: 'Marlow Ceramics',
      domain: 'marlow.example',
      time_zone: 'Europe/Madrid',
      networks: ['203.0.113.0/24'],
      aws_account: '111122223333',
    },
    people: [
      person('Ana Marlow', 'Owner', 'U01', null, '198.51.100.10'),
      person('Ben Okoro', 'Engineer', 'U02', 'ben', '198.51.100.11'),
      person('Carla Ruiz', 'Accounts', 'U03', null, '198.51.100.12'),
      person('Dev Shah', 'Engineer', 'U04', 'dev', '198.51.100.13'),
      person('Elsa Lind', 'Sales', 'U05', null, '198.51.100.14'),
    ],
    slack: {
      team: { id: 'T01', name: 'Marlow Ceramics', domain: 'marlow' },
      bot: { user_id: 'U99', bot_id: 'B99', name: 'porchlight' },
      channels: [
        channel('C01', 'general'),
        channel('C02', 'dev'),
        channel('C03', 'random', false),
        channel('C09', 'security'),
        { ...channel('C04', 'money'), is_private: true },
      ],
      messages: messages(),
    },
    mail: mails(),
    trail: trail(),
    truth: [
      {
        name: 'key pasted and used',
        events: [
          'gmail:carla@marlow.example:18c0000000000104',
          `slack:T01:C02:${tsOf(at(11, 30), 13)}`,
          `cloudtrail:111122223333:${eventId(27)}`,
        ],
      },
    ],
  }
}

const person = (
  name: string,
  role: string,
  slack_id: string,
  iam_user: string | null,
  home_ip: string,
) => ({
  name,
  email: `${name.split(' ')[0]?.toLowerCase()}@marlow.example`,
  role,
  slack_id,
  iam_user,
  time_zone: 'Europe/Madrid',
  hours: [9, 18] as [number, number],
  home_ip,
})

const channel = (id: string, name: string, is_member = true) => ({
  id,
  name,
  is_private: false,
  is_member,
})

const tsOf = (ms: number, n: number) =>
  `${Math.floor(ms / 1000)}.${String((ms % 1000) * 1000 + n).padStart(6, '0')}`

/** In order of time: a thread (with a broadcast), an edit, two deletions, a file, a pasted key. */
function messages(): SlackItem[] {
  let n = 0
  const say = (
    channelId: string,
    time: number,
    user: string,
    text: string,
    more: Partial<SlackItem> = {},
  ): SlackItem => {
    n += 1
    return { channel: channelId, ts: tsOf(time, n), user, text, visible: time, ...more }
  }
  const question = say('C02', at(9, 30), 'U02', 'Deploy failed on the kiln service, any idea?')
  const gone = say('C02', at(9, 50), 'U04', 'Does anyone have the staging password?', {
    deleted_at: at(12),
  })
  return [
    question,
    gone,
    say('C01', at(9), 'U01', 'Good morning! The fair starts on Thursday.'),
    say('C01', at(9, 5), 'U05', 'Morning <@U01>, stand is <https://fair.example/map|booked>'),
    say('C01', at(9, 7), 'U03', 'Invoices go out today &amp; tomorrow', {
      edits: [{ at: at(9, 20), text: 'Invoices go out tomorrow' }],
    }),
    say('C02', at(9, 33), 'U04', 'Disk full again', { thread_ts: question.ts }),
    say('C02', at(9, 41), 'U02', 'Cleared it, thanks', { thread_ts: question.ts }),
    say('C02', at(9, 42), 'U02', 'Deploy is green now', {
      thread_ts: question.ts,
      subtype: 'thread_broadcast',
    }),
    say('C02', at(9, 55), 'U02', 'No, and please not in here', { thread_ts: gone.ts }),
    say('C01', at(10), 'U05', 'Price list for the fair', {
      files: [{ id: 'F01', name: 'prices-2026.pdf', mimetype: 'application/pdf' }],
    }),
    say('C04', at(10, 10), 'U03', 'Kiln supplier asks for a deposit of 4,000 EUR'),
    say('C04', at(10, 12), 'U01', 'Call them first please'),
    say(
      'C02',
      at(11, 30),
      'U04',
      `key for the exporter: ${smallKeys.leaked} ${smallKeys.leakedSecret}`,
    ),
    say('C03', at(11, 40), 'U05', 'Not seen by the bot until it joins'),
    say('C01', at(12, 5), 'U05', 'wrong channel, sorry', { deleted_at: at(12, 6) }),
    say('C01', at(12, 30), 'U01', 'Lunch?'),
    say('C01', at(13, 30), 'U03', 'Shown a minute late', { visible: at(13, 31) }),
    say('C02', at(15), 'U02', 'Release 2.4 is out: <https://git.example/kiln/releases/2.4>'),
    say('C02', at(15, 4), 'U04', 'Nice :tada:'),
    say('C01', at(17, 55), 'U05', 'See you tomorrow'),
  ].sort((a, b) => (a.ts < b.ts ? -1 : 1))
}

const dateOf = (ms: number) => new Date(ms).toUTCString().replace('GMT', '+0000')

function mail(
  mailbox: 'ana' | 'carla',
  n: number,
  time: number,
  from: string,
  subject: string,
  body: string,
  auth: 'pass' | 'fail' | null = 'pass',
): MailItem {
  const address = `${mailbox}@marlow.example`
  const id = `18c00000000001${String(n).padStart(2, '0')}`
  const domain = from.split('@')[1]?.replace('>', '')
  const sent = from.includes(address)
  const lines = [
    ...(sent ? [] : [`Delivered-To: ${address}`]),
    ...(auth && !sent
      ? [
          `Authentication-Results: mx.google.com; spf=${auth} smtp.mailfrom=${domain}; dmarc=${auth}`,
        ]
      : []),
    `From: ${from}`,
    `To: ${sent ? 'billing@kilns.example' : address}`,
    `Subject: ${subject}`,
    `Date: ${dateOf(time)}`,
    `Message-ID: <m${n}@${domain}>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    body,
    '',
  ]
  return {
    mailbox: address,
    id,
    thread_id: id,
    time,
    visible: time + 2000,
    labels: sent ? ['SENT'] : ['INBOX', 'UNREAD'],
    raw: lines.join('\r\n'),
  }
}

/** Mail 04 is the phish; 05 lies in Spam. */
const mails = (): MailItem[] => [
  mail('ana', 1, at(8, 30), 'Fair Office <info@fair.example>', 'Your stand', 'Stand 14 is yours.'),
  mail('carla', 2, at(8, 45), 'billing@kilns.example', 'Invoice 4411', 'Please find it attached.'),
  mail('carla', 3, at(9, 15), 'Carla Ruiz <carla@marlow.example>', 'Re: Invoice 4411', 'Paid.'),
  mail(
    'carla',
    4,
    at(10, 2),
    'Ana Marlow <ana@rnarlow.example>',
    'Sign in to see the new payroll',
    'Your session expired. Sign in: https://login.rnarlow.example/payroll',
    'fail',
  ),
  {
    ...mail('ana', 5, at(10, 30), 'win@prizes.example', 'You won', 'Claim now', 'fail'),
    labels: ['SPAM', 'UNREAD'],
  },
  mail('ana', 6, at(11), 'news@clay.example', 'Clay weekly', 'Ten glazes for winter.'),
  mail('ana', 7, at(12), 'Elsa Lind <elsa@marlow.example>', 'Fair', 'Can you sign the form?'),
  mail('carla', 8, at(13), 'bank@bank.example', 'Statement ready', 'See https://bank.example/'),
  mail('carla', 9, at(14), 'tax@tax.example', 'Reminder', 'Due on the 20th.'),
  mail('ana', 10, at(16), 'Carla Ruiz <carla@marlow.example>', 'Deposit', 'I called. All fine.'),
]

const eventId = (n: number) => {
  const hex = createHash('sha256').update(`event ${n}`).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-')
}

/** 26 quiet ones (the 5th shown twice, the 6th late), then the leaked key is used from afar. */
function trail(): TrailItem[] {
  const record = (
    n: number,
    time: number,
    region: string,
    service: string,
    eventName: string,
    user: string,
    key: string,
    ip: string,
    more: Record<string, unknown> = {},
  ): TrailItem => ({
    region,
    visible: time + 5 * minute + ((n * 37) % 60) * 1000,
    record: {
      eventVersion: '1.11',
      userIdentity: {
        type: 'IAMUser',
        principalId: `AIDA${user.toUpperCase().padEnd(16, 'X')}`,
        arn: `arn:aws:iam::111122223333:user/${user}`,
        accountId: '111122223333',
        accessKeyId: key,
        userName: user,
      },
      eventTime: new Date(time).toISOString().replace('.000Z', 'Z'),
      eventSource: `${service}.amazonaws.com`,
      eventName,
      awsRegion: region,
      sourceIPAddress: ip,
      userAgent: 'aws-cli/2.31.0',
      requestParameters: null,
      responseElements: null,
      requestID: eventId(1000 + n),
      eventID: eventId(n),
      readOnly: /^(Get|List|Describe)/.test(eventName),
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: '111122223333',
      eventCategory: 'Management',
      ...more,
    },
  })
  const quiet = [...Array(26).keys()].map((i) => {
    const name = ['DescribeInstances', 'ListBuckets', 'PutMetricAlarm', 'GetCallerIdentity'][i % 4]
    const service = ['ec2', 's3', 'monitoring', 'sts'][i % 4]
    const region = i % 3 === 0 ? 'us-east-1' : 'eu-west-1'
    const time = at(9, i * 15)
    const item = record(
      i + 1,
      time,
      region,
      `${service}`,
      `${name}`,
      'ben',
      smallKeys.ben,
      '203.0.113.5',
    )
    if (i === 4) return { ...item, again: item.visible + 2 * minute }
    return i === 5 ? { ...item, visible: time + 14 * minute } : item
  })
  const stolen = (n: number, m: number, service: string, name: string, more = {}) =>
    record(n, at(16, m), 'us-east-1', service, name, 'deploy', smallKeys.leaked, '192.0.2.66', more)
  const denied = { errorCode: 'AccessDenied', errorMessage: 'User is not authorized' }
  return [
    ...quiet,
    stolen(27, 0, 'sts', 'GetCallerIdentity'),
    stolen(28, 1, 'iam', 'ListUsers', denied),
    stolen(29, 2, 'secretsmanager', 'ListSecrets', denied),
    stolen(30, 3, 'cloudtrail', 'StopLogging', denied),
  ]
}
