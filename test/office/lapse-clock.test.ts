import { setTimeout as real } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { createLapseClock, type LapseClock } from '../../src/office/lapse-clock.ts'

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
