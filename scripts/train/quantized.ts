/** Rows of weights, the bias last, as signed bytes: what a byte is worth, and the biases apart. */
export function quantized(weights: readonly Float64Array[]): {
  bytes: Int8Array<ArrayBuffer>
  scale: number[]
  bias: number[]
} {
  const rows = weights.map((w) => w.subarray(0, -1))
  const scale = rows.map((row) => row.reduce((m, v) => Math.max(m, Math.abs(v)), 1e-9) / 127)
  return {
    bytes: Int8Array.from(
      rows.flatMap((row, i) => [...row].map((v) => Math.round(v / (scale[i] as number)))),
    ),
    scale: scale.map((x) => Number(x.toPrecision(6))),
    bias: weights.map((w) => Number((w.at(-1) as number).toPrecision(6))),
  }
}
