/**
 * Writes what the analyst is trained on, as token ids:
 * `scripts/node scripts/train/analyst-data.ts OUT.jsonl [--held] [--small]`. Prompts are framed by the
 * code that frames them at run time. With `--held`, the held-out examples once each, as they are.
 */
import { createWriteStream } from 'node:fs'
import type { Token } from 'node-llama-cpp'
import { seenMail } from '../../src/bench/events.ts'
import { holdout, records, type StoryRecord } from '../../src/bench/records.ts'
import { planText } from '../../src/core/plan.ts'
import { actionsIn } from '../../src/model/actions.ts'
import { chatml } from '../../src/model/frame.ts'
import { mailFactsOf } from '../../src/model/mail-facts.ts'
import { chatReading, mailReading, questionReading } from '../../src/model/prompts.ts'
import { parseFacts, readingOf } from '../../src/model/reading.ts'
import { type TaskId, tasks } from '../../src/model/tasks.ts'
import { openBaseModel } from './base-model.ts'
import { generate } from './questions.ts'
import { noiseOf, stream, varyStory } from './vary.ts'

const [out, ...flags] = process.argv.slice(2)
if (!out) {
  console.error('usage: scripts/node scripts/train/analyst-data.ts OUT.jsonl [--held] [--small]')
  process.exit(1)
}
const held = flags.includes('--held')
const small = flags.includes('--small')

const model = await openBaseModel(true)
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

/** The questions of a story; neighbours of its level get a little. */
function storyExample(story: StoryRecord) {
  const reading = readingOf(parseFacts(story.facts))
  const levels = Object.keys(tasks.level.labels)
  const at = levels.indexOf(story.level)
  const near = Object.fromEntries(
    levels.flatMap((l, i) => (i === at ? [[l, 0.84]] : Math.abs(i - at) === 1 ? [[l, 0.08]] : [])),
  )
  const letters = Object.keys(tasks.fact.labels)
  const key = reading.facts.flatMap((fact, i) =>
    story.key_facts.includes(fact) ? [letters[i] as string] : [],
  )
  const steps = [...new Set(story.next_steps.flatMap(actionsIn))]
  const alike = (names: readonly string[]): Weights =>
    Object.fromEntries(names.map((name) => [name, 1 / names.length]))
  return example('view', reading.text, [
    answer('view', { [story.verdict]: story.verdict === 'attack' ? 1.5 : 3 }),
    answer('level', near),
    ...(key.length > 0 ? [answer('fact', alike(key))] : []),
    ...(steps.length > 0 ? [answer('step', alike(steps))] : []),
  ])
}

const out_ = createWriteStream(out)
const counts: Record<string, number> = {}
function write(line: ReturnType<typeof example>): void {
  counts[line.task] = (counts[line.task] ?? 0) + 1
  out_.write(`${JSON.stringify(line)}\n`)
}

const apart = holdout()
const mine = <T extends { id: string }>(list: T[]) => list.filter((r) => apart.has(r.id) === held)
const rounds = held || small ? 1 : 3

const stories = mine(records('stories', 'written'))
const noise = noiseOf(stories)
for (let round = 0; round < rounds; round++)
  stories.forEach((story, i) => {
    write(
      storyExample(
        held || round === 0 ? story : varyStory(story, stream(round * 10_000 + i), noise),
      ),
    )
  })

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
if (!held)
  for (const record of records('chat', 'real').slice(0, small ? 20 : 600))
    write(example('chat', chatReading(record.text, []), [answer('chat', { benign: 1 })]))

const twins = mine(records('mail', 'written')).filter(
  (m) => m.label === 'bec' || m.technique.some((t) => t.startsWith('honest')),
)
const others = mine(records('mail', 'written')).filter((m) => held && !twins.includes(m))
for (const record of [...twins, ...others]) {
  const seen = seenMail(record)
  write(
    example('mail', mailReading(seen.event, mailFactsOf(seen.event, seen)), [
      answer('mail', { [record.label]: 1 }),
    ]),
  )
}

function planExample(question: string, plan: Parameters<typeof planText>[0], now: number) {
  const lead = frame({ rubric: '', lead: '' }).after
  const text = [...ours(planText(plan)), end as Token]
  return example('plan', questionReading(question, now), [
    { ids: [...lead, ...text], from: lead.length },
  ])
}
/** The moment at which all written questions are asked. */
const asked = Date.parse('2026-11-23T09:00:00Z')
for (const { question, plan } of mine(records('questions', 'written')))
  for (let round = 0; round < (held || small ? 1 : 2); round++)
    write(planExample(question, plan as never, asked))
if (!held) {
  const each = 200
  const draw = stream(99)
  for (let seed = 1; seed <= (small ? 1 : 62); seed++) {
    const now = seed % 2 ? asked : Date.UTC(2025, 0, 1) + Math.floor(draw() * 1_051_200) * 60_000
    for (const { question, plan } of generate(seed, each, now))
      write(planExample(question, plan, now))
  }
}

out_.end(() => {
  console.log(JSON.stringify(counts))
  process.exit(0)
})
