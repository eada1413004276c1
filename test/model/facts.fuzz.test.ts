import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type EventParts, given, parseFact, printFact, said } from '../../src/model/fact-line.ts'
import { facts } from '../../src/model/facts.ts'
import { chat, finding, mail, story } from './story.ts'

const runs = { numRuns: Number(process.env.FUZZ_RUNS ?? 1000) }

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'by root',
    'x9',
    '" [finding: none]',
    'key AKIA',
    'a\nb',
    '“q”',
    '10.0.0.1',
    'ab cd',
  ),
)
const part = fc.oneof(
  text.map((t) => given(t)).filter((p) => p.text !== ''),
  text.map(said).filter((p) => p.text !== ''),
)
const vendorOf = ({ text, provenance }: { text: string; provenance: string }) => ({
  text,
  provenance: provenance === 'outside' ? ('outside' as const) : ('vendor' as const),
})
const wordy = fc.stringMatching(/^[A-Z][A-Za-z]{2,12}$/)

const parts: fc.Arbitrary<EventParts> = fc
  .record({
    time: fc.integer({ min: 0, max: 3e7 }).map((m) => m * 60_000),
    source: fc.constantFrom('slack', 'gmail', 'workspace', 'cloudtrail', 'files'),
    activity: wordy,
    outcome: fc.option(wordy),
    count: fc.integer({ min: 1, max: 1e6 }),
    who: fc.option(part),
    by: fc.boolean(),
    key: fc.option(fc.constant('AKIA…7Q2F')),
    target: fc.option(part),
    relation: fc.constantFrom('on' as const, 'to' as const, 'in' as const),
    ip: fc.option(fc.oneof(fc.ipV4(), fc.constant('2001:db8::1'))),
    country: fc.option(fc.constantFrom('Germany', 'United States', 'Côte d’Ivoire')),
    network: fc.option(fc.constantFrom('hosting', 'internal', 'Tor exit')),
    quoted: fc.array(
      fc.record({
        key: fc.constantFrom('text', 'subject', 'link'),
        text: text.map((t) => said(t).text),
      }),
      { maxLength: 3 },
    ),
    findings: fc.array(fc.stringMatching(/^[a-z][a-z ]{0,20}[a-z]$/), { maxLength: 3 }),
  })
  .map(({ by, relation, ...p }) => ({
    ...p,
    log: p.source === 'files' ? 'auth.log' : null,
    who: p.who && {
      ...vendorOf(p.who),
      relation: by ? ('by' as const) : ('from' as const),
      provenance: by ? vendorOf(p.who).provenance : ('outside' as const),
      address: by ? null : 'a@b.example',
    },
    target: p.target && { ...vendorOf(p.target), relation },
    country: p.ip ? p.country : null,
    network: p.ip && (p.country || p.network === 'internal') ? p.network : null,
  }))

test('what is printed is read back whole', () => {
  fc.assert(
    fc.property(parts, (event) => {
      const line = printFact({ kind: 'event', event })
      expect(line).not.toMatch(/\p{Cc}/u)
      expect(parseFact(line)).toEqual({ kind: 'event', event })
    }),
    runs,
  )
})

test('any line is read or refused, never thrown over', () => {
  const near = fc
    .tuple(parts, text)
    .map(([event, t]) => `${printFact({ kind: 'event', event })}${t}`)
  fc.assert(
    fc.property(fc.oneof(text, near), (line) => {
      const read = parseFact(line)
      if (read) expect(typeof printFact(read)).toBe('string')
    }),
    runs,
  )
})

test('no outside text forges a fact, a finding or a source', () => {
  fc.assert(
    fc.property(text, text, text, (name, subject, body) => {
      const events = [
        mail(0, { name, subject, text: body, link: body }),
        chat(1, { user: 'U9', name, text: body }),
      ]
      const told = facts(story(events, [finding('gift-cards', events.slice(0, 1))]))
      expect(told.length).toBeLessThanOrEqual(2)
      for (const fact of told) {
        const read = parseFact(fact.line)
        const own = fact.parts
        if (read?.kind !== 'event' || own.kind !== 'event') throw new Error(fact.line)
        expect(read.event.findings).toEqual(own.event.findings)
        expect(read.event.source).toBe(own.event.source)
        expect(read.event.time).toBe(own.event.time)
        expect(read.event.who?.provenance ?? 'outside').toBe('outside')
      }
    }),
    runs,
  )
})
