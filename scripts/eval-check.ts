import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { checkSentence } from '../src/model/check.ts'
import { parseFact, printFact } from '../src/model/fact-line.ts'
import type { Fact } from '../src/model/facts.ts'
import { candidates } from '../src/model/sentences.ts'

/**
 * Measures the checker on written stories: `scripts/node scripts/eval-check.ts DIR [--show]`.
 * True sentences are checked against the facts they cite, false ones against every fact of their
 * story, which is harder on the checker. Sentences that code makes of a story's facts should pass on
 * these facts and be refused on the facts of the story before.
 */
const story = z.object({
  id: z.string(),
  facts: z.array(z.string()).default([]),
  sentences: z.array(z.object({ text: z.string(), facts: z.array(z.number()) })).default([]),
  distractors: z.array(z.object({ text: z.string(), wrong: z.string() })).default([]),
})
type Written = z.infer<typeof story>

function read(dir: string): Written[] {
  const all = new Map<string, Written>()
  for (const name of readdirSync(dir).sort())
    if (/^stories-.*\.jsonl$/.test(name))
      for (const line of readFileSync(join(dir, name), 'utf8').split('\n').filter(Boolean)) {
        const one = story.parse(JSON.parse(line))
        const known = all.get(one.id)
        all.set(one.id, {
          id: one.id,
          facts: one.facts.length > 0 ? one.facts : (known?.facts ?? []),
          sentences: [...(known?.sentences ?? []), ...one.sentences],
          distractors: [...(known?.distractors ?? []), ...one.distractors],
        })
      }
  return [...all.values()]
}

const factsOf = (lines: string[]): (Fact | null)[] =>
  lines.map((line, i) => {
    const parts = parseFact(line)
    return parts && { id: `f${i + 1}`, line, parts, event_uids: [], findings: [] }
  })

const [dir, flag] = process.argv.slice(2)
if (!dir || !existsSync(dir)) throw new Error('usage: eval-check.ts DIR [--show]')
let [lines, read_, same] = [0, 0, 0]
let [told, passed] = [0, 0]
const kinds = new Map<string, { refused: number; all: number }>()
const reasons = new Map<string, number>()
for (const { facts: texts, sentences, distractors } of read(dir)) {
  const facts = factsOf(texts)
  const known = facts.filter((f) => f !== null)
  lines += texts.length
  read_ += known.length
  same += known.filter((f) => printFact(f.parts) === f.line).length
  for (const { text, facts: cited } of sentences) {
    const verdict = checkSentence(
      text,
      cited.map((i) => facts[i] ?? null).filter((f) => f !== null),
    )
    told += 1
    if (verdict.ok) passed += 1
    else {
      const kind = verdict.reason.replace(/“.*”/, '…')
      reasons.set(kind, (reasons.get(kind) ?? 0) + 1)
    }
    if (verdict.ok && flag) console.log(`passed  ${text}`)
  }
  for (const { text, wrong } of distractors) {
    const { ok } = checkSentence(text, known)
    const kind = kinds.get(wrong) ?? { refused: 0, all: 0 }
    kinds.set(wrong, { refused: kind.refused + (ok ? 0 : 1), all: kind.all + 1 })
    if (ok && flag) console.log(`LET BY (${wrong})  ${text}`)
  }
}
const telling = { time_zone: 'UTC', dated: true, shortName: (name: string) => name }
let [made, bornOut, mixed, mixedRefused] = [0, 0, 0, 0]
let others: Fact[] = []
for (const { facts: texts } of read(dir)) {
  const known = factsOf(texts).filter((f) => f !== null)
  for (const c of candidates(known, telling)) {
    made += 1
    const cited = known.filter((f) => c.facts.includes(f.id))
    if (checkSentence(c.text, cited).ok) bornOut += 1
    else if (flag) console.log(`NOT BORNE OUT  ${c.text}`)
    if (others.length === 0) continue
    mixed += 1
    if (!checkSentence(c.text, others).ok) mixedRefused += 1
    else if (flag) console.log(`MIXED UP  ${c.text}`)
  }
  others = known
}
const share = (part: number, all: number) =>
  `${part} of ${all} (${((100 * part) / all).toFixed(1)} %)`
console.log(
  `lines read           ${share(read_, lines)}, printed again as they were ${share(same, lines)}`,
)
console.log(`true sentences pass  ${share(passed, told)}`)
const total = [...kinds.values()].reduce((a, b) => ({
  refused: a.refused + b.refused,
  all: a.all + b.all,
}))
console.log(`false ones refused   ${share(total.refused, total.all)}`)
for (const [wrong, { refused, all }] of kinds)
  console.log(`  ${wrong.padEnd(26)} ${share(refused, all)}`)
console.log(`code’s own pass      ${share(bornOut, made)}`)
console.log(`refused elsewhere    ${share(mixedRefused, mixed)}`)
console.log('why true ones were refused')
for (const [why, n] of [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 12))
  console.log(`  ${String(n).padStart(5)}  ${why}`)
