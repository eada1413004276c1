import { describe, expect, test } from 'vitest'
import { countryCodes } from '../../src/core/countries.ts'
import { executable, type Plan, parsePlan, planText } from '../../src/core/plan.ts'
import { spanOf } from '../../src/core/span.ts'
import { planSamples } from '../model/plan-samples.ts'

/** A Monday. */
const now = Date.parse('2026-11-23T09:00:00Z')
const simple: Plan = { about: 'events', since: '7d', answer: 'list' }

test('a plan has one text, whatever the order it was made in', () => {
  const text =
    '{"about":"events","sources":["slack","gmail"],"activities":["sign_in","sign_in_failed"],"who":"Ana","since":"2026-11-21","until":"2026-11-22T20:30Z","answer":"count","limit":5}'
  const plan: Plan = {
    limit: 5,
    answer: 'count',
    until: '2026-11-22T20:30:00Z',
    since: '2026-11-21T00:00:00Z',
    who: 'Ana',
    target: undefined,
    activities: ['sign_in_failed', 'sign_in'],
    sources: ['gmail', 'slack'],
    about: 'events',
  }
  expect(planText(plan)).toBe(text)
  expect(planText(parsePlan(text))).toBe(text)
  expect(planText(null)).toBe('null')
  expect(parsePlan('null')).toBeNull()
})

test.each(planSamples)('reads, can carry out and writes %s', (text) => {
  const plan = parsePlan(text)
  expect(plan && executable(plan, now)).toBeNull()
  expect(planText(plan)).toBe(text)
})

test.each<[string, object]>([
  ['sources', { sources: ['teams'] }],
  ['sources', { sources: [] }],
  ['activities', { activities: ['login'] }],
  ['activities', { activities: ['message', 'message'] }],
  ['who', { who: '' }],
  ['who', { who: 'a"b' }],
  ['text', { text: 'a\u0000b' }],
  ['target', { target: 'x'.repeat(61) }],
  ['ip', { ip: 'router' }],
  ['continent', { continent: 'Antarctica' }],
  ['outcome', { outcome: 'unknown' }],
  ['unusual', { unusual: false }],
  ['events have no severity', { min_severity: 'high' }],
  ['only events can be unusual', { about: 'findings', unusual: true }],
  ['no groups', { answer: 'yes_no', group_by: 'who' }],
  ['exclude one another', { country: 'Peru', continent: 'South America' }],
  ['since', { since: 'last summer' }],
  ['until', { until: '2026-11-22 10:00' }],
  ['limit', { limit: 0 }],
  ['limit', { limit: 1001 }],
  ['Unrecognized key', { severity: 'high' }],
])('%s is refused: %j', (field, change) => {
  expect(() => parsePlan(JSON.stringify({ ...simple, ...change }))).toThrow(field)
})

describe('times at 2026-11-23T09:00Z, a Monday', () => {
  const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16)
  test.each([
    ['24h', undefined, '2026-11-22T09:00', '2026-11-23T09:00'],
    ['10d', undefined, '2026-11-13T09:00', '2026-11-23T09:00'],
    ['today', undefined, '2026-11-23T00:00', '2026-11-23T09:00'],
    ['yesterday', 'today', '2026-11-22T00:00', '2026-11-23T00:00'],
    ['monday', undefined, '2026-11-23T00:00', '2026-11-23T09:00'],
    ['friday', 'saturday', '2026-11-20T00:00', '2026-11-21T00:00'],
    ['sunday', 'monday', '2026-11-22T00:00', '2026-11-23T00:00'],
    ['saturday', 'this_week', '2026-11-21T00:00', '2026-11-23T00:00'],
    ['7d', 'thursday', '2026-11-16T09:00', '2026-11-19T00:00'],
    ['2026-11-22T13:00Z', 'monday', '2026-11-22T13:00', '2026-11-23T00:00'],
    ['last_week', 'this_week', '2026-11-16T00:00', '2026-11-23T00:00'],
    ['last_month', 'this_month', '2026-10-01T00:00', '2026-11-01T00:00'],
    ['2026-11-01', '2026-12-01', '2026-11-01T00:00', '2026-12-01T00:00'],
    ['1970-01-01', 'yesterday', '1970-01-01T00:00', '2026-11-22T00:00'],
  ])('%s until %s', (since, until, from, to) => {
    const span = spanOf({ since, until }, now)
    if ('wrong' in span) throw new Error(span.wrong)
    expect([iso(span.since), iso(span.until)]).toEqual([from, to])
  })

  test('in January last month is of last year, and a weekday the latest one', () => {
    const span = spanOf({ since: 'last_month', until: 'this_month' }, Date.UTC(2027, 0, 2, 12))
    expect(span).toEqual({ since: Date.UTC(2026, 11), until: Date.UTC(2027, 0) })
    expect(spanOf({ since: 'sunday' }, Date.UTC(2027, 0, 2, 12))).toMatchObject({
      since: Date.UTC(2026, 11, 27),
    })
  })
})

test.each<[string, Partial<Plan>]>([
  ['since is no time', { since: '2026-02-31' }],
  ['until is no time', { until: '2026-11-31' }],
  ['not before now', { since: '2026-11-24' }],
  ['not before yesterday', { since: 'today', until: 'yesterday' }],
  ['not before 2026-11-01', { since: '2026-11-01', until: '2026-11-01' }],
  ['country is none we know', { country: 'Atlantis' }],
  ['ip is no address', { ip: '300.1.1.1' }],
  ['ip is no address', { ip: '10.0.0.0/33' }],
])('can not be carried out: %s', (why, change) => {
  expect(executable({ ...simple, ...change }, now)).toContain(why)
})

test('countries are known by the names people use, each once', () => {
  for (const name of ['Turkey', 'Hong Kong', 'Ivory Coast', 'Netherlands', 'United States'])
    expect(executable({ ...simple, country: name }, now)).toBeNull()
  expect(new Set(countryCodes.values()).size).toBe(countryCodes.size)
  const codes = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  for (const code of countryCodes.values()) expect(codes.of(code), code).toBeDefined()
})
