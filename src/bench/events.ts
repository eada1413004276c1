import { normalizeCloudTrail } from '../clients/trail-record.ts'
import { domainOf, hostOf, isFreeMail } from '../core/domains.ts'
import { baseEvent, type Event } from '../core/event.ts'
import { createPeople, type People, type Person } from '../core/people.ts'
import type { History } from '../core/ports.ts'
import { createMasker } from '../store/secrets.ts'
import { openStore } from '../store/store.ts'
import type { ChatRecord, MailRecord, TrailRecord } from './records.ts'

/** An event as the pipeline sees it, and what the company knew then. */
export interface Seen {
  event: Event
  history: History
  people: People
  /** What was said in the thread before. */
  earlier?: string[]
}

const now = Date.parse('2026-11-20T10:00:00Z')
const day = 86_400_000
const mailbox = 'office@ourcompany.example'
const masker = createMasker(new Uint8Array(32))

function mailEvent(record: MailRecord, time: number): Event {
  const address = record.from_address.toLowerCase()
  const own = record.relationship === 'internal' && !isFreeMail(domainOf(hostOf(address)))
  return baseEvent({
    uid: `gmail:${mailbox}:${record.id}:${time}`,
    product: 'gmail',
    tenant_uid: mailbox,
    class_name: 'Email Activity',
    activity_name: 'Receive',
    time,
    message: record.text,
    email: {
      from: { name: record.from_name, address },
      reply_to: record.reply_to ? { name: '', address: record.reply_to.toLowerCase() } : null,
      to: [{ name: '', address: mailbox }],
      cc: [],
      subject: record.subject,
      message_uid: null,
      authentication: record.authentication ?? { spf: null, dkim: null, dmarc: null },
      links: record.links,
      files: record.attachments.map((a) =>
        typeof a === 'string' ? a : String((a as { name?: unknown }).name ?? ''),
      ),
      // A forged colleague arrives from outside.
      direction: own && record.authentication?.dmarc !== 'fail' ? 'internal' : 'inbound',
      fingerprint: record.id,
    },
  })
}

/** The colleague whose name stands in front of an outside address, honest or not. */
function colleague(record: MailRecord): Person[] {
  const borrowed = record.technique.some((t) =>
    /(?:executive|boss)_impersonation|payroll|honest_(?:gift|desk|payroll|boss)/.test(t),
  )
  if (!borrowed || record.relationship === 'internal' || !record.from_name) return []
  const name = record.from_name
  return [{ name, emails: ['known@ourcompany.example'], role: '', approver: true, accounts: [] }]
}

/** A mail read by a company to which its sender is what the record's `relationship` says. */
export function seenMail(record: MailRecord): Seen {
  const store = openStore(':memory:', masker)
  const own = record.relationship === 'internal' ? [domainOf(hostOf(record.from_address))] : []
  const domains = ['ourcompany.example', ...own.filter((d) => !isFreeMail(d))]
  if (record.relationship) {
    const other = (i: number) => ({
      ...record,
      id: `other-${i}`,
      from_address: `someone@other${i}.example`,
      relationship: null,
    })
    for (let i = 0; i < 25; i++) store.history.learn(mailEvent(other(i), now - (i + 3) * day))
    if (record.relationship === 'known_contact' || record.relationship === 'list')
      for (const days of [60, 30, 14, 7]) store.history.learn(mailEvent(record, now - days * day))
  }
  const event = masker.event(mailEvent(record, now))
  return {
    event,
    history: store.history.before(event),
    people: createPeople(colleague(record), { domains, networks: [] }),
  }
}

const emptyPeople = createPeople([], { domains: ['ourcompany.example'], networks: [] })

/** A chat message as Slack shows it. */
export function seenChat(record: ChatRecord): Seen {
  const links: { text: string; href: string }[] = []
  const text = record.text
    .replace(/<(https?:[^|>]+)(?:\|([^>]*))?>/g, (_, href: string, label?: string) => {
      links.push({ text: label ?? href, href })
      return label ?? href
    })
    .replace(/hxxp/gi, 'http')
    .replaceAll('[.]', '.')
  for (const [href] of text.matchAll(/https?:\/\/[^\s<>"')]+/g))
    if (!links.some((l) => l.href === href)) links.push({ text: href, href })
  const type = /external|guest|connect/.test(record.author_role)
    ? 'guest'
    : record.author_role === 'bot'
      ? 'bot'
      : 'user'
  const event = masker.event(
    baseEvent({
      uid: `slack:T:C:${record.id}`,
      product: 'slack',
      tenant_uid: 'T',
      activity_name: 'Message',
      time: now,
      message: text,
      actor: { user: { uid: 'U0AUTHOR', type } },
      unmapped: { activity: 'message', secrets: [], links },
    }),
  )
  return {
    event,
    history: openStore(':memory:', masker).history.before(event),
    people: emptyPeople,
    earlier: record.thread.map((t) => t.text),
  }
}

const noHistory = openStore(':memory:', masker)

/** A CloudTrail record as an event. */
export function seenTrail(record: TrailRecord): Seen {
  const event = normalizeCloudTrail(record.event, { account: '111111111111' })
  return { event, history: noHistory.history.before(event), people: emptyPeople }
}
