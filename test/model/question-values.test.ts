import { expect, test } from 'vitest'
import { records } from '../../src/bench/records.ts'
import { parsePlan, planText } from '../../src/core/plan.ts'
import { planGrammar } from '../../src/model/plan-grammar.ts'
import { valuesIn } from '../../src/model/question-values.ts'
import { toRegExp } from './grammar-regexp.ts'

const now = Date.parse('2026-11-23T09:00:00Z')
const admits = (question: string, plan: unknown) =>
  toRegExp(planGrammar(valuesIn(question, now))).test(planText(parsePlan(JSON.stringify(plan))))

test('what a question means is among what its grammar admits, for nearly all written ones', () => {
  const asked = records('questions', 'written').filter((r, i) => r.plan !== null && i % 7 === 0)
  const missed = asked.filter((r) => !admits(r.question, r.plan))
  expect(missed.length / asked.length).toBeLessThan(0.05)
})

test('names, addresses and numbers that do not stand in the question are not admitted', () => {
  const question = 'Did Ben share the file payroll.xlsx in the last 3 days?'
  const plan = { about: 'events', activities: ['file_shared'], since: '3d', answer: 'yes_no' }
  expect(admits(question, { ...plan, who: 'Ben', target: 'payroll.xlsx' })).toBe(true)
  expect(admits(question, { ...plan, who: 'Bea' })).toBe(false)
  expect(admits(question, { ...plan, ip: '203.0.113.9' })).toBe(false)
  expect(admits(question, { ...plan, since: '5d' })).toBe(false)
  expect(admits(question, { ...plan, since: '2026-11-02' })).toBe(false)
  expect(admits(question, { ...plan, limit: 50 })).toBe(false)
})

test.each([
  ['sudo since 3 pm yesterday', '2026-11-22T15:00Z'],
  ['who logged in last night', '2026-11-22T20:00Z'],
  ['keys made in the past 20 minutes', '2026-11-23T08:40Z'],
  ['alerts on 14 October', '2026-10-14'],
  ['incidents of the past two months', '60d'],
  ['accessi falliti ieri sera', '2026-11-22T18:00Z'],
  ['letzte 48 Stunden', '48h'],
])('%s can mean %s', (question, time) => {
  expect(valuesIn(question, now).times).toContain(time)
})

test('a question without a word that a record can hold still has a grammar', () => {
  expect(() => toRegExp(planGrammar(valuesIn('???', now)))).not.toThrow()
})
