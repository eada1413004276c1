const words = (text: string): string[] =>
  text
    .slice(0, 20_000)
    .toLowerCase()
    .match(/\p{L}{2,}/gu) ?? []

/** Naive Bayes on word counts, one for a class, add-one smoothing: log odds of `bad`. */
export function trainBayes(rows: readonly { text: string; bad: boolean }[]) {
  const counts = [new Map<string, number>(), new Map<string, number>()] as const
  const totals = [0, 0]
  for (const { text, bad } of rows)
    for (const word of words(text)) {
      const side = bad ? 1 : 0
      counts[side].set(word, (counts[side].get(word) ?? 0) + 1)
      totals[side] = (totals[side] ?? 0) + 1
    }
  const size = new Set([...counts[0].keys(), ...counts[1].keys()]).size
  const log = (side: 0 | 1, word: string) =>
    Math.log(((counts[side].get(word) ?? 0) + 1) / ((totals[side] ?? 0) + size))
  return (text: string): number => {
    const all = words(text)
    return all.reduce((sum, w) => sum + log(1, w) - log(0, w), 0) / Math.sqrt(all.length || 1)
  }
}
