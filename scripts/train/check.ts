/**
 * Writes what llama.cpp answers with an adapter to questions, for check.py to compare:
 * `scripts/node scripts/train/check.ts DATA.jsonl ADAPTER.gguf ANSWERS.jsonl [count]`, where DATA is
 * from `analyst-data.ts --small`.
 */
import { writeFileSync } from 'node:fs'
import type { Token } from 'node-llama-cpp'
import { readLines } from '../../src/bench/records.ts'
import { shippedAnalyst } from '../../src/model/files.ts'
import { openBaseModel } from './base-model.ts'

const [data = '', adapter = '', out = '', count = '40'] = process.argv.slice(2)
interface Line {
  task: string
  prefix: Token[]
  branches: { ids: Token[]; from?: number }[]
}
const lines = (readLines(data) as Line[]).filter((l) => l.task === 'plan').slice(0, Number(count))
const model = await openBaseModel(shippedAnalyst, false)
const context = await model.createContext({ contextSize: 1024, threads: 1, lora: adapter })
const sequence = context.getSequence()
const answers: string[] = []
for (const { prefix, branches } of lines) {
  const prompt = [...prefix, ...(branches[0]?.ids.slice(0, branches[0].from) ?? [])]
  await sequence.clearHistory()
  const answer: Token[] = []
  for await (const token of sequence.evaluate(prompt, { temperature: 0 })) {
    answer.push(token)
    if (model.isEogToken(token) || answer.length >= 80) break
  }
  answers.push(JSON.stringify({ prompt, answer }))
}
writeFileSync(out, `${answers.join('\n')}\n`)
process.exit(0)
