import { z } from 'zod'
import { ServiceError } from '../core/error.ts'
import type { Clock } from '../core/ports.ts'
import type { Log } from '../log.ts'
import { type AwsAuth, openAws } from './aws-auth.ts'
import { awsError } from './aws-error.ts'
import { type SignedRequest, sendSigned } from './aws-signed.ts'
import { createLimiter } from './limiter.ts'
import { noted, type RequestLog } from './request-log.ts'
import { retry, stopIfAborted } from './retry.ts'

/** How an account's settings are reached. */
export interface AwsOptions {
  auth: AwsAuth
  /** An origin on loopback that stands in for AWS, in every Region. */
  endpoint?: string | undefined
  clock: Clock
  log: Log
  /** ms of real time for one request. */
  timeout?: number
  /** Notes the ids of our own requests. */
  requests?: RequestLog | undefined
}

/** Which call, where, and what the policy has to allow for it. */
export interface What {
  name: string
  permission: string
  region: string
}

/** Calls on the settings of one account, paced together. */
export interface AwsCall {
  base: ReturnType<typeof openAws>['base']
  enter: ReturnType<typeof openAws>['enter']
  /** Runs a call of the SDK. @throws ServiceError whose `mend` names the permission */
  run<T>(what: What, send: () => Promise<T>, signal: AbortSignal): Promise<T>
  /**
   * Sends a signed call and reads its answer; null where AWS answers with one of the `missing`
   * codes. @throws ServiceError
   */
  ask<T>(question: Question<T>, signal: AbortSignal): Promise<T | null>
  /** The same where there is always an answer. @throws ServiceError */
  must<T>(question: Question<T>, signal: AbortSignal): Promise<T>
}

export interface Question<T> {
  name: string
  permission: string
  request: SignedRequest
  answer: z.ZodType<T>
  /** Codes that say there is no such thing. */
  missing?: readonly string[]
}

/** Calls a second, far below what any of the services allows an account. */
const pace = { perMinute: 300, burst: 5 }

const denied = /AccessDenied|UnauthorizedOperation/
const failure = z.object({
  name: z.string(),
  $metadata: z.object({ httpStatusCode: z.number() }),
})

/** Opens an account for reading how it is set up. */
export function createAwsCall({
  auth,
  endpoint,
  clock,
  log,
  timeout = 20_000,
  requests,
}: AwsOptions): AwsCall {
  const { base, enter } = openAws({ auth, endpoint, timeout })
  const limiter = createLimiter(clock, pace)

  const run = <T>(what: What, send: () => Promise<T>, signal: AbortSignal): Promise<T> =>
    retry(
      async () => {
        await limiter.take(1, signal)
        stopIfAborted('cloudtrail', signal)
        try {
          return await noted(requests, send)
        } catch (cause) {
          const error = refusalOf(what, cause)
          if (error.retryAfter !== null) {
            limiter.pause(error.retryAfter)
            log('warn', 'aws asks us to slow down', { call: what.name, region: what.region })
          }
          throw error
        }
      },
      { clock, service: 'cloudtrail', signal, tries: 5 },
    )

  const ask = async <T>(
    { name, permission, request, answer, missing = [] }: Question<T>,
    signal: AbortSignal,
  ): Promise<T | null> => {
    const { region } = request
    const raw = await run(
      { name, permission, region },
      async () => {
        const credentials = await enter()
        const within = AbortSignal.any([signal, AbortSignal.timeout(timeout)])
        try {
          return {
            value: await sendSigned(request, { credentials, endpoint, signal: within, requests }),
          }
        } catch (error) {
          if (missing.includes(failure.safeParse(error).data?.name ?? '')) return null
          throw error
        }
      },
      signal,
    )
    return raw && readAs(answer, raw.value, `${name} in ${region}`)
  }

  const must = async <T>(question: Question<T>, signal: AbortSignal): Promise<T> => {
    const answer = await ask(question, signal)
    if (answer === null) throw new ServiceError('cloudtrail', `${question.name}: no answer`)
    return answer
  }

  return { base, enter, run, ask, must }
}

/** @throws ServiceError where the answer is of another shape. */
export function readAs<T>(shape: z.ZodType<T>, value: unknown, where: string): T {
  const { data, error } = shape.safeParse(value)
  if (error)
    throw new ServiceError('cloudtrail', `${where}: answer not understood`, { cause: error })
  return data as T
}

/** What waiting does not mend is permanent: anything refused that is no throttling. */
function refusalOf({ name, permission, region }: What, cause: unknown): ServiceError {
  const error = awsError(name, region, cause)
  const known = failure.safeParse(cause).data
  if (!known || error.retryAfter !== null) return error
  if (denied.test(known.name))
    return new ServiceError('cloudtrail', error.message, {
      permanent: true,
      mend: `Allow ${permission} in the policy of the user or role.`,
      cause,
    })
  const status = known.$metadata.httpStatusCode
  if (error.permanent || status < 400 || status >= 500 || status === 408) return error
  return new ServiceError('cloudtrail', error.message, { permanent: true, cause })
}
