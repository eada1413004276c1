import type { StoryRecord } from '../../src/bench/records.ts'

/** A stream of numbers in [0, 1) that depends on its seed alone (mulberry32). */
export function stream(seed: number): () => number {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), a | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const people =
  `aino amara anselm bashir benedikt bronwyn caetano camille chiara cyprian dagny danilo delphine
  dunja eamon edda eleni emeka fabrice farida fenja galina gideon giulia hamza hedvig henrike ibrahim
  ilse imogen ines ivo jakub jamila joris kaito kasimir katya lachlan leocadia lucian maeve magnus
  mehmet milan mirela nadir nia noor obinna odile olwen pascal perla quentin radka rafael rosalind
  sanna selim sigrid soraya tadeusz tamsin thandi ulrich umberto vera vikram wanda wojtek xenia yara
  yusuf zdenka zofia`.split(/\s+/)
const companies =
  `alderbrook birchline copperfield dunmore elmgate fernhill glasswing harrowfield ivyhouse juniper
  kestrelway larkspur millrace northbank oakhurst pinecrest quayside rowanlea stonebridge thistledown
  umberfield vinehall willowmere yarrow zephyrline`.split(/\s+/)
const networks = ['hosting', 'VPN', 'broadband', 'mobile', 'business', 'Tor exit']

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** First names as the grammar prints actors: bare lower-case words behind by, to, person and @. */
function actorsOf(facts: readonly string[]): string[] {
  const found = new Set<string>()
  for (const line of facts) {
    for (const [, name] of line.matchAll(/\bby ([a-z]{3,10})(?=[ @]|$)/g)) found.add(String(name))
    for (const [, name] of line.matchAll(/^person: ([a-z]{3,10})\b/g)) found.add(String(name))
    for (const [, name] of line.matchAll(/\b([a-z]{3,10})@/g)) found.add(String(name))
  }
  for (const role of 'root info office support admin help noreply billing sales team hello security service kontakt accounts mail it hr ci deploy backup'.split(
    ' ',
  ))
    found.delete(role)
  return [...found]
}

const domainsOf = (facts: readonly string[]) => [
  ...new Set(
    facts.flatMap((f) =>
      [...f.matchAll(/@([a-z]+)[a-z-]*\.[a-z]{2,8}/g)].map(([, d]) => String(d)),
    ),
  ),
]

/**
 * A story told of other people, in another company, on another day: names, domains, times, counts of
 * noise and the rest that decides nothing are drawn anew. What happened stays.
 */
export function varyStory(
  story: StoryRecord,
  random: () => number,
  noise: readonly string[],
): StoryRecord {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const swaps = new Map<string, string>()
  for (const name of actorsOf(story.facts)) swaps.set(name, pick(people))
  for (const domain of domainsOf(story.facts))
    if (domain.length >= 5 && !swaps.has(domain)) swaps.set(domain, pick(companies))
  const all = [...swaps.keys()]
  const words =
    all.length > 0
      ? new RegExp(
          `(?<![\\p{L}])(${all.flatMap((w) => [w, capital(w)]).join('|')})(?![\\p{L}])`,
          'gu',
        )
      : null
  const renamed = (text: string) =>
    words
      ? text.replace(words, (w) => {
          const other = swaps.get(w.toLowerCase()) ?? w
          return w === w.toLowerCase() ? other : capital(other)
        })
      : text
  const shift = Math.floor(random() * 600 - 300) * 60_000
  const days = Math.floor(random() * 300) * 86_400_000
  const moved = (line: string) =>
    line.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC/, (_, d, t) => {
      const at = Date.parse(`${d}T${t}:00Z`)
      // Night and day tell something: the hour moves little.
      const near = at + (Math.abs(shift) > 3_600_000 ? shift % 3_600_000 : shift) - days
      return `${new Date(near).toISOString().slice(0, 16).replace('T', ' ')} UTC`
    })
  const redrawn = (line: string) =>
    random() < 0.15
      ? line.replace(/, (?:hosting|VPN|broadband|mobile|business)\)/, () => `, ${pick(networks)})`)
      : line

  const key = new Set(story.key_facts)
  const kept = story.facts
    .map((fact, index) => ({ fact, index }))
    .filter(
      ({ index, fact }) => key.has(index) || /finding: (?!none)/.test(fact) || random() > 0.15,
    )
  const lines: { text: string; index: number }[] = kept.map(({ fact, index }) => ({
    text: moved(renamed(key.has(index) ? fact : redrawn(fact))),
    index,
  }))
  const last = lines.findLastIndex(({ text }) => /^\d{4}-/.test(text))
  if (noise.length > 0 && last >= 0 && random() < 0.5) {
    const stamps = lines
      .filter(({ text }) => /^\d{4}-/.test(text))
      .map(({ text }) => text.slice(0, 20))
    for (let n = Math.floor(random() * 6); n > 0; n--) {
      const at = Math.floor(random() * (last + 1))
      const stamp = stamps[Math.min(at, stamps.length - 1)] ?? ''
      lines.splice(at, 0, {
        text: renamed(pick(noise)).replace(
          /^\d{4}-\d\d-\d\d \d\d:\d\d UTC/,
          `${stamp.slice(0, 16)} UTC`,
        ),
        index: -1,
      })
    }
  }
  const where = new Map(lines.map(({ index }, i) => [index, i]))
  return {
    ...story,
    facts: lines.map(({ text }) => text),
    key_facts: story.key_facts.flatMap((k) => where.get(k) ?? []),
  }
}

/** Quiet lines of other stories: what happens on any day. */
export const noiseOf = (stories: readonly StoryRecord[]): string[] =>
  stories.flatMap((s) =>
    s.facts.filter(
      (f, i) => /^\d{4}-/.test(f) && !s.key_facts.includes(i) && !/\[finding: (?!none)/.test(f),
    ),
  )
