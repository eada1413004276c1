import { expect, test } from 'vitest'
import { corruptions, falsehoods, passes } from '../../src/bench/contrast.ts'
import { holdout, records } from '../../src/bench/records.ts'

const apart = holdout()
const stories = records('stories', 'written').filter((s) => apart.has(s.id))
const all = stories.flatMap((story) => corruptions(story).map((made) => ({ story, ...made })))

test('every kind of falsehood is tried many times, and none is the sentence itself', () => {
  for (const kind of falsehoods)
    expect(all.filter((c) => c.kind === kind).length, kind).toBeGreaterThan(15)
  for (const { story, text } of all)
    expect(story.sentences.some((s) => s.text === text)).toBe(false)
})

test('the checker lets hardly any of them pass', () => {
  for (const kind of falsehoods) {
    const mine = all.filter((c) => c.kind === kind)
    const passed = mine.filter(({ story, text, facts }) => passes(story, text, facts))
    expect(passed.length / mine.length, kind).toBeLessThanOrEqual(0.1)
  }
})
