import { createTrail } from '../clients/aws.ts'
import type { AwsAuth } from '../clients/aws-auth.ts'
import {
  accountBlockItem,
  allTrailsItem,
  type BucketAnswers,
  bucketItem,
  isPublic,
  isShut,
  partOf,
  rootItems,
  rootName,
  sharedItem,
  trailItem,
  userItems,
} from '../clients/aws-items.ts'
import { createSettings, type SettingsClient } from '../clients/aws-settings.ts'
import type { Trail } from '../clients/aws-trails.ts'
import { ServiceError } from '../core/error.ts'
import type { Inventory, Item } from '../core/inventory.ts'
import type { Source } from '../core/ports.ts'
import type { SourceDeps } from './index.ts'

/** What it takes of an entry for an account whose trail is read. */
export interface AwsEntry extends AwsAuth {
  name: string
  regions: 'enabled' | string[]
}

/** Runs a call that an account may refuse; undefined where it does. @throws ServiceError */
type Attempt = <T>(run: () => Promise<T>) => Promise<T | undefined>

const interval = 30 * 60_000
const home = 'us-east-1'

/** Polls how one account is set up: who enters it, what lies open, and what is written down. */
export function create(
  { name, regions, access_key_id, secret_access_key, profile, role_arn, external_id }: AwsEntry,
  { clock, log, endpoint, requests }: SourceDeps,
): Source[] {
  const source = `aws-settings:${name}`
  const auth = { access_key_id, secret_access_key, profile, role_arn, external_id }
  const options = { auth, endpoint, clock, log, requests }
  const settings = createSettings(options)
  const trail = createTrail(options)
  const told = new Set<string>()

  const attempt: Attempt = async (run) => {
    try {
      return await run()
    } catch (error) {
      if (!(error instanceof ServiceError) || !error.permanent) throw error
      const why = error.mend ?? error.message
      if (!told.has(why)) log('warn', 'setting not read', { source, error: error.message, why })
      told.add(why)
      return undefined
    }
  }

  const regionNames = async (signal: AbortSignal, used: readonly string[]): Promise<string[]> => {
    if (regions !== 'enabled') return [...new Set([home, ...regions])]
    // Without the list: where the account is known to have something.
    return (await attempt(() => trail.regions(signal))) ?? [...new Set([home, ...used])]
  }

  return [
    {
      name: source,
      interval,
      check: (signal) => check(settings, signal),
      async poll(_, signal) {
        const account = await settings.users.account(signal)
        const entries = await usersOf(settings, account, attempt, signal)
        const buckets = await bucketsOf(settings, account, attempt, signal)
        const used = buckets.flatMap(({ items }) =>
          items.map((i) => String(i.facts.region ?? home)),
        )
        const names = await regionNames(signal, used)
        const shared = await sharedOf(settings, account, names, attempt, signal)
        const trails = await trailsOf(settings, account, names, attempt, signal)
        return {
          events: [],
          cursor: null,
          inventory: [...entries, ...buckets, ...shared, ...trails],
        }
      },
    },
  ]
}

