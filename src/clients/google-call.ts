import type { z } from 'zod'
import { ServiceError } from '../core/error.ts'
import type { Clock } from '../core/ports.ts'
import type { Log } from '../log.ts'
import type { GoogleAccount } from './google-auth.ts'
import { googleError } from './google-error.ts'
import type { Limiter } from './limiter.ts'
import { retry, stopIfAborted } from './retry.ts'

/** How the library is to send one request: our own retries honour Retry-After and run on the Clock. */
export interface SendOptions {
  signal?: AbortSignal
  timeout: number
  retry: boolean
}

/**
 * One request: paced by its quota units, tried four times and `shape`d.
 * @throws ServiceError
 */
export type Call<A> = <T>(
  what: string,
  units: number,
  send: (api: A, options: SendOptions) => Promise<{ data: unknown }>,
  shape: z.ZodType<T>,
  signal: AbortSignal | undefined,
) => Promise<T>

/** Calls on an API that is opened when first needed. */
export function createCall<A>({
  account,
  open,
  limiter,
  clock,
  log,
  timeout,
}: {
  account: GoogleAccount
  open: () => Promise<A>
  limiter: Limiter
  clock: Clock
  log: Log
  /** ms of real time for one request. */
  timeout: number
}): Call<A> {
  const { service, subject } = account
  let api: Promise<A> | null = null

  return (what, units, send, shape, signal) =>
    retry(
      async () => {
        await limiter.take(units, signal)
        stopIfAborted(service, signal)
        api ??= open()
        let data: unknown
        try {
          const options = { retry: false, timeout, ...(signal ? { signal } : {}) }
          data = (await send(await api, options)).data
        } catch (cause) {
          const error = googleError(what, account, cause)
          if (error.retryAfter !== null) {
            limiter.pause(error.retryAfter)
            log('warn', `${service} asks us to wait`, { what, subject, ms: error.retryAfter })
          }
          throw error
        }
        const parsed = shape.safeParse(data)
        if (parsed.success) return parsed.data
        throw new ServiceError(service, `${what}: answer not understood`, { cause: parsed.error })
      },
      { clock, service, signal, tries: 4 },
    )
}

/**
 * Every page of a list, at most `most` things.
 * @throws ServiceError
 */
export async function everyPage<P extends { nextPageToken?: string | undefined }, T>(
  page: (pageToken: string | undefined) => Promise<P>,
  things: (page: P) => readonly T[],
  most: number,
): Promise<T[]> {
  const found: T[] = []
  let pageToken: string | undefined
  do {
    const answer = await page(pageToken)
    found.push(...things(answer))
    pageToken = answer.nextPageToken
  } while (pageToken && found.length < most)
  return found.slice(0, most)
}
