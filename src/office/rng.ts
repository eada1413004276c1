/** A stream of numbers that depends on its seed alone. */
export interface Rng {
  /** Uniform in [0, 1). */
  next(): number
  /** Whole number, both ends included. */
  int(min: number, max: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** `count` different members in random order; all of them if there are fewer. */
  sample<T>(list: readonly T[], count: number): T[]
  chars(alphabet: string, count: number): string
  hex(count: number): string
  /** Version-4 shaped. */
  uuid(): string
  /** An independent stream: what one part draws never shifts another. */
  fork(label: string): Rng
}

/** FNV-1a, 32 bits: https://www.rfc-editor.org/rfc/rfc9923 */
const hash = (text: string): number => {
  let h = 0x811c9dc5
  for (const c of text) h = Math.imul(h ^ (c.codePointAt(0) as number), 0x01000193)
  return h >>> 0
}

/** sfc32, a small chaotic generator that passes PractRand: https://pracrand.sourceforge.net */
function sfc32(a: number, b: number): () => number {
  let c = 0x9e3779b9
  let counter = 1
  const step = () => {
    const sum = (a + b + counter++) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 12; i++) step()
  return step
}

/** The generator behind every choice the office makes. */
export function createRng(seed: number | string): Rng {
  const name = String(seed)
  const next = sfc32(hash(name), hash(`${name}/`))
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  const pick = <T>(list: readonly T[]) => list[int(0, list.length - 1)] as T
  const chars = (alphabet: string, count: number) =>
    Array.from({ length: count }, () => alphabet[int(0, alphabet.length - 1)]).join('')
  const hex = (count: number) => chars('0123456789abcdef', count)
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick,
    sample: (list, count) => {
      const rest = [...list]
      const out = []
      while (out.length < count && rest.length > 0)
        out.push(...rest.splice(int(0, rest.length - 1), 1))
      return out
    },
    chars,
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`,
    fork: (label) => createRng(`${name}/${label}`),
  }
}

/** What a slot of a phrase stands for; a function is asked anew for each use. */
export type Slots = Record<string, string | (() => string)>

/**
 * Fills a phrase: `{a|b}` is one of them, `{3-9}` a number, `{name}` a slot; they nest. An unknown
 * slot is a mistake in the phrase and throws.
 */
export function fill(rng: Rng, phrase: string, slots: Slots): string {
  const one = (_: string, body: string) => {
    if (body.includes('|')) return rng.pick(body.split('|'))
    const range = /^(\d+)-(\d+)$/.exec(body)
    if (range) return String(rng.int(Number(range[1]), Number(range[2])))
    const slot = slots[body]
    if (slot === undefined) throw new Error(`no slot {${body}} for the phrase: ${phrase}`)
    return typeof slot === 'string' ? slot : slot()
  }
  let text = phrase
  while (/\{[^{}]*\}/.test(text)) text = text.replace(/\{([^{}]*)\}/g, one)
  return text
}
