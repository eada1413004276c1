/**
 * Trains models/heads.json from models/data: `scripts/node scripts/train/heads.ts`. Same data, same
 * file. Embedding is the work, about ten minutes on one core the first time; vectors are kept in
 * `.cache/`.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { factsFor, type Head, type HeadId, headLabels, vectorSize } from '../../src/model/heads.ts'
import { thresholdAt } from '../eval/measure.ts'
import { drawOf, type Example, featuresOf } from './examples.ts'
import { learnedCalls, learnedChats, learnedMails } from './learned.ts'
import { fitLogistic, probabilities, type Row } from './logistic.ts'
import { openVectors } from './vectors.ts'

const vectors = await openVectors((text) => console.error(text))
/** Of each kind of honest text, the share that the ear may raise by itself. */
const budget: Record<HeadId, { labels: readonly string[]; real: number; written: number } | null> =
  {
    mail: { labels: ['phishing', 'bec'], real: 0.0005, written: 0.02 },
    chat: { labels: ['malicious'], real: 0.001, written: 0.1 },
    trail: null,
  }
const folds = 4

/** The lowest score that keeps both budgets, on texts each judged by a head that never saw it. */
function raiseOf(id: HeadId, examples: readonly Example[], rows: readonly Row[]): number {
  const allowed = budget[id]
  if (!allowed) return 1
  const labels: readonly string[] = headLabels[id]
  const good = labels.length - 1
  const harm = { real: [] as number[], written: [] as number[] }
  for (let fold = 0; fold < folds; fold++) {
    const isApart = examples.map((e) => Math.floor(drawOf(e.id) * folds) === fold)
    const weights = fitLogistic(
      rows.filter((_, i) => !isApart[i]),
      labels.length,
      500,
    )
    rows.forEach(({ x, label }, i) => {
      if (!isApart[i] || label !== good) return
      const p = probabilities(weights, x)
      const score = allowed.labels.reduce((sum, l) => sum + (p[labels.indexOf(l)] ?? 0), 0)
      harm[examples[i]?.source === 'written' ? 'written' : 'real'].push(score)
    })
  }
  return Math.max(thresholdAt(harm.real, allowed.real), thresholdAt(harm.written, allowed.written))
}

function train(id: HeadId, examples: readonly Example[]): Head {
  const labels: readonly string[] = headLabels[id]
  const { names } = factsFor[id]
  const rows = examples.map((e) => ({
    x: featuresOf(e, names),
    label: labels.indexOf(e.label),
    weight: 1,
  }))
  const weights = fitLogistic(rows, labels.length)
  const round = (x: number) => Number(x.toPrecision(4))
  const size = vectorSize + names.length
  const raise = round(raiseOf(id, examples, rows))
  console.error(`${id}: ${rows.length} examples, ${size} features, raises from ${raise}`)
  return {
    labels: [...labels],
    facts: [...names],
    weights: weights.map((row) => [...row.subarray(0, size)].map(round)),
    bias: weights.map((row) => round(row[size] as number)),
    raise,
  }
}

const heads = {
  encoder: vectors.encoder(),
  mail: train('mail', await learnedMails(vectors)),
  chat: train('chat', await learnedChats(vectors)),
  trail: train('trail', await learnedCalls(vectors)),
}
await vectors.close()
const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const file = at('models/heads.json')
writeFileSync(file, JSON.stringify(heads))
execFileSync(process.execPath, [
  at('node_modules/@biomejs/biome/bin/biome'),
  'format',
  '--write',
  file,
])
