import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from './core/ports.ts'

/** The longest delay a Node timer takes, ms: a longer one fires at once. */
const longest = 2 ** 31 - 1

/** The real time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    for (let left = ms; left > 0 && !signal?.aborted; left -= longest) {
      await wait(Math.min(left, longest), undefined, signal ? { signal } : {}).catch(() => {})
    }
  },
}
