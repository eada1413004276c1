import { expect, test } from 'vitest'
import { tally } from './reporter.ts'

test('tags in titles are counted where the test passed', () => {
  expect(
    tally([
      { name: '[kill 20] nothing is lost', passed: true },
      { name: '[trap S1] a', passed: true },
      { name: 'group > [trap G2] b', passed: true },
      { name: '[trap C3] c', passed: false },
      { name: '[fault] d', passed: true },
      { name: '[emulate] [fault] e', passed: true },
      { name: 'plain [other] f', passed: true },
    ]),
  ).toEqual(['kill 20, fault 2, trap 2, emulate 1', '6 passed, 1 failed'])
})
