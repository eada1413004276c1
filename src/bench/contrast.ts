import { checkSentence } from '../model/check.ts'
import { parseFact } from '../model/fact-line.ts'
import type { StoryRecord } from './records.ts'
import { factsOf } from './stories.ts'

/** Ways in which a sentence made of the evidence's own words can be false. */
export const falsehoods = [
  'actor and target swapped',
  'denied for succeeded',
  'count',
  'order of time',
  'owner',
  'no data taken',
  'cause asserted',
  'verdict flipped',
] as const
/** One of these ways. */
export type Falsehood = (typeof falsehoods)[number]

/** A true sentence made false. */
export interface Corruption {
  kind: Falsehood
  text: string
  /** Indices of the facts it cites. */
  facts: number[]
}

/** Whether the checker lets a sentence pass that cites these facts of a story. */
export function passes(story: StoryRecord, text: string, cited: readonly number[]): boolean {
  const facts = factsOf(story)
  return checkSentence(
    text,
    cited.flatMap((i) => facts[i] ?? []),
  ).ok
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** First names of those who act in a story, as its sentences write them. */
function peopleOf({ facts }: StoryRecord): string[] {
  const names = facts.flatMap((line) => {
    const fact = parseFact(line)
    if (fact?.kind !== 'event') return []
    return [fact.event.who?.text, fact.event.target?.text].flatMap((text) =>
      text ? [capital(text.split(/[@ .]/)[0] as string)] : [],
    )
  })
  return [...new Set(names.filter((n) => /^\p{Lu}\p{Ll}{2,}$/u.test(n)))]
}

const opposites: [RegExp, string][] = [
  [/\b(?:was|were) (?:denied|refused|blocked)\b/, 'succeeded'],
  [/\b(?:denied|refused|blocked)\b/, 'allowed'],
  [/\bfailed\b/, 'succeeded'],
  [/\bsucceeded\b/, 'failed'],
  [/\bsuccessfully\b/, 'without success'],
  [/\b(?:was|were) (\w+ed)\b/, 'was not $1'],
  [/\b(created|deleted|changed|downloaded|opened|added|removed|posted|sent|made|read)\b/, 'failed'],
]
const turns: [RegExp, string][] = [
  [/\bafter(?:wards)?\b/i, 'before'],
  [/\bbefore\b/i, 'after'],
  [/\bthen\b/i, 'before that'],
  [/\blater\b/i, 'earlier'],
  [/\bearlier\b/i, 'later'],
]
const first = (text: string, list: readonly [RegExp, string][]): string | null => {
  const found = list.find(([words]) => words.test(text))
  return found ? text.replace(...found) : null
}

/** False sentences made of each true one of a story: at most one of each kind a story. */
export function corruptions(story: StoryRecord): Corruption[] {
  const people = peopleOf(story)
  const numbers = [...new Set(story.facts.join(' ').match(/(?<![\w.:-])\d{1,4}(?![\w.:-])/g) ?? [])]
  const makers: Record<Falsehood, (text: string) => string | null> = {
    'actor and target swapped': (text) => {
      const [a, b] = people.filter((p) => text.includes(p))
      if (!a || !b) return null
      return text.replace(new RegExp(`${a}|${b}`, 'g'), (name) => (name === a ? b : a))
    },
    'denied for succeeded': (text) => first(text, opposites),
    count: (text) => {
      const [number] = /(?<![\w.:-])\d{1,4}(?![\w.:-])/.exec(text) ?? []
      if (!number) return null
      const other = numbers.find((n) => n !== number) ?? String(Number(number) + 7)
      return text.replace(new RegExp(`(?<![\\w.:-])${number}(?![\\w.:-])`), other)
    },
    'order of time': (text) => first(text, turns),
    owner: (text) => {
      const [name] = people.filter((p) => text.includes(p))
      const other = people.find((p) => p !== name)
      if (!name || !other || !/\b(?:key|account|mailbox|password|token|'s)\b/.test(text))
        return null
      return text.replaceAll(name, other)
    },
    'no data taken': (text) => `${text} No data was taken.`,
    'cause asserted': (text) =>
      people[0] ? `${text.replace(/\.$/, '')} because ${people[0]} clicked the link.` : null,
    'verdict flipped': (text) =>
      story.verdict === 'expected'
        ? `${text} This was an attack.`
        : `${text} This was expected work.`,
  }
  return falsehoods.flatMap((kind) => {
    for (const { text, facts } of story.sentences) {
      const made = makers[kind](text)
      if (made !== null && made !== text) return [{ kind, text: made, facts }]
    }
    return []
  })
}