async function usersOf(
  { users }: SettingsClient,
  account: string,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<Inventory[]> {
  const reported = await attempt(() => users.users(signal))
  const now = await attempt(() => users.root(signal))
  const root = reported?.find((u) => u.user === rootName)
  return [
    ...(reported ? [partOf(account, 'users', userItems(account, reported))] : []),
    ...(reported || now ? [partOf(account, 'root', rootItems(account, root, now))] : []),
  ]
}

async function bucketsOf(
  { buckets }: SettingsClient,
  account: string,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<Inventory[]> {
  const lock = await attempt(() => buckets.accountBlock(account, signal))
  const found = await attempt(() => buckets.list(signal))
  if (!found) return []
  const items: Item[] = lock === undefined ? [] : [accountBlockItem(account, lock)]
  for (const bucket of found) {
    const answers: BucketAnswers = {}
    if (!isShut(lock)) {
      answers.block = await attempt(() => buckets.block(bucket, signal))
      if (!isShut(lock, answers.block)) {
        answers.policy = await attempt(() => buckets.hasPublicPolicy(bucket, signal))
        answers.acl = await attempt(() => buckets.hasPublicAcl(bucket, signal))
        if (isPublic(lock, answers))
          answers.tags = await attempt(() => buckets.tags(bucket, signal))
      }
    }
    items.push(bucketItem(account, bucket, lock, answers))
  }
  return [partOf(account, 'buckets', items)]
}

async function sharedOf(
  { shared }: SettingsClient,
  account: string,
  regions: readonly string[],
  attempt: Attempt,
  signal: AbortSignal,
): Promise<Inventory[]> {
  const each = await Promise.all(
    regions.map(async (region) => {
      const snapshots = await attempt(() => shared.snapshots(region, signal))
      const images = await attempt(() => shared.images(region, signal))
      if (!snapshots && !images) return null
      return [
        ...(snapshots ?? []).map((s) => sharedItem(account, 'snapshot', s)),
        ...(images ?? []).map((i) => sharedItem(account, 'image', i)),
      ]
    }),
  )
  const seen = each.filter((items) => items !== null)
  return seen.length > 0 ? [partOf(account, 'shared', seen.flat())] : []
}

async function trailsOf(
  { trails }: SettingsClient,
  account: string,
  regions: readonly string[],
  attempt: Attempt,
  signal: AbortSignal,
): Promise<Inventory[]> {
  const each = await Promise.all(
    regions.map((region) => attempt(() => trails.trails(region, signal))),
  )
  // A Region may be closed by policy, and then nothing happens there; home has to be read.
  if (!each[regions.indexOf(home)]) return []
  // A trail of all Regions shows in each of them.
  const found = new Map<string, Trail>(each.flatMap((list) => list ?? []).map((t) => [t.arn, t]))
  const items = [allTrailsItem(account, found.size)]
  for (const trail of found.values()) {
    const logging = await attempt(() => trails.isLogging(trail, signal))
    items.push(trailItem(account, trail, logging))
  }
  return [partOf(account, 'trails', items)]
}

async function check(
  { users, buckets, shared, trails }: SettingsClient,
  signal: AbortSignal,
): ReturnType<Source['check']> {
  const account = await users.account(signal)
  const lines = [{ name: 'account', ok: true, text: account }]
  const attempt = async <T>(name: string, run: () => Promise<T>, text: (found: T) => string) => {
    try {
      const found = await run()
      lines.push({ name, ok: true, text: text(found) })
      return found
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      const why = [error.message, error.mend].filter(Boolean).join('. ')
      lines.push({ name, ok: false, text: why })
      return undefined
    }
  }
  const readable = () => 'readable'
  await attempt(
    'credential report',
    () => users.users(signal),
    (u) => `${u.length} users`,
  )
  await attempt('root user', () => users.root(signal), readable)
  await attempt('public access block', () => buckets.accountBlock(account, signal), readable)
  const list = (found: unknown[], noun: string) => `${found.length} ${noun}`
  const found = await attempt(
    'buckets',
    () => buckets.list(signal),
    (b) => list(b, 'buckets'),
  )
  const bucket = found?.[0]
  if (bucket) {
    await attempt('public access block of a bucket', () => buckets.block(bucket, signal), readable)
    await attempt('policy of a bucket', () => buckets.hasPublicPolicy(bucket, signal), readable)
    await attempt('access list of a bucket', () => buckets.hasPublicAcl(bucket, signal), readable)
    await attempt('tags of a bucket', () => buckets.tags(bucket, signal), readable)
  }
  await attempt(
    'public snapshots',
    () => shared.snapshots(home, signal),
    (s) => list(s, `in ${home}`),
  )
  await attempt(
    'public images',
    () => shared.images(home, signal),
    (i) => list(i, `in ${home}`),
  )
  const all = await attempt(
    'trails',
    () => trails.trails(home, signal),
    (t) => list(t, 'trails'),
  )
  const trail = all?.[0]
  if (trail) await attempt('state of a trail', () => trails.isLogging(trail, signal), readable)
  return lines
}
