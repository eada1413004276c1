import type { Event } from '../core/event.ts'
import type { Evidence, Finding } from '../core/finding.ts'
import type { Summary, View } from '../core/incident.ts'
import type { AlertMessage, ReplyMessage } from '../core/message.ts'
import type { Story } from '../core/ports.ts'

const names: Record<string, string> = {
  slack: 'Slack',
  gmail: 'Gmail',
  workspace: 'Google Workspace',
  cloudtrail: 'AWS',
  dns: 'domains',
  files: 'log files',
}

const unique = (list: (string | null | undefined | false)[]): string[] => [
  ...new Set(list.filter((s): s is string => !!s)),
]

/** The first sentences that together have no more than `limit` words. */
export function withinWords(sentences: string[], limit: number): string {
  const out: string[] = []
  let words = 0
  for (const sentence of sentences) {
    words += sentence.split(/\s+/).length
    if (words > limit && out.length > 0) break
    out.push(sentence)
  }
  return out.join(' ').split(/\s+/).slice(0, limit).join(' ')
}

/** A moment as the company's people read it, and UTC: `Tue 10 Mar, 10:02 (09:02 UTC)`. */
export function moment(time: number, timeZone: string): string {
  const format = (zone: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options }).format(time)
  const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }
  const local = format(timeZone, { weekday: 'short', day: 'numeric', month: 'short', ...clock })
  return timeZone === 'UTC' ? `${local} UTC` : `${local} (${format('UTC', clock)} UTC)`
}

/** A setting that was seen to change. */
const isSetting = (event: Event) => event.activity_name.startsWith('Setting ')
/** What an audit log tells. */
const isAudit = (event: Event) => event.class_name === 'API Activity' && !event.api

const placeOf = (event: Event): string[] => {
  const from = event.src_endpoint
  const country = from?.location ? `, ${from.location.country}` : ''
  return unique([
    event.unmapped.channel && `Slack ${event.unmapped.channel.name}`,
    event.email && `Gmail, mailbox ${event.metadata.tenant_uid}`,
    event.api && `AWS account ${event.metadata.tenant_uid}`,
    isSetting(event) && `settings of ${names[event.metadata.product.name]}`,
    isAudit(event) && 'Google Workspace',
    from && (event.api || isAudit(event)) && `from ${from.ip}${country}`,
  ])
}

/** The one top message of an incident. */
export function alertOf(story: Story, summary: Summary, note: string | null): AlertMessage {
  const { incident, findings, events, time_zone } = story
  const people = unique(
    findings.flatMap((f) => f.observables.map((o) => o.type === 'person' && o.value)),
  )
  const first = moment(incident.start_time, time_zone)
  const last = moment(incident.end_time, time_zone)
  return {
    uid: `alert:${incident.uid}`,
    kind: 'alert',
    severity: incident.risk_level,
    headline: summary.headline,
    what: unique(findings.map((f) => f.title)).join('; '),
    who: people.join(', ') || 'nobody the config names',
    where: unique(events.flatMap(placeOf)).slice(0, 6).join('; '),
    when: first === last ? first : `${first} to ${last}`,
    why: withinWords(summary.sentences, 50),
    step: summary.next_steps[0] ?? 'Look at the evidence in the thread and ask the people named.',
    note,
    is_drill: incident.is_drill,
  }
}

const evidenceOf = (findings: Finding[]): { name: string; value: string }[] => {
  const said = new Map<string, Evidence>()
  for (const e of findings.flatMap((f) => f.evidence)) said.set(`${e.name} ${e.value}`, e)
  return [...said.values()].map(({ name, value, provenance }) => ({
    name: provenance === 'outside' ? `${name} (written by the sender)` : name,
    value,
  }))
}

/** What happened in an event, in one line of our own words. */
function lineOf(event: Event): string {
  const who = event.actor?.user.person ?? event.actor?.user.name ?? 'somebody'
  if (event.api || isSetting(event) || isAudit(event)) return event.message
  if (event.email)
    return event.email.direction === 'inbound'
      ? `Mail to ${event.metadata.tenant_uid} from an outside address`
      : `Mail from ${event.email.from.address} to ${event.metadata.tenant_uid}`
  return `${who} wrote in ${event.unmapped.channel?.name ?? 'Slack'}`
}

const timelineOf = (events: Event[], timeZone: string): ReplyMessage['timeline'] =>
  events.map((event) => ({
    when: moment(event.time, timeZone),
    text: `${names[event.metadata.product.name]}: ${lineOf(event)}`,
  }))

const views: Record<View, string> = {
  attack: 'an attack',
  mistake: 'a mistake, with no harm meant',
  expected: 'planned or usual work',
  unclear: 'the facts do not tell',
}

/** The model's opinion, for what it is worth: it moves nothing. */
const viewOf = ({ view, level }: Summary): string | null =>
  view && `The model’s first view, which can be wrong: ${views[view]}${level ? `; ${level}` : ''}.`

/** The first reply in an alert's thread: what was said, the evidence, the timeline, the steps. */
export function evidenceReply(story: Story, summary: Summary): ReplyMessage {
  const { incident, findings, events, time_zone } = story
  return {
    uid: `evidence:${incident.uid}`,
    kind: 'reply',
    thread: `alert:${incident.uid}`,
    title: 'Evidence and timeline',
    paragraphs: unique([...summary.sentences, viewOf(summary)]),
    quotes: summary.quotes,
    evidence: evidenceOf(findings),
    timeline: timelineOf(events, time_zone),
    steps: summary.next_steps,
  }
}

/** A later reply: what came since the alert was posted. */
export function laterReply(story: Story, fresh: Finding[], number: number): ReplyMessage {
  const uids = new Set(fresh.flatMap((f) => f.event_uids))
  return {
    uid: `later:${story.incident.uid}:${number}`,
    kind: 'reply',
    thread: `alert:${story.incident.uid}`,
    title: fresh.length === 1 ? 'One more thing happened' : `${fresh.length} more things happened`,
    paragraphs: unique(fresh.map((f) => f.title)),
    quotes: [],
    evidence: evidenceOf(fresh),
    timeline: timelineOf(
      story.events.filter((e) => uids.has(e.metadata.uid)),
      story.time_zone,
    ),
    steps: [],
  }
}
