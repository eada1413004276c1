import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { severities } from '../../src/core/finding.ts'
import type { Message } from '../../src/core/message.ts'
import { render } from '../../src/notifiers/blocks.ts'
import { renderBlocks } from '../../src/notifiers/console.ts'

const numRuns = Number(process.env.FUZZ_RUNS ?? 1000)
vi.setConfig({ testTimeout: 30_000 + 100 * numRuns })

/** What Slack accepts: https://docs.slack.dev/reference/block-kit/blocks */
const plain = (max: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.literal(false),
  })
const marked = (max: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.literal(true),
  })
const style = z
  .strictObject({ bold: z.literal(true) })
  .or(z.strictObject({ italic: z.literal(true) }))
const inline = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string().min(1), style: style.optional() }),
  z.strictObject({ type: z.literal('link'), url: z.url(), text: z.string().min(1) }),
])
const richSection = z.strictObject({
  type: z.literal('rich_text_section'),
  elements: z.array(inline).min(1),
})
const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), text: plain(150) }),
  z
    .strictObject({
      type: z.literal('section'),
      text: marked(3000).optional(),
      fields: z.array(marked(2000)).min(1).max(10).optional(),
    })
    .refine((section) => section.text ?? section.fields),
  z.strictObject({
    type: z.literal('context'),
    elements: z.array(marked(2000)).min(1).max(10),
  }),
  z.strictObject({
    type: z.literal('rich_text'),
    elements: z
      .array(
        z.discriminatedUnion('type', [
          richSection,
          z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(inline).min(1) }),
          z.strictObject({
            type: z.literal('rich_text_list'),
            style: z.enum(['bullet', 'ordered']),
            elements: z.array(richSection).min(1),
          }),
        ]),
      )
      .min(1),
  }),
])

const hostile = fc.constantFrom(
  '<!channel>',
  '<@U0123ABCD>',
  '<#C1|x>',
  '<!subteam^S1>',
  '@here',
  '@eve\u200bryone',
  '<https://evil.example|bank>',
  'https://evil.example/a',
  'evil\u2060.com',
  'www.evil.net',
  'a@evil.org',
  '&lt;!here&gt;',
  '*bold*',
  '```',
  '> quote',
  ':fire:',
  '\u202etxt',
  '\u0000\u001b[2J',
  '\ud83d',
  '',
)
const long = fc.constantFrom('👩‍💻'.repeat(500), 'x'.repeat(30_000))
const words = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: hostile },
      { weight: 4, arbitrary: fc.string({ unit: 'binary' }) },
      { weight: 1, arbitrary: long },
    ),
    { maxLength: 3 },
  )
  .map((parts) => parts.join(' '))
/** Few different items, sometimes more of them than any limit. */
const many = <T>(arb: fc.Arbitrary<T>) =>
  fc
    .tuple(fc.array(arb, { maxLength: 4 }), fc.constantFrom(1, 1, 20))
    .map(([items, times]) => Array.from({ length: times }, () => items).flat())
const severity = fc.constantFrom(...severities)
const counts = many(fc.record({ name: words, value: fc.nat() }))

const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({
    kind: fc.constant('alert' as const),
    uid: words,
    severity,
    headline: words,
    what: words,
    who: words,
    where: words,
    when: words,
    why: words,
    step: words,
    note: fc.option(words),
    is_drill: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('reply' as const),
    uid: words,
    thread: words,
    title: words,
    paragraphs: many(words),
    quotes: many(fc.record({ said_by: words, text: words })),
    evidence: many(fc.record({ name: words, value: words })),
    timeline: many(fc.record({ when: words, text: words })),
    steps: many(words),
  }),
  fc.record({
    kind: fc.constant('digest' as const),
    uid: words,
    title: words,
    counts,
    needs_you: many(words),
    handled: many(words),
    sources: many(fc.record({ name: words, healthy: fc.boolean(), text: words })),
    nothing_happened: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('first_look' as const),
    uid: words,
    title: words,
    counts,
    found: many(fc.record({ severity, text: words })),
    wrong: many(fc.record({ severity, text: words, mend: words })),
  }),
  fc.record({ kind: fc.constant('notice' as const), uid: words, title: words, text: words }),
  fc.record({
    kind: fc.constant('pointer' as const),
    uid: words,
    title: words,
    url: fc.option(
      fc.oneof(
        words,
        fc.constant('javascript:alert(1)'),
        fc.constant('https://evil.example/slack.com/'),
      ),
    ),
  }),
)

/** Every string Slack would show or parse. */
const strings = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : value && typeof value === 'object'
      ? Object.values(value).flatMap(strings)
      : []

/** The same message with its own words, which may name live addresses, taken out. */
function onlyOutside(message: Message): Message {
  const mute: Message = { ...message }
  if ('headline' in mute) mute.headline = 'Headline'
  if ('title' in mute) mute.title = 'Title'
  if ('step' in mute) mute.step = 'Step'
  if ('steps' in mute) mute.steps = mute.steps.map(() => 'Step')
  if ('sources' in mute)
    mute.sources = mute.sources.map((source) => ({ ...source, name: 'source' }))
  return mute
}

test('[trap P3] any message keeps all of Slack’s limits', () => {
  fc.assert(
    fc.property(message, (any) => {
      const { blocks } = render(any)
      z.array(block).min(1).max(50).parse(blocks)
      expect(JSON.stringify(blocks).length).toBeLessThan(12_000)
    }),
    { numRuns },
  )
})

test('[trap P6] any message has a text that is short and not empty', () => {
  fc.assert(
    fc.property(message, (any) => {
      const { text } = render(any)
      expect(text.trim()).not.toBe('')
      expect(text.length).toBeLessThan(4000)
    }),
    { numRuns },
  )
})

test('[trap P5] no words call anybody, hide, or open markup', () => {
  fc.assert(
    fc.property(message, (any) => {
      const text = strings(render(any)).join('\n')
      expect(text).not.toMatch(/[<>]|@(channel|here|everyone)\b/i)
      expect(text.replaceAll('\n', '')).not.toMatch(
        /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u,
      )
      expect(text.isWellFormed()).toBe(true)
    }),
    { numRuns },
  )
})

test('[trap P5] no words from outside are a live link', () => {
  fc.assert(
    fc.property(message.map(onlyOutside), (any) => {
      const all = strings(render(any)).join('\n')
      expect(all).not.toMatch(/https?:\/\/|www\.|evil\.(example|com|net|org)|javascript:/i)
    }),
    { numRuns },
  )
})

test('a terminal shows any message in lines without control codes of others', () => {
  fc.assert(
    fc.property(message, (any) => {
      const shown = renderBlocks(render(any).blocks, { color: false, width: 80 })
      expect(shown.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
    }),
    { numRuns },
  )
})
