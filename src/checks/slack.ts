import type { Check, CheckContext } from '../core/check.ts'
import { hostOf } from '../core/domains.ts'
import type { Item } from '../core/inventory.ts'

const listOf = (value: Item['facts'][string] | undefined): string[] =>
  Array.isArray(value) ? value : []

/** Someone who can sign in to this workspace. */
const isPerson = ({ product, facts }: Item): boolean =>
  product === 'slack' && !facts.deleted && !facts.is_bot

const isGuest = ({ facts }: Item): boolean =>
  facts.is_restricted === true || facts.is_ultra_restricted === true

/** All items of a kind in the item's workspace, itself among them. */
function together(item: Item, { items }: CheckContext): Item[] {
  const all = [item, ...items(item.kind)].filter(
    ({ product, tenant_uid }) => product === item.product && tenant_uid === item.tenant_uid,
  )
  return [...new Map(all.map((one) => [one.uid, one])).values()]
}

/** `Ana, Ben and 3 more` */
function namesOf(names: readonly string[]): string {
  const short = names.map((name) => name.slice(0, 60))
  if (short.length > 3) return `${short.slice(0, 2).join(', ')} and ${short.length - 2} more`
  return short.length > 1
    ? `${short.slice(0, -1).join(', ')} and ${short.at(-1)}`
    : (short[0] ?? '')
}

const wordsOf = (name: string): string[] =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word.length > 2)

/** What channels are called that exist for people from outside. */
const outside = new Set(
  `ext external extern guest guests gast invitados client clients customer customers kunde kunden
  cliente clientes partner partners contractor contractors freelance freelancer freelancers vendor
  vendors supplier suppliers agency agentur accountant accountants bookkeeper bookkeeping tax steuer
  steuerberater auditor auditors audit lawyer lawyers legal consultant consultants shared connect
  connected collab with`.split(/\s+/),
)

/** Whether a channel's name says whom it was made for: outsiders, or these by name. */
function isNamedFor(channel: Item, names: readonly string[]): boolean {
  const theirs = new Set(names.flatMap(wordsOf))
  return wordsOf(channel.name).some((word) => outside.has(word) || theirs.has(word))
}

/** Reads what people write, their files or everything, or runs the workspace. */
const wide =
  /^(?:admin(?:[.:].*)?|(?:channels|groups|im|mpim):history|files:read|search:read(?:\..*)?|users:read\.email)$/

