import { invisible } from '../core/invisible.ts'

/** A text as a reader sees it, and where each of its characters stands in the original. */
export interface Folded {
  text: string
  /** Start in the original of each character of `text`. */
  starts: number[]
  /** End in the original, exclusive. */
  ends: number[]
}

const names: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  sol: '/',
  equals: '=',
  colon: ':',
  lowbar: '_',
  plus: '+',
  commat: '@',
  period: '.',
  excl: '!',
  num: '#',
  dollar: '$',
  percnt: '%',
  ast: '*',
  hyphen: '-',
  dash: '-',
  shy: '',
  zwj: '',
  zwnj: '',
  ZeroWidthSpace: '',
  NoBreak: '',
}

const escapes = new RegExp(
  [
    `[${invisible}]+`,
    '%[2-7][0-9a-fA-F]',
    '(?:%[89a-fA-F][0-9a-fA-F]){2,4}',
    '&#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});?',
    `&(?:${Object.keys(names).join('|')});`,
    '\\\\u00[2-7][0-9a-fA-F]',
    '\\\\/',
  ].join('|'),
  'gu',
)

/** The characters of a URL's UTF-8 sequence, U+FFFD for what is none. */
function fromUtf8(match: string): string {
  const bytes = Uint8Array.from(match.split('%').slice(1), (byte) => Number.parseInt(byte, 16))
  return new TextDecoder().decode(bytes)
}

const fromCode = (code: number) => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '')

function decode(match: string): string {
  if (/^%[89a-f]/i.test(match)) return fromUtf8(match)
  if (match.startsWith('%')) return fromCode(Number.parseInt(match.slice(1), 16))
  if (match === '\\/') return '/'
  if (match.startsWith('\\u')) return fromCode(Number.parseInt(match.slice(2), 16))
  if (/^&#x/i.test(match)) return fromCode(Number.parseInt(match.slice(3), 16))
  if (match.startsWith('&#')) return fromCode(Number.parseInt(match.slice(2), 10))
  return names[match.slice(1, -1)] ?? ''
}

/** Undoes one layer of invisible characters, URL, HTML and JSON escapes; null where there is none. */
function once(text: string): Folded | null {
  escapes.lastIndex = 0
  let match = escapes.exec(text)
  if (!match) return null
  const out: Folded = { text: '', starts: [], ends: [] }
  const parts: string[] = []
  const add = (part: string, from: number, to: number) => {
    parts.push(part)
    for (let i = 0; i < part.length; i++) {
      out.starts.push(part.length === to - from ? from + i : from)
      out.ends.push(part.length === to - from ? from + i + 1 : to)
    }
  }
  let at = 0
  for (; match; match = escapes.exec(text)) {
    add(text.slice(at, match.index), at, match.index)
    at = match.index + match[0].length
    add(decode(match[0]), match.index, at)
  }
  add(text.slice(at), at, text.length)
  out.text = parts.join('')
  return out
}

/** Undoes up to three layers of escapes; null where the text has none. */
export function fold(text: string): Folded | null {
  let folded = once(text)
  for (let layer = 1; folded && layer < 3; layer++) {
    const outer = folded
    const next = once(outer.text)
    if (!next) break
    folded = {
      text: next.text,
      starts: next.starts.map((i) => outer.starts[i] ?? 0),
      ends: next.ends.map((i) => outer.ends[i - 1] ?? 0),
    }
  }
  return folded
}
