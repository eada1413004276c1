import type { Check, CheckContext } from '../core/check.ts'
import { type Identity, identitiesOf } from '../core/identities.ts'
import type { Item } from '../core/inventory.ts'

const known = new WeakMap<CheckContext, Map<string, Identity>>()

/** Who an account belongs to; worked out once for all checks of a look. */
function ownerOf(item: Item, context: CheckContext): Identity | null {
  let owners = known.get(context)
  if (!owners) {
    const identities = identitiesOf(context.items('user'), context.people)
    owners = new Map(identities.flatMap((i) => i.accounts.map((a) => [a.uid, i])))
    known.set(context, owners)
  }
  return owners.get(item.uid) ?? null
}

const isClosed = ({ facts }: Item): boolean =>
  facts.suspended === true || facts.archived === true || facts.deleted === true

/** Ways in that are left: a Google or Slack account, or an AWS user with a password or a live key. */
function isOpen(item: Item, context: CheckContext): boolean {
  if (isClosed(item)) return false
  if (item.product !== 'cloudtrail') return true
  const keys = context.items('access_key').filter((key) => key.holder === item.holder)
  return item.facts.password_enabled === true || keys.some((key) => key.facts.active === true)
}

const names: Partial<Record<Item['product'], string>> = {
  workspace: 'Google',
  slack: 'Slack',
  cloudtrail: 'AWS',
}

const away =
  /\b(?:on\s(?:parental\s|maternity\s|paternity\s|sick\s)?leave|sabbatical|parental|maternity|paternity|elternzeit|mutterschutz|congé|vacation(?:ing)?|urlaub|holiday|bereavement|furlough)\b/i

/** Whether somebody said that they are away and come back. */
function isOnLeave(owner: Identity, context: CheckContext): boolean {
  const addresses = owner.accounts.flatMap((a) => [a.holder, a.facts.email])
  return (
    owner.accounts.some((a) => away.test(String(a.facts.status_text ?? ''))) ||
    context
      .items('auto_reply')
      .some(
        (reply) =>
          reply.facts.enabled === true &&
          addresses.includes(reply.holder) &&
          away.test(`${reply.name} ${String(reply.facts.subject ?? '')}`),
      )
  )
}

/** Accounts that outlived their people. */
export const leaverChecks: readonly Check[] = [
  {
    id: 'left-but-open',
    kind: 'user',
    severity: 'high',
    mend: 'Close this account too, and go through the rest of what they hold with: porchlight person NAME.',
    find(item, context) {
      if (!isOpen(item, context)) return null
      const owner = ownerOf(item, context)
      if (owner?.kind !== 'person') return null
      const closed = owner.accounts.find((a) => a !== item && isClosed(a))
      if (!closed || isOnLeave(owner, context)) return null
      // Slack keeps old accounts of people who were invited anew.
      if (owner.accounts.some((a) => a.product === closed.product && !isClosed(a))) return null
      const [here, there] = [names[item.product], names[closed.product]]
      return `${owner.name} has no ${there} account any more, but the ${here} account ${item.name} is still open`
    },
  },
  {
    id: 'left-but-delegate',
    kind: 'delegate',
    severity: 'high',
    mend: 'Take the delegate out in Gmail under Settings, Accounts, Grant access to your account.',
    find(item, context) {
      const gone = context
        .items('user')
        .find((user) => isClosed(user) && [user.holder, user.name].includes(item.name))
      return gone
        ? `${gone.name}, whose account is closed, may still read the mail of ${item.holder}`
        : null
    },
  },
]
