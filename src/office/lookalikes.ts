import { hour } from './calendar.ts'
import type { ChatWriter } from './chat.ts'
import { htmlOf, mailerOf } from './mail-text.ts'
import { plain } from './names.ts'
import type { Staff } from './people.ts'
import type { Post } from './post.ts'
import type { Profile } from './profile.ts'
import { fill, type Rng } from './rng.ts'
import { companySlots } from './slots.ts'

interface Cast {
  profile: Profile
  staff: Staff[]
  midnight: number
}

/** Honest resets: who writes, and where the link leads. */
const resets: readonly [name: string, address: string, href: string][] = [
  ['Figma', 'support@figma.com', 'https://www.figma.com/password-reset/'],
  ['npm', 'support@npmjs.com', 'https://www.npmjs.com/forgot/'],
  ['Dropbox', 'no-reply@dropbox.com', 'https://www.dropbox.com/reset/'],
  ['GitHub', 'noreply@github.com', 'https://github.com/password_reset/'],
  ['Zoom', 'no-reply@zoom.us', 'https://zoom.us/reset_password/'],
]

/** What honest suppliers say of their bank account. */
const known = [
  'Our bank details have not changed.',
  'To the account you know, as always.',
  'Our bank details are the same as on the last invoice.',
] as const

/** Honest things of the quiet day that resemble an attack. */
export function createLookalikes(rng: Rng, post: Post, chat: ChatWriter, cast: Cast): void {
  const { profile, staff, midnight } = cast
  const { time_zone } = profile.place
  const of = (job: string) => staff.find((person) => person.job === job) as Staff
  const [owner, finance, office, support] = ['owner', 'finance', 'office', 'support'].map(of) as [
    Staff,
    Staff,
    Staff,
    Staff,
  ]
  const at = (from: number, to: number) => midnight + (from + rng.next() * (to - from)) * hour
  const person = rng.pick(staff.filter((p) => !p.far))

  const [brand, address, href] = rng.pick(resets)
  const text = `Hi ${person.first},\n\nsomebody, hopefully you, asked to reset the password of your ${brand} account. The link below works for an hour. If it was not you, ignore this mail and nothing changes.`
  const link: [string, string] = ['Reset password', href + rng.hex(12)]
  post.send(
    {
      at: at(9, 15),
      from: { name: brand, address },
      to: [mailerOf(person)],
      subject: `Reset your ${brand} password`,
      text: `${text}\n\n${link[0]}: ${link[1]}`,
      html: htmlOf(text, link),
      time_zone: 'UTC',
      labels: ['CATEGORY_UPDATES'],
    },
    [person.email],
  )

  post.send(
    {
      at: at(9, 12),
      from: mailerOf(owner),
      to: [mailerOf(finance)],
      subject: rng.pick([
        'Open invoices, urgent',
        'Invoices before the bank closes',
        'Payments today',
      ]),
      text: `Hi ${finance.first},\n\nplease pay the open invoices of ${profile.suppliers[0]?.name} and ${profile.suppliers[1]?.name} today if you can, to the usual accounts. I need the list before ${rng.int(14, 16)}:00, sorry for the hurry.\n\n${owner.first}`,
      time_zone,
    },
    [finance.email],
  )

  const supplier = rng.pick(profile.suppliers)
  post.send(
    {
      at: at(8, 14),
      from: { name: supplier.contact, address: supplier.email },
      to: [{ name: '', address: `invoices@${profile.domain}` }],
      subject: `Invoice ${rng.int(10_000, 99_999)}`,
      text: `Dear ${finance.first},\n\nattached is the invoice for ${supplier.supplies}. It is due in 14 days. ${rng.pick(known)}\n\n${supplier.contact}\n${supplier.name}`,
      files: [{ name: `Invoice-${rng.int(10_000, 99_999)}.pdf`, type: 'application/pdf' }],
      time_zone,
    },
    [finance.email],
  )

  const namesake = rng.pick(staff)
  const last = rng.pick(['Castellanos', 'Moorcroft', 'Lindqvist', 'Baptiste', 'Farrugia', 'Odum'])
  const handle = `${plain(namesake.first)}.${plain(last)}${rng.int(2, 99)}`
  post.send(
    {
      at: at(10, 16),
      from: { name: `${namesake.first} ${last}`, address: `${handle}@gmail.com` },
      to: [{ name: '', address: `support@${profile.domain}` }],
      subject: rng.pick(['Gift card question', 'My order', 'Question about my account']),
      text: fill(
        rng,
        `Hello,\n\n{I got a gift card of your shop for my birthday, does it work for {good} too|could you tell me how to use {feature} on my phone|I forgot my password, the reset worked, but now {feature} looks different, is that right}?\n\nThanks\n${namesake.first} ${last}`,
        companySlots(rng, profile, staff, staff),
      ),
      time_zone,
    },
    [support.email],
  )

  const client = rng.pick(profile.customers)
  const document = `https://docs.google.com/document/d/${rng.chars('abcdefghjkmnpqrstuvwxyz23456789', 20)}/edit?usp=sharing`
  const shared = `Dear ${office.first},\n\nhere is the agenda for next week, please add what is missing.\n\n${client.contact}`
  post.send(
    {
      at: at(9, 15),
      from: { name: client.contact, address: client.email },
      to: [mailerOf(office)],
      subject: 'Agenda, shared document',
      text: `${shared}\n\nOpen the document: ${document}`,
      html: htmlOf(shared, ['Open the document', document]),
      time_zone,
    },
    [office.email],
  )

  const slots = companySlots(rng, profile, staff, staff)
  const engineer = of('lead')
  const guide = chat.write(
    at(9.5, 16),
    chat.room('eng'),
    engineer.slack_id,
    fill(
      rng,
      rng.pick([
        'the set-up guide now says `AWS_ACCESS_KEY_ID={docKey}`, straight from the AWS docs, please never put a real one there',
        'for the docs I use the official placeholder `{docKey}`, everybody ok with that?',
        'reminder: `{docKey}` in our readme is the AWS example, not a leak. Asking for a friend who got a scare',
      ]),
      slots,
    ),
  )
  chat.write(
    at(16, 16.4),
    chat.room('eng'),
    of('engineer').slack_id,
    rng.pick(['👍', 'good idea']),
    {
      thread_ts: guide.ts,
    },
  )
}
