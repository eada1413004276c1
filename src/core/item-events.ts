import type { Weakness } from './check.ts'
import { type Activity, baseEvent, type Event, type Observable } from './event.ts'
import type { Item, ItemKind } from './inventory.ts'

/** What became of the things an account holds, since they were last seen. */
export interface Changes {
  added: Item[]
  removed: Item[]
  changed: { before: Item; after: Item }[]
}

interface Told {
  noun: string
  /** The word people ask by, where such a thing comes, changes and goes; absent: not told. */
  added?: Activity
  changed?: Activity
  removed?: Activity
  /** Facts whose change is worth an event; absent: any. */
  facts?: readonly string[]
}

/** Kinds of things whose coming and going people ask about. */
const told: Partial<Record<ItemKind, Told>> = {
  user: {
    noun: 'account',
    added: 'user_created',
    removed: 'user_removed',
    changed: 'role_change',
    facts: ['is_admin', 'is_delegated_admin', 'is_owner', 'suspended', 'mfa_active'],
  },
  app_password: { noun: 'app password', added: 'key_created' },
  app_grant: { noun: 'app', added: 'app_consent', changed: 'app_consent', facts: ['scopes'] },
  access_key: { noun: 'access key', added: 'key_created' },
  forwarding: {
    noun: 'forwarding',
    added: 'forwarding_rule',
    changed: 'forwarding_rule',
    removed: 'forwarding_rule',
  },
  mail_filter: {
    noun: 'mail filter',
    added: 'mail_filter',
    changed: 'mail_filter',
    removed: 'mail_filter',
  },
  delegate: { noun: 'delegate of a mailbox', added: 'permission_change' },
  send_as: {
    noun: 'sending address',
    added: 'permission_change',
    changed: 'permission_change',
    facts: ['address', 'reply_to'],
  },
  group: { noun: 'group', changed: 'permission_change', facts: ['external_members'] },
  bucket: { noun: 'bucket', added: 'bucket_change', changed: 'bucket_change', facts: ['public'] },
  snapshot: { noun: 'public snapshot', added: 'permission_change' },
  trail: {
    noun: 'trail',
    changed: 'log_tampering',
    removed: 'log_tampering',
    facts: ['logging', 'multi_region', 'validation'],
  },
  chat_app: { noun: 'Slack app', added: 'app_install', changed: 'app_install', facts: ['scopes'] },
}

type How = 'added' | 'changed' | 'removed'
const words: Record<How, string> = { added: 'is new', changed: 'was changed', removed: 'is gone' }
const operations: Record<How, string> = {
  added: 'Setting Added',
  changed: 'Setting Changed',
  removed: 'Setting Removed',
}

/**
 * Changes of settings as events, with what is wrong since. Nobody is named as the one who made them: a
 * snapshot does not tell. `now`: ms since 1970, when they were seen.
 */
export function changeEvents(
  changes: Changes,
  now: number,
  weaknessesOf: (items: Item[]) => Weakness[],
): Event[] {
  const newlyWrong = (how: How, item: Item, before: Item | null): Weakness[] => {
    if (how === 'removed') return []
    const was = new Set(before ? weaknessesOf([before]).map((w) => w.uid) : [])
    return weaknessesOf([item]).filter((w) => !was.has(w.uid))
  }
  const event = (how: How, item: Item, before: Item | null): Event[] => {
    const about = told[item.kind]
    const activity = about?.[how]
    if (!about || !activity) return []
    const differing =
      before && Object.keys(item.facts).filter((f) => isOther(before.facts[f], item.facts[f]))
    if (differing && !differing.some((f) => !about.facts || about.facts.includes(f))) return []
    const holder = item.holder ? ` of ${item.holder}` : ''
    return [
      baseEvent({
        uid: `${item.uid}:${how}:${now}`,
        product: item.product,
        tenant_uid: item.tenant_uid,
        activity_name: operations[how],
        time: now,
        status: 'success',
        message: `The ${about.noun}${holder} ${words[how]}: ${item.name}`,
        resources: [{ name: item.name, type: item.kind }],
        observables: observablesOf(item),
        raw_data: JSON.stringify(before ? { before: before.facts, after: item.facts } : item.facts),
        unmapped: {
          activity,
          secrets: [],
          weaknesses: newlyWrong(how, item, before).map(({ severity, text, mend }) => ({
            severity,
            text,
            mend,
          })),
        },
      }),
    ]
  }
  return [
    ...changes.added.flatMap((item) => event('added', item, null)),
    ...changes.changed.flatMap(({ before, after }) => event('changed', after, before)),
    ...changes.removed.flatMap((item) => event('removed', item, null)),
  ]
}

/** A list that could not be seen before is no change. */
const isOther = (before: unknown, after: unknown) =>
  JSON.stringify(before) !== JSON.stringify(after) && !(before === null && Array.isArray(after))

/** The joints of a setting: whose it is, and the key it is. */
function observablesOf({ kind, holder, name }: Item): Observable[] {
  const out: Observable[] = []
  if (holder?.includes('@')) out.push({ type: 'mailbox', value: holder.toLowerCase() })
  if (kind === 'access_key' && /^AKIA/.test(name)) out.push({ type: 'access_key', value: name })
  return out
}
