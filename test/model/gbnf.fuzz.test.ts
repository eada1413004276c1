import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ZodType, z } from 'zod'
import { compileGrammar } from '../../src/model/gbnf.ts'
import { toRegExp } from './grammar-regexp.ts'

const numRuns = Number(process.env.FUZZ_RUNS ?? 1000)

const key = fc.stringMatching(/^[a-z_]{1,6}$/)
const { schema } = fc.letrec<{ schema: ZodType }>((tie) => {
  const inner = tie('schema')
  const word = fc.string({ maxLength: 6, unit: 'grapheme' })
  return {
    schema: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      fc.constant(z.boolean()),
      fc.constant(z.null()),
      word.map((w) => z.literal(w)),
      fc.uniqueArray(word, { minLength: 1, maxLength: 4 }).map((list) => z.enum(list)),
      fc.tuple(fc.nat(3), fc.nat(5)).map(([low, more]) =>
        z
          .string()
          .min(low)
          .max(low + more),
      ),
      fc.tuple(fc.integer({ min: -9, max: 9 }), fc.nat(12)).map(([low, more]) =>
        z
          .int()
          .min(low)
          .max(low + more),
      ),
      fc.constant(z.number().int()),
      inner.map((s) => s.nullable()),
      fc.tuple(inner, inner).map(([a, b]) => z.union([a, b])),
      fc.tuple(inner, fc.nat(2), fc.nat(2)).map(([s, low, more]) =>
        z
          .array(s)
          .min(low)
          .max(low + more),
      ),
      fc
        .dictionary(key, fc.tuple(inner, fc.boolean()), { maxKeys: 4 })
        .map((shape) =>
          z.strictObject(
            Object.fromEntries(
              Object.entries(shape).map(([k, [s, optional]]) => [k, optional ? s.optional() : s]),
            ),
          ),
        ),
    ),
  }
})

test('whatever the grammar admits is JSON without white space that the schema accepts', () => {
  fc.assert(
    fc.property(
      schema.chain((s) => fc.tuple(fc.constant(s), fc.stringMatching(toRegExp(compileGrammar(s))))),
      ([s, text]) => {
        const value: unknown = JSON.parse(text)
        expect(s.safeParse(value).error).toBeUndefined()
        expect(JSON.stringify(value).length).toBeLessThanOrEqual(text.length)
      },
    ),
    { numRuns },
  )
})

const plan = z.strictObject({
  about: z.enum(['events', 'findings']),
  who: z.string().max(20).optional(),
  limit: z.int().min(1).max(50).optional(),
  activities: z
    .array(z.enum(['a', 'b']))
    .max(3)
    .optional(),
  answer: z.enum(['list', 'count']),
})

test('whatever the schema accepts in its own order of keys, the grammar admits', () => {
  const admitted = toRegExp(compileGrammar(plan.nullable()))
  const value = fc.option(
    fc.record(
      {
        about: fc.constantFrom('events', 'findings'),
        who: fc.stringMatching(/^[ -~äß€]{0,20}$/),
        limit: fc.integer({ min: 1, max: 50 }),
        activities: fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 }),
        answer: fc.constantFrom('list', 'count'),
      },
      { requiredKeys: ['about', 'answer'] },
    ),
  )
  fc.assert(
    fc.property(value, (v) => admitted.test(JSON.stringify(v && plan.parse(v)))),
    { numRuns },
  )
  for (const wrong of [
    '{"answer":"list","about":"events"}',
    '{"about":"events","answer":"list",}',
    '{"about":"events", "answer":"list"}',
    '{"about":"events","limit":51,"answer":"list"}',
    '{,"about":"events","answer":"list"}',
    '{"about":"events"}',
  ])
    expect(wrong).not.toMatch(admitted)
})

test.each([
  ['a string without a max', z.object({ a: z.string() }), '.a is a string'],
  ['an integer of a wide range', z.int().min(1), 'small range'],
  ['a pattern', z.string().max(3).regex(/a/), 'root uses pattern'],
  ['an array without a max', z.array(z.null()), 'array without a max'],
  ['a fraction', z.number(), 'type number'],
  ['a map', z.record(z.string(), z.null()), 'uses propertyNames'],
])('%s is refused, not ignored', (_, node, why) => {
  expect(() => compileGrammar(node)).toThrow(why)
})
