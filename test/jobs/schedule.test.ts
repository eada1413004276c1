import { expect, test } from 'vitest'
import type { Clock } from '../../src/core/ports.ts'
import { schedule, type Task } from '../../src/jobs/schedule.ts'
import { start } from '../support.ts'

/** Time that jumps to wherever the sleeper wants to be woken. */
function jumpingClock(): Clock {
  let time = start
  return {
    now: () => time,
    async sleep(ms, signal) {
      await new Promise((done) => setImmediate(done))
      if (!signal?.aborted) time += ms
    },
  }
}

/** What a task says of itself after having done something. */
const done = (_: unknown, much = 0) => much

async function runFor(ms: number, tasks: Task[], clock = jumpingClock()) {
  const stop = new AbortController()
  const end = { name: 'end', every: ms, start: 'later' as const, run: () => done(stop.abort()) }
  await schedule([...tasks, end], { clock, log: () => {}, signal: stop.signal })
}

test('a task runs at its interval, and a cron task at its hour in its zone', async () => {
  const clock = jumpingClock()
  const polls: number[] = []
  const digests: number[] = []
  await runFor(
    24 * 3_600_000,
    [
      { name: 'poll', every: 3_600_000, run: () => done(polls.push(clock.now())) },
      {
        name: 'digest',
        every: { cron: '0 8 * * *', timeZone: 'Europe/Berlin' },
        start: 'later',
        run: () => done(digests.push(clock.now())),
      },
    ],
    clock,
  )
  expect(polls).toHaveLength(25)
  expect(digests.map((t) => new Date(t).toISOString())).toEqual(['2026-03-11T07:00:00.000Z'])
})

test('what a task leaves wakes the next at once; a failure waits its pause and goes on', async () => {
  const clock = jumpingClock()
  const seen: string[] = []
  let left = 2
  await runFor(
    60_000,
    [
      { name: 'a', every: 3_600_000, wakes: ['b'], run: () => done(seen.push('a'), 1) },
      {
        name: 'b',
        every: 3_600_000,
        start: 'later',
        wakes: ['b'],
        pause: () => 10_000,
        run: () => {
          seen.push(`b@${clock.now() - start}`)
          if (left === 1 && seen.length < 4) throw new Error('away')
          return left-- > 0 ? 1 : 0
        },
      },
    ],
    clock,
  )
  expect(seen).toEqual(['a', 'b@0', 'b@0', 'b@10000', 'b@10000'])
})

test('a slow task never runs twice at once and does not hold up the others', async () => {
  const clock = jumpingClock()
  let running = 0
  let most = 0
  let others = 0
  await runFor(
    600_000,
    [
      {
        name: 'slow',
        every: 1_000,
        run: async () => {
          most = Math.max(most, ++running)
          await new Promise((done) => setTimeout(done, 20))
          running--
          return 0
        },
      },
      { name: 'quick', every: 1_000, run: () => done(others++) },
    ],
    clock,
  )
  expect(most).toBe(1)
  expect(others).toBeGreaterThan(100)
})
