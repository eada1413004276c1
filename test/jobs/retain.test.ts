import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { baseEvent, type Event } from '../../src/core/event.ts'
import { createExclusion } from '../../src/core/privacy.ts'
import { assess } from '../../src/jobs/assess.ts'
import { collect } from '../../src/jobs/collect.ts'
import { correlate } from '../../src/jobs/correlate.ts'
import { deliver } from '../../src/jobs/deliver.ts'
import { detect } from '../../src/jobs/detect.ts'
import { plan } from '../../src/jobs/notify.ts'
import { placeEvents } from '../../src/jobs/read.ts'
import { retain } from '../../src/jobs/retain.ts'
import { createRng } from '../../src/office/rng.ts'
import { createMasker } from '../../src/store/secrets.ts'
import { openStore } from '../../src/store/store.ts'
import { folder, listSource, minute, start, testApp } from '../support.ts'

const { signal } = new AbortController()
const day = 86_400_000
const rng = createRng('private sentences')
const verbs = ['told', 'asked', 'heard', 'wrote', 'feared', 'hoped', 'owed', 'lent']
/** Sentences that stand nowhere else. */
const sentences = Array.from(
  { length: 200 },
  (_, i) =>
    `${rng.pick(verbs)} ${rng.chars('abcdefghijklmnopqrstuvwxyz', 9)} about ${rng.hex(10)} ${i}`,
)

const mail = (text: string, i: number): Event =>
  baseEvent({
    uid: `gmail:ana@acme.example:${i}`,
    product: 'gmail',
    tenant_uid: 'ana@acme.example',
    class_name: 'Email Activity',
    activity_name: 'Receive',
    time: start + i * 1000,
    status: 'success',
    message: i % 4 === 0 ? `alarm ${text}` : `Hello, ${text}`,
    raw_data: `Subject: ${text}`,
    resources: [{ name: text, type: 'file' }],
    email: {
      from: { name: 'Ben', address: `ben${i}@else.example` },
      reply_to: null,
      to: [{ name: '', address: 'ana@acme.example' }],
      cc: [],
      subject: text,
      message_uid: `<${i}@else.example>`,
      authentication: { spf: null, dkim: null, dmarc: null },
      links: [{ text, href: `https://else.example/${encodeURIComponent(text)}` }],
      files: [`${text}.pdf`],
      direction: 'inbound',
      fingerprint: String(i),
    },
    unmapped: { activity: 'mail_received', secrets: [], hidden_text: text },
  })

test('after its time not one private sentence is left in any file, and what happened still is', async () => {
  const dir = folder()
  const file = join(dir, 'porchlight.db')
  const events = sentences.map(mail)
  const source = listSource('gmail:ana@acme.example', events)
  const { app, clock } = await testApp({
    sources: [source],
    store: openStore(file, createMasker(new Uint8Array(32))),
  })
  const left = () =>
    sentences.filter((text) =>
      readdirSync(dir).some((name) => {
        const bytes = readFileSync(join(dir, name))
        return [text, encodeURIComponent(text)].some((s) => bytes.includes(s))
      }),
    ).length
  await collect(app, source, signal)
  while (placeEvents(app) > 0);
  clock.move(minute)
  while (detect(app) > 0);
  while (correlate(app) > 0);
  while ((await assess(app, signal)) > 0);
  plan(app)
  while ((await deliver(app, signal)) > 0);
  expect(left()).toBe(200)

  clock.move(8 * day)
  while (retain(app) > 0);
  expect(left()).toBe(50)
  clock.move(90 * day)
  while (retain(app) > 0);
  expect(left()).toBe(0)
  expect(app.store.events.total()).toBe(200)
  expect(app.store.events.get('gmail:ana@acme.example:7')?.event).toMatchObject({
    time: start + 7000,
    email: { from: { address: 'ben7@else.example' }, fingerprint: '7', subject: '' },
  })
  expect(app.store.findings.get('alarm:gmail:ana@acme.example:4')).not.toBeNull()
  expect(retain(app)).toBe(0)
  // The same mail read again is not stored again.
  expect(app.store.events.save(events, clock.now())).toBe(0)
})

test('what the config excludes is never kept', async () => {
  const people = [
    {
      name: 'Hanna Roth',
      emails: ['hanna@acme.example'],
      role: 'HR',
      approver: false,
      accounts: ['U0H'],
    },
  ]
  const isExcluded = createExclusion({ channels: ['#HR'], people: ['Hanna Roth'] }, people)
  const message = (uid: string, name: string, by: string) =>
    baseEvent({
      uid,
      product: 'slack',
      tenant_uid: 'T1',
      actor: { user: { uid: by } },
      unmapped: { activity: 'message', secrets: [], channel: { uid: 'C', name } },
    })
  const kept = message('slack:T1:C:3', 'general', 'U0A')
  const hers = {
    ...mail('x', 1),
    metadata: { ...mail('x', 1).metadata, tenant_uid: 'hanna@acme.example' },
  }
  const source = listSource('slack:acme', [
    message('slack:T1:C:1', 'hr', 'U0A'),
    message('slack:T1:C:2', 'general', 'U0H'),
    hers,
    kept,
  ])
  const { app } = await testApp({ sources: [source], isExcluded })
  await collect(app, source, signal)
  expect(app.store.events.all().map(({ event }) => event.metadata.uid)).toEqual([kept.metadata.uid])
})
