import type { Plan } from '../../../src/core/plan.ts'

/**
 * Frames whose meaning is all but fixed. A slot sets its part of the plan: `{W}` who (`{O}` their
 * possessive), `{M}` a sender, `{R}` a colleague as the target, `{F}` a thing as the target, `{G}` a
 * group as the text, `{ip}`, `{C}` a country, `{src}` a system (`in Slack`), `{sys}` its name, `{n}`
 * the limit. `{t}` is the time.
 */
export interface Fixed {
  weight: number
  plan: Partial<Plan> & Pick<Plan, 'about' | 'answer'>
  frames: string[]
}

const events = { about: 'events' } as const
const findings = { about: 'findings' } as const
const incidents = { about: 'incidents' } as const

/** What somebody, an address or a thing was about. */
const doings: Fixed[] = [
  {
    weight: 4,
    plan: { ...events, answer: 'timeline' },
    frames: [
      'what did {W} do {t}?',
      'what did {W} do {t}',
      'what did {W} do {src} {t}?',
      'what {hasW} {W} been doing {t}?',
      'what {hasW} {W} been up to {t}?',
      'tell me what {W} did {t}',
      'can you tell me what {W} did {src} {t}?',
      'walk me through what {W} did {t}',
      'what happened {src} {t}?',
      'what happened {t}?',
      'what happened {t}',
      'what went on {src} {t}?',
      'what exactly happened {t}?',
      '{t}, what happened {src}?',
      'tell me what happened {src} {t}',
      'step by step, what happened {src} {t}?',
      'what did I miss {t}?',
      'what did {ip} do {t}?',
      'what has {ip} been up to {t}?',
      'what happened to {F} {t}?',
      'what happened with {F} {t}',
      'everything that happened to {F} {t}',
      'history of {F} {t}',
      'timeline for {F} {t}',
      'timeline for {W} {t}',
      '{O} actions {t}, in order',
      '{ip} is not one of ours. what did it do {t}?',
      'the address {ip} was in an email from the bank. what has it been up to {t}?',
      '{W} left us on bad terms. what did they do {t}?',
      '{W} says it was not them. what did they do {t}?',
      'something is wrong with {F}. what happened to it {t}?',
    ],
  },
  {
    weight: 1.5,
    plan: { ...events, answer: 'list' },
    frames: [
      'everything {W} did {t}, as a list',
      'list everything {W} did {src} {t}',
      'everything from {ip} {t}',
      'show me everything from {ip} {t}',
      'all we have on {ip} {t}',
      'everything from {C} {t}',
      'list everything that came from {C} {t}',
      'show everything {src} {t}',
      'everything recorded {src} {t}',
      'I do not know {ip}. list everything from it {t}',
    ],
  },
  {
    weight: 1.5,
    plan: { ...events, answer: 'yes_no' },
    frames: [
      'did {W} do anything {t}?',
      'did {W} do anything {src} {t}?',
      '{hasW} {W} been active {t}?',
      'was there anything from {ip} {t}?',
      'have we seen {ip} {t}?',
      'did {ip} do anything {t}?',
      'anything from {ip} {t}?',
      'any sign of {ip} {t}?',
      'anything from {C} {t}?',
      'did anything happen {src} {t}?',
      'has anything come from {C} {t}?',
      'has {F} been touched {t}?',
      'did anyone touch {F} {t}?',
      'did {W} touch {F} {t}?',
      '{ip} is on some blocklist. did it do anything {t}?',
      'our provider complains about {ip}, have we seen it {t}?',
      '{W} is on leave. did they do anything {t}?',
      'nobody should touch {F}. did anyone {t}?',
    ],
  },
  {
    weight: 1.5,
    plan: { ...events, group_by: 'who', answer: 'list' },
    frames: [
      'who touched {F} {t}?',
      'who has been at {F} {t}?',
      'who worked on {F} {t}?',
      'who did something with {F} {t}?',
      'who used {ip} {t}?',
      'who came from {ip} {t}?',
      'who is behind {ip} {t}?',
      'who was active {t}?',
      'who was active {src} {t}?',
      'who did anything {src} {t}?',
      'which users were active from {C} {t}?',
      '{ip} is unknown here. who used it {t}?',
      '{F} looks wrong. who touched it {t}?',
    ],
  },
  {
    weight: 1,
    plan: { ...events, group_by: 'activity', answer: 'list' },
    frames: [
      'what kinds of things did {W} do {t}?',
      'what kinds of activity came from {ip} {t}?',
      'which activities did {W} do {src} {t}?',
      'what sorts of things happened {src} {t}?',
    ],
  },
  {
    weight: 1,
    plan: { ...events, group_by: 'source', answer: 'list' },
    frames: [
      'which systems did {W} use {t}?',
      'which systems did {W} touch {t}?',
      'in which systems was {W} active {t}?',
      'on what systems did {ip} appear {t}?',
      'which systems has {ip} touched {t}?',
    ],
  },
  {
    weight: 1,
    plan: { ...events, group_by: 'ip', answer: 'list' },
    frames: [
      'which IPs did {W} use {t}?',
      'from which addresses was {W} active {t}?',
      'what addresses {hasW} {W} come from {t}?',
      'list the IP addresses {W} used {t}',
      'which IPs from {C} did we see {t}?',
    ],
  },
  {
    weight: 0.8,
    plan: { ...events, group_by: 'country', answer: 'list' },
    frames: [
      'from which countries was {W} active {t}?',
      'which countries did {W} work from {t}?',
      'which countries did {W} act from {t}',
    ],
  },
  {
    weight: 0.6,
    plan: { ...events, group_by: 'resource', answer: 'list' },
    frames: [
      'which resources did {W} touch {t}?',
      'what resources did {ip} change {t}?',
      'which resources did {W} work with {t}?',
    ],
  },
  {
    weight: 2,
    plan: { ...events, group_by: 'activity', answer: 'count' },
    frames: [
      'recap {t}',
      'a recap {t} please',
      'summary {t}',
      'summary of what happened {t}',
      'short summary {src} {t}',
      'give me a summary {t}',
      'overview {t}',
      'overview of {sys} {t}',
      'quick overview {src} {t} please',
      'can I have an overview {t}?',
      'breakdown of what {W} did {t}',
      'summary of what {W} did {t}',
      'summarise {sys} {t}',
      'summarize what happened {t}',
      'sum up what went on {src} {t}',
    ],
  },
  {
    weight: 1,
    plan: { ...events, group_by: 'who', answer: 'top' },
    frames: [
      'who was most active {t}?',
      'most active user {t}',
      'busiest person {src} {t}',
      'who was the busiest {src} {t}?',
      'most active account {src} {t}?',
      'top users {t}',
    ],
  },
  {
    weight: 0.4,
    plan: { ...events, group_by: 'hour', answer: 'top' },
    frames: ['busiest hour {t}', 'busiest hour {src} {t}?', 'which hour was the busiest {t}?'],
  },
  {
    weight: 0.4,
    plan: { ...events, group_by: 'day', answer: 'top' },
    frames: ['busiest day {t}', 'which day was busiest {src} {t}?', 'most active day {t}'],
  },
  {
    weight: 0.4,
    plan: { ...events, group_by: 'source', answer: 'top' },
    frames: [
      'busiest system {t}',
      'which system has seen the most {t}?',
      'in which system does {W} do most {t}?',
    ],
  },
  {
    weight: 0.4,
    plan: { ...events, group_by: 'activity', answer: 'top' },
    frames: [
      'what does {W} do most {t}?',
      'most common activity {src} {t}',
      'which kind of activity is most frequent {src} {t}?',
    ],
  },
  {
    weight: 0.3,
    plan: { ...events, group_by: 'ip', answer: 'top' },
    frames: ['most active IP {t}', 'top IPs {src} {t}', 'which address is the busiest {src} {t}?'],
  },
]

