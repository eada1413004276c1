import { setTimeout as real } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { createLapseClock, type LapseClock } from '../../src/office/lapse-clock.ts'
import { startOffice } from '../../src/office/servers.ts'
import { slackClient } from './clients.ts'
import { smallWorld } from './small-world.ts'

const start = Date.UTC(2026, 10, 16)
const day = 86_400_000
const clocks: LapseClock[] = []

function lapse(busy: () => boolean = () => false, rate?: number) {
  const clock = createLapseClock({ start, busy, ...(rate ? { rate } : {}) })
  clocks.push(clock)
  return clock
}

afterEach(() => {
  for (const clock of clocks.splice(0)) clock.stop()
})

test('an idle day passes at once, sleepers wake in order and not before their time', async () => {
  const clock = lapse()
  const woken: number[] = []
  const began = performance.now()
  await Promise.all(
    [day, 60_000, 3_600_000, 60_000].map(async (ms) => {
      await clock.sleep(ms)
      expect(clock.now()).toBeGreaterThanOrEqual(start + ms)
      woken.push(ms)
    }),
  )
  expect(woken).toEqual([60_000, 60_000, 3_600_000, day])
  expect(performance.now() - began).toBeLessThan(2000)
  expect(clock.now() - start).toBeLessThan(day + 5000)
  expect(clock.skipped()).toBeGreaterThan(day - 5000)
})

test('while something is busy time runs as it does outside', async () => {
  let busy = true
  const clock = lapse(() => busy)
  let isAwake = false
  const sleeping = clock.sleep(60_000).then(() => {
    isAwake = true
  })
  await real(100)
  expect(isAwake).toBe(false)
  expect(clock.skipped()).toBe(0)
  expect(clock.now() - start).toBeLessThan(10_000)
  busy = false
  await sleeping
  expect(clock.now()).toBeGreaterThanOrEqual(start + 60_000)
})

test('short sleeps end by themselves while something is busy; the rate makes them shorter', async () => {
  const clock = lapse(() => true, 1000)
  await clock.sleep(20_000)
  expect(clock.now()).toBeGreaterThanOrEqual(start + 20_000)
  expect(clock.skipped()).toBe(0)
})

test('an abort ends a sleep, also one longer than Node’s timers, and never rejects', async () => {
  const clock = lapse(() => true)
  const abort = new AbortController()
  const sleeping = clock.sleep(400 * day, abort.signal)
  abort.abort()
  await sleeping
  await clock.sleep(400 * day, abort.signal)
  expect(clock.now() - start).toBeLessThan(10_000)
  const idle = lapse()
  await idle.sleep(400 * day)
  expect(idle.now()).toBeGreaterThanOrEqual(start + 400 * day)
})

test('sleepers who wait for about the same wake together, late by less than the grain', async () => {
  const clock = createLapseClock({ start, busy: () => false, grain: 1000 })
  clocks.push(clock)
  const times = await Promise.all(
    [60_100, 60_500, 60_900].map(async (ms) => {
      await clock.sleep(ms)
      return clock.now() - start
    }),
  )
  for (const time of times) expect(Math.abs(time - 61_000)).toBeLessThan(500)
})

test('a working day of polls: every message is read within one interval of its showing', async () => {
  const world = smallWorld()
  const interval = 5 * 60_000
  const parts: { inFlight?: () => number } = {}
  const clock = createLapseClock({
    start: world.start + 8.9 * 3_600_000,
    busy: () => (parts.inFlight?.() ?? 0) > 0,
  })
  clocks.push(clock)
  const office = await startOffice(world, { clock })
  parts.inFlight = office.inFlight
  const slack = slackClient(office)
  const seen = new Map<string, number>()
  while (clock.now() < world.start + 18 * 3_600_000) {
    const { messages = [] } = await slack.conversations.history({ channel: 'C01', limit: 3 })
    for (const { ts } of messages) seen.set(ts ?? '', seen.get(ts ?? '') ?? clock.now())
    await clock.sleep(interval)
  }
  await office.close()
  const there = world.slack.messages.filter((m) => m.channel === 'C01' && !m.deleted_at)
  expect(there).toHaveLength(7)
  for (const { ts, visible } of there) {
    expect((seen.get(ts) ?? 0) - visible).toBeGreaterThanOrEqual(0)
    expect((seen.get(ts) ?? Number.POSITIVE_INFINITY) - visible).toBeLessThan(interval + 2000)
  }
})

test('after stop time stands still', async () => {
  const clock = lapse()
  const abort = new AbortController()
  const sleeping = clock.sleep(1000, abort.signal)
  clock.stop()
  const stopped = clock.now()
  await real(50)
  expect(clock.now()).toBe(stopped)
  abort.abort()
  await sleeping
})
