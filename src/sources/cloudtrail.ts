import { z } from 'zod'
import { createTrail, type TrailClient } from '../clients/aws.ts'
import { whoseCall } from '../clients/own-calls.ts'
import { createRequestLog } from '../clients/request-log.ts'
import { normalizeCloudTrail } from '../clients/trail-record.ts'
import { messageOf, ServiceError } from '../core/error.ts'
import { type Event, ownIdentity } from '../core/event.ts'
import type { Source } from '../core/ports.ts'
import type { SourceDeps } from './index.ts'

/** One AWS account, read through LookupEvents. */
export const options = z
  .strictObject({
    name: z.string().min(1),
    regions: z
      .union([z.literal('enabled'), z.array(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/)).min(1)])
      .default('enabled'),
    access_key_id: z.string().min(1).optional(),
    secret_access_key: z.string().min(1).optional(),
    profile: z.string().min(1).optional(),
    role_arn: z.string().startsWith('arn:').optional(),
    external_id: z.string().min(1).optional(),
    poll_seconds: z.number().min(10).max(3600).default(60),
  })
  .refine((o) => (o.access_key_id === undefined) === (o.secret_access_key === undefined), {
    message: 'access_key_id and secret_access_key go together: give both, or neither',
    path: ['access_key_id'],
  })

const minute = 60_000
const hour = 60 * minute
/** Records come late and in no order: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html */
const lookBack = 30 * minute
const sweepBack = 6 * hour
/** A day of filling back goes in steps, so that a poll stays small. */
const step = 3 * hour
const mostEvents = 5000
/** Of our own requests and addresses, what outlives a restart. */
const keptRequests = 400
const keptAddresses = 20
/** Requests a second for each Region, of the two that AWS allows. */
const pace = { fillingBack: 1.5, after: 0.5 }

/** Switched on in every account: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html */
const defaultRegions =
  'us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 eu-west-1 eu-west-2 eu-west-3 eu-central-1 eu-north-1 ap-south-1 ap-southeast-1 ap-southeast-2 ap-northeast-1 ap-northeast-2 ap-northeast-3'.split(
    ' ',
  )

const regionShape = z.object({
  /** All before this has been asked for, ms. */
  end: z.number(),
  /** When something was last seen there, ms; 0 for never. */
  active: z.number(),
  /** When the last six hours were last asked for again, ms. */
  swept: z.number(),
  /** Ids already told that the next look-back will bring again. */
  seen: z.array(z.string()),
})
const cursorShape = z.object({
  /** Until here, ms, everything is the first day's. */
  first: z.number(),
  regions: z.record(z.string(), regionShape),
  /** Keys our own calls were signed with. */
  keys: z.array(z.string()),
  /** Ids of our last requests, and the addresses they came from. */
  requests: z.array(z.string()).default([]),
  addresses: z.array(z.string()).default([]),
})
type Region = z.infer<typeof regionShape>

