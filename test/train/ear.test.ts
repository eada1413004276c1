import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { learnedChats } from '../../scripts/train/learned.ts'
import { createLlama } from '../../src/model/llama.ts'
import { python, root } from './python.ts'

const folder = mkdtempSync(join(tmpdir(), 'train-ear-'))
afterAll(() => rmSync(folder, { recursive: true }))
if (!python)
  console.warn('left out: tuning the ear for a few steps, as no Python with torch is here')

const data = join(folder, 'data.jsonl')
execFileSync(process.execPath, [join(root, 'scripts/train/ear-data.ts'), data, '--small'])
const [about, ...lines] = readFileSync(data, 'utf8')
  .trim()
  .split('\n')
  .map((l) => JSON.parse(l))

test('what the ear learns has a known label, and fits the encoder', () => {
  for (const { label, tokens, earlier } of lines) {
    expect(about.labels).toContain(label)
    expect(tokens.length + earlier.length).toBeLessThan(510)
  }
})

test.skipIf(!python)(
  'a few steps make an adapter that llama.cpp hears with as PyTorch does',
  async () => {
    const adapter = join(folder, 'ear.gguf')
    const heads = join(folder, 'ear.json')
    const options = ['--steps', '3', '--rank', '4', '--state', join(folder, 'state.pt')]
    execFileSync(
      python as string,
      [join(root, 'scripts/train/ear.py'), data, adapter, heads, ...options],
      { cwd: root, stdio: 'ignore' },
    )
    const { weights, probe, unseen } = JSON.parse(readFileSync(heads, 'utf8'))
    expect(Object.keys(unseen).sort()).toEqual(lines.map((l) => l.id).sort())

    const { heard } = await learnedChats(null)
    const texts = new Map(heard.map((e) => [e.id, e.windows[0]]))
    const llama = createLlama({ log: () => {}, ear: adapter })
    await llama.start()
    let compared = 0
    for (const [id, logits] of Object.entries(probe as Record<string, Record<string, number>>)) {
      const x = await llama.intent(texts.get(id) as string)
      for (const [label, row] of Object.entries(weights as Record<string, number[]>)) {
        const logit = x.reduce((sum, v, k) => sum + v * (row[k] as number), row.at(-1) as number)
        expect(Math.abs(logit - (logits[label] as number))).toBeLessThan(0.1)
        compared++
      }
    }
    await llama.stop()
    expect(compared).toBeGreaterThan(10)
  },
)
