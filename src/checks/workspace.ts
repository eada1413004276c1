import type { Check, CheckContext } from '../core/check.ts'
import type { Item } from '../core/inventory.ts'

const day = 86_400_000
const unusedFor = 180 * day
/** Nobody is expected to have signed in to an account this young. */
const newFor = 30 * day
/** Google advises two to four: https://support.google.com/a/answer/9011373 */
const mostAdmins = 3

/** Roles whose accounts are worth most to a thief. */
const pays =
  /financ|\baccounts\b|accounting|accountant|bookkeep|payroll|treasur|owner|founder|director|\bC[EF]O\b/i
/** Mailboxes that stand for a task, not for somebody. */
const serviceMailbox =
  /^(?:info|hello|contact|mail|support|help|sales|billing|invoices?|no-?reply|office|scan(?:ner)?|print(?:er)?|alerts?|backup|monitor(?:ing)?|jobs|press|team)@/
/** Groups that say they have people from outside in them. */
const forOutsiders =
  /extern|outside|accountan|tax|advis|audit|client|customer|partner|contract|freelanc|suppl|vendor|guest|board|community|investor|lawyer|legal|agency|steuer|kunden|beirat|lieferant/i
/** Machines that know no second step. */
const machine = /scan|print|copier|\bmfp\b|fax/i

/**
 * Client ids that their makers publish in their source: Apple's Mail on iOS and macOS, Thunderbird,
 * Chrome, gcloud.
 */
const knownClients = new Set(
  [
    '450232826690-0rm6bs9d2fps9tifvk2oodh3tasd7vl7',
    '946018238758-bi6ni53dfoddlgn97pk3b8i7nphige40',
    '406964657835-aq8lmia8j95dhl1a2bvharmfk3t1hgqj',
    '77185425430',
    '32555940559',
    '764086051850-6qr4p6gpi6hn506pt8ejuq83di341hur',
  ].map((id) => `${id}.apps.googleusercontent.com`),
)
/** Names anybody may give an app, and nearly all who do are what they say. */
const knownName =
  /^(?:google|slack|zoom|apple|ios|iphone|macos|mac os|microsoft|outlook|android|samsung|thunderbird|dropbox|notion|hubspot|atlassian|asana)\b/i

const isWorking = ({ product, facts }: Item): boolean =>
  product === 'workspace' && facts.suspended !== true && facts.archived !== true
const list = (value: Item['facts'][string] | undefined): string[] =>
  Array.isArray(value) ? value : []
const isFirst = (item: Item, all: readonly Item[]): boolean =>
  all.every(({ uid }) => item.uid <= uid)
const admins = (context: CheckContext, item: Item): Item[] =>
  [item, ...context.items('user').filter(({ uid }) => uid !== item.uid)].filter(
    (u) => isWorking(u) && u.facts.is_admin === true,
  )

