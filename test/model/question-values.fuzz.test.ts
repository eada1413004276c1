import fc from 'fast-check'
import { expect, test } from 'vitest'
import { timePattern } from '../../src/core/span.ts'
import { planGrammar } from '../../src/model/plan-grammar.ts'
import { valuesIn } from '../../src/model/question-values.ts'
import { toRegExp } from './grammar-regexp.ts'

const numRuns = Number(process.env.FUZZ_RUNS ?? 200)

const words = fc.constantFrom(
  ...'since until last past 3 24 12:30 weeks months stunden noche monday quarter year half an "a" (b) # @x 1.2.3.4 ::1 october 31st 9pm'.split(
    ' ',
  ),
)
const question = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(words, { maxLength: 30 }).map((list) => list.join(' ')),
)
const now = fc.integer({ min: 0, max: Date.UTC(2100, 0) })

test('whatever is asked, whenever: times are times, words stand in it, and the grammar is one', () => {
  fc.assert(
    fc.property(question, now, (text, at) => {
      const values = valuesIn(text, at)
      for (const time of values.times) expect(time).toMatch(timePattern)
      for (const word of values.words)
        expect(word === 'me' || text.toLowerCase().includes(word.toLowerCase())).toBe(true)
      expect(() => toRegExp(planGrammar(values))).not.toThrow()
    }),
    { numRuns },
  )
})
