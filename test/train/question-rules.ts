import type { Plan } from '../../src/core/plan.ts'

/** A rule of annotation as far as words can show it: what a question with them must mean. */
export interface Rule {
  /** Number of the rule it checks. */
  rule: number
  says: string
  when: RegExp
  holds: (plan: Plan) => boolean
}

const has =
  (...activities: string[]) =>
  (p: Plan) =>
    JSON.stringify([...(p.activities ?? [])].sort()) === JSON.stringify(activities.sort())
const includes = (activity: string) => (p: Plan) => (p.activities ?? []).some((a) => a === activity)
const from =
  (since: string, until?: string) =>
  (p: Plan): boolean =>
    p.since === since && p.until === until
const source = (name: string) => (p: Plan) => (p.sources ?? []).some((s) => s === name)
const grouped = (by: Plan['group_by']) => (p: Plan) => p.group_by === by
const answers = (answer: Plan['answer']) => (p: Plan) => p.answer === answer

const rule = (n: number, says: string, when: RegExp, holds: Rule['holds']): Rule => ({
  rule: n,
  says,
  when,
  holds,
})

/** Checks of the rules that can be read off the words of a question. */
export const rules: Rule[] = [
  rule(
    1,
    'alerts are findings',
    /\b(alerts?|warnings?|detections?|findings?|red flags?)\b/,
    (p) => p.about === 'findings',
  ),
  rule(1, 'flagged is a finding', /\bflagged\b/, (p) => p.about === 'findings'),
  rule(
    1,
    'incidents and breaches',
    /\b(incidents?|breach(es|ed)?|attacks?|hacked|compromised)\b/,
    (p) => p.about === 'incidents',
  ),
  rule(
    1,
    'something suspicious is a finding',
    /anything suspicious|suspicious (things|stuff)|something suspicious/,
    (p) => p.about === 'findings',
  ),
  rule(
    1,
    'phishing mails are findings with the word',
    /phishing e?mails?\b/i,
    (p) => p.about === 'findings' && p.text === 'phishing' && includes('mail_received')(p),
  ),
  rule(
    1,
    'logins alone are events',
    /^(show|list|can you show|give) (me )?(all |the )?(log-?ins|sign-ins|login attempts)\b/i,
    (p) => p.about === 'events',
  ),
  rule(
    2,
    'attempts are both',
    /\b(log-?in|sign-in) attempts\b/,
    (p) => has('sign_in', 'sign_in_failed')(p) || has('sign_in_failed')(p),
  ),
  rule(
    2,
    'who tried to get in',
    /\b(tried|trying|try) to (get|log|sign) in\b/,
    has('sign_in', 'sign_in_failed'),
  ),
  rule(2, 'who logged in', /\bwho (logged|signed|got) in\b/i, has('sign_in')),
  rule(2, 'did they sign in', /\bdid \S+ (sign|log) in\b/, has('sign_in')),
  rule(
    2,
    'wrong passwords',
    /\b(wrong password|locked out|lockouts?|failed (log|sign)-?ins?)/,
    has('sign_in_failed'),
  ),
  rule(
    2,
    'no outcome for sign-ins',
    /\b(logins?|sign-ins?|locked out)\b/,
    (p) => p.outcome === undefined,
  ),
  rule(3, 'denied is a failure', /\b(denied|refused)\b/, (p) => p.outcome === 'failure'),
  rule(
    3,
    'that worked',
    /\b(went through|that succeeded)\b/,
    (p) => p.outcome === 'success' || includes('sign_in')(p),
  ),
  rule(
    4,
    'unusual',
    /\b(unusual|strange|weird|abnormal|out.of.the.ordinary)\b/,
    (p) => p.unusual === true,
  ),
  rule(
    4,
    'a new device',
    /from a new (device|place)/,
    (p) => p.unusual === true && p.about === 'events',
  ),
  rule(4, 'first-time', /\bfirst-time\b/, (p) => p.unusual === true),
  rule(5, 'Slack', /\bSlack\b/, source('slack')),
  rule(5, 'Gmail', /\bGmail\b/, source('gmail')),
  rule(5, 'Google', /\b(Google|Workspace|Drive|admin console)\b/, source('workspace')),
  rule(5, 'AWS', /\b(AWS|Amazon|CloudTrail|IAM|S3|EC2)\b/, source('cloudtrail')),
  rule(5, 'the root account', /\broot account\b/, source('cloudtrail')),
  rule(
    5,
    'the server and its logs',
    /\b(on (the|our) server|log files|syslog|server logs)\b/,
    source('files'),
  ),
  rule(
    5,
    'programs stand in text, of the local logs',
    /\b(vpn|ssh) (login|sign-in)s?\b/i,
    (p) => source('files')(p) && /^(vpn|ssh)$/i.test(p.text ?? ''),
  ),
  rule(6, 'a password has an owner', /_['’]s? password\b/i, (p) => p.target !== undefined),
  rule(
    6,
    'who added whom to what',
    /\bwho (added|put|removed|took) .*_ (in)?(to|from|out of) (the group )?_/i,
    (p) => p.target !== undefined && p.text !== undefined && has('role_change')(p),
  ),
  rule(
    7,
    'anyone gives no who',
    /\bdid (anyone|anybody|someone|somebody) (log|sign|delete|share|download)/,
    (p) => p.who === undefined,
  ),
  rule(7, 'the asker is me', /\b(did I(?! miss)|have I(?! been ill))\b/, (p) => p.who === 'me'),
  rule(8, 'subjects', /with (the )?subject/, (p) => p.text !== undefined),
  rule(8, 'links', /(with a link|linking) to/, (p) => p.text !== undefined),
  rule(9, 'Holland', /\bHolland\b/, (p) => p.country === 'Netherlands'),
  rule(
    9,
    'the USA',
    /\b(the USA|America|the States)\b(?! \w*America)/,
    (p) => p.country === 'United States' || p.continent !== undefined,
  ),
  rule(9, 'Europe', /from Europe\b/, (p) => p.continent === 'Europe' && p.country === undefined),
  rule(
    10,
    'how many',
    /^how many (?!.*\b(per|by|for each|each|in \S+ and how many)\b)/i,
    answers('count'),
  ),
  rule(10, 'any', /^any (?!idea|apps were).*\?$/i, answers('yes_no')),
  rule(
    10,
    'were there',
    /^(were there|have there been|was there)\b/i,
    (p) => p.answer === 'yes_no' || p.group_by === 'day',
  ),
  rule(10, 'which has the most', /\b(has|had|have) (the )?most\b/, answers('top')),
  rule(10, 'what somebody did', /^what did _ do\b/i, answers('timeline')),
  rule(
    10,
    'in order',
    /\b(timeline|in order|step by step|chronolog|in sequence)/,
    answers('timeline'),
  ),
  rule(10, 'can you show', /^can you show\b/i, answers('list')),
  rule(
    10,
    'two asks want the detail',
    /and (who did it|by whom|if so who)/,
    (p) => p.answer === 'list' && p.group_by === 'who',
  ),
  rule(
    11,
    'who did',
    /^who (logged|changed|reset|deleted|shared|created|installed|downloaded)\b(?!.*\b(most|often|how many times)\b)/i,
    (p) => p.group_by === 'who' && p.answer === 'list',
  ),
  rule(11, 'by country', /\bby country\b/, grouped('country')),
  rule(11, 'which IPs', /^which (IPs|IP addresses)\b/, grouped('ip')),
  rule(11, 'per hour', /\b(per hour|hourly|by hour|hour by hour)\b/, grouped('hour')),
  rule(11, 'per day', /\b(per day|daily|by day|day by day|for each day)\b/, grouped('day')),
  rule(11, 'whose', /\bwhose (password|MFA|2FA|account)\b/, grouped('resource')),
  rule(
    11,
    'a trend is by day',
    /\btrend\b/,
    (p) => p.group_by === 'day' && p.answer === 'timeline',
  ),
  rule(
    12,
    'a summary is by activity',
    /^(recap|summary|overview|quick overview|summari[sz]e)\b(?!.*(list|of all))/i,
    (p) => p.group_by === 'activity' && p.answer === 'count',
  ),
  rule(
    13,
    'the latest is one',
    /^(the )?(latest|most recent|newest) (?!\d|two|three|four|five|six|seven|eight|ten|twelve)/i,
    (p) => p.limit === 1,
  ),
  rule(13, 'a stated number', /\btop (10|ten)\b/i, (p) => p.limit === 10),
  rule(14, 'recently is a week', /\b(recently|lately|of late)\b/, from('7d')),
  rule(14, 'right now is an hour', /\b(right now|just now|currently)\b/, from('1h')),
  rule(14, 'all time', /\b(of all time|all time|since records began)\b/, from('1970-01-01')),
  rule(14, 'past year', /\bpast year\b/, from('365d')),
  rule(14, 'a fortnight', /\bfortnight\b/, from('14d')),
  rule(14, 'a couple of days', /\bcouple of days\b/, from('2d')),
  rule(14, 'months are thirty days', /\b(last|past) (2|two) months\b/, from('60d')),
  rule(14, 'weeks are seven days', /\b(last|past) (3|three) weeks\b/, from('21d')),
  rule(
    15,
    'yesterday ends today',
    /\b(changes|mails|logins|attempts|downloads|alerts|incidents|deletions|happened) yesterday[.?]*$/i,
    from('yesterday', 'today'),
  ),
  rule(
    15,
    'last week ends this week',
    /\b(changes|mails|logins|attempts|downloads|alerts|incidents|deletions|happened) last week[.?]*$/i,
    from('last_week', 'this_week'),
  ),
  rule(15, 'since last week has no end', /\bsince last week\b/, from('last_week')),
  rule(15, 'hours', /\b(last|past) 24 (hours|hrs)\b/, from('24h')),
  rule(16, 'the weekend', /\b(over|at|during|on) the weekend\b/, from('saturday', 'this_week')),
  rule(16, 'last Monday, said on a Monday', /\bsince last Monday\b/, from('2026-11-16')),
  rule(
    16,
    'on Friday',
    /\bon Friday[?.]*$/,
    (p) => from('friday', 'saturday')(p) || p.since.includes('T'),
  ),
  rule(
    17,
    'last night',
    /(?<!(since|from) )\b(last night|overnight)[?.]*$/i,
    from('2026-11-22T20:00Z', '2026-11-23T06:00Z'),
  ),
  rule(
    17,
    'yesterday evening',
    /(?<!(since|from) )\byesterday evening[?.]*$/i,
    from('2026-11-22T18:00Z', '2026-11-23'),
  ),
  rule(18, 'this quarter', /\bthis quarter\b/, from('2026-10-01')),
  rule(18, 'in October', /(?<!\d |\d\w\w )\bin October\b/, from('2026-10-01', '2026-11-01')),
  rule(
    18,
    'a month still to come is of last year',
    /\b(in|during) December\b/i,
    from('2025-12-01', '2026-01-01'),
  ),
  rule(
    19,
    'two periods',
    /\bthis week (vs|against) last week\b/,
    (p) => p.since === 'last_week' && p.group_by === 'day' && p.answer === 'count',
  ),
  rule(
    20,
    'serious is high',
    /\b(serious|severe|high-severity) (?!findings|warnings|incidents$)(alerts|cases|detections)/,
    (p) => p.min_severity === 'high' || p.answer === 'top',
  ),
  rule(
    20,
    'critical',
    /\bcritical (alerts|incidents|warnings)\b/,
    (p) => p.min_severity === 'critical' || p.min_severity === 'high',
  ),
  rule(
    21,
    'outside is external',
    /\bshared (outside|externally)\b/,
    (p) => includes('external_share')(p) && !includes('file_shared')(p),
  ),
  rule(21, 'in a channel is inside', /\bin channels\b/, has('file_shared')),
  rule(22, 'made an admin', /\b(made|make) (someone |_ )?(an )?admins?\b/i, has('role_change')),
  rule(
    22,
    'IAM policies',
    /\bIAM polic/,
    (p) => includes('policy_change')(p) && source('cloudtrail')(p),
  ),
  rule(22, 'public buckets', /\bbuckets? .*\bmade public\b/i, has('bucket_change')),
  rule(23, 'inbox rules are both', /\binbox rules?\b/, has('forwarding_rule', 'mail_filter')),
  rule(23, 'new apps are both', /\bnew apps\b/, has('app_consent', 'app_install')),
  rule(23, 'decoys', /\b(decoy|canary|canaries|honeypots?|bait)\b/, has('decoy_touched')),
  rule(
    23,
    'suspended accounts',
    /(?<!or )\b(suspended|deactivated|removed) (accounts|users)\b/i,
    has('user_removed'),
  ),
]
