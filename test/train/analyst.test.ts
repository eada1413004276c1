import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createLlama } from '../../src/model/llama.ts'
import { python, root } from './python.ts'

const folder = mkdtempSync(join(tmpdir(), 'train-'))
afterAll(() => rmSync(folder, { recursive: true }))

if (!python)
  console.warn('left out: training the analyst for a few steps, as no Python with torch is here')

test('what the analyst learns is framed as it is asked', () => {
  const data = join(folder, 'data.jsonl')
  execFileSync(process.execPath, [join(root, 'scripts/train/analyst-data.ts'), data, '--small'])
  const lines = readFileSync(data, 'utf8')
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l))
  expect(new Set(lines.map((l) => l.task))).toEqual(new Set(['chat', 'plan']))
  for (const { prefix, branches } of lines)
    for (const { ids, labels, from } of branches) {
      expect(prefix.length + ids.length).toBeLessThan(2048)
      if (labels)
        expect(
          Object.values(labels as Record<string, number>).reduce((a, b) => a + b),
        ).toBeLessThanOrEqual(1.0001)
      else expect(from).toBeLessThan(ids.length)
    }
})

test.skipIf(!python)('a few steps of training make an adapter that llama.cpp loads', async () => {
  const data = join(folder, 'small.jsonl')
  execFileSync(process.execPath, [join(root, 'scripts/train/analyst-data.ts'), data, '--small'])
  const adapter = join(folder, 'adapter.gguf')
  const printed = execFileSync(
    python as string,
    [
      ...[join(root, 'scripts/train/analyst.py'), data, adapter, '--steps', '2', '--rank', '2'],
      ...['--first', '28', '--batch', '1', '--state', join(folder, 'state.pt')],
    ],
    { cwd: root, encoding: 'utf8' },
  )
  expect(printed).toContain('done: 2 steps')
  const llama = createLlama({ log: () => {}, adapter })
  await llama.start()
  const { labels } = await llama.score('view', 'A. 09:14 cloudtrail StopLogging success by root')
  await llama.stop()
  expect(Object.values(labels).every((p) => p >= 0 && p <= 1)).toBe(true)
})
