import { RE2JS } from 're2js'
import data from './gitleaks.json' with { type: 'json' }

/** A stretch of text that looks like a secret. */
export interface Span {
  start: number
  end: number
  rule: string
  /** Looks like the real thing: not a placeholder, an example or a link's token. */
  real: boolean
  /** Found by its own form, which says more than the words around it. */
  exact: boolean
}

interface RuleData {
  id: string
  regex: string
  keywords: string[]
  entropy?: number
  group?: number
  allow?: { regexes?: string[]; target?: string; stopwords?: string[] }[]
}

/** Shannon entropy in bits a character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

const placeholderWords =
  /example|sample|dummy|placeholder|change_?me|your[-_ ]|xxxx|redacted|hidden|abcdefgh|12345678|<|>|\$\{|\{\{|^(?:pass|password|passwort|passwd|secret|token)$|not.?real|nicht.?echt/i

/** Whether a secret-shaped value is one nobody could use. */
export const isPlaceholder = (value: string): boolean =>
  placeholderWords.test(value) || new Set(value).size < Math.min(5, value.length)

/** AWS's unique ids, access key ids among them: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
const awsId =
  /^(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA|AROA|AIDA|AGPA|AIPA|ANPA|ANVA|APKA|ASCA)[A-Z0-9]{12,17}$/
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** Digests as Git and checksums write them. */
export const hash = /^(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i

/** Identifiers that look random and are no secret: AWS ids, ARNs, UUIDs. */
export const isIdentifier = (value: string): boolean =>
  awsId.test(value) || uuid.test(value) || value.startsWith('arn:')

const fold3 = (text: string, i: number) =>
  ((text.charCodeAt(i) & 31) << 10) |
  ((text.charCodeAt(i + 1) & 31) << 5) |
  (text.charCodeAt(i + 2) & 31)

/** Rules by keyword, found in one pass through a table of the first two or three characters. */
function createPrefilter(rules: RuleData[]) {
  const table: ([string, number[]][] | undefined)[] = []
  const words = new Map<string, number[]>()
  rules.forEach((rule, index) => {
    for (const word of rule.keywords) words.set(word, [...(words.get(word) ?? []), index])
  })
  for (const entry of words) {
    const thirds = entry[0].length > 2 ? [fold3(entry[0], 0)] : [...Array(32).keys()]
    for (const third of thirds) {
      const slot = entry[0].length > 2 ? third : (fold3(`${entry[0]}\0`, 0) & ~31) | third
      table[slot] = [...(table[slot] ?? []), entry]
    }
  }
  const flags = Uint8Array.from({ length: 1 << 15 }, (_, i) => (table[i] ? 1 : 0))
  /** Calls `hit` with each rule and the place of its keyword. */
  return (text: string, hit: (rule: number, at: number) => void) => {
    let lower: string | null = null
    for (let i = 0; i < text.length; i++) {
      const slot = fold3(text, i)
      if (flags[slot] === 0) continue
      lower ??= text.toLowerCase()
      for (const [word, indexes] of table[slot] ?? [])
        if (lower.startsWith(word, i)) for (const index of indexes) hit(index, i)
    }
  }
}

const rules: RuleData[] = data.rules
const prefilter = createPrefilter(rules)
const compiled = new Map<string, RE2JS>()

function regex(source: string): RE2JS {
  const found = compiled.get(source)
  if (found) return found
  const made = RE2JS.compile(source)
  compiled.set(source, made)
  return made
}

function allowed(rule: RuleData, secret: string, match: string): boolean {
  const lists = [
    ...(rule.allow ?? []),
    { regexes: data.allow.regexes, target: 'secret', stopwords: data.allow.stopwords },
  ]
  const lower = secret.toLowerCase()
  return lists.some(
    ({ regexes = [], target, stopwords = [] }) =>
      stopwords.some((word) => lower.includes(word)) ||
      regexes.some((r) =>
        regex(r)
          .matcher(target === 'match' ? match : secret)
          .find(),
      ),
  )
}

/** How far before and after its keyword a rule looks, in characters: as far as it could match. */
const before = 120
const reach = rules.map((rule) => {
  const counts = [...rule.regex.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, from, to]) =>
    to === '' ? Math.max(4096, Number(from)) : Number(to ?? from),
  )
  return Math.min(8192, 200 + 2 * Math.max(0, ...counts))
})

function matchRule(rule: RuleData, text: string, from: number, to: number, out: Span[]): void {
  const window = text.slice(from, to)
  const matcher = regex(rule.regex).matcher(window)
  const generic = rule.id === 'generic-api-key'
  for (let at = 0; at < window.length && matcher.find(at); at = Math.max(at + 1, matcher.end())) {
    let group = rule.group ?? 0
    for (let g = 1; group === 0 && g <= matcher.groupCount(); g++) if (matcher.group(g)) group = g
    const secret = matcher.group(group) ?? ''
    const start = from + matcher.start(group)
    if (secret === '') continue
    const weak =
      (rule.entropy !== undefined && entropy(secret) <= rule.entropy) ||
      allowed(rule, secret, matcher.group() ?? '')
    if (generic && (weak || isIdentifier(secret))) continue
    const before = text.slice(Math.max(0, start - 40), start)
    if (hash.test(secret) && !/secret|token|passw|api|auth/i.test(before)) continue
    out.push({
      start,
      end: start + secret.length,
      rule: rule.id,
      real: !weak && !isPlaceholder(secret) && (!generic || /\d/.test(secret)),
      exact: !generic,
    })
  }
}

/** The head of gitleaks' many rules of the form `word … = value`, and what must follow their word. */
const assigned = '(?:[ \\t\\w.-]{0,20})[\\s\'"]{0,3}'
const assignment = /[\w\t .-]{0,60}[\s'"]{0,3}(?:[=>:,]|\|\||\?=)[`'"\s=>:]{0,8}[\w.=+/-]{8}/y
const needsAssignment = rules.map((r) => r.regex.includes(assigned) && !r.regex.includes(')|\\b('))

/** Gitleaks wants a quote or space behind a token; people end sentences there. Keeps all places. */
const withoutStops = (text: string) =>
  text.replace(/[.,:!?)\]}>*]{1,4}(?=\s|$)/g, (stops) => ' '.repeat(stops.length))

/** Every match of gitleaks' rules, in time linear in the text. */
export function matchGitleaks(original: string): Span[] {
  const text = withoutStops(original)
  const windows = new Map<number, [number, number][]>()
  prefilter(text, (rule, at) => {
    assignment.lastIndex = at
    if (needsAssignment[rule] && !assignment.test(text)) return
    const from = Math.max(0, at - before)
    const to = Math.min(text.length, at + (reach[rule] ?? 0))
    const list = windows.get(rule) ?? []
    windows.set(rule, list)
    const last = list.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else list.push([from, to])
  })
  const out: Span[] = []
  for (const [index, list] of windows) {
    const rule = rules[index]
    if (rule) for (const [from, to] of list) matchRule(rule, text, from, to, out)
  }
  return out
}
