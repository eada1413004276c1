/**
 * Writes what the analyst is trained on, as token ids:
 * `scripts/node scripts/train/analyst-data.ts OUT.jsonl [--small]`: questions and Slack messages. Prompts are
 * framed by the code that frames them at run time.
 */
import { createWriteStream } from 'node:fs'
import type { Token } from 'node-llama-cpp'
import { holdout, records } from '../../src/bench/records.ts'
import { asked } from '../../src/bench/suites.ts'
import { planText } from '../../src/core/plan.ts'
import { shippedAnalyst } from '../../src/model/files.ts'
import { chatml } from '../../src/model/frame.ts'
import { chatReading, questionReading } from '../../src/model/prompts.ts'
import { type TaskId, tasks } from '../../src/model/tasks.ts'
import { createRng } from '../../src/office/rng.ts'
import { openBaseModel } from './base-model.ts'
import { generate } from './questions.ts'

const [out, ...flags] = process.argv.slice(2)
if (!out) {
  console.error('usage: scripts/node scripts/train/analyst-data.ts OUT.jsonl [--small]')
  process.exit(1)
}
const small = flags.includes('--small')

const model = await openBaseModel(shippedAnalyst, true)
const ours = (text: string): Token[] => model.tokenize(text, true)
const theirs = (text: string): Token[] => model.tokenize(text, false, 'trimLeadingSpace')
const frame = chatml(ours)
const end = model.tokens.eos ?? model.tokens.eot

type Weights = Record<string, number>
interface Branch {
  ids: Token[]
  labels?: Weights
  from?: number
}

/** A label's one token behind its lead. */
function labelId(task: TaskId, label: string): Token {
  const { lead, labels } = tasks[task] as { lead: string; labels: Record<string, string> }
  const token = frame({ rubric: '', lead: lead + labels[label] }).after.at(-1)
  if (token === undefined) throw new Error(`no token for ${label}`)
  return token
}
const answer = (task: TaskId, wanted: Weights): Branch => ({
  ids: frame({ rubric: '', lead: tasks[task].lead }).after,
  labels: Object.fromEntries(
    Object.entries(wanted).map(([label, weight]) => [labelId(task, label), weight]),
  ),
})
const example = (task: TaskId, text: string, branches: Branch[]) => {
  const { before } = frame({ rubric: tasks[task].rubric, lead: '' })
  return { task, prefix: [...before, ...theirs(text)], shared: before.length, branches }
}

const out_ = createWriteStream(out)
const counts: Record<string, number> = {}
function write(line: ReturnType<typeof example>): void {
  counts[line.task] = (counts[line.task] ?? 0) + 1
  out_.write(`${JSON.stringify(line)}\n`)
}

const apart = holdout()
const mine = <T extends { id: string }>(list: T[]) => list.filter((r) => !apart.has(r.id))
for (const record of mine(records('chat', 'written')))
  write(
    example(
      'chat',
      chatReading(
        record.text,
        record.thread.map((t) => t.text),
      ),
      [answer('chat', { [record.label]: 1 })],
    ),
  )
for (const record of records('chat', 'real').slice(0, small ? 20 : 600))
  write(example('chat', chatReading(record.text, []), [answer('chat', { benign: 1 })]))

function planExample(question: string, plan: Parameters<typeof planText>[0], now: number) {
  const lead = frame({ rubric: '', lead: '' }).after
  const text = [...ours(planText(plan)), end as Token]
  return example('plan', questionReading(question, now), [
    { ids: [...lead, ...text], from: lead.length },
  ])
}
for (const { question, plan } of mine(records('questions', 'written')))
  for (let round = 0; round < (small ? 1 : 3); round++)
    write(planExample(question, plan as never, asked))
{
  const each = 200
  const rng = createRng('moments of questions')
  for (let seed = 1; seed <= (small ? 1 : 40); seed++) {
    const now =
      seed % 2 ? asked : Date.UTC(2025, 0, 1) + Math.floor(rng.next() * 1_051_200) * 60_000
    for (const { question, plan } of generate(seed, each, now))
      write(planExample(question, plan, now))
  }
}

out_.end(() => {
  console.log(JSON.stringify(counts))
  process.exit(0)
})
