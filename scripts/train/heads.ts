/**
 * Trains models/heads.json from models/data: `scripts/node scripts/train/heads.ts`. Same data, same
 * file. Embedding is the work, about ten minutes on one core the first time; vectors are kept in
 * `.cache/`.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { thresholdAt } from '../../src/bench/measure.ts'
import { type HeadId, headLabels } from '../../src/model/heads.ts'
import { fitHead, kinds } from './fit.ts'
import { type Learned, learnedCalls, learnedChats, learnedMails } from './learned.ts'
import { openVectors } from './vectors.ts'

/** Of each kind of honest text, the share that the ear may raise by itself. */
const budget: Record<HeadId, { real: number; written: number } | null> = {
  mail: { real: 0.0005, written: 0.02 },
  chat: { real: 0.001, written: 0.1 },
  trail: null,
}

function train(id: HeadId, { heard, known }: Learned) {
  const { head, unseen } = fitHead(id, heard, known)
  const harm = unseen.map((p) => kinds[id].harm.reduce((sum, label) => sum + (p[label] ?? 0), 0))
  const honest = (written: boolean) =>
    harm.filter((_, i) => {
      const example = known[i]?.example
      return example?.label === headLabels[id].at(-1) && (example?.source === 'written') === written
    })
  const allowed = budget[id]
  const raise = allowed
    ? Math.max(thresholdAt(honest(false), allowed.real), thresholdAt(honest(true), allowed.written))
    : 1
  console.error(`${id}: ${heard.length} texts, raises from ${raise.toFixed(3)}`)
  return {
    ...head,
    landmarks: Buffer.from(head.landmarks).toString('base64'),
    weights: Buffer.from(head.weights.buffer).toString('base64'),
    words: Buffer.from(head.words.buffer).toString('base64'),
    raise: Number(raise.toPrecision(4)),
  }
}

const vectors = await openVectors((text) => console.error(text))
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
