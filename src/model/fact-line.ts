import type { Provenance } from '../core/fact.ts'

/** A word or phrase of a fact and where it is from. */
export interface Part {
  text: string
  provenance: Provenance
}

/** What the line of an event says. Every part can be read back from the line. */
export interface EventParts {
  /** ms since 1970, UTC, whole minutes. */
  time: number
  source: string
  /** Name of the log, for `files`. */
  log: string | null
  activity: string
  /** `success` or the vendor's error, e.g. `AccessDenied`. */
  outcome: string | null
  count: number
  /** Who acted; of mail received, who it says it is from (`address`: the address behind a name). */
  who: (Part & { relation: 'by' | 'from'; address: string | null }) | null
  /** `AKIA…7Q2F`. */
  key: string | null
  target: (Part & { relation: 'on' | 'to' | 'in' }) | null
  ip: string | null
  country: string | null
  /** Kind of network: `hosting`, `Tor exit`. */
  network: string | null
  /** Outside text by name: `subject`, `text`, `link`. */
  quoted: { key: string; text: string }[]
  /** What detectors said; never outside text. */
  findings: string[]
}

/** One line of the fact grammar, read. Context lines are `kind` and `text`. */
export type FactLine =
  | { kind: 'event'; event: EventParts }
  | { kind: 'history' | 'memory' | 'person' | 'answer' | 'label'; text: string }

/** Longest outside text in a line, in characters. */
export const quoteLimit = 160

const keywords = new Set(['by', 'from', 'to', 'on', 'in', 'key'])
const bareWord = /^[\p{L}\p{M}\p{N}_.,@:/#*+=&…'’-]+$/u
const ipWord = /^(?:\d{1,3}(?:\.\d{1,3}){3}|(?=.*:.*:)[\da-f:.]+)$/i

/** Text made fit for one line: no control or invisible characters, brackets or quotes, bounded; keys are shortened. */
export function clean(text: string, limit = quoteLimit): string {
  const flat = text
    .replace(/["“”„«»]/g, '’')
    .replace(/\b(A[KS]IA)[A-Z0-9]{8,}([A-Z0-9]{4})\b/g, '$1…$2')
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
  const letters = Array.from(flat)
  return letters.length <= limit
    ? flat
    : `${letters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`
}

const isBare = (text: string) =>
  text
    .split(' ')
    .every((w) => bareWord.test(w) && !keywords.has(w) && !ipWord.test(w) && !/^x\d+$/.test(w))

/** A part that may stand bare in a line; one that can't is treated as outside text. */
export function given(text: string, provenance: 'vendor' | 'computed' = 'vendor'): Part {
  const t = clean(text)
  return { text: t, provenance: isBare(t) ? provenance : 'outside' }
}

/** A part that somebody outside wrote: it stands quoted in a line. */
export const said = (text: string): Part => ({ text: clean(text), provenance: 'outside' })

/** A single word that may stand bare, or null. */
export const word = (text: string | null | undefined): string | null =>
  text && !text.includes(' ') && isBare(text) && text.length <= quoteLimit ? text : null

const shown = (part: Part) => (part.provenance === 'outside' ? `"${part.text}"` : part.text)

function stamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** Prints one line; `parseFact` reads it back. */
export function printFact(line: FactLine): string {
  if (line.kind !== 'event') return `${line.kind}: ${line.text}`
  const e = line.event
  const place = [e.country, e.network].filter((p) => p !== null).join(', ')
  return [
    stamp(e.time),
    e.log === null ? e.source : `${e.source} ${e.log}`,
    e.activity,
    e.outcome,
    e.count > 1 ? `x${e.count}` : null,
    e.who && `${e.who.relation} ${shown(e.who)}${e.who.address ? ` <${e.who.address}>` : ''}`,
    e.key && `key ${e.key}`,
    e.target && `${e.target.relation} ${shown(e.target)}`,
    e.ip && `from ${e.ip}${place ? ` (${place})` : ''}`,
    ...e.quoted.map((q) => `${q.key} "${q.text}"`),
    e.findings.length > 0 ? `[finding: ${e.findings.join('; ')}]` : null,
  ]
    .filter(Boolean)
    .join(' ')
}

const head = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC (slack|gmail|workspace|cloudtrail|files) (.+)$/
const contextLine = /^(history|memory|person|answer|label): (.+)$/
const tokenPattern = /"[^"]*"|<[^<>]*>|\([^()]*\)|\[finding: [^[\]]*\]|[^\s"]+/g

const isQuote = (token: string | undefined): token is string => token?.startsWith('"') ?? false
const unquote = (token: string) => token.slice(1, -1)

/** Reads a line of the grammar, or null where it is none. Words it has no place for are left out. */
export function parseFact(line: string): FactLine | null {
  const context = contextLine.exec(line)
  if (context?.[1] && context[2]) return { kind: context[1] as 'history', text: context[2] }
  const match = head.exec(line)
  if (!match) return null
  const [, date, minute, source = '', rest = ''] = match
  const time = Date.parse(`${date}T${minute}:00Z`)
  if (Number.isNaN(time)) return null
  const tokens = rest.match(tokenPattern) ?? []
  const log = source === 'files' ? (tokens.shift() ?? null) : null
  const e: EventParts = {
    ...{ time, source, log, activity: tokens.shift() ?? '', outcome: null, count: 1 },
    ...{ who: null, key: null, target: null, ip: null, country: null, network: null },
    ...{ quoted: [], findings: [] },
  }

  /** Takes a quoted text, or bare words up to the next keyword, key of a quotation or bracket. */
  const take = (): Part | null => {
    if (isQuote(tokens[0])) return said(unquote(tokens.shift() ?? ''))
    const words: string[] = []
    while (tokens[0] && bareWord.test(tokens[0]) && !keywords.has(tokens[0])) {
      if (isQuote(tokens[1])) break
      words.push(tokens.shift() ?? '')
    }
    return words.length > 0 ? { text: words.join(' '), provenance: 'vendor' } : null
  }

  while (tokens.length > 0) {
    const token = tokens.shift() ?? ''
    if (token.startsWith('[finding: ')) e.findings.push(...token.slice(10, -1).split('; '))
    else if (token === 'key' && !isQuote(tokens[0])) e.key = tokens.shift() ?? null
    else if (token === 'from' && ipWord.test(tokens[0] ?? '')) {
      e.ip = tokens.shift() ?? null
      if (tokens[0]?.startsWith('(')) {
        const [country = null, network = null] = unquote(tokens.shift() ?? '').split(', ')
        const named = country !== null && /^\p{Lu}/u.test(country)
        e.country = named ? country : null
        e.network = named ? network : country
      }
    } else if (!e.who && !e.target && (token === 'by' || token === 'from')) {
      const part = take()
      const address = tokens[0]?.startsWith('<') ? unquote(tokens.shift() ?? '') : null
      if (part) {
        const provenance = token === 'from' ? 'outside' : part.provenance
        e.who = { ...part, provenance, relation: token, address }
      }
    } else if (!e.target && (token === 'on' || token === 'to' || token === 'in')) {
      const part = take()
      if (part) e.target = { ...part, relation: token }
    } else if (isQuote(tokens[0]) && /^[a-z_]+$/.test(token))
      e.quoted.push({ key: token, text: unquote(tokens.shift() ?? '') })
    else if (/^x\d+$/.test(token) && e.count === 1) e.count = Number(token.slice(1))
    else if (e.outcome === null && !e.who && word(token)) e.outcome = token
  }
  return { kind: 'event', event: e }
}
