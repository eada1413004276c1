import { expect, test } from 'vitest'
import { planGrammar } from '../../src/model/plan-grammar.ts'
import { toRegExp } from './grammar-regexp.ts'
import { planSamples } from './plan-samples.ts'

const admitted = toRegExp(planGrammar())

test.each([...planSamples, 'null'])('admits %s', (text) => {
  expect(text).toMatch(admitted)
})

const start = '{"about":"events",'
const end = '"since":"7d","answer":"list"}'
test.each([
  ['white space', '{"about": "events","since":"7d","answer":"list"}'],
  ['an unknown about', '{"about":"logs","since":"7d","answer":"list"}'],
  ['keys in another order', '{"since":"7d","about":"events","answer":"list"}'],
  ['an answer before its groups', `${start}"since":"7d","answer":"list","group_by":"who"}`],
  ['an unknown key', `${start}"where":"x",${end}`],
  ['a missing since', `${start}"answer":"list"}`],
  ['a missing answer', `${start}"since":"7d"}`],
  ['an empty list', `${start}"activities":[],${end}`],
  ['a list out of order', `${start}"activities":["sign_in_failed","sign_in"],${end}`],
  ['a name twice', `${start}"sources":["slack","slack"],${end}`],
  ['an empty word', `${start}"who":"",${end}`],
  ['a word led by a space', `${start}"who":" a",${end}`],
  ['a quote in a word', `${start}"text":"a\\"b",${end}`],
  ['a backslash in a word', `${start}"text":"a\\\\b",${end}`],
  ['a line break in a word', `${start}"text":"a\nb",${end}`],
  ['a turned word', `${start}"text":"a\u202Eb",${end}`],
  ['61 characters', `${start}"text":"${'a'.repeat(61)}",${end}`],
  ['a country and a continent', `${start}"country":"Peru","continent":"Asia",${end}`],
  ['an unknown continent', `${start}"continent":"Antarctica",${end}`],
  ['severity of events', `${start}"min_severity":"high",${end}`],
  ['unusual incidents', '{"about":"incidents","unusual":true,"since":"7d","answer":"list"}'],
  ['groups of a yes or no', `${start}"since":"7d","group_by":"who","answer":"yes_no"}`],
  ['a month of 13', `${start}"since":"2026-13-01","answer":"list"}`],
  ['seconds', `${start}"since":"2026-11-22T20:00:00Z","answer":"list"}`],
  ['midnight with a clock', `${start}"since":"2026-11-22T00:00Z","answer":"list"}`],
  ['a span of weeks', `${start}"since":"2w","answer":"list"}`],
  ['limit 0', `${start}"since":"7d","answer":"list","limit":0}`],
  ['limit 1001', `${start}"since":"7d","answer":"list","limit":1001}`],
  ['an ip of words', `${start}"ip":"localhost",${end}`],
  ['anything behind the plan', `${planSamples[0]} `],
])('refuses %s', (_, text) => {
  expect(text).not.toMatch(admitted)
})
