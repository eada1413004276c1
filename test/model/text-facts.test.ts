import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Event } from '../../src/core/event.ts'
import type { History } from '../../src/core/ports.ts'
import { sampleMail, samplePeople, sampleSlack, sampleTrail } from '../../src/detectors/sample.ts'
import { chatFacts, chatFactsOf } from '../../src/model/chat-facts.ts'
import { mailFacts, mailFactsOf } from '../../src/model/mail-facts.ts'
import { trailFacts, trailFactsOf, trailText } from '../../src/model/trail-facts.ts'

const nobody: History = { firstSeen: () => null, count: () => 0, distinct: () => 0 }
const context = { history: nobody, people: samplePeople }
const ofMail = (event: Event, history = nobody) => mailFactsOf(event, { ...context, history })

test('a mail in a colleague’s name that wants money elsewhere', () => {
  const facts = ofMail(
    sampleMail({
      from: 'Ana Lindqvist <ana.l.office@outlook.com>',
      reply_to: 'desk@pay-office.example',
      text: 'Our bank details have changed. Please pay today and keep it between us.',
    }),
  )
  expect(facts).toMatchObject({
    free_mail: 1,
    colleague_name: 1,
    reply_elsewhere: 1,
    bank_change: 1,
    covert: 1,
    pressure: 1,
  })
  expect(facts).not.toHaveProperty('stranger')
})

test('nobody is a stranger to a box that has met nobody', () => {
  const mail = sampleMail({ from: 'X <x@new.example>' })
  expect(ofMail(mail)).not.toHaveProperty('stranger')
  expect(ofMail(mail, { ...nobody, count: () => 20 })).toHaveProperty('stranger', 1)
})

test('a message that asks for a code, and one that warns of it', () => {
  const asks = chatFactsOf(
    sampleSlack({ text: 'Please read me the verification code', by: { uid: 'U9', type: 'guest' } }),
    context,
  )
  expect(asks).toMatchObject({ login_code: 1, to_reader: 1, outsider: 1 })
  const warns = chatFactsOf(sampleSlack({ text: 'Scam: somebody asked for my OTP' }), context)
  expect(warns).toMatchObject({ reports: 1, login_code: 1 })
})

test('a call by what it may serve, and how it ended', () => {
  const call = sampleTrail({ operation: 'GetPasswordData', error: 'AccessDenied' })
  expect(trailFactsOf(call)).toMatchObject({
    credential_access: 1,
    denied: 1,
    denied_credential_access: 1,
  })
  expect(trailText(call)).toMatch(/^AWS [\w.]+: get password data, denied$/)
  expect(trailFactsOf(sampleTrail({ operation: 'PutMetricData' }))).toHaveProperty('no_tactic', 1)
})

test('any text gives facts with names, from 0 to 1', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      const mail = ofMail(sampleMail({ from: `${text.slice(0, 40)} <a@b.example>`, text }))
      const chat = chatFactsOf(sampleSlack({ text }), context)
      const call = trailFactsOf(sampleTrail({ operation: text || 'X' }))
      for (const [facts, names] of [
        [mail, mailFacts],
        [chat, chatFacts],
        [call, trailFacts],
      ] as const)
        for (const [name, value] of Object.entries(facts)) {
          expect(names).toContain(name)
          expect(value).toBeGreaterThan(0)
          expect(value).toBeLessThanOrEqual(1)
        }
    }),
    { numRuns: 200 },
  )
})