/** What the people, channels and apps of a Slack workspace leave open. */
export const slackChecks: readonly Check[] = [
  {
    id: 'slack-admin-one-step',
    kind: 'user',
    severity: 'high',
    mend: 'Ask them to turn on two-factor authentication in Slack under Profile → Account settings; who signs in with Google or another service needs the second step there instead.',
    find: (item) => {
      const { is_owner, is_admin, has_2fa } = item.facts
      if (!isPerson(item) || has_2fa !== false || !(is_owner || is_admin)) return null
      const role = is_owner ? 'an owner' : 'an admin'
      return `${item.name}, ${role} of the Slack workspace, signs in without a second step: whoever learns the password can take the workspace over`
    },
  },
  {
    id: 'slack-outside-member',
    kind: 'user',
    severity: 'medium',
    mend: 'Ask the workspace’s owner who they are; in Slack under Tools & settings → Manage members make them a guest, deactivate them, or change the address to the company’s.',
    find: (item, { people }) => {
      const { email } = item.facts
      if (!isPerson(item) || isGuest(item) || typeof email !== 'string') return null
      const host = hostOf(email)
      const isOwn = people.domains.some((own) => host === own || host.endsWith(`.${own}`))
      if (!host || isOwn || people.find(email) || people.find(item.holder ?? '')) return null
      return `${item.name} is a full member of the Slack workspace with an address outside the company (${email.slice(0, 100)}): they can read and join every public channel`
    },
  },
  {
    id: 'slack-many-owners',
    kind: 'user',
    severity: 'low',
    mend: 'In Slack under Tools & settings → Manage members make those who don’t need it admins or members; two owners are enough for when one is away.',
    find: (item, context) => {
      if (!isPerson(item) || item.facts.is_owner !== true) return null
      const owners = together(item, context)
        .filter((one) => isPerson(one) && one.facts.is_owner === true)
        .sort((a, b) => (a.uid < b.uid ? -1 : 1))
      const first = owners.find(({ facts }) => facts.is_primary_owner) ?? owners[0]
      // Said once, of the one who can change it.
      if (owners.length <= 3 || first?.uid !== item.uid) return null
      return `The Slack workspace has ${owners.length} owners (${namesOf(owners.map(({ name }) => name))}): each of their accounts, once stolen, gives away everything in it`
    },
  },
  {
    id: 'slack-guest-private',
    kind: 'channel',
    severity: 'medium',
    mend: 'Open the channel’s member list in Slack and remove the guest if they don’t belong there, or give the channel a name that shows outsiders read it.',
    find: (item, { items }) => {
      const ids = new Set(listOf(item.facts.members_guests))
      if (item.product !== 'slack' || item.facts.is_archived || ids.size === 0) return null
      const guests = items('user').filter(
        (one) => one.tenant_uid === item.tenant_uid && ids.has(one.holder ?? '') && isPerson(one),
      )
      if (guests.length === 0) return null
      const names = guests.map(({ name }) => name)
      const firms = guests.map(({ facts }) => hostOf(String(facts.email ?? '')).split('.')[0] ?? '')
      const isFor = isNamedFor(item, [...names, ...firms])
      // Invited to one channel alone, and its name says so: that is what guests are for.
      if (isFor && guests.every(({ facts }) => facts.is_ultra_restricted)) return null
      const verb = guests.length > 1 ? 'guests, read' : 'a guest, reads'
      const text = `${namesOf(names)}, ${verb} everything in the private channel #${item.name}`
      return isFor ? { text, severity: 'low' } : text
    },
  },
  {
    id: 'slack-shared-channel',
    kind: 'channel',
    severity: 'low',
    mend: 'If the work with them is over, open the channel’s details in Slack → Settings and stop sharing it.',
    find: (item) => {
      const { is_ext_shared, is_archived, connected_teams } = item.facts
      if (item.product !== 'slack' || !is_ext_shared || is_archived) return null
      const teams = listOf(connected_teams)
      if (teams.length === 0 || isNamedFor(item, teams)) return null
      return `The channel #${item.name} is shared with ${namesOf(teams)}: everybody invited there reads what is written in it, and its name does not show it`
    },
  },
  {
    id: 'slack-wide-app',
    kind: 'chat_app',
    severity: 'medium',
    mend: 'Ask who uses it; if nobody does, remove it in Slack under Tools & settings → Manage apps.',
    find: ({ product, name, facts }) => {
      if (product !== 'slack' || facts.is_own) return null
      const scopes = listOf(facts.scopes).filter((scope) => wide.test(scope))
      if (scopes.length === 0) return null
      // Most apps that name people ask for their addresses.
      if (scopes.every((scope) => scope === 'users:read.email'))
        return {
          text: `The Slack app “${name}” can read everybody’s mail address`,
          severity: 'low',
        }
      return `The Slack app “${name}” can ${mightOf(scopes)} (${scopes.slice(0, 5).join(', ')})`
    },
  },
]

/** What the scopes allow, for people who don't read scopes. */
function mightOf(scopes: readonly string[]): string {
  const might = [
    [/^admin/, 'run the workspace'],
    [/:history$/, 'read messages'],
    [/^search/, 'search everything'],
    [/^files/, 'read files'],
    [/^users/, 'read mail addresses'],
  ] as const
  return namesOf(
    might.filter(([scope]) => scopes.some((one) => scope.test(one))).map(([, text]) => text),
  )
}
