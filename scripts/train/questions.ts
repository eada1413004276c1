/**
 * Made-up questions with the query plans they mean: `scripts/node scripts/train/questions.ts SEED
 * COUNT` prints JSON lines. Same seed, same lines.
 */
import { planText } from '../../src/core/plan.ts'
import { createRng } from '../../src/office/rng.ts'
import { english } from './questions/english.ts'
import { nothing } from './questions/nothing.ts'
import type { Asked } from './questions/question.ts'
import { foreign } from './questions/tongues.ts'

/** A question and its plan; null where no plan can hold it. */
export interface Question extends Asked {
  id: string
}

/** A Monday. */
const standard = Date.parse('2026-11-23T09:00:00Z')

/** Different questions that depend on the seed alone; times are at `now`, ms since 1970. */
export function generate(seed: number, count: number, now = standard): Question[] {
  const rng = createRng(`questions/${seed}`)
  const seen = new Set<string>()
  const out: Question[] = []
  while (out.length < count) {
    const roll = rng.next()
    const draw = roll < 0.08 ? nothing : roll < 0.19 ? foreign : english
    const { question, plan } = draw(rng, now)
    if (seen.has(question)) continue
    seen.add(question)
    out.push({ id: `made-${seed}-${out.length + 1}`, question, plan })
  }
  return out
}

if (import.meta.main) {
  const [seed = '1', count = '100'] = process.argv.slice(2)
  for (const { id, question, plan } of generate(Number(seed), Number(count)))
    console.log(
      `{"id":${JSON.stringify(id)},"question":${JSON.stringify(question)},"plan":${planText(plan)}}`,
    )
}
