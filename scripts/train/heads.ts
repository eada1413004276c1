/**
 * Trains models/heads.json from a data folder: `scripts/node scripts/train/heads.ts DIR`, where DIR
 * holds `written/*.jsonl` and, if there, `train/{email,chat}.jsonl.xz` for ordinary mail and talk.
 * Same data, same file. Takes five to ten minutes on one core: embedding is the work.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  applyHead,
  chatText,
  type Head,
  type HeadId,
  headLabels,
  mailText,
} from '../../src/model/heads.ts'
import { createLlama } from '../../src/model/llama.ts'

interface Row {
  id: string
  label: string
  text: string
  /** Made for this project, or real. */
  written: boolean
}
interface Example extends Row {
  vector: Float32Array
}

const lines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line))
const unpack = (file: string) =>
  existsSync(file)
    ? lines(execFileSync('xz', ['-dc', file], { maxBuffer: 1 << 30, encoding: 'utf8' }))
    : []
const written = (dir: string, name: string) =>
  globSync(join(dir, `written/${name}-*.jsonl`))
    .sort()
    .flatMap((file) => lines(readFileSync(file, 'utf8')))
const firstByte = (id: string) => createHash('sha256').update(id).digest()[0] as number

function mails(dir: string): Row[] {
  const row = (r: Record<string, unknown>, real: boolean): Row => ({
    id: String(r.id),
    label: r.label === 'ham' ? 'legitimate' : String(r.label),
    text: mailText({
      from: { name: String(r.from_name), address: String(r.from_address ?? `@${r.from_domain}`) },
      subject: String(r.subject ?? (r.headers as { subject?: string }).subject ?? ''),
      text: String(r.text),
    }),
    written: !real,
  })
  const real = unpack(join(dir, 'train/email.jsonl.xz')).filter(
    (r) => r.label === 'ham' || r.label === 'spam',
  )
  return [...written(dir, 'mail').map((r) => row(r, false)), ...real.map((r) => row(r, true))]
}

function chats(dir: string): Row[] {
  const row = (r: Record<string, unknown>, real: boolean): Row => ({
    id: String(r.id),
    label: String(r.label),
    text: chatText(String(r.text)),
    written: !real,
  })
  // A tenth: much of it is single words.
  const real = unpack(join(dir, 'train/chat.jsonl.xz')).filter((_, i) => i % 10 === 0)
  return [...written(dir, 'chat').map((r) => row(r, false)), ...real.map((r) => row(r, true))]
}

/**
 * Multinomial logistic regression, L2 as in scikit-learn's C = 1, by gradient descent with Nesterov's
 * momentum from zero: nothing in it is random.
 */
function train(labels: readonly string[], examples: Example[], rounds = 600): Head {
  const size = 384
  const rows = labels.map(() => new Float64Array(size + 1))
  const speed = labels.map(() => new Float64Array(size + 1))
  const decay = 1 / examples.length
  const momentum = 0.95
  const rate = 1
  for (let round = 0; round < rounds; round++) {
    const ahead = rows.map((row, i) => row.map((w, k) => w + momentum * (speed[i]?.[k] ?? 0)))
    const slope = labels.map(() => new Float64Array(size + 1))
    for (const { vector, label } of examples) {
      const logits = ahead.map((row) => {
        let sum = row[size] as number
        for (let k = 0; k < size; k++) sum += (row[k] as number) * (vector[k] as number)
        return sum
      })
      const top = Math.max(...logits)
      const exp = logits.map((l) => Math.exp(l - top))
      const all = exp.reduce((a, b) => a + b, 0)
      slope.forEach((row, i) => {
        const error = (exp[i] as number) / all - (labels[i] === label ? 1 : 0)
        for (let k = 0; k < size; k++) row[k] = (row[k] as number) + error * (vector[k] as number)
        row[size] = (row[size] as number) + error
      })
    }
    rows.forEach((row, i) => {
      for (let k = 0; k <= size; k++) {
        const pull = k < size ? decay * (ahead[i]?.[k] as number) : 0
        const g = (slope[i]?.[k] as number) / examples.length + pull
        const v = momentum * (speed[i]?.[k] as number) - rate * g
        ;(speed[i] as Float64Array)[k] = v
        row[k] = (row[k] as number) + v
      }
    })
  }
  const round = (x: number) => Number(x.toPrecision(5))
  return {
    labels: [...labels],
    weights: rows.map((row) => [...row.subarray(0, size)].map(round)),
    bias: rows.map((row) => round(row[size] as number)),
  }
}

/** Area under the ROC curve, and recall at the threshold that 1 % of the good pass. */
function measure(bad: number[], good: number[]) {
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
  const area =
    bad.reduce((sum, x) => sum + (below(x, false) + below(x, true)) / 2, 0) /
    bad.length /
    good.length
  const limit = sorted.at(-1 - Math.floor(good.length / 100)) ?? 1
  return { area, recall: bad.filter((x) => x > limit).length / bad.length }
}

function report(id: HeadId, head: Head, held: Example[], bad: string[]) {
  const risk = ({ vector }: Example) => {
    const p = applyHead(head, vector)
    return bad.reduce((sum, label) => sum + (p[label] ?? 0), 0)
  }
  const scores = (keep: (e: Example) => boolean) => held.filter(keep).map(risk)
  const hostile = scores((e) => bad.includes(e.label))
  const good = headLabels[id].at(-1)
  for (const [name, harmless] of [
    [`real ${good}`, scores((e) => e.label === good && !e.written)],
    [`written ${good}, most made to look hostile`, scores((e) => e.label === good && e.written)],
  ] as const) {
    const { area, recall } = measure(hostile, harmless)
    console.log(
      `${id}: ${bad.join(' + ')} (${hostile.length}) against ${name} (${harmless.length}): ` +
        `area ${area.toFixed(3)}, recall ${(recall * 100).toFixed(0)} % at 1 % false positives`,
    )
  }
}

const dir = process.argv[2]
if (!dir) {
  console.error('usage: scripts/node scripts/train/heads.ts DIR')
  process.exit(1)
}
const log = (level: string, msg: string) => console.error(`${level} ${msg}`)
const llama = createLlama({ log })
await llama.start()

async function examples(rows: Row[]): Promise<Example[]> {
  const out: Example[] = []
  for (const row of rows) {
    out.push({ ...row, vector: await llama.embed(row.text) })
    if (out.length % 500 === 0) console.error(`${out.length} of ${rows.length} texts`)
  }
  return out
}

const heads: Partial<Record<HeadId, Head>> = {}
for (const [id, rows, bad] of [
  ['mail', mails(dir), ['phishing', 'bec']],
  ['chat', chats(dir), ['malicious']],
] as const) {
  const all = await examples(rows.filter((row) => row.text))
  const held = (e: Example) => firstByte(e.id) < 51
  const head = train(
    headLabels[id],
    all.filter((e) => !held(e)),
  )
  report(id, head, all.filter(held), [...bad])
  heads[id] = head
}
const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const file = at('models/heads.json')
writeFileSync(file, JSON.stringify({ encoder: llama.state().encoder, ...heads }))
execFileSync(process.execPath, [
  at('node_modules/@biomejs/biome/bin/biome'),
  'format',
  '--write',
  file,
])
await llama.stop()
