import type { Clock } from '../core/ports.ts'

/** Paces the calls on one account: a token bucket that lives on the injected Clock. */
export interface Limiter {
  /** Resolves when `cost` tokens are due, in the order asked; at once when `signal` aborts. */
  take(cost: number, signal?: AbortSignal): Promise<void>
  /** Nothing more is given out for `ms`: the service asked us to wait. */
  pause(ms: number): void
  /** From now on `perMinute` tokens come in a minute. */
  pace(perMinute: number): void
}

/** A bucket that starts full with `burst` tokens and refills at `perMinute`. */
export function createLimiter(
  clock: Clock,
  { perMinute, burst }: { perMinute: number; burst: number },
): Limiter {
  let rate = perMinute / 60_000
  let tokens = burst
  let filled = clock.now()
  let openAt = 0

  const refill = () => {
    const now = clock.now()
    tokens = Math.min(burst, tokens + (now - filled) * rate)
    filled = now
  }

  return {
    async take(cost, signal) {
      refill()
      // Going into debt keeps the order: each caller waits for those before it.
      tokens -= cost
      const due = tokens < 0 ? -tokens / rate : 0
      const wait = Math.ceil(Math.max(due, openAt - clock.now()))
      if (wait > 0) await clock.sleep(wait, signal)
    },
    pause(ms) {
      openAt = Math.max(openAt, clock.now() + ms)
    },
    pace(next) {
      refill()
      rate = next / 60_000
    },
  }
}
