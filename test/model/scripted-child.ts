/** A model child that speaks the protocol and misbehaves when the text to embed says so. */
import { createInterface } from 'node:readline'

const vector = [1, ...Array<number>(383).fill(0)]
const used = { read: 1, readMs: 1, wrote: 0, wroteMs: 0 }
const held: Buffer[] = []

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { id, op, text } = JSON.parse(line) as { id: number; op: string; text?: string }
    const say = (answer: object) => process.stdout.write(`${JSON.stringify({ id, ...answer })}\n`)
    if (op === 'load') say({ ok: { dimensions: 384, millis: 1 } })
    else if (text === 'die') process.exit(3)
    else if (text === 'garbage') process.stdout.write('{"id": 1, "ok"\n')
    else if (text === 'wrong shape') say({ ok: { vector: [1], used } })
    else if (text === 'refuse') say({ error: 'no' })
    else {
      if (text === 'grow') held.push(Buffer.alloc(300e6, 1))
      if (op === 'embed') setTimeout(say, text === 'slow' ? 200 : 1, { ok: { vector, used } })
    }
  })
  .on('close', () => process.exit(0))