/** What is wrong with the accounts of a Google Workspace. */
export const workspaceChecks: readonly Check[] = [
  {
    id: 'no-second-step',
    kind: 'user',
    severity: 'medium',
    mend: 'Have them turn on 2-Step Verification at myaccount.google.com/security, and enforce it for everybody in the Admin console under Security > Authentication.',
    find(item, { people }) {
      if (!isWorking(item) || item.facts.is_enrolled_in_2sv !== false) return null
      const isAdmin = item.facts.is_admin === true
      const isDelegated = item.facts.is_delegated_admin === true
      if (!isAdmin && !isDelegated && item.facts.last_login_time === null) return null
      const password = 'signs in with a password alone'
      if (isAdmin)
        return {
          text: `${item.holder} is a super admin and ${password}: whoever guesses it owns the company’s mail and files`,
          severity: 'critical',
        }
      if (isDelegated)
        return { text: `${item.holder} is an administrator and ${password}`, severity: 'high' }
      const said = `${item.holder} ${password}`
      return pays.test(people.find(item.holder ?? '')?.role ?? '')
        ? { text: said, severity: 'high' }
        : said
    },
  },
  {
    id: 'admin-unknown',
    kind: 'user',
    severity: 'high',
    mend: 'If the account is yours, add its address to your entry under people in the config; if nobody knows it, suspend it in the Admin console under Directory > Users.',
    find(item, { people }) {
      if (!isWorking(item) || item.facts.is_admin !== true || people.list.length === 0) return null
      const addresses = [item.holder ?? '', ...list(item.facts.aliases)]
      if (addresses.some((address) => people.find(address))) return null
      return `${item.holder} is a super admin and belongs to nobody in the config`
    },
  },
  {
    id: 'many-admins',
    kind: 'user',
    severity: 'high',
    mend: 'Leave two or three super admins and give the others a narrower role in the Admin console under Account > Admin roles.',
    find(item, context) {
      const all = admins(context, item)
      if (!all.includes(item) || all.length <= mostAdmins || !isFirst(item, all)) return null
      return `${all.length} accounts are super admins, and each of them can take over every other`
    },
  },
  {
    id: 'account-unused',
    kind: 'user',
    severity: 'low',
    mend: 'Suspend the account in the Admin console under Directory > Users, or delete it once its files are handed on.',
    find(item, { now }) {
      const { last_login_time: last, creation_time: made } = item.facts
      if (!isWorking(item) || item.facts.used_by_porchlight === true) return null
      if (serviceMailbox.test(item.holder ?? '')) return null
      if (typeof last === 'number')
        return now - last >= unusedFor
          ? `Nobody has signed in to ${item.holder} for ${Math.floor((now - last) / day)} days`
          : null
      return typeof made === 'number' && now - made >= newFor
        ? `Nobody has ever signed in to ${item.holder}`
        : null
    },
  },
  {
    id: 'app-reads-everything',
    kind: 'app_grant',
    severity: 'high',
    mend: 'Ask the person what the app is for; if they don’t know, remove it at myaccount.google.com/connections, or block it in the Admin console under Security > API controls.',
    find(item, { items }) {
      const access = list(item.facts.access)
      const client = String(item.facts.client_id)
      if (!isWorking(item) || access.length === 0 || knownClients.has(client)) return null
      const all = items('app_grant').filter((g) => isWorking(g) && g.facts.client_id === client)
      const holders = new Set([item.holder, ...all.map(({ holder }) => holder)])
      const can = `can ${access.join(', ')}`
      if (holders.size === 1)
        return knownName.test(item.name)
          ? {
              text: `An app that calls itself “${item.name}” ${can} of ${item.holder}; a name proves nothing`,
              severity: 'low',
            }
          : `The app “${item.name}” ${can} of ${item.holder}, and nobody else uses it`
      if (knownName.test(item.name) || !isFirst(item, all)) return null
      return {
        text: `The app “${item.name}” ${can} of ${holders.size} people of the company`,
        severity: 'medium',
      }
    },
  },
  {
    id: 'app-password',
    kind: 'app_password',
    severity: 'medium',
    mend: 'Have them remove it at myaccount.google.com/apppasswords unless a machine needs it that can’t sign in with Google.',
    find(item) {
      if (!isWorking(item)) return null
      const text = `The app password “${item.name}” opens the mail of ${item.holder} without the second step`
      return machine.test(item.name) ? { text, severity: 'low' } : text
    },
  },
  {
    id: 'suspended-app-password',
    kind: 'app_password',
    severity: 'medium',
    mend: 'Remove it in the Admin console under Directory > Users > Security > Application-specific password.',
    find: (item) =>
      item.product === 'workspace' && item.facts.suspended === true
        ? `${item.holder} is suspended and still has the app password “${item.name}”, which works again once the account does`
        : null,
  },
  {
    id: 'suspended-app-grant',
    kind: 'app_grant',
    severity: 'medium',
    mend: 'Remove the app in the Admin console under Directory > Users > Security > Connected applications.',
    find: (item) =>
      item.product === 'workspace' &&
      item.facts.suspended === true &&
      list(item.facts.access).length > 0
        ? `${item.holder} is suspended and the app “${item.name}” still holds leave to ${list(item.facts.access).join(', ')}`
        : null,
  },
  {
    id: 'group-with-outsiders',
    kind: 'group',
    severity: 'medium',
    mend: 'Look at the members in the Admin console under Directory > Groups, and remove those who should not read its mail.',
    find(item, { people }) {
      if (item.product !== 'workspace') return null
      if (forOutsiders.test(`${item.name} ${item.holder} ${item.facts.description}`)) return null
      const outside = list(item.facts.external_members).filter(
        (who) => !people.find(who) && !who.endsWith('.gserviceaccount.com'),
      )
      if (outside.length === 0) return null
      const rest = outside.length > 3 ? ` and ${outside.length - 3} more` : ''
      return `Mail to the group ${item.facts.email} also goes to ${outside.slice(0, 3).join(', ')}${rest}, outside the company`
    },
  },
]
