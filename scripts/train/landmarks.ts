import { landmarkScale, textFeatures, unpackLandmarks, vectorSize } from '../../src/model/heads.ts'
import { drawOf, type Example } from './examples.ts'

const rounds = 15

const nearest = (x: Float32Array, centres: readonly Float32Array[]): number => {
  let best = 0
  let most = Number.NEGATIVE_INFINITY
  centres.forEach((centre, i) => {
    let sum = 0
    for (let k = 0; k < vectorSize; k++) sum += (x[k] as number) * (centre[k] as number)
    if (sum > most) [best, most] = [i, sum]
  })
  return best
}

/**
 * Typical texts among examples: the middles that spherical k-means finds, started from examples in
 * the order of their draw. As signed bytes, 384 each.
 */
export function landmarksOf(examples: readonly Example[], count: number): Uint8Array {
  if (count === 0) return new Uint8Array()
  const points = examples
    .toSorted((a, b) => drawOf(a.id) - drawOf(b.id))
    .map((e) => textFeatures([], e.vectors))
  let centres = points.slice(0, count)
  for (let round = 0; round < rounds; round++) {
    const sums = centres.map(() => new Float32Array(vectorSize))
    for (const x of points) {
      const sum = sums[nearest(x, centres)] as Float32Array
      for (let k = 0; k < vectorSize; k++) sum[k] = (sum[k] as number) + (x[k] as number)
    }
    centres = sums.map((sum, i) =>
      sum.some((v) => v !== 0) ? textFeatures([], [sum]) : (centres[i] as Float32Array),
    )
  }
  const bytes = centres.flatMap((c) =>
    [...c].map((v) => Math.max(-127, Math.min(127, Math.round(v * landmarkScale)))),
  )
  return new Uint8Array(Int8Array.from(bytes).buffer)
}

/** Landmarks of harm and of the rest, as bytes and as vectors. */
export function landmarksFor(
  examples: readonly Example[],
  harm: readonly string[],
  count: number,
): { bytes: Uint8Array; vectors: Float32Array[] } {
  const side = (want: boolean) => examples.filter((e) => harm.includes(e.label) === want)
  const bytes = Buffer.concat([landmarksOf(side(true), count), landmarksOf(side(false), count)])
  return { bytes, vectors: unpackLandmarks(bytes) }
}