/** What stood out. */
const oddities: Fixed[] = [
  {
    weight: 1.5,
    plan: { ...events, unusual: true, answer: 'yes_no' },
    frames: [
      'anything unusual {t}?',
      'anything unusual {src} {t}?',
      'was there anything out of the ordinary {src} {t}?',
      'did anything strange happen {t}?',
      'anything weird {src} {t}',
      'is {W} doing anything odd {t}?',
      'did {W} do anything unusual {t}?',
      'has anything odd come from {C} {t}?',
      'any odd behaviour from {W} {t}?',
    ],
  },
  {
    weight: 1,
    plan: { ...events, unusual: true, answer: 'list' },
    frames: [
      'list anything unusual {src} {t}',
      'show me what was unusual {t}',
      'whatever looks odd {src} {t}, list it',
      'strange things {src} {t}',
      'weird stuff {src} {t}?',
      'what was out of the ordinary {t}?',
    ],
  },
  {
    weight: 1.2,
    plan: { ...findings, answer: 'yes_no' },
    frames: [
      'anything suspicious {t}?',
      'anything suspicious {src} {t}?',
      'did you see anything suspicious {t}?',
      'anything worrying {src} {t}?',
      'is something suspicious going on {src} {t}?',
      'was anything flagged {t}?',
      'was anything flagged {src} {t}?',
      'has anything been flagged {src} {t}',
      'was {W} flagged {t}?',
      '{hasW} {W} been flagged {t}?',
      'has {ip} been flagged {t}?',
      'was something flagged from {C} {t}?',
    ],
  },
  {
    weight: 1.2,
    plan: { ...findings, answer: 'list' },
    frames: [
      'list anything suspicious {src} {t}',
      'show me suspicious things {src} {t}',
      'what looked suspicious {t}?',
      'suspicious stuff {src} {t}',
      'what is worrying {src} {t}? list it',
      'what was flagged {t}?',
      'what did you flag {src} {t}?',
      'everything flagged {src} {t}',
      'what was {W} flagged for {t}?',
      'show what has been flagged about {W} {t}',
      'what have you flagged from {ip} {t}?',
    ],
  },
  {
    weight: 0.7,
    plan: { ...findings, group_by: 'who', answer: 'list' },
    frames: [
      'who was flagged {t}?',
      'which users were flagged {src} {t}?',
      'who has been flagged {t}',
      'which accounts got flagged {src} {t}?',
    ],
  },
  {
    weight: 0.4,
    plan: { ...findings, group_by: 'ip', answer: 'list' },
    frames: [
      'which IPs were flagged {t}?',
      'flagged addresses {src} {t}, which ones?',
      'list the IPs that were flagged {src} {t}',
    ],
  },
  {
    weight: 0.5,
    plan: { ...findings, answer: 'timeline' },
    frames: [
      'what was flagged {t}, in order?',
      'timeline of everything flagged {src} {t}',
      'tell me in sequence what was flagged about {W} {t}',
    ],
  },
]

