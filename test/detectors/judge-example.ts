import type { Finding } from '../../src/core/finding.ts'
import { judge } from '../../src/core/judge.ts'
import type { Example } from '../../src/core/ports.ts'
import { detectors } from '../../src/detectors/index.ts'
import { samplePeople } from '../../src/detectors/sample.ts'
import { createMasker } from '../../src/store/secrets.ts'
import { openStore } from '../../src/store/store.ts'

/** What the detectors say of one of their examples, judged over the history of a real store. */
export function judgeExample(example: Example): Finding[] {
  const store = openStore(':memory:', createMasker(new Uint8Array(32)))
  for (const event of example.before ?? []) store.history.learn(event)
  const context = {
    history: store.history.before(example.event),
    people: samplePeople,
    scores: example.scores ?? null,
    decoys: [],
  }
  return judge(example.event, detectors, context, (_, error) => {
    throw error
  })
}
