import { type Head, type Heads, textScores, withFacts } from '../../src/model/heads.ts'
import { type Example, featuresOf } from '../train/examples.ts'
import { fitLogistic, probabilities } from '../train/logistic.ts'

/** Gives a text one number: how hostile it is. */
export type Reader = (example: Example) => number

const sum = (p: Record<string, number>, bad: readonly string[]) =>
  bad.reduce((all, label) => all + (p[label] ?? 0), 0)

/** The head that ships. */
export const shippedReader =
  (head: Head, bad: readonly string[]): Reader =>
  ({ vectors, facts }) =>
    sum(withFacts(head, textScores(head, vectors), facts), bad)

/** A head of the same kind trained on a part of the features only. */
export function partReader(
  head: Head,
  bad: readonly string[],
  learned: readonly Example[],
  part: 'encoder' | 'facts',
): Reader {
  const seen = (e: Example) =>
    part === 'encoder'
      ? featuresOf(e, [])
      : featuresOf({ ...e, vectors: [new Float32Array(384)] }, head.facts)
  const rows = learned.map((e) => ({ x: seen(e), label: head.labels.indexOf(e.label), weight: 1 }))
  const weights = fitLogistic(rows, head.labels.length, 500)
  return (e) => {
    const p = probabilities(weights, seen(e))
    return bad.reduce((all, label) => all + (p[head.labels.indexOf(label)] ?? 0), 0)
  }
}

/** The shipped head with one set of facts unknown. */
export const withoutSet =
  (
    heads: Heads,
    id: 'mail' | 'chat' | 'trail',
    bad: readonly string[],
    set: readonly string[],
  ): Reader =>
  (e) =>
    shippedReader(
      heads[id],
      bad,
    )({
      ...e,
      facts: Object.fromEntries(Object.entries(e.facts).filter(([f]) => !set.includes(f))),
    })
