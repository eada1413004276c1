import type { Clock } from '../core/ports.ts'
import { firstIndex } from './first-index.ts'

export interface LapseClock extends Clock {
  /** Time stands still from here on; only an abort ends a sleep. */
  stop(): void
  /** Simulated ms that were jumped over so far. */
  skipped(): number
}

export interface LapseOptions {
  /** ms UTC. */
  start: number
  /** Is something at work that takes real time? */
  busy: () => boolean
  /** Simulated per real ms, while something is; default 1. */
  rate?: number
  /** Jumps end at multiples of this many ms, so that one serves all who wait for about the same. */
  grain?: number
}

/** Real ms between looks; a jump needs `looks` in a row that found nothing busy. */
const pause = 2
const looks = 2

/**
 * Time as in a time-lapse film: it runs at `rate` × real time, and while nothing is busy it jumps
 * to the moment for which the earliest sleeper waits. Who asks the time or goes to sleep counts as
 * busy until the next look, which covers whoever works between two requests.
 */
export function createLapseClock({ start, busy, rate = 1, grain = 1 }: LapseOptions): LapseClock {
  const origin = performance.now()
  /** By `at`, then in the order of their coming. */
  const sleepers: { at: number; wake: () => void }[] = []
  let skipped = 0
  let quiet = 0
  let asked = false
  let timer: NodeJS.Timeout | null = null
  let stoppedAt: number | null = null

  const exact = () => stoppedAt ?? start + (performance.now() - origin) * rate + skipped

  const wakeDue = () => {
    const due = sleepers.splice(
      0,
      firstIndex(sleepers, ({ at }) => at <= exact()),
    )
    for (const { wake } of due) wake()
    return due.length > 0
  }

  const look = () => {
    quiet = wakeDue() || asked || busy() ? 0 : quiet + 1
    asked = false
    const [first] = sleepers
    if (first && quiet >= looks) {
      // Half a millisecond more, so that rounding never stops short of it.
      const target = Math.ceil(first.at / grain) * grain + 0.5
      skipped += Math.max(0, target - exact())
      quiet = 0
      wakeDue()
    }
    timer = sleepers.length > 0 ? setTimeout(look, pause) : null
  }

  return {
    now() {
      asked = true
      return Math.floor(exact())
    },

    sleep(ms, signal) {
      if (ms <= 0 || signal?.aborted) return Promise.resolve()
      return new Promise((done) => {
        const sleeper = { at: Math.ceil(exact() + ms), wake: () => {} }
        const abort = () => {
          const place = sleepers.indexOf(sleeper)
          if (place !== -1) sleepers.splice(place, 1)
          done()
        }
        sleeper.wake = () => {
          signal?.removeEventListener('abort', abort)
          done()
        }
        signal?.addEventListener('abort', abort, { once: true })
        sleepers.splice(
          firstIndex(sleepers, ({ at }) => at <= sleeper.at),
          0,
          sleeper,
        )
        asked = true
        if (stoppedAt === null) timer ??= setTimeout(look, pause)
      })
    },

    stop() {
      stoppedAt ??= exact()
      if (timer) clearTimeout(timer)
      timer = null
    },

    skipped: () => skipped,
  }
}
