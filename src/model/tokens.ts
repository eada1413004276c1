import { nameWords } from './fact-names.ts'
import { lexicon, longest, type Sense } from './lexicon.ts'

/** Values that must stand in a fact as they are. */
export type AtomKind =
  | 'quote'
  | 'address'
  | 'domain'
  | 'ip'
  | 'time'
  | 'day'
  | 'channel'
  | 'ending'
  | 'count'
  | 'country'
  | 'name'
  | 'owner'
  | 'call'

/** A piece of a sentence: a phrase of the lexicon, a value, or a mark. */
export type Token =
  | { kind: 'sense'; text: string; sense: Sense }
  | { kind: 'atom'; atom: AtomKind; text: string }
  | { kind: 'mark'; text: string }

/** Values and names a sentence may use, from the facts it cites. */
export interface Known {
  countries: string[]
  names: string[]
  calls: string[]
}

const months =
  'January|February|March|April|May|June|July|August|September|October|November|December'

const shapes: [AtomKind | 'word' | 'mark' | 'space', RegExp][] = [
  ['space', /\s+/y],
  ['quote', /“[^“”]*”|"[^"]*"/y],
  ['address', /[\p{L}\p{N}._+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/uy],
  ['ip', /\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}(?::[\da-f]{0,4}){3,7}/y],
  ['time', /\d{1,2}:\d\d(?!\d)/y],
  ['day', new RegExp(`\\d{1,2} (?:${months})\\b`, 'y')],
  ['count', /\d{1,9} times\b|once\b|twice\b/y],
  ['ending', /ending [A-Z0-9]{4}\b|A[KS]IA…[A-Z0-9]{4}/y],
  ['channel', /#[\p{L}\p{N}_-]+/uy],
  ['domain', /[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b/y],
  ['word', /[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*(?:['’](?!s\b)[\p{L}]+)*/uy],
  ['word', /['’]s\b/y],
  ['mark', /[,;:.]/y],
]

type Piece = { kind: AtomKind | 'word' | 'mark'; text: string }

function pieces(text: string): Piece[] | null {
  const out: Piece[] = []
  for (let at = 0; at < text.length; ) {
    const found = shapes.find(([, shape]) => {
      shape.lastIndex = at
      return shape.test(text)
    })
    if (!found) return null
    const end = found[1].lastIndex
    if (found[0] !== 'space') out.push({ kind: found[0], text: text.slice(at, end) })
    at = end
  }
  return out
}

/** Reads a sentence (`read 9 files` means `read files 9 times`) into tokens, or says which word isn't understood. */
export function tokensOf(text: string, known: Known): Token[] | { unknown: string } {
  const plain = text
    .replace(/\bthen used\b/g, 'then was used')
    .replace(/\b(\d{1,9}) (files|failed sign-ins)\b/g, '$2 $1 times')
  const read = pieces(plain)
  if (!read) return { unknown: text }
  const out: Token[] = []
  const run = (from: number, length: number) => {
    const some = read.slice(from, from + length)
    return some.length === length && some.every((p) => p.kind === 'word')
      ? some.map((p) => p.text)
      : null
  }
  const lengths = (max: number) => Array.from({ length: max }, (_, i) => max - i)
  for (let at = 0; at < read.length; ) {
    const piece = read[at] as Piece
    if (piece.kind !== 'word') {
      out.push(
        piece.kind === 'mark'
          ? { kind: 'mark', text: piece.text }
          : { kind: 'atom', atom: piece.kind, text: piece.text },
      )
      at += 1
      continue
    }
    const phrase = lengths(longest).find((n) =>
      lexicon.has(run(at, n)?.join(' ').toLowerCase().replaceAll('’', "'") ?? ''),
    )
    const country = lengths(4).find((n) => known.countries.includes(run(at, n)?.join(' ') ?? ''))
    const name = lengths(4).find((n) => {
      const words = run(at, n)?.map((w) => w.toLowerCase())
      return words && known.names.some((k) => words.every((w) => nameWords(k).includes(w)))
    })
    const capital = /^\p{Lu}/u.test(piece.text)
    const text = (n: number) => run(at, n)?.join(' ') ?? ''
    if (country) {
      out.push({ kind: 'atom', atom: 'country', text: text(country) })
      at += country
    } else if (name && (capital || !phrase)) {
      const owned = read[at + name]?.kind === 'word' && /^['’]s$/.test(read[at + name]?.text ?? '')
      out.push({ kind: 'atom', atom: owned ? 'owner' : 'name', text: text(name) })
      at += name + (owned ? 1 : 0)
    } else if (phrase) {
      const sense = lexicon.get(text(phrase).toLowerCase().replaceAll('’', "'")) as Sense
      out.push({ kind: 'sense', text: text(phrase), sense })
      at += phrase
    } else if (known.calls.includes(piece.text)) {
      out.push({ kind: 'atom', atom: 'call', text: piece.text })
      at += 1
    } else return { unknown: piece.text }
  }
  return out
}
