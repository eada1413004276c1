import type { Job } from './people.ts'

/** Mails among colleagues: from, to, subject, text, answer, attached file. */
export interface Note {
  from: Job
  to: Job[]
  subject: string
  text: string
  answer?: string
  file?: string
}

/** What is written by mail and not in chat. */
export const notes: readonly Note[] = [
  {
    from: 'finance',
    to: ['owner'],
    subject: 'Payment run on Thursday',
    text: 'Hi {to},\n\nthe list for Thursday is attached: {8-20} invoices, {9000-30000}.00 {currency} in total, all to accounts we have paid before. Please release it in the bank as usual.\n\n{first}',
    answer: 'Looks right, released it.',
    file: 'payment-run.pdf',
  },
  {
    from: 'owner',
    to: ['finance'],
    subject: 'Invoices from {supplier}',
    text: 'Hello {to},\n\ndo we have all invoices from {supplier} for the tax office? I think January is missing.\n\nThanks\n{first}',
    answer: 'January is there, it was filed under the old name. All complete.',
  },
  {
    from: 'office',
    to: ['owner', 'finance', 'sales', 'support', 'lead', 'engineer', 'remote'],
    subject: 'Holidays: please answer until Friday',
    text: 'Dear all,\n\nplease send me your summer plans until Friday. Two people of the same team can not be away at once, whoever asks first wins.\n\n{first}',
  },
  {
    from: 'sales',
    to: ['owner', 'finance'],
    subject: 'Contract {customer}, final',
    text: 'Hi both,\n\nthe contract with {customer} is final, scan attached. Start is in April, invoice once a quarter.\n\n{first}',
    answer: 'Very good. I have put the dates into the calendar.',
    file: 'contract-{customerSlug}.pdf',
  },
  {
    from: 'support',
    to: ['lead', 'sales'],
    subject: 'What customers asked this week',
    text: 'Top three: {feature}, printing, and how to add a colleague. Numbers are in the sheet. I think a short film would help more than another page.\n\n{first}',
    answer: 'A short film it is. I know somebody with a good voice.',
  },
  {
    from: 'lead',
    to: ['owner'],
    subject: 'Costs of the cloud, February',
    text: 'Hi {to},\n\nFebruary was {700-1300} dollars, {3-15}% less than January, mostly because the old snapshots are gone. Nothing unusual.\n\n{first}',
    answer: 'Music to my ears.',
  },
  {
    from: 'lead',
    to: ['engineer', 'remote'],
    subject: 'Plan for {service}',
    text: 'Hi,\n\nI wrote down what I think we should do with {service}, two pages. Please tear it apart before Thursday. Deploys stay as they are until then.\n\n{first}',
    answer: 'Torn. Mostly agree; the second step could come first.',
    file: 'plan-{service}.pdf',
  },
  {
    from: 'owner',
    to: ['office'],
    subject: 'Urgent: room for the visitors',
    text: 'Hi {to},\n\ncan you get us the big room from ten to twelve on Thursday, and something to eat for six? Sorry for the short notice.\n\n{first}\nSent from my phone',
    answer: 'Room is booked, sandwiches ordered, one without nuts.',
  },
  {
    from: 'office',
    to: ['finance'],
    subject: 'Receipts February',
    text: 'Hello {to},\n\nhere are the last receipts, {9-20} of them. The one from the petrol station is pale but you can read it against the light.\n\n{first}',
    answer: 'I could. All booked.',
    file: 'receipts.zip',
  },
  {
    from: 'sales',
    to: ['support'],
    subject: 'Fwd: question of {customer}',
    text: 'Can you take this one? {contact} is nice but in a hurry.\n\n---------- Forwarded message ---------\nFrom: {contact}\nSubject: how do we switch it off\n\nWe would like to switch {feature} off for one of our sites. Where?\n',
    answer: 'Answered, it was the second switch on the left.',
  },
  {
    from: 'remote',
    to: ['lead'],
    subject: 'Working hours next week',
    text: 'Hi {to},\n\nnext week I will start two hours earlier because of the school holidays. Calls before your noon are fine.\n\n{first}',
    answer: 'All good, enjoy the mornings.',
  },
  {
    from: 'finance',
    to: ['owner', 'lead', 'sales'],
    subject: 'Budget, second version',
    text: 'Dear all,\n\nI have worked in your remarks. The line for {good} is now realistic. Please answer with "fine" or a number.\n\n{first}',
    answer: 'Fine.',
    file: 'budget-2026-v2.xlsx',
  },
  {
    from: 'engineer',
    to: ['support'],
    subject: 'Known problem with {feature}',
    text: 'Hi {to},\n\nif somebody reports an empty page in {feature}: it is known, a reload helps, the mend goes out today or tomorrow.\n\n{first}',
    answer: 'Thanks, two have asked already.',
  },
  {
    from: 'support',
    to: ['office'],
    subject: 'Parcel for {customer}',
    text: 'Hi {to},\n\ncould you add {good} to the parcel for {customer}? They were so patient. No invoice please.\n\n{first}',
    answer: 'It is in, with a card.',
  },
]

/** Meetings: title and what the invitation says. */
export const meetings: readonly [string, string][] = [
  ['Weekly planning', 'Bring what is stuck.'],
  ['{customer}: demo', 'We show {feature}. Link in the calendar.'],
  ['One to one', 'No agenda needed.'],
  ['Retro', 'What went well, what hurt, what next.'],
  ['Interview: support', 'Half an hour, then tea.'],
  ['{service}: design review', 'Please read the two pages before.'],
]

/** Mails of our own build runner: subject and text. */
export const buildMails = {
  ok: [
    'Build {build} of {service} passed',
    'Branch main at {commit}, started by {by}.\n\nTests: {200-900} passed, {0-6} skipped\nTime: {2-9} min {10-59} s\n',
  ],
  failed: [
    'FAILED: build {build} of {service}',
    'Branch main at {commit}, started by {by}.\n\nStep "{test|lint|migrate}" failed:\n\n  1) {feature} › keeps the order\n     expected 3, got 2\n\nThe release was stopped.\n',
  ],
} as const
