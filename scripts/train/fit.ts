import {
  factsFor,
  type Head,
  type HeadId,
  headLabels,
  mixFeatures,
  softmax,
  textFeatures,
} from '../../src/model/heads.ts'
import { drawOf, type Example } from './examples.ts'
import { landmarksFor } from './landmarks.ts'
import { fitLogistic, probabilities } from './logistic.ts'

/** Labels of harm, and landmarks on each side: none where the texts are few words. */
export const kinds: Record<HeadId, { harm: readonly string[]; landmarks: number }> = {
  mail: { harm: ['phishing', 'bec'], landmarks: 250 },
  chat: { harm: ['malicious'], landmarks: 200 },
  trail: { harm: ['attack'], landmarks: 0 },
}

const folds = 4

/**
 * A head: first a regression on the text, then one on what it says of texts it never saw and on
 * facts. `heard`: examples for the first, each text once; `known`: for the second, weighed, each with
 * the id of its text. Also gives the probabilities of each known example by a head that never saw it.
 */
export function fitHead(
  id: HeadId,
  heard: readonly Example[],
  known: readonly { example: Example; weight: number }[],
): {
  head: Omit<Head, 'landmarks' | 'weights' | 'raise'> & {
    landmarks: Uint8Array
    weights: Float32Array
  }
  unseen: Record<string, number>[]
} {
  const labels: readonly string[] = headLabels[id]
  const facts = factsFor[id].names
  const { harm, landmarks: count } = kinds[id]
  const fold = (e: Example) => Math.floor(drawOf(e.id) * folds)
  const label = (e: Example) => labels.indexOf(e.label)

  const { bytes, vectors } = landmarksFor(heard, harm, count)
  const features = (e: Example) => textFeatures(vectors, e.vectors)
  const rows = heard.map((e) => ({ x: features(e), label: label(e), weight: 1 }))
  const weights = fitLogistic(rows, labels.length, 700)

  const said: Record<string, number>[] = []
  for (let f = 0; f < folds; f++) {
    const part = fitLogistic(
      rows.filter((_, i) => fold(heard[i] as Example) !== f),
      labels.length,
      350,
    )
    known.forEach(({ example }, i) => {
      if (fold(example) !== f) return
      const logits = probabilities(part, features(example)).map(Math.log)
      said[i] = softmax(labels, logits)
    })
  }
  const mixed = known.map(({ example, weight }, i) => ({
    x: Float64Array.from(
      mixFeatures({ labels: [...labels], facts: [...facts] }, said[i] ?? {}, example.facts),
    ),
    label: label(example),
    weight,
  }))
  const mix = fitLogistic(mixed, labels.length, 1500)
  const unseen: Record<string, number>[] = []
  for (let f = 0; f < folds; f++) {
    const part = fitLogistic(
      mixed.filter((_, i) => fold(known[i]?.example as Example) !== f),
      labels.length,
      700,
    )
    known.forEach(({ example }, i) => {
      if (fold(example) !== f) return
      const p = probabilities(part, mixed[i]?.x as Float64Array)
      unseen[i] = Object.fromEntries(labels.map((l, k) => [l, p[k] ?? 0]))
    })
  }
  return {
    head: {
      labels: [...labels],
      landmarks: bytes,
      weights: Float32Array.from(weights.flatMap((w) => [...w])),
      facts: [...facts],
      mix: mix.map((row) => [...row].map((x) => Number(x.toPrecision(4)))),
    },
    unseen,
  }
}
