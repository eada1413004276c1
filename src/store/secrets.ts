import { createHmac } from 'node:crypto'
import type { Event, MaskedSecret } from '../core/event.ts'
import { fold } from './fold.ts'
import { isIdentifier, isPlaceholder, matchGitleaks, type Span } from './secret-rules.ts'
import { matchWords } from './secret-words.ts'

/** Finds secrets and replaces them by `first4…last4`, or by `…` where they are short. */
export interface Masker {
  /** The text with every secret masked, and those that look real. */
  text(s: string): { text: string; secrets: MaskedSecret[] }
  /**
   * The event with every secret in it masked; those that look real are in `unmapped.secrets`; of a
   * mail only what its text, subject, files and links say, for tokens abound in its headers.
   */
  event(event: Event): Event
}

interface Found extends Span {
  secret: string
}

/** Overlapping finds become one, named after the most telling. */
function merge(list: Found[]): Found[] {
  const rank = (f: Found) => (f.exact ? 2 : 0) + (f.real ? 1 : 0)
  const out: Found[] = []
  for (const found of list.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = out.at(-1)
    if (!last || found.start >= last.end) {
      out.push({ ...found })
      continue
    }
    if (rank(found) > rank(last)) Object.assign(last, { rule: found.rule, secret: found.secret })
    last.end = Math.max(last.end, found.end)
    last.real ||= found.real
    last.exact ||= found.exact
  }
  return out
}

/** Identifiers stay whole, also at the head of `AKIA…:secret`. */
function withoutIds(span: Span, text: string): Span | null {
  const value = text.slice(span.start, span.end)
  if (isIdentifier(value)) return null
  const id = /^(?:AKIA|ASIA)[A-Z0-9]{16}(?=[^A-Za-z0-9])/.exec(value)
  return id ? { ...span, start: span.start + id[0].length + 1 } : span
}

function find(text: string): Found[] {
  const scan = (s: string) =>
    [...matchWords(s), ...matchGitleaks(s)].flatMap((span) => {
      const kept = withoutIds(span, s)
      return kept && kept.end > kept.start
        ? [{ ...kept, secret: s.slice(kept.start, kept.end) }]
        : []
    })
  const folded = fold(text)
  if (!folded) return merge(scan(text))
  const hidden = scan(folded.text).map((f) => ({
    ...f,
    start: folded.starts[f.start] ?? 0,
    end: folded.ends[f.end - 1] ?? text.length,
  }))
  return merge([...hidden, ...scan(text)])
}

const short = (secret: string) =>
  secret.length < 16 ? '…' : `${secret.slice(0, 4)}…${secret.slice(-4)}`

/** JSON keys whose value is a secret whatever it looks like. */
const secretKey =
  /(?:password|passwd|passphrase|passwort|kennwort|contrasena|motdepasse|pwd|secret|secretkey|secretaccesskey|apikey|privatekey|(?:access|auth|refresh|id|session|security|bearer|bot|api|user)token|^token|authorization|credentials?)$/
const isSecretKey = (key: string) =>
  secretKey.test((key.split(/[/.]/).at(-1) ?? '').replace(/[^\p{L}\d]/gu, '').toLowerCase())

/** Values under such keys that say nothing: CloudTrail blanks secrets itself. */
const isBlank = (value: string) =>
  value.length < 4 ||
  value.includes('…') ||
  isIdentifier(value) ||
  /^(?:\**|true|false|null|none|HIDDEN\w*|<\w+>|\w*REDACTED\w*)$/i.test(value)

/** Fields that no one outside writes, or that name the event: they never change. */
const kept = new Set([
  'metadata',
  'class_name',
  'activity_name',
  'time',
  'status',
  'fingerprint',
  'authentication',
  'direction',
  'tenant_uid',
  'secrets',
  'type',
  'activity',
  'read_only',
  'ip',
  'location',
  'network',
  'operation',
  'service',
  'region',
])

