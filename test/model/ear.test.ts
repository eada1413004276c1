import { afterAll, beforeAll, expect, test } from 'vitest'
import { baseEvent, type Event } from '../../src/core/event.ts'
import type { Ear } from '../../src/core/ports.ts'
import { createEar } from '../../src/model/ear.ts'
import { chatText, loadHeads, mailText, textScores, withFacts } from '../../src/model/heads.ts'
import { createLlama } from '../../src/model/llama.ts'

const llama = createLlama({ log: () => {} })
const heads = loadHeads()
let ear: Ear
beforeAll(async () => {
  await llama.start()
  ear = createEar(llama, heads)
})
afterAll(() => llama.stop())

const mail = (subject: string, message: string): Event =>
  baseEvent({
    uid: 'gmail:ana@acme.example:1',
    product: 'gmail',
    tenant_uid: 'ana@acme.example',
    class_name: 'Email Activity',
    activity_name: 'Receive',
    message,
    email: {
      from: { name: 'Mail Desk', address: 'desk@mail-desk.example' },
      reply_to: null,
      to: [],
      cc: [],
      subject,
      message_uid: null,
      authentication: { spf: null, dkim: null, dmarc: null },
      links: [],
      files: [],
      direction: 'inbound',
      fingerprint: '',
    },
  })
const chat = (message: string, activity_name = 'Message'): Event =>
  baseEvent({
    uid: 'slack:T1:C1:1.0',
    product: 'slack',
    tenant_uid: 'T1',
    activity_name,
    message,
  })
const heard = async (event: Event) => (await ear.hear(event, []))?.labels ?? {}

test('a phishing mail sounds worse than an ordinary one', async () => {
  const bad = await heard(
    mail(
      'Your mailbox will be closed',
      'Your password expires today. Sign in within 24 hours to keep your mailbox: https://a.example/login',
    ),
  )
  const good = await heard(
    mail(
      'Minutes of Tuesday',
      'Hi all, the minutes are in the usual folder. Next meeting is on the 4th.',
    ),
  )
  expect(Object.keys(bad)).toEqual(['phishing', 'bec', 'spam', 'legitimate'])
  expect(bad.phishing).toBeGreaterThan((good.phishing ?? 1) + 0.4)
  expect(good.legitimate).toBeGreaterThan(0.6)
})

test('a hostile message sounds worse than talk', async () => {
  const bad = await heard(
    chat(
      'IT here, we lost your session. Send me the six digit code you just got so I can restore it',
    ),
  )
  const good = await heard(chat('lunch at noon? the noodle place again'))
  expect(bad.malicious).toBeGreaterThan((good.malicious ?? 1) + 0.2)
  expect(good.benign).toBeGreaterThan(0.6)
})

test('scores say which file and which heads they come from', async () => {
  expect(await ear.hear(chat('hello there'), [])).toMatchObject({
    model: llama.state().ear.slice(0, 12),
    rubric: heads.hash,
  })
})

test.each([
  ['a deleted message', chat('gone', 'Message Delete')],
  ['an empty message', chat('  ')],
])('%s has no text to hear', async (_, event) => {
  expect(await ear.hear(event, [])).toBeNull()
})

test('heads of another encoder are refused, with the mend', async () => {
  const other = createEar(llama, { ...heads, encoder: 'other' })
  await expect(other.hear(chat('hello'), [])).rejects.toMatchObject({
    permanent: true,
    mend: expect.stringContaining('encoder_path'),
  })
})

test('the heads see no number, address, link or name of the sender', () => {
  const text = mailText({
    from: { name: 'Rosa Quill', address: 'rosa@quillworks.example' },
    subject: 'Invoice 4471',
    text: 'Pay Quillworks to r.q@bank.example or hxxps://pay[.]example/7 by 3pm, Rosa Quill',
  })
  expect(text).toEqual(['Invoice 0000 Pay name to address or link by 0pm, name'])
  expect(chatText('a'.repeat(5000))).toHaveLength(1200)
})

test('probabilities of a head make one, with facts and without', () => {
  const vector = new Float32Array(384).fill(1 / Math.sqrt(384))
  const sum = (p: Record<string, number>) => Object.values(p).reduce((a, b) => a + b, 0)
  for (const head of [heads.mail, heads.chat, heads.trail]) {
    const said = textScores(head, { vectors: [vector, vector], text: 'some words' })
    for (const [label, p] of Object.entries(
      textScores(head, { vectors: [vector], text: 'some words' }),
    ))
      expect(said[label]).toBeCloseTo(p, 5)
    expect(sum(said)).toBeCloseTo(1, 9)
    const known = Object.fromEntries(head.facts.map((f, i) => [f, i % 2]))
    expect(sum(withFacts(head, said, known))).toBeCloseTo(1, 9)
  }
})
