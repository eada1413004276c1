/**
 * Writes models/data/holdout.txt: ids never trained on. Of the records with a number below 3 in
 * their id (`wh1-…`, `wq2-…`), those whose SHA-256 begins with a byte below 51; and whatever is nearer
 * than a cosine of 0.9 to one of them, so that no near copy is learned.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dataDir, records } from '../../src/bench/records.ts'
import { openVectors } from './vectors.ts'

const isDrawn = (id: string) =>
  /^w[a-z]+[12]-/.test(id) && (createHash('sha256').update(id).digest()[0] as number) < 51
const vectors = await openVectors((text) => console.error(text), null)
const dot = (a: Float32Array, b: Float32Array) => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

const kinds: { id: string; text: string }[][] = [
  records('mail', 'written').map((r) => ({ id: r.id, text: `${r.subject}\n${r.text}` })),
  records('chat', 'written').map((r) => ({ id: r.id, text: r.text })),
  records('questions', 'written').map((r) => ({ id: r.id, text: r.question })),
  records('stories', 'written').map((r) => ({ id: r.id, text: r.facts.join('\n') })),
]
const out: string[] = []
for (const rows of kinds) {
  const held: Float32Array[] = []
  const rest: { id: string; vector: Float32Array }[] = []
  for (const { id, text } of rows) {
    const vector = await vectors.plain(text.slice(0, 1200))
    if (isDrawn(id)) {
      held.push(vector)
      out.push(id)
    } else rest.push({ id, vector })
  }
  const near = rest.filter(({ vector }) => held.some((h) => dot(h, vector) >= 0.9))
  out.push(...near.map(({ id }) => id))
  console.log(`${rows.length} records: ${held.length} drawn, ${near.length} near them`)
}
await vectors.close()
writeFileSync(join(dataDir, 'holdout.txt'), `${out.sort().join('\n')}\n`)