/** Polls one account. */
export function create(
  { name, regions, poll_seconds, ...auth }: z.infer<typeof options>,
  { clock, log, endpoint, requests = createRequestLog() }: SourceDeps,
): Source[] {
  const trail = createTrail({ auth, endpoint, clock, log, requests })
  let listed: { at: number; names: string[] } | null = null
  /** Regions that an organization's policy keeps us out of, and since when, ms. */
  const refused = new Map<string, number>()

  const regionNames = async (signal: AbortSignal): Promise<string[]> => {
    if (regions !== 'enabled') return [...new Set(['us-east-1', ...regions])]
    if (listed && clock.now() - listed.at < 24 * hour) return listed.names
    const names = await trail.regions(signal).catch((error: unknown) => {
      if (!(error instanceof ServiceError) || !error.permanent) throw error
      log('warn', 'regions not listed; reading those on by default', {
        source: name,
        error: error.message,
      })
      return defaultRegions
    })
    listed = { at: clock.now(), names }
    return names
  }

  const poll: Source['poll'] = async (stored, signal) => {
    const now = clock.now()
    const cursor = structuredClone(
      cursorShape.safeParse(stored).data ?? {
        first: now,
        regions: {},
        keys: [],
        requests: [],
        addresses: [],
      },
    )
    cursor.keys = [...new Set([...cursor.keys, await trail.ownKey()])].slice(-50)
    for (const id of cursor.requests) requests.add(id)
    const own = {
      keys: new Set(cursor.keys),
      role: auth.role_arn ?? null,
      requests,
      addresses: new Set(cursor.addresses),
      since: cursor.first,
    }
    const events: Event[] = []
    const failures: { region: string; error: unknown }[] = []
    let isRead = false

    const readRegion = async (region: string) => {
      const fresh: Region = { end: now - 24 * hour, active: 0, swept: now, seen: [] }
      let was = cursor.regions[region] ?? fresh
      const isUsed = region === 'us-east-1' || regions !== 'enabled' || now - was.active < 24 * hour
      if (!isUsed && now - was.end < 15 * minute) return
      if (now - (refused.get(region) ?? 0) < hour) return
      do {
        const isSweep = now - was.swept >= hour
        const start = was.end - (isSweep ? sweepBack : lookBack)
        const isBehind = now - was.end > step + lookBack
        const end = isBehind ? was.end + step : now
        const window = isBehind ? { start, end } : { start }
        const records = await trail.lookup(region, window, signal)
        const seen = new Set(was.seen)
        let { active } = was
        // Newest come first: where we call from is learned before any call is judged by it.
        for (const { json } of records) whoseCall(json, own)
        for (const { id, json, time } of records) {
          const whose = whoseCall(json, own)
          if (whose === 'ours') continue
          active = Math.max(active, time)
          if (seen.has(id)) continue
          seen.add(id)
          const event = normalizeCloudTrail(json, { account: name })
          if (was.end < cursor.first && event.time <= cursor.first)
            event.metadata.labels.push('backfill')
          if (whose === 'stolen') event.metadata.labels.push(ownIdentity)
          events.push(event)
        }
        was = {
          end,
          active,
          swept: isSweep ? now : was.swept,
          seen: records.filter((r) => r.time >= end - lookBack).map((r) => r.id),
        }
        cursor.regions[region] = was
        isRead = true
        refused.delete(region)
      } while (was.end < now && events.length < mostEvents && !signal.aborted)
    }

    const names = await regionNames(signal)
    const isFillingBack = names.some((r) => now - (cursor.regions[r]?.end ?? 0) > hour)
    trail.pace(isFillingBack ? pace.fillingBack : pace.after)
    await Promise.all(
      names.map((region) =>
        readRegion(region).catch((error: unknown) => failures.push({ region, error })),
      ),
    )
    for (const { region, error } of failures) {
      if (!isRead) throw error
      log('warn', 'cloudtrail Region not read', { source: name, region, error: messageOf(error) })
      if (error instanceof ServiceError && error.permanent) refused.set(region, now)
      // Told as soon as nothing is lost by telling it.
      else if (events.length === 0) throw error
    }
    cursor.requests = requests.recent(keptRequests)
    cursor.addresses = [...own.addresses].slice(-keptAddresses)
    return { events: events.toSorted((a, b) => a.time - b.time), cursor }
  }

  return [
    {
      name: `cloudtrail:${name}`,
      interval: poll_seconds * 1000,
      poll,
      check: (signal) => check(trail, regions, clock.now(), signal),
    },
  ]
}

async function check(
  trail: TrailClient,
  regions: 'enabled' | string[],
  now: number,
  signal: AbortSignal,
) {
  const key = await trail.ownKey()
  const lines = [{ name: 'credentials', ok: true, text: `key ${key}` }]
  const attempt = async (what: string, run: () => Promise<string>) => {
    try {
      lines.push({ name: what, ok: true, text: await run() })
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      lines.push({
        name: what,
        ok: false,
        text: [error.message, error.mend].filter(Boolean).join('. '),
      })
    }
  }
  let names = regions === 'enabled' ? defaultRegions : regions
  if (regions === 'enabled')
    await attempt('regions', async () => {
      names = await trail.regions(signal)
      return names.join(', ')
    })
  for (const region of new Set(['us-east-1', ...names]))
    await attempt(`lookup ${region}`, async () => {
      const records = await trail.lookup(region, { start: now - 10 * minute }, signal)
      return `allowed; ${records.length} records in the last ten minutes`
    })
  return lines
}
