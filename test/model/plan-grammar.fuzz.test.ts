import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parsePlan, planText } from '../../src/core/plan.ts'
import { planGrammar } from '../../src/model/plan-grammar.ts'
import { toRegExp } from './grammar-regexp.ts'

const numRuns = Number(process.env.FUZZ_RUNS ?? 1000)

test('whatever the grammar admits is a plan, and its one text', () => {
  fc.assert(
    fc.property(fc.stringMatching(toRegExp(planGrammar())), (text) => {
      expect(planText(parsePlan(text))).toBe(text)
    }),
    { numRuns },
  )
})
