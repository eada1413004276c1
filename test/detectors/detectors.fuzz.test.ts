import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  domainOf,
  hostOf,
  likeness,
  oneLetterOff,
  originals,
  skeleton,
  takeApart,
} from '../../src/core/domains.ts'
import type { Event } from '../../src/core/event.ts'
import type { History } from '../../src/core/ports.ts'
import { detectors } from '../../src/detectors/index.ts'
import { sampleMail, samplePeople, sampleSlack, sampleTrail } from '../../src/detectors/sample.ts'

const numRuns = Number(process.env.FUZZ_RUNS ?? 1000)
const history: History = { firstSeen: () => null, count: () => 0, distinct: () => 0 }
const context = { history, people: samplePeople, scores: null, decoys: [] }
const alike = (a: string, b: string) => likeness(takeApart(a), takeApart(b))
const judged = (event: Event) => detectors.map((d) => d.match(event, context))

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        'verify',
        'account',
        'new',
        'bank',
        'gift card',
        'ignore all previous',
        'is',
        ':',
        '\n',
        '@',
        '.',
        '<|',
        '(',
        'Ana Lindqvist',
        '%7B',
        '"',
      ),
      { maxLength: 40 },
    )
    .map((words) => words.join(' ')),
)

test('no detector throws at any mail, chat message or API call', () => {
  fc.assert(
    fc.property(text, text, text, fc.jsonValue(), (a, b, c, value) => {
      const links = [
        { text: b, href: c },
        { text: a, href: `https://${b}` },
      ]
      judged(
        sampleMail({
          from: `${a} <${b}>`,
          reply_to: c,
          subject: b,
          text: c,
          links,
          hidden_text: a,
        }),
      )
      judged(sampleSlack({ text: a, links, by: { uid: b, name: c } }))
      for (const operation of ['PutUserPolicy', 'PutEventSelectors', 'UpdateDetector', a]) {
        const request = {
          policyDocument: typeof value === 'string' ? value : JSON.stringify(value),
          eventSelectors: value,
          userName: a,
        }
        judged(
          sampleTrail({
            operation,
            ip: b,
            network: c,
            user_agent: a,
            request: request as Record<string, unknown>,
          }),
        )
      }
    }),
    { numRuns: Math.ceil(numRuns / 4) },
  )
})

test('a domain never resembles itself, and its slips lead back to it', () => {
  const label = fc.stringMatching(/^[a-z]{6,14}$/)
  fc.assert(
    fc.property(
      label,
      fc.nat(),
      fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
      (name, at, letter) => {
        const target = `${name}.com`
        expect(alike(target, target)).toBeNull()
        expect(alike(`www.${target}`, target)).toBeNull()
        const i = at % name.length
        const slips = [
          name.slice(0, i) + letter + name.slice(i),
          name.slice(0, i) + name.slice(i + 1),
          name.slice(0, i) + letter + name.slice(i + 1),
        ].filter((slip) => slip !== name)
        for (const slip of slips) {
          expect(oneLetterOff(slip, name)).toBe(true)
          expect(oneLetterOff(name, slip)).toBe(true)
          if (slip.length >= 6) expect(originals(`${slip}.com`)).toContain(target)
        }
        expect(alike(`${name}-login.com`, target)).toBe('its name with words added')
      },
    ),
    { numRuns: Math.ceil(numRuns / 10) },
  )
})

test('hosts and skeletons of any text are text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl(), fc.emailAddress(), text), (input) => {
      const host = hostOf(input)
      expect(host).not.toMatch(/[A-Z\s/]/)
      expect(typeof domainOf(host)).toBe('string')
      expect(skeleton(host)).not.toMatch(/[10|]|rn/)
    }),
    { numRuns },
  )
})

test('hostile text costs time in proportion to its length only', () => {
  const hostile = [
    '\n',
    ' ',
    'a',
    'verify a ',
    'new bank ',
    'mark as ',
    'ignore the ',
    '(',
    '# system ',
    'gift card buy ',
    'IBAN 12-34-56 ',
    'send code ',
  ]
  for (const piece of hostile) {
    const body = piece.repeat(100_000 / piece.length)
    const event = sampleMail({
      from: `${body.slice(0, 2000)} <x@y.example>`,
      subject: body.slice(0, 2000),
      text: body,
      links: [{ text: body, href: `https://y.example/${body}` }],
    })
    const start = performance.now()
    judged(event)
    expect(performance.now() - start, JSON.stringify(piece)).toBeLessThan(3000)
  }
})
