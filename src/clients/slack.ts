import type { FetchFunction, WebClient } from '@slack/web-api'
import { z } from 'zod'
import { ServiceError } from '../core/error.ts'
import type { Clock } from '../core/ports.ts'
import type { Log } from '../log.ts'
import { createLimiter, type Limiter } from './limiter.ts'
import { retry, stopIfAborted } from './retry.ts'
import { slackError } from './slack-error.ts'

/** What a Slack call needs: https://docs.slack.dev/apis/web-api/ */
export interface SlackClient {
  /**
   * A reading call, paced by its method's budget and tried three times. The answer is `shape`d.
   * @throws ServiceError
   */
  read<T>(method: string, args: Args, shape: z.ZodType<T>, signal?: AbortSignal): Promise<T>
  /** Every page of a reading call, newest cursor first asked for; `args` stays as it is. */
  pages<T>(
    method: string,
    args: Args,
    shape: z.ZodType<T>,
    signal?: AbortSignal,
  ): AsyncGenerator<T & Page>
  /**
   * A writing call, made once and never repeated here: after an `ambiguous` error Slack may have
   * done it all the same.
   * @throws ServiceError
   */
  write<T>(method: string, args: Args, shape: z.ZodType<T>, signal?: AbortSignal): Promise<T>
  /** OAuth scopes of the token, as the last answer named them; empty before the first. */
  scopes(): string[]
}

type Args = Record<string, unknown>

const page = z.object({
  has_more: z.boolean().optional(),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
})
type Page = z.infer<typeof page>

/**
 * Tiers 2 and 3, 20 and 50 calls in any minute, split so that a full bucket and a minute's filling
 * stay within: https://docs.slack.dev/apis/web-api/rate-limits
 */
const tier2 = { perMinute: 12, burst: 8 }
const tier3 = { perMinute: 30, burst: 20 }
const tiers: Record<string, typeof tier2> = { 'conversations.list': tier2, 'users.list': tier2 }

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => 'error' as never,
  setName() {},
}

/**
 * Reads and writes one workspace. The library's own defaults (no timeout, retries for half an hour,
 * posts repeated after a reset, a log of its own) are replaced by ours.
 * `endpoint` is an origin on loopback that stands in for `https://slack.com`.
 */
export function createSlack({
  token,
  endpoint,
  clock,
  log,
  timeout = 15_000,
}: {
  token: string
  endpoint?: string | undefined
  clock: Clock
  log: Log
  /** ms of real time for one request. */
  timeout?: number
}): SlackClient {
  let client: Promise<WebClient> | null = null
  let scopes: string[] = []
  const limiters = new Map<string, Limiter>()

  const open = async () => {
    const { WebClient } = await import('@slack/web-api')
    return new WebClient(token, {
      ...(endpoint ? { slackApiUrl: new URL('/api/', endpoint).href } : {}),
      timeout,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      maxRequestConcurrency: 3,
      logger: silent,
      fetch: fetchWithSeconds,
    })
  }

  const limiter = (method: string): Limiter => {
    let found = limiters.get(method)
    if (!found) {
      found = createLimiter(clock, tiers[method] ?? tier3)
      limiters.set(method, found)
    }
    return found
  }

  const call = async <T>(
    method: string,
    args: Args,
    shape: z.ZodType<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> => {
    await limiter(method).take(1, signal)
    stopIfAborted('slack', signal)
    client ??= open()
    let answer: unknown
    try {
      const web = await client
      const result = await orStop(web.apiCall(method, { ...args }), signal)
      scopes = result.response_metadata?.scopes ?? scopes
      answer = result
    } catch (cause) {
      const error = slackError(method, cause)
      if (error.retryAfter !== null) {
        limiter(method).pause(error.retryAfter)
        log('warn', 'slack asks us to wait', { method, ms: error.retryAfter })
      }
      throw error
    }
    const parsed = shape.safeParse(answer)
    if (parsed.success) return parsed.data
    throw new ServiceError('slack', `${method}: answer not understood`, {
      ambiguous: true,
      cause: parsed.error,
    })
  }

  const read: SlackClient['read'] = (method, args, shape, signal) =>
    retry(() => call(method, args, shape, signal), { clock, service: 'slack', signal, tries: 3 })

  return {
    read,
    async *pages(method, args, shape, signal) {
      let cursor: string | undefined
      do {
        const asked = cursor ? { ...args, cursor } : args
        const answer = await read(method, asked, z.intersection(shape, page), signal)
        yield answer
        const next = answer.response_metadata?.next_cursor || undefined
        if (next && next === cursor)
          throw new ServiceError('slack', `${method}: the same page came twice`)
        cursor = next
      } while (cursor)
    },
    write: call,
    scopes: () => scopes,
  }
}

/** The library stops dead on a 429 whose Retry-After is missing or a date; seconds it understands. */
const fetchWithSeconds: FetchFunction = async (url, init) => {
  const answer = await fetch(url, init as RequestInit)
  if (answer.status !== 429) return answer
  const header = answer.headers.get('retry-after') ?? ''
  if (/^\d+$/.test(header)) return answer
  const until = Date.parse(header)
  const seconds = Number.isNaN(until) ? 30 : Math.max(1, Math.ceil((until - Date.now()) / 1000))
  const headers = new Headers(answer.headers)
  headers.set('retry-after', String(seconds))
  return new Response(answer.body, { status: 429, headers })
}

/** The library takes no signal, so a stopping daemon lets go of the call. */
function orStop<T>(call: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return call
  return new Promise((resolve, reject) => {
    const stop = () => reject(new ServiceError('slack', 'stopped', { cause: signal.reason }))
    signal.addEventListener('abort', stop, { once: true })
    call.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
