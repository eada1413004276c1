import { drillOf, type Event } from '../core/event.ts'
import type { Finding } from '../core/finding.ts'
import type { People } from '../core/people.ts'
import type { Story } from '../core/ports.ts'
import { claimOf } from './claims.ts'
import {
  clean,
  type EventParts,
  type FactLine,
  given,
  type Part,
  parseFact,
  printFact,
  quoteLimit,
  said,
  word,
} from './fact-line.ts'

/** Something that may be told: its printed line, what the line says, and what it rests on. */
export interface Fact {
  /** `f1`, `f2` … in the order of the story. */
  id: string
  line: string
  parts: FactLine
  event_uids: string[]
  /** Findings whose newest event this is. */
  findings: Finding[]
}

const countries = new Intl.DisplayNames('en', { type: 'region' })

/** `Germany` for `DE` and for `Germany`; null for anything that is no country's name. */
export function countryName(country: string | undefined): string | null {
  const name = /^[A-Z]{2}$/.test(country ?? '') ? countries.of(country ?? '') : country
  return name && /^\p{Lu}[\p{L} .&'’-]*$/u.test(name) ? name : null
}

const shortKey = (key: string) => `${key.slice(0, 4)}…${key.slice(-4)}`

/** The name config gives an account, else what the source calls it. */
function actor(event: Event, people: People): Part | null {
  const user = event.actor?.user
  if (!user) return null
  const known = user.person ?? people.find(user.email_addr ?? user.uid)?.name
  if (known) return given(known, 'computed')
  if (user.type === 'root') return given('root')
  const name = user.name ?? user.email_addr ?? user.uid
  return event.api && (user.type === 'user' || user.type === 'service') ? given(name) : said(name)
}

const mailbox = (address: string, people: People): Part => {
  const name = people.find(address)?.name
  return name ? given(name, 'computed') : given(address)
}

function quoted(pairs: [string, string | null | undefined][]): { key: string; text: string }[] {
  return pairs
    .map(([key, text]) => ({ key, text: clean(text ?? '') }))
    .filter(({ text }) => text !== '')
}

const bare = (link: string) => link.replace(/^https?:\/\//i, '').split('?')[0]

/** What one event says, each part with its provenance. */
export function partsOf(event: Event, people: People): EventParts {
  const { api, email, src_endpoint: from } = event
  const by = actor(event, people)
  const country = countryName(from?.location?.country)
  const keys = event.observables.filter((o) => o.type === 'access_key' || o.type === 'session')
  const keyed = keys.find((o) => o.value === event.actor?.user.credential_uid) ?? keys[0]
  const common: EventParts = {
    time: Math.floor(event.time / 60_000) * 60_000,
    source: event.metadata.product.name,
    log: null,
    activity: word(event.unmapped.activity ?? event.activity_name.replaceAll(' ', '_')) ?? 'event',
    outcome: event.status === 'unknown' ? null : event.status,
    count: 1,
    who: by && { ...by, relation: 'by', address: null },
    key: null,
    target: null,
    ip: from?.ip ?? null,
    country: from ? country : null,
    network: null,
    quoted: [],
    findings: [],
  }
  if (email) {
    const inward = email.direction !== 'outbound'
    const box = mailbox(event.metadata.tenant_uid, people)
    const address = word(email.from.address)
    const to = email.to[0]?.address
    return {
      ...common,
      activity: inward ? 'mail_received' : 'mail_sent',
      outcome: null,
      who: inward
        ? { ...said(email.from.name || email.from.address), relation: 'from', address }
        : { ...box, relation: 'by', address: null },
      target: inward ? { ...box, relation: 'to' } : to ? { ...said(to), relation: 'to' } : null,
      quoted: quoted([
        ['reply_to', email.reply_to?.address],
        ['subject', email.subject],
        ['text', event.message],
        ...email.links.slice(0, 2).map((l): [string, string | undefined] => ['link', bare(l.href)]),
        ['file', email.files[0]],
      ]),
    }
  }
  if (api) {
    const target = event.resources[0]?.name
    return {
      ...common,
      activity: word(api.operation) ?? 'event',
      outcome: api.error === null ? 'success' : (word(api.error) ?? 'failure'),
      key: keyed ? word(shortKey(keyed.value)) : null,
      target: target ? { ...said(target), relation: 'on' } : null,
    }
  }
  const { channel } = event.unmapped
  const change = /delete|edit/i.exec(event.activity_name)?.[0].toLowerCase()
  return {
    ...common,
    activity: change ? `message_${change === 'edit' ? 'edited' : 'deleted'}` : common.activity,
    outcome: null,
    target: channel ? { ...given(`#${channel.name.replace(/^#/, '')}`), relation: 'in' } : null,
    quoted: quoted([
      ['text', event.message],
      ['file', event.file?.name],
    ]),
  }
}

const claimsOf = (finding: Finding, people: People): string[] =>
  claimOf(finding, people).map((claim) => clean(claim, 100).replaceAll(';', ','))

/**
 * Everything the story may tell, by time, then its context. Equal events are one fact with a count
 * and the time of the first.
 */
export function facts(story: Story): Fact[] {
  const folded = new Map<string, { parts: EventParts; uids: string[] }>()
  for (const event of [...story.events].sort((a, b) => a.time - b.time)) {
    const parts = partsOf(event, story.people)
    const key = printFact({ kind: 'event', event: { ...parts, time: 0 } })
    const twin = folded.get(key)
    if (twin) {
      twin.parts.count += 1
      twin.uids.push(event.metadata.uid)
    } else folded.set(key, { parts, uids: [event.metadata.uid] })
  }
  const spoken = (uids: string[]) =>
    story.findings.filter((f) => uids.includes(f.event_uids.at(-1) ?? ''))
  const lines: Omit<Fact, 'id' | 'line'>[] = [...folded.values()].map(({ parts, uids }) => {
    const found = spoken(uids)
    parts.findings = [...new Set(found.flatMap((f) => claimsOf(f, story.people)))].slice(0, 6)
    return { parts: { kind: 'event', event: parts }, event_uids: uids, findings: found }
  })
  const drill = story.events.map(drillOf).find((d) => d !== null)
  const context = [
    ...(drill ? [`label: drill "${clean(drill, 60)}"`] : []),
    ...story.context.map((c) => clean(c, 2 * quoteLimit)),
  ]
  for (const line of context) {
    const parts = parseFact(line)
    if (parts && parts.kind !== 'event') lines.push({ parts, event_uids: [], findings: [] })
  }
  return lines.map((fact, i) => ({ id: `f${i + 1}`, line: printFact(fact.parts), ...fact }))
}
