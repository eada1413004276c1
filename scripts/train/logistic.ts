/** What a regression is fitted on: features and the number of the right label, weighed. */
export interface Row {
  x: Float32Array | Float64Array
  label: number
  weight: number
}

/**
 * Multinomial logistic regression, L2 as in scikit-learn's `C = 1`, the bias free: by gradient
 * descent with Nesterov's momentum from zero, so that nothing in it is random. One row of weights a
 * label, the bias last.
 */
export function fitLogistic(rows: readonly Row[], labels: number, rounds = 1200): Float64Array[] {
  const size = rows[0]?.x.length ?? 0
  const total = rows.reduce((sum, r) => sum + r.weight, 0)
  const weights = Array.from({ length: labels }, () => new Float64Array(size + 1))
  const speed = weights.map((w) => new Float64Array(w.length))
  const slope = weights.map((w) => new Float64Array(w.length))
  const ahead = weights.map((w) => new Float64Array(w.length))
  // Half the mean square of a feature vector bounds the curvature.
  const square = rows.reduce((sum, { x, weight }) => sum + weight * squareOf(x), 0) / total
  const rate = 2 / square
  const momentum = 0.97
  const odds = new Float64Array(labels)
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < labels; i++) {
      const [w, s, a] = [weights[i], speed[i], ahead[i]] as [
        Float64Array,
        Float64Array,
        Float64Array,
      ]
      for (let k = 0; k <= size; k++) a[k] = (w[k] as number) + momentum * (s[k] as number)
      ;(slope[i] as Float64Array).fill(0)
    }
    for (const { x, label, weight } of rows) {
      let top = Number.NEGATIVE_INFINITY
      for (let i = 0; i < labels; i++) {
        const a = ahead[i] as Float64Array
        let sum = a[size] as number
        for (let k = 0; k < size; k++) sum += (a[k] as number) * (x[k] as number)
        odds[i] = sum
        if (sum > top) top = sum
      }
      let all = 0
      for (let i = 0; i < labels; i++) {
        odds[i] = Math.exp((odds[i] as number) - top)
        all += odds[i] as number
      }
      for (let i = 0; i < labels; i++) {
        const error = weight * ((odds[i] as number) / all - (i === label ? 1 : 0))
        if (Math.abs(error) < 1e-7) continue
        const g = slope[i] as Float64Array
        for (let k = 0; k < size; k++) g[k] = (g[k] as number) + error * (x[k] as number)
        g[size] = (g[size] as number) + error
      }
    }
    for (let i = 0; i < labels; i++) {
      const [w, s, a, g] = [weights[i], speed[i], ahead[i], slope[i]] as [
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
      ]
      for (let k = 0; k <= size; k++) {
        const pull = k < size ? (a[k] as number) : 0
        const v = momentum * (s[k] as number) - (rate * ((g[k] as number) + pull)) / total
        s[k] = v
        w[k] = (w[k] as number) + v
      }
    }
  }
  return weights
}

function squareOf(x: Float32Array | Float64Array): number {
  let sum = 1
  for (let k = 0; k < x.length; k++) sum += (x[k] as number) ** 2
  return sum
}

/** Probability of each label for a feature vector. */
export function probabilities(
  weights: readonly Float64Array[],
  x: Float32Array | Float64Array,
): number[] {
  const logits = weights.map((w) => {
    let sum = w.at(-1) as number
    for (let k = 0; k < x.length; k++) sum += (w[k] as number) * (x[k] as number)
    return sum
  })
  const top = Math.max(...logits)
  const exp = logits.map((l) => Math.exp(l - top))
  const all = exp.reduce((a, b) => a + b, 0)
  return exp.map((e) => e / all)
}
