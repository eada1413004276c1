import type { Inventory, Item, ItemKind } from '../core/inventory.ts'
import type { Block, Bucket } from './aws-buckets.ts'
import type { Shared } from './aws-shared.ts'
import type { Trail } from './aws-trails.ts'
import type { Root } from './aws-users.ts'
import type { ReportKey, ReportUser } from './credential-report.ts'

/** What IAM's credential report calls the root. */
export const rootName = '<root_account>'

const longestName = 256

/** The parts of an account; each is a scope of its own, so that one that is refused stays as it was. */
const scopes = {
  users: '',
  root: ':root',
  buckets: ':buckets',
  shared: ':shared',
  trails: ':trails',
}

/** One part of an account as it is now. */
export const partOf = (
  account: string,
  part: keyof typeof scopes,
  items: readonly Item[],
): Inventory => ({ scope: `aws:${account}${scopes[part]}`, items: [...items] })

const item = (
  account: string,
  kind: ItemKind,
  id: string,
  { name, holder = null, facts }: { name: string; holder?: string | null; facts: Item['facts'] },
): Item => ({
  uid: `aws:${account}:${kind}:${id}`,
  kind,
  product: 'cloudtrail',
  tenant_uid: account,
  name: name.slice(0, longestName),
  holder,
  facts,
})

/** IAM's users with their keys, the root aside. */
export const userItems = (account: string, users: readonly ReportUser[]): Item[] =>
  users
    .filter((u) => u.user !== rootName)
    .flatMap((u) => [
      item(account, 'user', u.user, { name: u.user, holder: u.user, facts: userFacts(u) }),
      ...u.keys.map((key) => keyItem(account, u.user, key)),
    ])

const userFacts = (u: ReportUser): Item['facts'] => ({
  is_root: u.user === rootName,
  password_enabled: u.passwordEnabled,
  password_last_used: u.passwordLastUsed,
  mfa_active: u.mfa,
  created: u.created,
})

/** AWS numbers the keys anew when one goes: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html */
const keyItem = (
  account: string,
  user: string,
  key: { number: number } & Partial<Omit<ReportKey, 'number'>>,
): Item =>
  item(account, 'access_key', `${user}:${key.number}`, {
    name: user === rootName ? `key ${key.number} of the root user` : `key ${key.number} of ${user}`,
    holder: user,
    facts: {
      user,
      is_root: user === rootName,
      number: key.number,
      active: key.active ?? null,
      last_rotated: key.rotated ?? null,
      last_used: key.lastUsed ?? null,
      last_used_region: key.region ?? null,
      last_used_service: key.service ?? null,
    },
  })

/**
 * The root and its keys: from the report, which may be four hours old, set right by what the account
 * says now. Either may be missing.
 */
export function rootItems(
  account: string,
  reported: ReportUser | undefined,
  now: Root | undefined,
): Item[] {
  const facts = {
    is_root: true,
    password_enabled: now?.password ?? reported?.passwordEnabled ?? null,
    password_last_used: reported?.passwordLastUsed ?? null,
    mfa_active: now?.mfa ?? reported?.mfa ?? null,
    created: reported?.created ?? null,
  }
  const keys = now?.key === false ? [] : (reported?.keys ?? [])
  const known = keys.length === 0 && now?.key ? [{ number: 1 }] : keys
  return [
    item(account, 'user', rootName, { name: 'root user', holder: rootName, facts }),
    ...known.map((key) => keyItem(account, rootName, key)),
  ]
}

/** What was asked of a bucket; undefined: refused, or not worth asking. */
export interface BucketAnswers {
  block?: Block | null | undefined
  policy?: boolean | undefined
  acl?: boolean | undefined
  tags?: string[] | undefined
}

/** Whether all four parts of a lock are on; null where it may not be known. */
const isWhole = (block: Block | null | undefined): boolean | null =>
  block === undefined ? null : block !== null && Object.values(block).every(Boolean)

/** Whether either lock shuts; null where that may not be known. */
const shuts = (part: keyof Block, ...locks: (Block | null | undefined)[]): boolean | null =>
  locks.some((l) => l?.[part]) ? true : locks.includes(undefined) ? null : false

/** Whether the locks alone keep the public out, whatever else a bucket says. */
export const isShut = (...locks: (Block | null | undefined)[]): boolean =>
  shuts('restrictPublicBuckets', ...locks) === true && shuts('ignorePublicAcls', ...locks) === true

/** Whether something is open behind a lock; null where that may not be known. */
const opens = (open: boolean | undefined, isLocked: boolean | null): boolean | null => {
  if (open === false || isLocked === true) return false
  return open === undefined || isLocked === null ? null : true
}

/** Whether anybody may read or write in a bucket; null where it may not be known. */
export function isPublic(
  account: Block | null | undefined,
  { block, policy, acl }: BucketAnswers,
): boolean | null {
  const ways = [
    opens(policy, shuts('restrictPublicBuckets', account, block)),
    opens(acl, shuts('ignorePublicAcls', account, block)),
  ]
  return ways.includes(true) ? true : ways.includes(null) ? null : false
}

/** The account's own lock on all buckets, as an item beside them. */
export const accountBlockItem = (account: string, block: Block | null): Item =>
  item(account, 'bucket', '*', {
    name: 'all buckets of the account',
    facts: { account_wide: true, public_access_block: isWhole(block) },
  })

/** One bucket with what is known of it. */
export const bucketItem = (
  account: string,
  { name, region, created }: Bucket,
  lock: Block | null | undefined,
  answers: BucketAnswers,
): Item =>
  item(account, 'bucket', name, {
    name,
    facts: {
      account_wide: false,
      region,
      created,
      public: isPublic(lock, answers),
      public_access_block: isWhole(answers.block),
      policy_public: answers.policy ?? null,
      acl_public: answers.acl ?? null,
      tags: answers.tags ?? [],
    },
  })

/** A snapshot or image that everybody may copy. */
export const sharedItem = (
  account: string,
  type: 'snapshot' | 'image',
  { id, name, region, created }: Shared,
): Item =>
  item(account, 'snapshot', id, { name, facts: { type, public: true, region, created, id } })

/** How many trails watch the account, as an item beside them. */
export const allTrailsItem = (account: string, trails: number): Item =>
  item(account, 'trail', '*', {
    name: 'all trails of the account',
    facts: { account_wide: true, trails },
  })

/** One trail; `logging` undefined: that may not be known. */
export const trailItem = (account: string, trail: Trail, logging: boolean | undefined): Item =>
  item(account, 'trail', trail.arn, {
    name: trail.name,
    facts: {
      account_wide: false,
      logging: logging ?? null,
      multi_region: trail.multiRegion,
      validation: trail.validation,
      organization: trail.organization,
      home_region: trail.home,
    },
  })
