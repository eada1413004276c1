/** The candidate that differs from `word` by the fewest typing slips, or null where none is close. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null
  let limit = Math.max(2, Math.ceil(word.length / 3)) + 1
  for (const candidate of candidates) {
    const slips = distance(word.toLowerCase().slice(0, 64), candidate.toLowerCase())
    if (slips < limit) {
      best = candidate
      limit = slips
    }
  }
  return best
}

/** Letters to add, drop, change or swap with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row[j] = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + cost,
        swapped ? (before[j - 2] as number) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    before = last
    last = row
  }
  return last[b.length] as number
}