/** What failed or was refused. */
const failures: Fixed[] = [
  {
    weight: 0.8,
    plan: { ...events, outcome: 'failure', answer: 'list' },
    frames: [
      'everything that failed {src} {t}',
      'list whatever was refused {src} {t}',
      'what was denied {src} {t}?',
      'which actions of {W} were refused {t}?',
      'errors {src} {t}',
    ],
  },
  {
    weight: 0.4,
    plan: { ...events, outcome: 'failure', answer: 'yes_no' },
    frames: [
      'did anything fail {src} {t}?',
      'was {W} refused anything {t}?',
      'was anything blocked {src} {t}?',
    ],
  },
  {
    weight: 0.4,
    plan: { ...events, outcome: 'failure', answer: 'count' },
    frames: [
      'how many actions failed {src} {t}?',
      'how many calls by {W} were denied {t}?',
      'how often was {W} refused something {t}?',
    ],
  },
]

/** Attacks, and the worst of things. */
const attacks: Fixed[] = [
  {
    weight: 2,
    plan: { ...incidents, answer: 'yes_no' },
    frames: [
      'have we been hacked {t}?',
      'were we hacked {t}?',
      'did we get hacked {t}',
      'have we been breached {t}?',
      'were we breached {src} {t}?',
      'are we under attack {t}?',
      'were we attacked {t}?',
      'was anybody hacked {t}?',
      'was anyone compromised {t}?',
      'has something been compromised {src} {t}?',
      'was {O} account hacked {t}?',
      'has {O} account been compromised {t}?',
      '{hasW} {W} been hacked {t}?',
      'was {W} compromised {t}?',
      'did {ip} attack us {t}?',
      'has anybody from {C} hacked us {t}?',
    ],
  },
  {
    weight: 0.6,
    plan: { ...incidents, group_by: 'who', answer: 'list' },
    frames: [
      'who was hacked {t}?',
      'who got compromised {src} {t}?',
      'which people were part of an incident {t}?',
      'who turns up in incidents {t}?',
    ],
  },
  {
    weight: 0.5,
    plan: { ...incidents, group_by: 'source', answer: 'list' },
    frames: [
      'which systems were attacked {t}?',
      'which systems were breached {t}?',
      'in which systems did we have incidents {t}?',
    ],
  },
  {
    weight: 0.5,
    plan: { ...incidents, group_by: 'country', answer: 'top' },
    frames: [
      'which country attacks us most {t}?',
      'where do most attacks come from {t}? which country',
    ],
  },
  {
    weight: 0.6,
    plan: { ...incidents, answer: 'timeline' },
    frames: [
      'what happened in the breach {t}?',
      'what happened in the attack {src} {t}?',
      'tell me step by step how the attack went {t}',
      'in order, what happened in the incidents {t}?',
    ],
  },
  {
    weight: 0.8,
    plan: { ...incidents, answer: 'top' },
    frames: [
      'worst incidents {t}',
      'the worst incident {t}?',
      'what were the most serious incidents {t}?',
      'worst attack {src} {t}',
      'the {n} worst incidents {t}',
      'worst {n} cases {t}',
      'top {n} incidents {t}',
    ],
  },
  {
    weight: 0.8,
    plan: { ...findings, answer: 'top' },
    frames: [
      'worst alerts {t}',
      'what were the worst alerts {src} {t}?',
      'most serious warnings {t}',
      'show the worst findings {t}',
      'the {n} worst alerts {t}',
      'top {n} alerts {src} {t}',
      'the {n} most serious findings {t}',
    ],
  },
]

