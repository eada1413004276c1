import {
  type Head,
  type HeadId,
  type Heads,
  softmax,
  textFeatures,
  textScores,
  withFacts,
} from '../../src/model/heads.ts'
import type { Example } from '../train/examples.ts'
import type { Learned } from '../train/learned.ts'
import { fitLogistic, probabilities } from '../train/logistic.ts'

/** Gives a text one number: how hostile it is. */
export type Reader = (example: Example) => number

const sum = (p: Record<string, number>, bad: readonly string[]) =>
  bad.reduce((all, label) => all + (p[label] ?? 0), 0) / Math.max(1e-9, 1 - (p.spam ?? 0))

/** The head that ships. */
export const shippedReader =
  (head: Head, bad: readonly string[]): Reader =>
  (example) =>
    sum(withFacts(head, textScores(head, example), example.facts), bad)

/** Its first half: what the text says alone. */
export const textReader =
  (head: Head, bad: readonly string[]): Reader =>
  (example) =>
    sum(textScores(head, example), bad)

type Features = (example: Example) => Float64Array

function regression(
  head: Head,
  bad: readonly string[],
  rows: readonly { example: Example; weight: number }[],
  features: Features,
): Reader {
  const weights = fitLogistic(
    rows.map(({ example, weight }) => ({
      x: features(example),
      label: head.labels.indexOf(example.label),
      weight,
    })),
    head.labels.length,
    { rounds: 500 },
  )
  return (e) => sum(softmax(head.labels, probabilities(weights, features(e)).map(Math.log)), bad)
}

/** A plain regression on the sentence vector. */
export const encoderReader = (head: Head, bad: readonly string[], { heard }: Learned): Reader =>
  regression(
    head,
    bad,
    heard.map((example) => ({ example, weight: 1 })),
    (e) => Float64Array.from(textFeatures([], e.vectors)),
  )

/** A plain regression on the facts. */
export const factsReader = (head: Head, bad: readonly string[], { known }: Learned): Reader =>
  regression(head, bad, known, (e) => Float64Array.from(head.facts, (f) => e.facts[f] ?? 0))

/** The shipped head with one set of facts unknown. */
export const withoutSet = (
  heads: Heads,
  id: HeadId,
  bad: readonly string[],
  set: readonly string[],
): Reader => {
  const read = shippedReader(heads[id], bad)
  return (e) =>
    read({
      ...e,
      facts: Object.fromEntries(Object.entries(e.facts).filter(([f]) => !set.includes(f))),
    })
}
