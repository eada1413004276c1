import fc from 'fast-check'
import { expect, test } from 'vitest'
import { baseEvent } from '../../src/core/event.ts'
import { createMasker } from '../../src/store/secrets.ts'
import { plant } from './planted.ts'

const masker = createMasker(new Uint8Array(32).fill(1))
const planted = plant(99, 290)
const numRuns = Number(process.env.FUZZ_RUNS ?? 1000)
const foreign = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }))
const eventOf = (raw_data: string) =>
  baseEvent({ uid: 'slack:T:C:1', product: 'slack', tenant_uid: 'T', raw_data })

test('a secret in any text, between spaces, is gone, and masking again changes nothing', () => {
  fc.assert(
    fc.property(foreign, foreign, fc.constantFrom(...planted), (a, b, { text, secret }) => {
      const masked = masker.text(`${a} \n${text}\n ${b}`)
      expect(masked.text).not.toContain(secret)
      const again = masker.text(masked.text)
      expect(again.text).toBe(masked.text)
    }),
    { numRuns },
  )
})

test('any JSON stays JSON of the same shape, without the secret', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...planted), (value, { text, secret }) => {
      const raw = JSON.stringify({ value, list: [text] })
      const after = masker.event(eventOf(raw)).raw_data
      expect(after).not.toContain(secret)
      expect(JSON.parse(after).list).toHaveLength(1)
    }),
    { numRuns },
  )
})

test('any text passes without an error and unchanged where it holds no secret', () => {
  fc.assert(
    fc.property(fc.oneof(foreign, fc.lorem({ maxCount: 60 }), fc.uuid()), (text) => {
      const masked = masker.event(eventOf(text))
      expect(masked.metadata.uid).toBe('slack:T:C:1')
      if (masked.raw_data === text) expect(masked.unmapped.secrets).toEqual([])
    }),
    { numRuns },
  )
})

test('hostile text costs time in proportion to its length only', () => {
  const hostile = [
    'password '.repeat(2000),
    'key=token: secret, api '.repeat(800),
    `${'-'.repeat(5)}BEGIN PRIVATE KEY${'-'.repeat(5)}`.repeat(700),
    `a://${'a:'.repeat(9000)}`,
    `${'A'.repeat(39)}/`.repeat(500),
    '&#x41;%41\u200b'.repeat(1500),
    '{"a":'.repeat(3000),
  ]
  for (const text of hostile) {
    const cost = (s: string) => {
      const start = performance.now()
      masker.event(eventOf(s))
      return performance.now() - start
    }
    const least = (s: string) => Math.min(...Array.from({ length: 7 }, () => cost(s)))
    expect(least(text.repeat(4)), text.slice(0, 20)).toBeLessThan(Math.max(5, least(text)) * 12)
  }
})
