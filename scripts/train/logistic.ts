/** What a regression is fitted on: features and the number of the right label, weighed. */
export interface Row {
  x: Float32Array | Float64Array
  /** Which features `x` holds, where most are zero; all of them if absent. */
  at?: readonly number[]
  label: number
  weight: number
}

export interface FitOptions {
  rounds?: number
  /** Features in all, where rows name theirs. */
  size?: number
  /** As scikit-learn's `C`. */
  freedom?: number
}

/** Weights of a label on a row, the bias left out. */
function product(weights: Float64Array, { x, at }: Pick<Row, 'x' | 'at'>): number {
  let sum = 0
  if (at)
    for (let k = 0; k < x.length; k++)
      sum += (weights[at[k] as number] as number) * (x[k] as number)
  else for (let k = 0; k < x.length; k++) sum += (weights[k] as number) * (x[k] as number)
  return sum
}

function add(slope: Float64Array, { x, at }: Row, error: number): void {
  if (at)
    for (let k = 0; k < x.length; k++) {
      const i = at[k] as number
      slope[i] = (slope[i] as number) + error * (x[k] as number)
    }
  else for (let k = 0; k < x.length; k++) slope[k] = (slope[k] as number) + error * (x[k] as number)
}

/**
 * Multinomial logistic regression with L2, the bias free: by gradient descent with Nesterov's
 * momentum from zero, so that nothing in it is random. One row of weights a label, the bias last.
 */
export function fitLogistic(
  rows: readonly Row[],
  labels: number,
  { rounds = 1200, size = rows[0]?.x.length ?? 0, freedom = 1 }: FitOptions = {},
): Float64Array[] {
  const total = rows.reduce((sum, r) => sum + r.weight, 0)
  const model = Array.from({ length: labels }, () => ({
    weights: new Float64Array(size + 1),
    speed: new Float64Array(size + 1),
    slope: new Float64Array(size + 1),
    ahead: new Float64Array(size + 1),
  }))
  // Half the mean square of a feature vector bounds the curvature.
  const square = rows.reduce((sum, row) => sum + row.weight * squareOf(row.x), 0) / total
  const rate = 2 / square
  const momentum = 0.97
  for (let round = 0; round < rounds; round++) {
    for (const { weights, speed, slope, ahead } of model) {
      for (let k = 0; k <= size; k++)
        ahead[k] = (weights[k] as number) + momentum * (speed[k] as number)
      slope.fill(0)
    }
    for (const row of rows) {
      const odds = shares(model.map((m) => (m.ahead[size] as number) + product(m.ahead, row)))
      model.forEach(({ slope }, i) => {
        const error = row.weight * ((odds[i] as number) - (i === row.label ? 1 : 0))
        if (Math.abs(error) < 1e-7) return
        add(slope, row, error)
        slope[size] = (slope[size] as number) + error
      })
    }
    for (const { weights, speed, slope, ahead } of model)
      for (let k = 0; k <= size; k++) {
        const pull = k < size ? (ahead[k] as number) / freedom : 0
        const v = momentum * (speed[k] as number) - (rate * ((slope[k] as number) + pull)) / total
        speed[k] = v
        weights[k] = (weights[k] as number) + v
      }
  }
  return model.map((m) => m.weights)
}

/** Logits as probabilities. */
function shares(logits: readonly number[]): number[] {
  const top = Math.max(...logits)
  const exp = logits.map((l) => Math.exp(l - top))
  const all = exp.reduce((a, b) => a + b, 0)
  return exp.map((e) => e / all)
}

function squareOf(x: Float32Array | Float64Array): number {
  let sum = 1
  for (let k = 0; k < x.length; k++) sum += (x[k] as number) ** 2
  return sum
}

/** Probability of each label for a feature vector. */
export const probabilities = (
  weights: readonly Float64Array[],
  x: Float32Array | Float64Array,
  at?: readonly number[],
): number[] => shares(weights.map((w) => (w.at(-1) as number) + product(w, at ? { x, at } : { x })))
