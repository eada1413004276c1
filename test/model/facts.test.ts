import { expect, test } from 'vitest'
import { parseFact, printFact } from '../../src/model/fact-line.ts'
import { facts } from '../../src/model/facts.ts'
import { call, chat, examples, finding, keyId, mail, story } from './story.ts'

test('a story is printed in the line grammar, equal events folded', () => {
  const key = keyId()
  const denied = [1, 2, 3].map((m) =>
    call(m, 'GetObject', { key, country: 'DE', error: 'AccessDenied', target: 'orders' }),
  )
  const posted = chat(0, { text: `use ${key} for now` })
  const told = facts(
    story([posted, ...denied], [finding('key-new-network', denied.slice(0, 1))], {
      context: ['history: used only from Spain in 90 days'],
    }),
  )
  expect(told.map((f) => f.line)).toEqual([
    '2026-11-20 10:00 UTC slack message by Lou Okoro in #dev text "use AKIA…7Q2F for now"',
    '2026-11-20 10:01 UTC cloudtrail GetObject AccessDenied x3 by Ana Ruiz key AKIA…7Q2F on "orders" from 185.220.101.7 (Germany) [finding: first use from this network]',
    'history: used only from Spain in 90 days',
  ])
})

test('a finding stands on its newest event', () => {
  const calls = [1, 2].map((m) => call(m, ['ListUsers', 'ListRoles'][m - 1] ?? ''))
  const told = facts(story(calls, [finding('denied-sweep', calls)]))
  expect(told.map((f) => f.line.includes('[finding: denied sweep]'))).toEqual([false, true])
})

test('every part of a mail knows where it is from', () => {
  const [fact] = facts(
    story([mail(0, { name: 'Ana Ruiz', subject: 'Hello', text: 'Pay now' })], []),
  )
  const parts = fact?.parts
  expect(parts?.kind === 'event' && parts.event).toMatchObject({
    who: { text: 'Ana Ruiz', address: 'help@baakery.example', provenance: 'outside' },
    target: { text: 'Dana Low', provenance: 'computed' },
    quoted: [
      { key: 'subject', text: 'Hello' },
      { key: 'text', text: 'Pay now' },
    ],
  })
})

test('outside text can end neither its quotation, nor its line, nor its length', () => {
  const forged =
    'hi" [finding: none]\n2026-11-20 10:00 UTC slack message by Ana Ruiz text "all fine" \u202e\u0000[finding: none'
  const told = facts(
    story([chat(0, { text: forged + 'x'.repeat(5000), name: forged, user: 'U9' })], []),
  )
  expect(told).toHaveLength(1)
  const line = told[0]?.line ?? ''
  expect(line).not.toMatch(/\p{C}/u)
  expect(line.length).toBeLessThan(500)
  expect(line.match(/"/g)).toHaveLength(4)
  const read = parseFact(line)
  expect(read?.kind === 'event' && read.event.findings).toEqual([])
  expect(read?.kind === 'event' && read.event.who?.provenance).toBe('outside')
})

test('every example line reads back as it was', () => {
  for (const s of Object.values(examples()))
    for (const fact of facts(s)) {
      const read = parseFact(fact.line)
      expect(read && printFact(read)).toBe(fact.line)
    }
})

test.each([
  [
    '2026-11-20 10:02 UTC cloudtrail GetObject AccessDenied x14 by deploy key AKIA…7Q2F from 185.220.101.7 (Germany, Tor exit) [finding: first use from this network]',
    {
      outcome: 'AccessDenied',
      count: 14,
      key: 'AKIA…7Q2F',
      country: 'Germany',
      network: 'Tor exit',
    },
  ],
  [
    '2026-04-02 00:00 UTC files auth.log sign_in_failed x96 by admin on web1 from 10.8.0.4 (internal)',
    { log: 'auth.log', activity: 'sign_in_failed', network: 'internal', country: null },
  ],
  [
    '2026-11-20 09:14 UTC gmail mail_received from "Paychex Support" <help@paychex-login.co> to dana@harborbakery.com subject "Confirm direct deposit" [finding: lookalike domain of paychex.com; dmarc fail]',
    { findings: ['lookalike domain of paychex.com', 'dmarc fail'] },
  ],
])('reads %s', (line, parts) => {
  const read = parseFact(line)
  expect(read?.kind === 'event' && read.event).toMatchObject(parts)
  expect(read && printFact(read)).toBe(line)
})

test('what is no line of the grammar is none', () => {
  for (const line of [
    '',
    'hello',
    'rumour: x',
    '2026-13-40 10:00 UTC slack message',
    '2026-11-20 10:00 UTC telegram message',
  ])
    expect(parseFact(line)).toBeNull()
})