/** Mail and its two ends, lock-outs, groups. */
const ends: Fixed[] = [
  {
    weight: 1,
    plan: { ...findings, activities: ['mail_received'], text: 'phishing', answer: 'list' },
    frames: [
      'phishing mails {t}',
      'list the phishing emails {t}',
      'show me flagged phishing mails {t}',
      'phishing emails that came in {t}',
    ],
  },
  {
    weight: 0.5,
    plan: { ...findings, activities: ['mail_received'], text: 'phishing', answer: 'count' },
    frames: [
      'how many phishing mails {t}?',
      'how many phishing emails did we get {t}?',
      'number of phishing mails {t}',
    ],
  },
  {
    weight: 0.5,
    plan: { ...findings, activities: ['mail_received'], text: 'phishing', answer: 'yes_no' },
    frames: [
      'any phishing mails {t}?',
      'did we get phishing emails {t}?',
      'did {R} get a phishing mail {t}?',
    ],
  },
  {
    weight: 1,
    plan: { ...events, activities: ['mail_received'], group_by: 'resource', answer: 'list' },
    frames: [
      'who received mail from {M} {t}?',
      'which mailboxes got mail from {M} {t}?',
      'who got an email from {M} {t}?',
      'to whom did {M} write {t}?',
      'which of us received something from {M} {t}?',
    ],
  },
  {
    weight: 1.5,
    plan: { ...events, activities: ['mail_received'], answer: 'yes_no' },
    frames: [
      'did we get mail from {M} {t}?',
      'did anything come from {M} by mail {t}?',
      'has {M} written to us {t}?',
      'did {R} get a mail from {M} {t}?',
      'any mail from {M} {t}?',
      'has {R} received any mail {t}?',
      'did {M} email {R} {t}?',
    ],
  },
  {
    weight: 1.5,
    plan: { ...events, activities: ['mail_received'], answer: 'list' },
    frames: [
      'mail from {M} {t}',
      'emails from {M} {t}',
      'show me mail from {M} {t}',
      'what mail did {R} receive {t}?',
      'mail {R} got {t}',
      'mails from {M} to {R} {t}',
      'what did {M} send us by mail {t}?',
      'list all emails {R} received {t}',
    ],
  },
  {
    weight: 0.8,
    plan: { ...events, activities: ['mail_received'], answer: 'count' },
    frames: [
      'how many mails did {R} receive {t}?',
      'how many emails came from {M} {t}?',
      'how much mail did {R} get {t}? number please',
    ],
  },
  {
    weight: 0.8,
    plan: { ...events, activities: ['mail_sent'], group_by: 'resource', answer: 'list' },
    frames: [
      'who did {W} email {t}?',
      'whom did {W} write to by mail {t}?',
      'to which addresses did {W} send mail {t}?',
      'recipients of {O} mails {t}',
    ],
  },
  {
    weight: 0.8,
    plan: { ...events, activities: ['mail_sent'], answer: 'list' },
    frames: [
      'mails {W} sent {t}',
      'what mails did {W} send {t}?',
      'emails that went out from {W} {t}',
      'show me the emails {W} sent {t}',
    ],
  },
  {
    weight: 0.5,
    plan: { ...events, activities: ['mail_sent'], answer: 'count' },
    frames: [
      'how many mails did {W} send {t}?',
      'how many emails went out {t}?',
      'number of emails {W} sent {t}',
    ],
  },
  {
    weight: 1,
    plan: { ...events, activities: ['sign_in_failed'], answer: 'yes_no' },
    frames: [
      'was {W} locked out {t}?',
      'is {W} locked out {t}?',
      '{hasW} {W} been locked out {src} {t}?',
      'did {W} get locked out {t}?',
      'was anyone locked out {t}?',
    ],
  },
  {
    weight: 0.5,
    plan: { ...events, activities: ['sign_in_failed'], group_by: 'who', answer: 'list' },
    frames: [
      'who was locked out {t}?',
      'which users got locked out {src} {t}?',
      'who keeps getting the password wrong {t}?',
    ],
  },
  {
    weight: 0.7,
    plan: { ...events, activities: ['role_change'], group_by: 'who', answer: 'list' },
    frames: [
      'who added {R} to {G} {t}?',
      'who put {R} into {G} {t}?',
      'who took {R} out of {G} {t}?',
      'who removed {R} from {G} {t}?',
      'who gave {R} the role {G} {t}?',
    ],
  },
  {
    weight: 0.7,
    plan: { ...events, activities: ['role_change'], answer: 'yes_no' },
    frames: [
      'was {R} added to {G} {t}?',
      'has {R} been put into {G} {t}?',
      'was {R} taken out of {G} {t}?',
      'did {W} add {R} to {G} {t}?',
      'has {R} been given the role {G} {t}?',
    ],
  },
  {
    weight: 0.4,
    plan: { ...events, activities: ['role_change'], answer: 'timeline' },
    frames: ['when was {R} added to {G} {t}?', 'when was {R} removed from {G} {t}?'],
  },
  {
    weight: 0.4,
    plan: { ...events, activities: ['role_change'], group_by: 'resource', answer: 'list' },
    frames: [
      'who was added to {G} {t}?',
      'who has been put into {G} {t}?',
      'which people were added to {G} {t}?',
    ],
  },
]

/** Every frame of a fixed meaning. */
export const fixed: Fixed[] = [...doings, ...oddities, ...failures, ...attacks, ...ends]
