import { expect, test } from 'vitest'
import { createLimiter } from '../../src/clients/limiter.ts'
import { quickClock } from '../sources/office.ts'

const start = Date.UTC(2026, 0, 1)

test('a full bucket is given out at once, then one each interval', async () => {
  const clock = quickClock(start)
  const limiter = createLimiter(clock, { perMinute: 60, burst: 3 })
  const times: number[] = []
  for (let n = 0; n < 5; n++) {
    await limiter.take(1)
    times.push(clock.now() - start)
  }
  expect(times).toEqual([0, 0, 0, 1000, 2000])
})

test('callers side by side get their turn in order', async () => {
  const clock = quickClock(start)
  const limiter = createLimiter(clock, { perMinute: 60, burst: 1 })
  const turns: number[] = []
  await Promise.all(
    [0, 1, 2].map(async (n) => {
      await limiter.take(1)
      turns.push(n)
    }),
  )
  expect(turns).toEqual([0, 1, 2])
  expect(clock.now() - start).toBe(2000)
})

test('a pause holds everybody, a new pace counts from now', async () => {
  const clock = quickClock(start)
  const limiter = createLimiter(clock, { perMinute: 60, burst: 1 })
  limiter.pause(30_000)
  await limiter.take(1)
  expect(clock.now() - start).toBe(30_000)
  limiter.pace(6)
  await limiter.take(2)
  expect(clock.now() - start).toBe(40_000)
})

test('a stopping daemon does not wait', async () => {
  const clock = {
    now: () => start,
    sleep: async (_: number, signal?: AbortSignal) => {
      if (!signal?.aborted) throw new Error('slept')
    },
  }
  const limiter = createLimiter(clock, { perMinute: 1, burst: 1 })
  await limiter.take(1)
  await limiter.take(1, AbortSignal.abort())
})
