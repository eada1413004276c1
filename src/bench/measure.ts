/** Area under the ROC curve: how often a bad one scores above a good one, ties half. */
export function area(bad: readonly number[], good: readonly number[]): number {
  if (bad.length === 0 || good.length === 0) return Number.NaN
  const sorted = good.toSorted((a, b) => a - b)
  const below = (x: number, equal: boolean) => {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      const value = sorted[middle] as number
      if (value < x || (equal && value === x)) low = middle + 1
      else high = middle
    }
    return low
  }
  const wins = bad.reduce((sum, x) => sum + (below(x, false) + below(x, true)) / 2, 0)
  return wins / bad.length / good.length
}

/** The lowest threshold above which at most `share` of the good stand. */
export function thresholdAt(good: readonly number[], share: number): number {
  const sorted = good.toSorted((a, b) => b - a)
  return sorted[Math.floor(good.length * share)] ?? Number.POSITIVE_INFINITY
}

/** Share above a threshold. */
export const above = (scores: readonly number[], threshold: number): number =>
  scores.filter((s) => s > threshold).length / scores.length

/** Share of the bad that stand above all but `share` of the good. */
export const recallAt = (bad: readonly number[], good: readonly number[], share: number): number =>
  above(bad, thresholdAt(good, share))

/** 95 % Wilson interval of a share: https://doi.org/10.1080/01621459.1927.10502953 */
export function interval(hits: number, of: number): [low: number, high: number] {
  if (of === 0) return [0, 1]
  const z = 1.96
  const p = hits / of
  const middle = p + (z * z) / (2 * of)
  const half = z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of))
  const scale = 1 + (z * z) / of
  return [Math.max(0, (middle - half) / scale), Math.min(1, (middle + half) / scale)]
}

/** Mean distance between how sure a score is and how often it is right, over ten equal ranges. */
export function calibrationError(scores: readonly number[], truths: readonly boolean[]): number {
  const bins = Array.from({ length: 10 }, () => ({ sum: 0, hits: 0, n: 0 }))
  scores.forEach((s, i) => {
    const bin = bins[Math.min(9, Math.floor(s * 10))]
    if (!bin) return
    bin.sum += s
    bin.hits += truths[i] ? 1 : 0
    bin.n += 1
  })
  return bins.reduce((e, b) => e + Math.abs(b.sum - b.hits), 0) / scores.length
}

/** Mean over the labels of the harmonic mean of precision and recall. */
export function macroF1(pairs: readonly (readonly [truth: string, said: string])[]): number {
  const labels = [...new Set(pairs.map(([truth]) => truth))]
  const of = (label: string) => {
    const hit = pairs.filter(([t, s]) => t === label && s === label).length
    const miss = pairs.filter(([t, s]) => t === label && s !== label).length
    const wrong = pairs.filter(([t, s]) => t !== label && s === label).length
    return hit === 0 ? 0 : (2 * hit) / (2 * hit + miss + wrong)
  }
  return labels.reduce((sum, label) => sum + of(label), 0) / labels.length
}
