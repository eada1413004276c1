import { expect, test } from 'vitest'
import { ServiceError } from '../../src/core/error.ts'
import type { Event } from '../../src/core/event.ts'
import type { DigestMessage } from '../../src/core/message.ts'
import { collect } from '../../src/jobs/collect.ts'
import { correlate } from '../../src/jobs/correlate.ts'
import { deliver } from '../../src/jobs/deliver.ts'
import { detect } from '../../src/jobs/detect.ts'
import { digest, digestMessage } from '../../src/jobs/digest.ts'
import { firstLook } from '../../src/jobs/first-look.ts'
import { plan } from '../../src/jobs/notify.ts'
import { placeEvents } from '../../src/jobs/read.ts'
import { listSource, minute, said, start, testApp, wordDetector } from '../support.ts'

const signal = new AbortController().signal

const old = (message: string, time: number): Event => {
  const event = said(message, time, [{ type: 'person', value: 'Ana' }])
  event.metadata.labels.push('backfill')
  return event
}

async function firstDay(events: Event[], level: 'high' | 'critical' = 'high') {
  const source = listSource('slack:acme', events)
  const it = await testApp({ sources: [source], detectors: [wordDetector('alarm', level)] })
  const { app } = it
  expect(firstLook(app)).toBe(0)
  await collect(app, source, signal)
  while (placeEvents(app) + detect(app) + correlate(app) > 0);
  plan(app)
  firstLook(app)
  while ((await deliver(app, signal)) > 0);
  return it
}

test('back-filled findings make one first look, not one alert each', async () => {
  const { app, channel } = await firstDay([
    old('alarm one', start - 5 * 60 * minute),
    old('alarm two', start - 50 * 60 * minute),
  ])
  expect(channel.tops().map((p) => p.message.kind)).toEqual(['first_look'])
  expect(channel.tops()[0]?.message).toMatchObject({ found: [{}, {}] })
  expect(firstLook(app)).toBe(0)
})

test('a back-filled critical of the last hour does page', async () => {
  const { channel } = await firstDay([old('alarm now', start - 10 * minute)], 'critical')
  expect(channel.tops().map((p) => p.message.kind)).toEqual(['alert', 'first_look'])
})

test('the digest says outright that nothing happened', async () => {
  const { app, channel } = await testApp()
  digest(app)
  await deliver(app, signal)
  expect(channel.posts[0]?.message).toMatchObject({ kind: 'digest', nothing_happened: true })
})

test('the digest counts, names what waits for somebody, and how the accounts are', async () => {
  const { app, clock } = await testApp()
  const source = listSource('slack:acme', [
    said('alarm one', start, [{ type: 'person', value: 'Ana' }]),
    said('note this', start, [{ type: 'person', value: 'Ben' }]),
  ])
  await collect(app, source, signal)
  while (placeEvents(app) + detect(app) + correlate(app) > 0);
  plan(app)
  clock.move(minute)
  const message: DigestMessage = digestMessage(app)
  expect(message.needs_you).toHaveLength(1)
  expect(message.handled).toHaveLength(1)
  expect(message.counts).toContainEqual({ name: 'Slack messages', value: 2 })
  expect(message.sources).toMatchObject([{ name: 'Slack', healthy: true }])
})

test('[fault] an account that only a person can mend is told at once, one that hiccups after half an hour', async () => {
  const { app, clock, channel } = await testApp()
  const failing = (name: string, permanent: boolean) => ({
    ...listSource(name, []),
    poll: async () => {
      throw new ServiceError('slack', 'invalid_auth', { permanent, mend: 'Renew the token.' })
    },
  })
  const poll = (name: string, permanent: boolean) =>
    collect(app, failing(name, permanent), signal).catch(() => {})
  await poll('slack:gone', true)
  await poll('slack:hiccup', false)
  await deliver(app, signal)
  expect(channel.posts.map((p) => p.message.uid)).toEqual([
    expect.stringContaining('failing:slack:gone'),
  ])
  clock.move(31 * minute)
  await poll('slack:hiccup', false)
  await deliver(app, signal)
  expect(channel.posts).toHaveLength(2)
  clock.move(180 * minute)
  await poll('slack:gone', true)
  await poll('slack:hiccup', false)
  await deliver(app, signal)
  expect(channel.posts).toHaveLength(2)
  await collect(app, listSource('slack:hiccup', []), signal)
  await deliver(app, signal)
  expect(channel.posts.at(-1)?.message).toMatchObject({ title: 'slack:hiccup works again' })
})
