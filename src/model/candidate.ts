import type { EventParts } from './fact-line.ts'
import type { Fact } from './facts.ts'
import { sentence } from './naming.ts'

/** A true sentence that may be said, and what it rests on. */
export interface Candidate {
  text: string
  /** Ids of the facts. */
  facts: string[]
  /** Only one sentence of a topic is said; the rest are other phrasings of it. */
  topic: string
  /** What a reader needs first: 0 for the heart of the story, 9 for background. */
  rank: number
  /** ms, for telling in order. */
  time: number
}

/** A fact that tells of an event. */
export interface Told {
  fact: Fact
  e: EventParts
}

/** Whether the vendor refused what the fact tells of. */
export const isDeniedFact = (e: EventParts): boolean =>
  e.outcome !== null && e.outcome !== 'success'

/** `an AWS access key`, `a password`. */
export const an = (thing: string) => `${/^[AEIOU]/i.test(thing) ? 'an' : 'a'} ${thing}`

/** `once`, `twice`, `14 times`. */
export const timesOf = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`)

/** Makes the phrasings of one topic. */
export function phrased(
  topic: string,
  rank: number,
  cited: Told[],
  ...phrasings: (string | null)[][]
): Candidate[] {
  const time = Math.min(...cited.map(({ e }) => e.time))
  const facts = cited.map(({ fact }) => fact.id)
  return phrasings.map((words) => ({ text: sentence(words), facts, topic, rank, time }))
}
