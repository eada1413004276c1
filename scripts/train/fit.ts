import {
  factsFor,
  type Head,
  type HeadId,
  headLabels,
  mixFeatures,
  textFeatures,
  textScores,
  wordBuckets,
} from '../../src/model/heads.ts'
import { drawOf, type Example } from './examples.ts'
import { landmarksFor } from './landmarks.ts'
import { fitLogistic, probabilities } from './logistic.ts'
import { quantized } from './quantized.ts'

/** Labels of harm, landmarks on each side, and buckets of words: none where the texts are few words. */
export const kinds: Record<HeadId, { harm: readonly string[]; landmarks: number; words: number }> =
  {
    mail: { harm: ['phishing', 'bec'], landmarks: 250, words: 2 ** 15 },
    chat: { harm: ['malicious'], landmarks: 200, words: 2 ** 14 },
    trail: { harm: ['attack'], landmarks: 0, words: 0 },
  }

const folds = 4

/** The part of a head that reads texts, as it is kept: landmarks and words are whole numbers. */
interface TextPart {
  labels: string[]
  landmarks: Uint8Array
  weights: Float32Array<ArrayBuffer>
  words: Int8Array<ArrayBuffer>
  word_scale: number[]
  word_bias: number[]
}

function fitText(
  id: HeadId,
  rows: readonly Example[],
  landmarks: ReturnType<typeof landmarksFor>,
  rounds: { vector: number; words: number },
): TextPart {
  const labels = [...headLabels[id]]
  const label = (e: Example) => (labels as string[]).indexOf(e.label)
  const weights = fitLogistic(
    rows.map((e) => ({
      x: textFeatures(landmarks.vectors, e.vectors),
      label: label(e),
      weight: 1,
    })),
    labels.length,
    { rounds: rounds.vector },
  )
  const size = kinds[id].words
  const spread = (buckets: number[]) =>
    new Float64Array(buckets.length).fill(1 / (Math.sqrt(buckets.length) || 1))
  const words =
    size === 0
      ? []
      : fitLogistic(
          rows.map((e) => {
            const at = wordBuckets(e.text, size)
            return { x: spread(at), at, label: label(e), weight: 1 }
          }),
          labels.length,
          { rounds: rounds.words, size, freedom: 10 },
        )
  const { bytes, scale, bias } = quantized(words)
  return {
    labels,
    landmarks: landmarks.bytes,
    weights: Float32Array.from(weights.flatMap((w) => [...w])),
    words: bytes,
    word_scale: scale,
    word_bias: bias,
  }
}

/**
 * A head: first what reads the text, then a regression on what it says of texts it never saw and on
 * facts. `heard`: examples for the first, each text once; `known`: for the second, weighed, each with
 * the id of its text. Also gives the probabilities of each known example by a head that never saw it.
 */
export function fitHead(
  id: HeadId,
  heard: readonly Example[],
  known: readonly { example: Example; weight: number }[],
): {
  head: TextPart & Pick<Head, 'facts' | 'mix'>
  unseen: Record<string, number>[]
} {
  const labels: readonly string[] = headLabels[id]
  const facts = factsFor[id].names
  const { harm, landmarks: count } = kinds[id]
  const fold = (e: Example) => Math.floor(drawOf(e.id) * folds)
  const label = (e: Example) => labels.indexOf(e.label)

  const landmarks = landmarksFor(heard, harm, count)
  const text = fitText(id, heard, landmarks, { vector: 700, words: 200 })
  const said: Record<string, number>[] = []
  for (let f = 0; f < folds; f++) {
    const others = heard.filter((e) => fold(e) !== f)
    const part = fitText(id, others, landmarks, { vector: 350, words: 150 })
    known.forEach(({ example }, i) => {
      if (fold(example) === f)
        said[i] = textScores({ ...part, landmarks: landmarks.vectors }, example)
    })
  }
  const mixed = known.map(({ example, weight }, i) => ({
    x: Float64Array.from(
      mixFeatures({ labels: [...labels], facts: [...facts] }, said[i] ?? {}, example.facts),
    ),
    label: label(example),
    weight,
  }))
  const mix = fitLogistic(mixed, labels.length, { rounds: 1500 })
  const unseen: Record<string, number>[] = []
  for (let f = 0; f < folds; f++) {
    const part = fitLogistic(
      mixed.filter((_, i) => fold(known[i]?.example as Example) !== f),
      labels.length,
      { rounds: 700 },
    )
    known.forEach(({ example }, i) => {
      if (fold(example) !== f) return
      const p = probabilities(part, mixed[i]?.x as Float64Array)
      unseen[i] = Object.fromEntries(labels.map((l, k) => [l, p[k] ?? 0]))
    })
  }
  return {
    head: {
      ...text,
      facts: [...facts],
      mix: mix.map((row) => [...row].map((x) => Number(x.toPrecision(4)))),
    },
    unseen,
  }
}
