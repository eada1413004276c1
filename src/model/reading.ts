import { type EventParts, type FactLine, parseFact } from './fact-line.ts'

/** Lines and characters of a story that the analyst reads: a few hundred tokens. */
const mostLines = 20
const mostChars = 2400
const quoteChars = 90

const day = 86_400_000
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** What of a story the analyst reads, and which fact each letter stands for. */
export interface ReadingText {
  text: string
  /** Index of the fact behind each letter, in order. */
  facts: number[]
}

/** A line as the analyst reads it: clock and days since the first event, no address but its place. */
function brief(line: FactLine, first: number): string {
  if (line.kind !== 'event') return `${line.kind}: ${line.text}`.slice(0, 240)
  const e = line.event
  const days = Math.floor(e.time / day) - Math.floor(first / day)
  const clock = new Date(e.time).toISOString().slice(11, 16)
  const place = [e.country, e.network].filter((p) => p !== null).join(', ')
  const part = (p: NonNullable<EventParts['who'] | EventParts['target']>) =>
    `${p.relation} ${p.provenance === 'outside' ? `"${p.text.slice(0, quoteChars)}"` : p.text}`
  return [
    days > 0 ? `+${days}d ${clock}` : clock,
    e.log === null ? e.source : `${e.source} ${e.log}`,
    e.activity,
    e.outcome,
    e.count > 1 ? `x${e.count}` : null,
    e.who && part(e.who),
    e.who?.address && `<${e.who.address}>`,
    e.target && part(e.target),
    place && `from ${place}`,
    ...e.quoted.map((q) => `${q.key} "${q.text.slice(0, quoteChars)}"`),
    e.findings.length > 0 ? `[${e.findings.join('; ')}]` : null,
  ]
    .filter(Boolean)
    .join(' ')
}

/** Whether a detector spoke of the event. */
export const isLoud = (line: FactLine) =>
  line.kind === 'event' && line.event.findings.some((f) => f !== 'none')

/** Names and networks of an event, to see which quiet ones belong to a loud one. */
export const joints = ({ who, target, ip, key }: EventParts) =>
  [who?.text, who?.address, target?.text, ip, key]
    .filter((v): v is string => !!v)
    .map((v) => v.toLowerCase().split('@')[0] as string)

/**
 * The lines that tell most, in the order of the story: what detectors spoke of, what is known of
 * people and places, what the same people did, then the rest. Each gets a letter.
 */
export function readingOf(facts: readonly FactLine[]): ReadingText {
  const events = facts.flatMap((f) => (f.kind === 'event' ? [f.event] : []))
  const first = Math.min(...events.map((e) => e.time))
  const known = new Set(
    facts.filter(isLoud).flatMap((f) => (f.kind === 'event' ? joints(f.event) : [])),
  )
  const weight = (f: FactLine) => {
    if (isLoud(f)) return 0
    if (f.kind !== 'event') return 1
    return joints(f.event).some((j) => known.has(j)) ? 2 : 3
  }
  let left = mostChars
  const kept = facts
    .map((fact, index) => ({ index, weight: weight(fact), text: brief(fact, first) }))
    .sort((a, b) => a.weight - b.weight || a.index - b.index)
    .slice(0, mostLines)
    .filter(({ text }) => {
      left -= text.length
      return left >= 0
    })
    .sort((a, b) => a.index - b.index)
  return {
    text: kept.map(({ text }, i) => `${letters[i]}. ${text}`).join('\n'),
    facts: kept.map(({ index }) => index),
  }
}

/** Lines of the fact grammar, read; those that are none stay as context. */
export const parseFacts = (lines: readonly string[]): FactLine[] =>
  lines.map((line) => parseFact(line) ?? { kind: 'history', text: line })