/** Of a mail: what its servers and programs write, or repeats them. Masked, but nobody posted it. */
const headers = new Set(['raw_data', 'actor', 'from', 'reply_to', 'to', 'cc', 'message_uid'])

/** A masker whose HMACs are made under the box's key. */
export function createMasker(key: Uint8Array): Masker {
  const masked = (rule: string, secret: string): MaskedSecret => ({
    rule,
    masked: short(secret),
    hmac: createHmac('sha256', key).update(secret).digest('hex'),
  })

  function text(s: string): { text: string; secrets: MaskedSecret[] } {
    const found = s.length < 8 ? [] : find(s)
    if (found.length === 0) return { text: s, secrets: [] }
    let out = ''
    let at = 0
    for (const f of found) {
      out += s.slice(at, f.start) + short(f.secret)
      at = f.end
    }
    const secrets = found
      .filter((f) => f.real)
      .map((f) => masked(f.rule, f.secret.replace(/\s/g, '')))
    return { text: out + s.slice(at), secrets }
  }

  type Walk = (value: unknown, name: string) => unknown

  /** Masks an event's parts, and puts what looks real into `secrets`; headers go to `quiet`. */
  function walker(secrets: Map<string, MaskedSecret>, quiet?: Walk): Walk {
    const plain = (s: string): string => {
      const result = text(s)
      for (const secret of result.secrets)
        if (!secrets.has(secret.hmac)) secrets.set(secret.hmac, secret)
      return result.text
    }

    const json = (s: string): string => {
      let value: unknown
      try {
        value = JSON.parse(s)
      } catch {
        return plain(s)
      }
      const before = JSON.stringify(value)
      const after = JSON.stringify(deep(value, '', 0))
      return before === after ? s : after
    }

    const string = (s: string, name: string): string => {
      if (isSecretKey(name) && !isBlank(s)) {
        const secret = masked('secret-field', s)
        if (!isPlaceholder(s) && s.length >= 8) secrets.set(secret.hmac, secret)
        return secret.masked
      }
      return /^\s*[[{"]/.test(s) ? json(s) : plain(s)
    }

    const deep = (value: unknown, name: string, depth: number): unknown => {
      if (typeof value === 'string') return string(value, name)
      if (typeof value !== 'object' || value === null) return value
      if (depth > 60) return plain(JSON.stringify(value))
      if (Array.isArray(value)) return value.map((item) => deep(item, name, depth + 1))
      const entries = Object.entries(value)
      // `{"name": "DB_PASSWORD", "value": "…"}`: the shape of ECS and CloudFormation settings.
      const named = entries.find(
        ([k, v]) => /^(?:parameter)?(?:name|key)$/i.test(k) && typeof v === 'string',
      )
      return Object.fromEntries(
        entries.map(([k, v]) => {
          const isValue = named && /^(?:parameter)?value$/i.test(k)
          return [plain(k), deep(v, isValue ? String(named[1]) : k, depth + 1)]
        }),
      )
    }

    const shaped = (value: unknown, name: string): unknown => {
      if (kept.has(name)) return value
      if (quiet && headers.has(name)) return quiet(value, name)
      if (typeof value === 'string') return name === 'raw_data' ? json(value) : plain(value)
      if (typeof value !== 'object' || value === null) return value
      if (Array.isArray(value)) return value.map((item) => shaped(item, ''))
      return Object.fromEntries(
        Object.entries(value).map(([k, v]) => [k, k === 'request' ? deep(v, '', 0) : shaped(v, k)]),
      )
    }

    return shaped
  }

  function event(input: Event): Event {
    const secrets = new Map(input.unmapped.secrets.map((s) => [s.hmac, s]))
    // A mail that could not be parsed is no Email Activity, but its headers are as talkative.
    const isMail = input.email !== null || input.metadata.product.name === 'gmail'
    const walk = walker(secrets, isMail ? walker(new Map()) : undefined)
    const out = walk(input, '') as Event
    return { ...out, unmapped: { ...out.unmapped, secrets: [...secrets.values()] } }
  }

  return { text, event }
}
