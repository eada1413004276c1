import type { Check } from '../core/check.ts'
import type { Item } from '../core/inventory.ts'

const day = 86_400_000
/** Days after which a key should have been made anew, or is no longer used. */
const stale = 90
/** Days in which both keys of a user may live while programs move from one to the other. */
const moving = 14

const number = (item: Item, fact: string): number | null => {
  const value = item.facts[fact]
  return typeof value === 'number' ? value : null
}

/** Days since a time among the facts; null where there is none. */
const daysSince = (item: Item, fact: string, now: number): number | null => {
  const at = number(item, fact)
  return at === null ? null : Math.floor((now - at) / day)
}

const sameAccount = (item: Item, other: Item) => item.tenant_uid === other.tenant_uid

const account = (item: Item) => `the AWS account ${item.tenant_uid}`

/** Days since a key was last used, counted from when it was made where it never was. */
const idleDays = (key: Item, now: number) =>
  daysSince(key, 'last_used', now) ?? daysSince(key, 'last_rotated', now) ?? 0

const rootKey: Check = {
  id: 'aws-root-key',
  kind: 'access_key',
  severity: 'critical',
  mend: 'Sign in as the root user, open Security credentials, and delete the access key; let programs use a role or an IAM user instead.',
  find: (key) =>
    key.facts.is_root && key.facts.active !== false
      ? `The root user of ${account(key)} has an access key: whoever gets hold of it owns the account, and nothing can limit it`
      : null,
}

const rootMfa: Check = {
  id: 'aws-root-mfa',
  kind: 'user',
  severity: 'critical',
  mend: 'Sign in as the root user, open Security credentials, and choose Assign MFA device.',
  // Accounts of an organization may have a root that nobody can sign in as.
  find: (user) =>
    user.facts.is_root && user.facts.mfa_active === false && user.facts.password_enabled !== false
      ? `The root user of ${account(user)} signs in with a password alone: whoever learns it owns the account`
      : null,
}

const rootUsed: Check = {
  id: 'aws-root-used',
  kind: 'user',
  severity: 'high',
  mend: 'If it was one of you, do that work as an IAM user or through IAM Identity Center from now on; if not, change the root password and look through the trail at once.',
  find(user, { now, items }) {
    if (!user.facts.is_root) return null
    // Whoever opens an account has to do it as the root.
    const age = daysSince(user, 'created', now)
    if (age !== null && age <= 30) return null
    const times = [
      number(user, 'password_last_used'),
      ...items('access_key')
        .filter((key) => sameAccount(key, user) && key.facts.is_root)
        .map((key) => number(key, 'last_used')),
    ].filter((time) => time !== null)
    const days = Math.floor((now - Math.max(...times)) / day)
    if (days >= 30) return null
    const when = days < 1 ? 'less than a day ago' : days === 1 ? 'a day ago' : `${days} days ago`
    return `The root user of ${account(user)} was used ${when}: it can do everything, so it is meant for emergencies only`
  },
}

const userMfa: Check = {
  id: 'aws-user-mfa',
  kind: 'user',
  severity: 'high',
  mend: 'Open IAM, Users, this user, Security credentials, and choose Assign MFA device; or remove the console password if nobody signs in with it.',
  find: (user) =>
    !user.facts.is_root && user.facts.password_enabled && user.facts.mfa_active === false
      ? `${user.name} signs in to AWS with a password alone: whoever learns it is in`
      : null,
}

const oldKey: Check = {
  id: 'aws-old-key',
  kind: 'access_key',
  severity: 'low',
  mend: 'Open IAM, Users, this user, Security credentials: create a second access key, move the programs to it, then deactivate and delete the old one.',
  find(key, { now }) {
    if (key.facts.is_root || key.facts.active !== true) return null
    const age = daysSince(key, 'last_rotated', now)
    if (age === null || age <= stale || idleDays(key, now) > stale) return null
    return {
      text: `The AWS access key of ${key.holder} has been the same for ${age} days: a copy that went astray still works`,
      severity: age > 365 ? 'medium' : 'low',
    }
  },
}

const unusedKey: Check = {
  id: 'aws-unused-key',
  kind: 'access_key',
  severity: 'medium',
  mend: 'Open IAM, Users, this user, Security credentials, and deactivate the key; delete it when nobody has missed it for a week.',
  find(key, { now }) {
    if (key.facts.is_root || key.facts.active !== true) return null
    const idle = idleDays(key, now)
    if (idle <= stale) return null
    const since = number(key, 'last_used') === null ? 'was never used in' : 'has not been used for'
    return `An AWS access key of ${key.holder} ${since} ${idle} days but still works: nobody would miss it, and a thief could use it`
  },
}

const twoKeys: Check = {
  id: 'aws-two-keys',
  kind: 'user',
  severity: 'low',
  mend: 'Open IAM, Users, this user, Security credentials, and deactivate the key that is no longer needed.',
  find(user, { now, items }) {
    const active = items('access_key').filter(
      (key) => sameAccount(key, user) && key.holder === user.holder && key.facts.active === true,
    )
    const youngest = Math.min(...active.map((key) => daysSince(key, 'last_rotated', now) ?? 0))
    return !user.facts.is_root && active.length > 1 && youngest > moving
      ? `${user.name} has two AWS access keys that work: one is enough, and each can be stolen`
      : null
  },
}

/** Ways into an AWS account that stand too wide open. */
export const awsChecks: readonly Check[] = [
  rootKey,
  rootMfa,
  rootUsed,
  userMfa,
  oldKey,
  unusedKey,
  twoKeys,
]
