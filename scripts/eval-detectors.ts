/**
 * Counts how many written mails and chats raise a finding at medium or more, by label.
 * Usage: scripts/node scripts/eval-detectors.ts DIR [--show LABEL]
 * DIR holds mail-*.jsonl and chat-*.jsonl (one record a line, with `label` and `relationship`).
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { domainOf, hostOf } from '../src/core/domains.ts'
import type { Event } from '../src/core/event.ts'
import { baseEvent } from '../src/core/event.ts'
import { severityRank } from '../src/core/finding.ts'
import { judge } from '../src/core/judge.ts'
import { createPeople, type Person } from '../src/core/people.ts'
import { detectors } from '../src/detectors/index.ts'
import { createMasker } from '../src/store/secrets.ts'
import { openStore } from '../src/store/store.ts'

const mail = z.object({
  id: z.string(),
  label: z.string(),
  technique: z.array(z.string()),
  from_name: z.string(),
  from_address: z.string(),
  reply_to: z.string().nullable(),
  subject: z.string(),
  text: z.string(),
  links: z.array(z.object({ text: z.string(), href: z.string() })),
  attachments: z.array(z.unknown()),
  authentication: z.object({ spf: z.string(), dkim: z.string(), dmarc: z.string() }),
  relationship: z.string(),
})
const chat = z.object({
  id: z.string(),
  label: z.string(),
  category: z.string(),
  author_role: z.string(),
  text: z.string(),
})

const now = Date.parse('2026-11-20T10:00:00Z')
const day = 86_400_000
const mailbox = 'office@ourcompany.example'

function mailEvent(record: z.infer<typeof mail>, time = now): Event {
  const address = record.from_address.toLowerCase()
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
      authentication: record.authentication,
      links: record.links,
      files: record.attachments.map(String),
      // A forged colleague arrives from outside.
      direction:
        record.relationship === 'internal' && record.authentication.dmarc === 'pass'
          ? 'internal'
          : 'inbound',
      fingerprint: record.id,
    },
  })
}

/** Slack's markup, as far as links go. */
function chatEvent(record: z.infer<typeof chat>): Event {
  const links: { text: string; href: string }[] = []
  const text = record.text.replace(/<(https?:[^|>]+)(?:\|([^>]*))?>/g, (_, href, label) => {
    links.push({ text: label ?? href, href })
    return label ?? href
  })
  const type = /external|guest/.test(record.author_role)
    ? 'guest'
    : record.author_role === 'bot'
      ? 'bot'
      : 'user'
  return baseEvent({
    uid: `slack:T:C:${record.id}`,
    product: 'slack',
    tenant_uid: 'T',
    activity_name: 'Message',
    time: now,
    message: text,
    actor: { user: { uid: type === 'guest' ? 'U0GUEST' : 'U0MEMBER', type } },
    unmapped: { activity: 'message', secrets: [], links },
  })
}

const masker = createMasker(new Uint8Array(32))

function judged(event: Event, before: Event[], domains: string[], persons: Person[]) {
  const store = openStore(':memory:', masker)
  for (const earlier of before) store.history.learn(earlier)
  const people = createPeople(persons, { domains, networks: [] })
  const masked = masker.event(event)
  const context = { history: store.history.before(masked), people, scores: null, decoys: [] }
  return judge(masked, detectors, context, (_, error) => {
    throw error
  })
}

const member: Person = {
  name: 'Member',
  emails: [],
  role: '',
  approver: false,
  accounts: ['U0MEMBER'],
}

/** The colleague whose name a mail uses: known to the company under another address. */
function colleagues(record: z.infer<typeof mail>): Person[] {
  const borrowed = record.technique.some((t) => /executive_impersonation|payroll_diversion/.test(t))
  if (!borrowed) return [member]
  const known = { name: record.from_name, emails: ['known@ourcompany.example'], role: 'owner' }
  return [member, { ...known, approver: true, accounts: [] }]
}

const [dir = '', , show] = process.argv.slice(2)
const lines = (pattern: string): unknown[] =>
  globSync(join(dir, pattern))
    .sort()
    .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line))

const totals = new Map<string, { n: number; raised: number; by: Map<string, number> }>()
function count(label: string, id: string, findings: ReturnType<typeof judge>, text: string): void {
  const total = totals.get(label) ?? { n: 0, raised: 0, by: new Map<string, number>() }
  totals.set(label, total)
  total.n++
  const loud = findings.filter((f) => severityRank(f.severity) >= 2)
  if (loud.length > 0) total.raised++
  for (const f of loud) total.by.set(f.analytic.uid, (total.by.get(f.analytic.uid) ?? 0) + 1)
  if (show && label.endsWith(show.replace(/^!/, '')) && loud.length > 0 !== show.startsWith('!')) {
    const why = loud.map(
      (f) => `${f.analytic.uid} ${f.severity}: ${f.evidence.map((e) => e.value).join('; ')}`,
    )
    console.log(id, why.join(' | '), JSON.stringify(text.slice(0, 120)))
  }
}

for (const raw of lines('mail-*.jsonl')) {
  const record = mail.parse(raw)
  const own = record.relationship === 'internal' ? [domainOf(hostOf(record.from_address))] : []
  const known = record.relationship === 'known_contact' || record.relationship === 'list'
  const before = known ? [60, 30, 14, 7].map((days) => mailEvent(record, now - days * day)) : []
  const findings = judged(
    mailEvent(record),
    before,
    ['ourcompany.example', ...own],
    colleagues(record),
  )
  const twin = record.technique.some((t) => t.startsWith('honest')) ? ' twin' : ''
  const links = record.links.map((l) => l.href).join(' ')
  count(
    `mail ${record.relationship} ${record.label}${twin}`,
    record.id,
    findings,
    `${record.from_name} ${record.from_address} ${links} ${record.subject}`,
  )
  count(`mail ${record.label}${twin}`, record.id, findings, '')
}
for (const raw of lines('chat-*.jsonl')) {
  const record = chat.parse(raw)
  count(
    `chat ${record.label}`,
    record.id,
    judged(chatEvent(record), [], ['ourcompany.example'], [member]),
    `${record.category} ${record.text}`,
  )
}
for (const [label, { n, raised, by }] of [...totals].sort()) {
  const share = ((100 * raised) / n).toFixed(1).padStart(5)
  const which = [...by].sort((a, b) => b[1] - a[1]).map(([id, k]) => `${id} ${k}`)
  console.log(
    `${label.padEnd(38)} ${String(raised).padStart(4)}/${String(n).padEnd(4)} ${share} %  ${which.join(', ')}`,
  )
}
