import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { beforeTimed } from '../../scripts/train/questions/chatter.ts'
import { acts, frames } from '../../scripts/train/questions/english.ts'
import { nullFrames } from '../../scripts/train/questions/nulls.ts'
import { generate } from '../../scripts/train/questions.ts'
import {
  activities,
  answers,
  continents,
  dimensions,
  executable,
  parsePlan,
  planSchema,
  planText,
  sources,
} from '../../src/core/plan.ts'
import { planGrammar } from '../../src/model/plan-grammar.ts'
import { toRegExp } from '../model/grammar-regexp.ts'
import { rules } from './question-rules.ts'

const now = Date.parse('2026-11-23T09:00:00Z')
const made = generate(1, 6000)

test('every plan is valid, can be carried out, and is written as the grammar has it', () => {
  const admitted = toRegExp(planGrammar())
  for (const { question, plan } of made) {
    const text = planText(plan)
    expect(planText(parsePlan(text)), question).toBe(text)
    expect(text).toMatch(admitted)
    expect(planSchema.nullable().parse(plan)).toEqual(plan)
    if (plan) expect(executable(plan, now), `${question} ${text}`).toBeNull()
  }
})

test('a seed gives the same questions, another one others', () => {
  expect(generate(1, 300)).toEqual(made.slice(0, 300))
  const others = new Set(generate(2, 300).map(({ question }) => question))
  expect(made.slice(0, 300).filter(({ question }) => others.has(question)).length).toBeLessThan(5)
})

test('no question twice, none empty, none with marks or holes of the making', () => {
  expect(new Set(made.map(({ question }) => question)).size).toBe(made.length)
  for (const { question, plan } of made) {
    expect(question).toMatch(/^\S(.*\S)?$/u)
    expect(question).not.toMatch(/[\uE000\uE001{}]| {2}/)
    if (plan) expect(question).not.toMatch(/[*~|]|undefined|\bnull\b|NaN/)
    expect(question.length).toBeLessThan(400)
  }
})

test('a thousand hold every system, activity, answer, group, continent, outcome and severity', () => {
  const plans = generate(3, 1000).flatMap(({ plan }) => plan ?? [])
  const all = <T>(list: readonly T[], seen: (T | undefined)[]) =>
    list.filter((one) => !seen.includes(one))
  expect(
    all(
      activities,
      plans.flatMap((p) => p.activities ?? []),
    ),
  ).toEqual([])
  expect(
    all(
      sources,
      plans.flatMap((p) => p.sources ?? []),
    ),
  ).toEqual([])
  expect(
    all(
      answers,
      plans.map((p) => p.answer),
    ),
  ).toEqual([])
  expect(
    all(
      dimensions,
      plans.map((p) => p.group_by),
    ),
  ).toEqual([])
  expect(
    all(
      continents,
      plans.map((p) => p.continent),
    ),
  ).toEqual([])
  expect(
    all(
      ['success', 'failure'] as const,
      plans.map((p) => p.outcome),
    ),
  ).toEqual([])
  expect(
    all(
      ['medium', 'high', 'critical'] as const,
      plans.map((p) => p.min_severity),
    ),
  ).toEqual([])
  for (const key of [
    'who',
    'target',
    'text',
    'ip',
    'country',
    'unusual',
    'until',
    'limit',
  ] as const)
    expect(
      plans.some((p) => p[key] !== undefined),
      key,
    ).toBe(true)
})

test('values stand in the question as the plan has them', () => {
  for (const { question, plan } of made)
    for (const value of [plan?.who, plan?.target, plan?.text, plan?.ip])
      if (value && value !== 'me' && value !== 'root') expect(question).toContain(value)
})

test('breadth: frames, ways to say each activity, questions without a plan, languages', () => {
  expect(new Set(frames).size).toBeGreaterThanOrEqual(250)
  expect(new Set(Object.values(nullFrames).flat()).size).toBeGreaterThanOrEqual(40)
  for (const activity of activities) {
    const ways = acts
      .filter((act) => act.activities.includes(activity))
      .flatMap(({ nouns, mass = [], does = [], done = [], which = [] }) =>
        [nouns, mass, does, done, which].flat(),
      )
    expect(new Set(ways).size, activity).toBeGreaterThanOrEqual(8)
  }
  const share = (test: (question: string) => boolean) =>
    made.filter(({ question }) => test(question)).length / made.length
  expect(made.filter(({ plan }) => plan === null).length / made.length).toBeGreaterThan(0.05)
  expect(share((q) => /^[^A-Z]*$/.test(q))).toBeGreaterThan(0.15)
  const tongues = [
    /\b(gab es|wer hat|hat|zeig|welche)\b/i,
    /\b(qui|est-ce|les|combien)\b/i,
    /[¿]/,
    /\b(chi|ha|quanti|mostrami)\b/i,
    /\b(quem|houve|alguém|quantos)\b/i,
    /\b(wie heeft|waren er|hoeveel|heeft)\b/i,
  ]
  for (const tongue of tongues)
    expect(
      share((q) => tongue.test(q)),
      String(tongue),
    ).toBeGreaterThan(0.0015)
})

test('now can be another day', () => {
  const friday = Date.parse('2027-01-01T17:30:00Z')
  for (const { question, plan } of generate(4, 1000, friday))
    if (plan) expect(executable(plan, friday), `${question} ${planText(plan)}`).toBeNull()
})

test('the command prints what generate gives', () => {
  const file = fileURLToPath(new URL('../../scripts/train/questions.ts', import.meta.url))
  const lines = execFileSync(process.execPath, [file, '1', '20'], { encoding: 'utf8' }).trim()
  const printed = lines.split('\n').map((line) => JSON.parse(line))
  expect(printed.map(({ id, question }) => ({ id, question }))).toEqual(
    made.slice(0, 20).map(({ id, question }) => ({ id, question })),
  )
  expect(printed.map(({ plan }) => JSON.stringify(plan))).toEqual(
    made.slice(0, 20).map(({ plan }) => planText(plan)),
  )
})

describe('annotation rules', () => {
  /** Programs and kinds of attack are words of a question; other values are masked. */
  const word = /^(ssh|vpn|sudo|phishing|root|me)$/i
  const context = beforeTimed.map((text) =>
    text
      .replace(/\{\w+\}/g, '')
      .split(/ +/)
      .slice(0, 3)
      .join(' '),
  )
  const asked = generate(5, 25_000).flatMap(({ question, plan }) => {
    if (!plan || /no wait|\bno, |sorry, I mean|, I mean /i.test(question)) return []
    if (context.some((text) => question.toLowerCase().includes(text.toLowerCase()))) return []
    const values = [plan.who, plan.target, plan.text].filter((v) => v !== undefined)
    const masked = values.filter((v) => !word.test(v))
    return [{ words: masked.reduce((text, v) => text.replaceAll(v, '_'), question), plan }]
  })
  test('at least sixty of them', () => expect(rules.length).toBeGreaterThanOrEqual(60))
  test.each(rules)('$rule: $says', ({ when, holds }) => {
    const met = asked.filter(({ words }) => when.test(words))
    expect(met.length).toBeGreaterThan(2)
    for (const { words, plan } of met) expect(holds(plan), `${words} ${planText(plan)}`).toBe(true)
  })
})
