import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Severity, severities } from '../core/finding.ts'
import { type View, views } from '../core/incident.ts'
import { type ActionId, actionIds } from './actions.ts'
import type { FactLine } from './fact-line.ts'
import { bucketOf } from './heads.ts'
import { isLoud, joints } from './reading.ts'

/** A line of a story, printed and read. */
export interface StoryLine {
  line: string
  parts: FactLine
}

/** What a story can be asked, and the answers. */
export const storyLabels = {
  view: views,
  level: severities,
  step: actionIds,
  /** Of a line: whether a careful analyst would name it. */
  key: ['no', 'yes'],
} as const
export type StoryQuestion = keyof typeof storyLabels

const bytes = z.base64().transform((text) => new Int8Array(Buffer.from(text, 'base64')))
const regression = z.strictObject({
  /** One row of signed bytes a label. */
  words: bytes,
  /** One a label: what a byte is worth, and what no word says. */
  scale: z.array(z.number()),
  bias: z.array(z.number()),
})
const file = z.strictObject({
  view: regression,
  level: regression,
  step: regression,
  key: regression,
})

/** Regressions on the words of a story, told apart by who and what they are about. */
export type StoryHead = z.infer<typeof file>

/** The head that ships, made by `scripts/train/stories.ts`. @throws if the file is damaged */
export const loadStoryHead = (
  from: string | URL = new URL('../../models/stories.json', import.meta.url),
): StoryHead => file.parse(JSON.parse(readFileSync(from, 'utf8')))

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}_]{2,40}/gu) ?? []

/**
 * The words of each line, marked with where it stands: in an event that a detector spoke of, in one
 * that shares a name with such an event, in another, or in what is known besides. Numbers are left out.
 */
function linesWords(lines: readonly StoryLine[]): { place: string; words: Set<string> }[] {
  const loud = lines.flatMap(({ parts }) =>
    parts.kind === 'event' && isLoud(parts) ? [parts.event] : [],
  )
  const names = new Set(loud.flatMap(joints).filter((name) => name.length > 2))
  return lines.map(({ line, parts }) => {
    const text = line.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC /, '')
    const low = text.toLowerCase()
    const related = [...names].some((name) => low.includes(name))
    const place =
      parts.kind !== 'event' ? parts.kind : isLoud(parts) ? 'loud' : related ? 'near' : 'far'
    const words = new Set<string>()
    for (const word of wordsOf(text)) {
      words.add(`${place} ${word}`)
      if (parts.kind !== 'event' && related) words.add(`${place} near ${word}`)
    }
    return { place, words }
  })
}

/** The marked words of a story, and how many lines of each place there are. */
export function storyWords(lines: readonly StoryLine[]): Set<string> {
  const counts: Record<string, number> = {}
  const all = new Set<string>()
  for (const { place, words } of linesWords(lines)) {
    counts[place] = (counts[place] ?? 0) + 1
    for (const word of words) all.add(word)
  }
  for (const [place, count] of Object.entries(counts))
    all.add(`${place} ${place === 'far' ? Math.min(4, Math.ceil(count / 5)) : Math.min(4, count)}`)
  return all
}

/** The marked words of each line, with its place, which sort of line it is and how many there are. */
export function keyWords(lines: readonly StoryLine[]): Set<string>[] {
  const marked = linesWords(lines)
  const busy = marked.filter(({ place }) => place === 'loud').length
  const long = lines.length > 8 ? 'long' : 'short'
  return marked.map(({ place, words }, i) => {
    const own = new Set(words)
    own.add(`is ${place}`)
    own.add(`is ${place} ${long}`)
    own.add(`is ${place} of ${Math.min(5, busy)}`)
    own.add(`before is ${marked[i - 1]?.place}`)
    own.add(`behind is ${marked[i + 1]?.place}`)
    return own
  })
}

/** Buckets of a story's words for a regression of so many. */
export const storyBuckets = (words: ReadonlySet<string>, size: number): number[] => [
  ...new Set([...words].map((word) => bucketOf(word, size))),
]

/** Logits of the answers to a question. */
function logits(head: StoryHead, question: StoryQuestion, said: ReadonlySet<string>): number[] {
  const { words, scale, bias } = head[question]
  const size = words.length / bias.length
  const buckets = storyBuckets(said, size)
  const length = Math.sqrt(buckets.length) || 1
  return bias.map((b, i) => {
    const sum = buckets.reduce((all, bucket) => all + (words[i * size + bucket] ?? 0), 0)
    return (sum * (scale[i] ?? 0)) / length + b
  })
}

/** Answers from the likeliest on. */
function ranked<T>(list: readonly T[], weights: readonly number[]): T[] {
  return list
    .map((item, i) => ({ item, weight: weights[i] ?? 0 }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ item }) => item)
}

export const viewByWords = (head: StoryHead, lines: readonly StoryLine[]): View =>
  ranked(views, logits(head, 'view', storyWords(lines)))[0] as View

/** The level around which most of what is likely lies, its neighbours counted. */
export function levelByWords(head: StoryHead, lines: readonly StoryLine[]): Severity {
  const exp = logits(head, 'level', storyWords(lines)).map(Math.exp)
  const around = exp.map((x, i) => x + (exp[i - 1] ?? 0) + (exp[i + 1] ?? 0) + x / 100)
  return ranked(severities, around)[0] as Severity
}

/** What to do next, the likeliest first. */
export const stepsByWords = (head: StoryHead, lines: readonly StoryLine[]): ActionId[] =>
  ranked(actionIds, logits(head, 'step', storyWords(lines)))

/** How much each line matters: the probability that a careful analyst names it. */
export const keysByWords = (head: StoryHead, lines: readonly StoryLine[]): number[] =>
  keyWords(lines).map((words) => {
    const [no = 0, yes = 0] = logits(head, 'key', words)
    return 1 / (1 + Math.exp(no - yes))
  })
