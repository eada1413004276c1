import { ServiceError } from '../core/error.ts'
import type { Clock } from '../core/ports.ts'

/** Longer waits are the job's to schedule, so that other work goes on meanwhile. */
const longestWait = 90_000

/** Throws when the daemon is stopping. @throws ServiceError */
export function stopIfAborted(service: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ServiceError(service, 'stopped', { cause: signal.reason })
}

/**
 * Runs `attempt` until it succeeds, at most `tries` times, waiting on the Clock as long as the
 * service asked or 1, 2, 4 … s. Permanent failures and long waits are thrown at once.
 * @throws ServiceError
 */
export async function retry<T>(
  attempt: () => Promise<T>,
  {
    clock,
    service,
    signal,
    tries,
  }: { clock: Clock; service: string; signal: AbortSignal | undefined; tries: number },
): Promise<T> {
  for (let n = 1; ; n++) {
    stopIfAborted(service, signal)
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof ServiceError) || error.permanent || n >= tries) throw error
      const wait = error.retryAfter ?? 1000 * 2 ** (n - 1)
      if (wait > longestWait) throw error
      await clock.sleep(wait, signal)
    }
  }
}
