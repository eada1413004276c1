/**
 * Trains models/heads.json from models/data and what ear.py has made of it, and puts the adapter
 * beside it: `scripts/node scripts/train/heads.ts EAR.gguf EAR.json`. Same data, same file.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { thresholdAt } from '../../src/bench/measure.ts'
import { type HeadId, headLabels } from '../../src/model/heads.ts'
import { fitHead, fitVoice, kinds, type Voice } from './fit.ts'
import { type Learned, learnedCalls, learnedChats, learnedMails } from './learned.ts'
import { openVectors } from './vectors.ts'

const [adapter = '', file = ''] = process.argv.slice(2).map((path) => resolve(path))
const ear = JSON.parse(readFileSync(file, 'utf8')) as {
  /** By label: 384 numbers and the bias. */
  weights: Record<string, number[]>
  /** Logits by id and label. */
  unseen: Record<string, Record<string, number>>
}

/** Of each kind of honest text, the share that the ear may raise by itself. */
const budget: Record<HeadId, { real: number; written: number } | null> = {
  mail: { real: 0.0005, written: 0.02 },
  chat: { real: 0.001, written: 0.1 },
  trail: null,
}

/** What was trained together with the encoder. */
function tunedVoice(id: HeadId): Voice {
  const byLabel = <T>(by: Record<string, T> | undefined) =>
    headLabels[id].map((label) => {
      const found = by?.[label]
      if (found === undefined) throw new Error(`${file} is of other texts: make it again`)
      return found
    })
  return {
    landmarks: new Uint8Array(),
    weights: Float32Array.from(byLabel(ear.weights).flat()),
    unseen: ({ id }) => byLabel(ear.unseen[id]),
  }
}

function train(id: HeadId, voice: Voice, { heard, known }: Learned) {
  const { head, unseen } = fitHead(id, voice, heard, known)
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

const vectors = await openVectors((text) => console.error(text), adapter)
const mails = await learnedMails(vectors.plain)
const calls = await learnedCalls(vectors.plain)
const heads = {
  ...vectors.files(),
  mail: train('mail', fitVoice('mail', mails.heard), mails),
  chat: train('chat', tunedVoice('chat'), await learnedChats(null)),
  trail: train('trail', fitVoice('trail', calls.heard), calls),
}
await vectors.close()
const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const shipped = at('models/heads.json')
writeFileSync(shipped, JSON.stringify(heads))
execFileSync(process.execPath, [
  at('node_modules/@biomejs/biome/bin/biome'),
  'format',
  '--write',
  shipped,
])

copyFileSync(adapter, at('models/ear.lora.gguf'))
const sums = at('models/SHA256SUMS')
writeFileSync(sums, readFileSync(sums, 'utf8').replace(/^.*(?= {2}ear\.lora\.gguf$)/m, heads.ear))
