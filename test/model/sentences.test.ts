import { describe, expect, test } from 'vitest'
import type { Example, Story } from '../../src/core/ports.ts'
import { detectors } from '../../src/detectors/index.ts'
import { samplePeople } from '../../src/detectors/sample.ts'
import { createAnalyst } from '../../src/model/analyst.ts'
import { checkSentence } from '../../src/model/check.ts'
import { facts } from '../../src/model/facts.ts'
import { judgeExample } from '../detectors/judge-example.ts'
import { examples, people, story } from './story.ts'

const { plain } = createAnalyst(null, { write: false })

/** The story a detector's example makes when it is judged alone. */
function storyOf(example: Example, id: string): Story {
  const found = judgeExample(example).filter((f) => f.analytic.uid === id)
  return story([example.event], found, { people: samplePeople })
}

describe.each(detectors.map((d) => [d.id, d] as const))('%s', (id, detector) => {
  test.each(detector.examples.match.map((e) => [e.name, e] as const))(
    'tells “%s” in its own words',
    (_, example) => {
      const told = storyOf(example, id)
      const { headline, sentences } = plain(told)
      expect([headline, checkSentence(headline, facts(told)).ok]).toEqual([headline, true])
      expect(sentences.length).toBeGreaterThan(0)
      expect(sentences.join(' ')).not.toContain('Flagged')
      for (const s of sentences) expect([s, checkSentence(s, facts(told)).ok]).toEqual([s, true])
    },
  )
})

test.each([
  ['root', 'The AWS root login was used from Russia, then an AWS activity log was switched off'],
  [
    'forged',
    'A mail to Ana claims to come from inside the company and asks for a payment to new bank details',
  ],
  ['denied only', 'Ana’s AWS key was refused again and again'],
  ['trail not stopped', 'Ana’s AWS login tried to switch off an activity log'],
  ['password in chat', 'Lou posted a password in Slack'],
  ['unknown', 'Many files read'],
])('the headline of “%s”', (name, headline) => {
  expect(plain(examples()[name] as Story).headline).toBe(headline)
})

test('two people of one first name keep their whole names', () => {
  const twin = { ...(people.list[0] as (typeof people.list)[number]), name: 'Ana Costa' }
  const s = examples()['three stages'] as Story
  const both = { ...people, list: [...people.list, twin] }
  expect(plain({ ...s, people: both }).headline).toMatch(/^Ana Ruiz’s AWS key/)
})

test('days are named where a story spans several, in the company’s zone', () => {
  const s = examples().root as Story
  const later = s.events.map((e, i) => (i === 2 ? { ...e, time: e.time + 20 * 3_600_000 } : e))
  const { sentences } = plain({ ...s, events: later, time_zone: 'Asia/Tokyo' })
  expect(sentences[0]).toMatch(/^At 19:05 on 20 November /)
  expect(sentences.at(-1)).toMatch(/^At 15:09 on 21 November /)
})
