import {
  factsFor,
  type Head,
  type HeadId,
  headLabels,
  mixFeatures,
  saidTogether,
  textFeatures,
  vectorLogits,
  wordBuckets,
  wordLogits,
} from '../../src/model/heads.ts'
import { drawOf, type Example } from './examples.ts'
import { landmarksFor } from './landmarks.ts'
import { fitLogistic, probabilities } from './logistic.ts'
import { quantized } from './quantized.ts'

/** Labels of harm, landmarks on each side, and buckets of words: none where the texts are few words. */
export const kinds: Record<HeadId, { harm: readonly string[]; landmarks: number; words: number }> =
  {
    mail: { harm: ['phishing', 'bec'], landmarks: 250, words: 2 ** 15 },
    chat: { harm: ['malicious'], landmarks: 0, words: 2 ** 14 },
    trail: { harm: ['attack'], landmarks: 0, words: 0 },
  }

/** A text is heard by what learned from the texts of the other folds. */
const folds = 4
export const foldOf = ({ group }: Pick<Example, 'group'>): number =>
  Math.floor(drawOf(group) * folds)

/** What says from a text's vectors which label it has. */
export interface Voice {
  /** 384 signed bytes each. */
  landmarks: Uint8Array
  /** One row a label. */
  weights: Float32Array<ArrayBuffer>
  /** Logits of a text by a voice that learned from the texts of other folds. */
  unseen(example: Example): readonly number[]
}

/** A regression on the vectors of the encoder as it is. */
export function fitVoice(id: HeadId, heard: readonly Example[]): Voice {
  const labels: readonly string[] = headLabels[id]
  const { harm, landmarks: count } = kinds[id]
  const landmarks = landmarksFor(heard, harm, count)
  const learn = (rows: readonly Example[], rounds: number) =>
    Float32Array.from(
      fitLogistic(
        rows.map((e) => ({
          x: textFeatures(landmarks.vectors, e.vectors),
          label: labels.indexOf(e.label),
          weight: 1,
        })),
        labels.length,
        { rounds },
      ).flatMap((weights) => [...weights]),
    )
  const parts = Array.from({ length: folds }, (_, f) =>
    learn(
      heard.filter((e) => foldOf(e) !== f),
      350,
    ),
  )
  return {
    landmarks: landmarks.bytes,
    weights: learn(heard, 700),
    unseen: (e) =>
      vectorLogits(
        {
          labels: [...labels],
          landmarks: landmarks.vectors,
          weights: parts[foldOf(e)] as Float32Array<ArrayBuffer>,
        },
        e.vectors,
      ),
  }
}

/** What a head reads of words, as it is kept: in whole numbers. */
interface WordPart {
  labels: string[]
  words: Int8Array<ArrayBuffer>
  word_scale: number[]
  word_bias: number[]
}

function fitWords(id: HeadId, rows: readonly Example[], rounds: number): WordPart {
  const labels = [...headLabels[id]] as string[]
  const size = kinds[id].words
  const spread = (buckets: number[]) =>
    new Float64Array(buckets.length).fill(1 / (Math.sqrt(buckets.length) || 1))
  const words =
    size === 0
      ? []
      : fitLogistic(
          rows.map((e) => {
            const at = wordBuckets(e.text, size)
            return { x: spread(at), at, label: labels.indexOf(e.label), weight: 1 }
          }),
          labels.length,
          { rounds, size, freedom: 10 },
        )
  const { bytes, scale, bias } = quantized(words)
  return { labels, words: bytes, word_scale: scale, word_bias: bias }
}

/**
 * A head: a voice, words beside it, then a regression on what these say of texts they never saw and
 * on facts. `heard`: examples for the words, each text once; `known`: for the last, weighed, each with
 * the id of its text. Also gives the probabilities of each known example by a head that never saw it.
 */
export function fitHead(
  id: HeadId,
  voice: Voice,
  heard: readonly Example[],
  known: readonly { example: Example; weight: number }[],
): {
  head: WordPart & Pick<Voice, 'landmarks' | 'weights'> & Pick<Head, 'facts' | 'mix'>
  unseen: Record<string, number>[]
} {
  const labels: readonly string[] = headLabels[id]
  const facts = factsFor[id].names
  const said: Record<string, number>[] = []
  for (let f = 0; f < folds; f++) {
    const words = fitWords(
      id,
      heard.filter((e) => foldOf(e) !== f),
      150,
    )
    known.forEach(({ example }, i) => {
      if (foldOf(example) === f)
        said[i] = saidTogether(labels, voice.unseen(example), wordLogits(words, example.text))
    })
  }
  const mixed = known.map(({ example, weight }, i) => ({
    x: Float64Array.from(
      mixFeatures({ labels: [...labels], facts: [...facts] }, said[i] ?? {}, example.facts),
    ),
    label: labels.indexOf(example.label),
    weight,
  }))
  const mix = fitLogistic(mixed, labels.length, { rounds: 1500 })
  const unseen: Record<string, number>[] = []
  for (let f = 0; f < folds; f++) {
    const part = fitLogistic(
      mixed.filter((_, i) => foldOf(known[i]?.example as Example) !== f),
      labels.length,
      { rounds: 700 },
    )
    known.forEach(({ example }, i) => {
      if (foldOf(example) !== f) return
      const p = probabilities(part, mixed[i]?.x as Float64Array)
      unseen[i] = Object.fromEntries(labels.map((l, k) => [l, p[k] ?? 0]))
    })
  }
  return {
    head: {
      ...fitWords(id, heard, 200),
      landmarks: voice.landmarks,
      weights: voice.weights,
      facts: [...facts],
      mix: mix.map((weights) => [...weights].map((x) => Number(x.toPrecision(4)))),
    },
    unseen,
  }
}
