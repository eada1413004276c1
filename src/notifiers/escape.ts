import { parse } from 'tldts'

/** Whose words they are: the vendor's and ours may name a live address, outside text may not. */
export type Author = 'us' | 'outside'

/** Longer input is not looked at; what is beyond counts as left out. */
const MAX_INPUT = 20_000

/** Bidi controls, zero width, fillers and the blank Braille cell: they show as nothing. */
const INVISIBLE = /\p{Cf}|\p{Default_Ignorable_Code_Point}|\u2800/gu
const SPACE = /[\p{Cc}\p{Z}]+/gu
const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu
const MENTION = /@(?=(?:channel|here|everyone)\b)/gi

/** Schemes that make a link without `//`. */
const BARE_SCHEME = /\b(mailto|tel|sms|javascript|data):(?=\S)/gi
const DOTTED = /(?<![\p{L}\p{N}_-])[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+/gu
/** Names the public suffix list doesn't hold: RFC 2606, RFC 6762, RFC 7686. */
const RESERVED = /\.(?:example|test|invalid|localhost|local|internal|onion)$/i

const bracketed = (host: string) => host.replaceAll('.', '[.]')
const isDomain = (text: string) =>
  /^www\./i.test(text) || RESERVED.test(text) || parse(text).isIcann === true

const defang = (text: string) =>
  text
    .replace(/http(s?):\/\//gi, 'hxxp$1://')
    .replace(/(?<!hxxps?):\/\//gi, '[:]//')
    .replace(/(?<=:\]?\/\/)[^\s/?#]+/g, bracketed)
    .replace(BARE_SCHEME, '$1[:]')
    .replace(DOTTED, (dotted) => (isDomain(dotted) ? bracketed(dotted) : dotted))

/** One line of visible characters that calls nobody and, from outside, links nowhere. */
function clean(text: string, author: Author): string {
  const line = text
    .slice(0, MAX_INPUT)
    .toWellFormed()
    .replace(INVISIBLE, '')
    .replace(SPACE, ' ')
    .replace(STACKED_MARKS, '$1')
    .replace(MENTION, '＠')
    .trim()
  return author === 'outside' ? defang(line) : line
}

/** Whole characters that fit into `max`, then how many did not. */
function bounded(
  text: string,
  beyond: number,
  max: number,
  encode: (char: string) => string,
): string {
  const chars = [...text].map(encode)
  const take = (room: number) => {
    let end = 0
    for (let used = 0; end < chars.length; end++) {
      used += chars[end]?.length ?? 0
      if (used > room) break
    }
    return end
  }
  if (beyond === 0 && take(max) === chars.length) return chars.join('')
  const note = (left: number) => (max < 80 ? '…' : ` … (${left} more characters)`)
  const end = take(max - note(text.length + beyond).length)
  return chars.slice(0, end).join('').trimEnd() + note(chars.length - end + beyond)
}

/** Characters that look the same and mean nothing to Slack. */
const LOOKALIKE: Record<string, string> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ', ':': '∶' }
/** Where Slack would start or end emphasis, code or an emoji; `deploy_key` and ARNs stay whole. */
const EMPHASIS =
  /(?<![\p{L}\p{N}])[*_~]|[*_~](?![\p{L}\p{N}])|`|(?<![\p{L}\p{N}]):(?=[a-z_+-][\w+-]*:)/giu
const ENTITY: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/**
 * Any text for a `mrkdwn` object or the `text` of a message, at most `max` characters as sent.
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export function mrkdwn(text: string, max: number, author: Author = 'outside'): string {
  const plain = clean(text, author)
    .replace(EMPHASIS, (char) => LOOKALIKE[char] ?? char)
    .replace(/^>+/, '›')
  return bounded(plain, Math.max(0, text.length - MAX_INPUT), max, (char) => ENTITY[char] ?? char)
}

/**
 * Any text for places where Slack parses nothing (`plain_text`, `rich_text`), at most `max`
 * characters and never empty, which Slack refuses. Angle brackets become ‹ ›, so that not even a
 * careless reader of the JSON finds a mention.
 */
export function literal(text: string, max: number, author: Author = 'outside'): string {
  const plain = clean(text, author)
    .replace(/&(?=(?:amp|lt|gt);)/g, '＆')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
  return bounded(plain, Math.max(0, text.length - MAX_INPUT), max, (char) => char) || '–'
}
