import { createHash } from 'node:crypto'
import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail'
import { z } from 'zod'
import { ServiceError } from '../core/error.ts'
import type { Clock } from '../core/ports.ts'
import type { Log } from '../log.ts'
import { type AwsAuth, openAws } from './aws-auth.ts'
import { awsError } from './aws-error.ts'
import { createLimiter, type Limiter } from './limiter.ts'
import { noted, type RequestLog } from './request-log.ts'
import { retry, stopIfAborted } from './retry.ts'

/** Reads one account's trail. */
export interface TrailClient {
  /** Regions that are switched on, us-east-1 always among them. @throws ServiceError */
  regions(signal?: AbortSignal): Promise<string[]>
  /**
   * Records of `[start, end]` in a Region (no end: until now), newest first, every page: each the
   * JSON text CloudTrail wrote, with its id and time. @throws ServiceError
   */
  lookup(region: string, window: Window, signal?: AbortSignal): Promise<TrailRecord[]>
  /** The access key our own calls are signed with just now. @throws ServiceError */
  ownKey(): Promise<string>
  /** Requests a second for each Region from now on. */
  pace(perSecond: number): void
}

/** A stretch of time to look up, ms since 1970. */
export interface Window {
  /** ms since 1970 */
  start: number
  end?: number
}

/** One CloudTrail record as LookupEvents hands it out. */
export interface TrailRecord {
  id: string
  /** ms since 1970 */
  time: number
  json: string
}

const page = z.object({
  NextToken: z.string().optional(),
  Events: z
    .array(
      z.object({
        EventId: z.string().default(''),
        EventTime: z.date().optional(),
        CloudTrailEvent: z.string().default(''),
      }),
    )
    .default([]),
})

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

/**
 * Reads the trail of one account through LookupEvents. `endpoint` is an origin on loopback that
 * stands in for AWS, in every Region.
 */
export function createTrail({
  auth,
  endpoint,
  clock,
  log,
  timeout = 20_000,
  requests,
}: {
  auth: AwsAuth
  endpoint?: string | undefined
  clock: Clock
  log: Log
  /** ms of real time for one request. */
  timeout?: number
  /** Notes the ids of our own requests. */
  requests?: RequestLog | undefined
}): TrailClient {
  const { base, enter } = openAws({ auth, endpoint, timeout })
  let rate = 1.5
  const clients = new Map<string, Promise<CloudTrailClient>>()
  const limiters = new Map<string, Limiter>()

  const open = async (region: string) => {
    const { CloudTrailClient } = await import('@aws-sdk/client-cloudtrail')
    return new CloudTrailClient({ ...base, region, credentials: await enter() })
  }

  const clientOf = (region: string) => {
    const client = clients.get(region) ?? open(region)
    clients.set(region, client)
    return client
  }

  const limiterOf = (region: string) => {
    const limiter = limiters.get(region) ?? createLimiter(clock, { perMinute: rate * 60, burst: 1 })
    limiters.set(region, limiter)
    return limiter
  }

  const call = <T>(what: string, send: () => Promise<T>, region: string, signal?: AbortSignal) =>
    retry(
      async () => {
        await limiterOf(region).take(1, signal)
        stopIfAborted('cloudtrail', signal)
        try {
          return await noted(requests, send)
        } catch (cause) {
          const error = awsError(what, region, cause)
          if (error.retryAfter !== null) {
            limiterOf(region).pause(error.retryAfter)
            log('warn', 'cloudtrail asks us to slow down', { region })
          }
          throw error
        }
      },
      { clock, service: 'cloudtrail', signal, tries: 5 },
    )

  return {
    async regions(signal) {
      const { AccountClient, paginateListRegions } = await import('@aws-sdk/client-account')
      return call(
        'ListRegions',
        async () => {
          const client = new AccountClient({
            ...base,
            region: 'us-east-1',
            credentials: await enter(),
          })
          try {
            const names = new Set(['us-east-1'])
            const pages = paginateListRegions(
              { client },
              { RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'] },
            )
            for await (const { Regions } of pages)
              for (const { RegionName } of Regions ?? []) if (RegionName) names.add(RegionName)
            return [...names]
          } finally {
            client.destroy()
          }
        },
        'us-east-1',
        signal,
      )
    },

    async lookup(region, { start, end }, signal) {
      const { LookupEventsCommand } = await import('@aws-sdk/client-cloudtrail')
      const input = {
        StartTime: new Date(start),
        ...(end === undefined ? {} : { EndTime: new Date(end) }),
        MaxResults: 50,
      }
      const records: TrailRecord[] = []
      let token: string | undefined
      do {
        // AWS wants the same window with every token.
        const command = new LookupEventsCommand({
          ...input,
          ...(token ? { NextToken: token } : {}),
        })
        const answer = await call(
          'LookupEvents',
          async () => (await clientOf(region)).send(command, signal ? { abortSignal: signal } : {}),
          region,
          signal,
        )
        const parsed = page.safeParse(answer)
        if (!parsed.success)
          throw new ServiceError('cloudtrail', `LookupEvents in ${region}: answer not understood`, {
            cause: parsed.error,
          })
        for (const { EventId, EventTime, CloudTrailEvent } of parsed.data.Events)
          records.push({
            id: EventId || hashOf(CloudTrailEvent),
            time: EventTime?.getTime() ?? start,
            json: CloudTrailEvent,
          })
        if (parsed.data.NextToken !== undefined && parsed.data.NextToken === token)
          throw new ServiceError('cloudtrail', `LookupEvents in ${region}: a page came twice`)
        token = parsed.data.NextToken
      } while (token)
      return records
    },

    async ownKey() {
      try {
        const found = await enter()
        return (typeof found === 'function' ? await found() : found).accessKeyId
      } catch (cause) {
        throw awsError('credentials', 'us-east-1', cause)
      }
    },

    pace(perSecond) {
      rate = perSecond
      for (const limiter of limiters.values()) limiter.pace(perSecond * 60)
    },
  }
}
