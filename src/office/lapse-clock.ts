import type { Clock } from '../core/ports.ts'
import { firstIndex } from './first-index.ts'

export interface LapseClock extends Clock {
  /** Time stands still from here on; only an abort ends a sleep. */
  stop(): void
  /** Simulated ms that were jumped over so far. */
  skipped(): number
}

/** Real ms between looks; a jump needs `looks` in a row that found nothing busy. */
const pause = 3
const looks = 2

/**
 * Time as in a time-lapse film: it runs at `rate` × real time, and while nothing is `busy` it jumps
 * to the moment for which the earliest sleeper waits. A sleep that begins counts as busy once, for
 * whoever went to sleep may not have been alone.
 */
export function createLapseClock({
  start,
  busy,
  rate = 1,
}: {
  start: number
  busy: () => boolean
  rate?: number
}): LapseClock {
  const origin = performance.now()
  /** By `at`, then in the order of their coming. */
  const sleepers: { at: number; wake: () => void }[] = []
  let skipped = 0
  let quiet = 0
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
    quiet = wakeDue() || busy() ? 0 : quiet + 1
    const [first] = sleepers
    if (first && quiet >= looks) {
      // Half a millisecond more, so that rounding never stops short of it.
      skipped += Math.max(0, first.at + 0.5 - exact())
      quiet = 0
      wakeDue()
    }
    timer = sleepers.length > 0 ? setTimeout(look, pause) : null
  }

  return {
    now: () => Math.floor(exact()),

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
        quiet = 0
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
