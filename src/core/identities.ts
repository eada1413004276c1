import type { Item } from './inventory.ts'
import { words } from './names.ts'
import { isShortFor } from './nicknames.ts'
import type { People } from './people.ts'

/** Somebody or something that signs in, with every account that is theirs. */
export interface Identity {
  /** As the config, else the first account that has a full name, calls them. */
  name: string
  kind: 'person' | 'shared' | 'service'
  /** In the config's `people`. */
  known: boolean
  /** `user` items, one an account. */
  accounts: Item[]
}

/** Mailboxes and users that several people or none stand behind. */
const sharedWords =
  /^(?:accounts?|accounting|admin|administrator|ap|ar|billing|bookings?|buchhaltung|careers|compta|contact|desk|facturas?|finance|hallo|hello|help|helpdesk|hi|hr|info|invoices?|it|jobs|kontakt|mail|marketing|no-?reply|notifications?|office|orders?|post|postmaster|privacy|rechnung(?:en)?|reception|sales|security|service|shop|social|studio|support|team|verkauf|webmaster|welcome)(?:[._-]?(?:team|desk|office|\d+))?$/
const serviceWords =
  /(?:^|[._-])(?:api|app|automation|backups?|bot|build|builder|ci|cd|cicd|cron|deploy|deployer|deployment|etl|exports?|github|gitlab|grafana|jenkins|lambda|monitor(?:ing)?|nas|pipeline|prometheus|reports?|robot|runner|s3|service|ses|sftp|smtp|svc|sync|system|terraform|tf|upload(?:er)?|worker|zapier)(?:$|[._-])/

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const localPart = (address: string): string => address.split('@')[0] ?? ''

/** All mail addresses an account is known by, lower case. */
const addressesOf = ({ name, holder, facts }: Item): string[] =>
  [holder, name, facts.email, ...(Array.isArray(facts.aliases) ? facts.aliases : [])]
    .filter((value): value is string => typeof value === 'string' && value.includes('@'))
    .map((address) => address.toLowerCase())

const fullName = ({ name, facts }: Item): string =>
  text(facts.real_name) || text(facts.full_name) || (name.includes('@') ? '' : name)

/** What an account is called: the local part of a mail address, or its own name. */
const handleOf = (item: Item): string =>
  localPart((item.holder ?? item.name).toLowerCase())
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')

function kindOf(item: Item): Identity['kind'] {
  if (item.facts.is_bot === true) return 'service'
  const handle = handleOf(item)
  if (handle === 'root' || handle === '<root_account>' || sharedWords.test(handle)) return 'shared'
  return serviceWords.test(handle) ? 'service' : 'person'
}

/** Whether a handle is made of a full name's words: ana, ana.ruiz, aruiz, ana.r, ruiz, anni.ruiz. */
function madeOf(handle: string, name: string): boolean {
  const parts = words(name)
  const [first, last] = [parts[0], parts.at(-1)]
  if (!first || !last || parts.length < 2) return false
  const pieces = handle.split(/[._-]/).filter((p) => p !== '' && !/^\d+$/.test(p))
  const flat = pieces.join('')
  const surname = parts.slice(1).join('')
  if ([first + surname, first + last, `${first[0]}${surname}`, `${first[0]}${last}`].includes(flat))
    return true
  if ([`${first}${last[0]}`, `${surname}${first[0]}`, last, surname].includes(flat)) return true
  const [one = '', ...rest] = pieces
  const tail = rest.join('')
  return isShortFor(one, first) && ['', surname, last, last[0]].includes(tail)
}

/**
 * Who stands behind which accounts: by the config first, then by mail address, then by a name that
 * fits one of them and no other. Two people are never joined on a likeness that a third shares.
 */
export function identitiesOf(users: readonly Item[], people: People): Identity[] {
  const found: Identity[] = people.list.map((person) => ({
    name: person.name,
    kind: 'person',
    known: true,
    accounts: [],
  }))
  const byName = new Map(found.map((identity) => [identity.name, identity]))
  const byAddress = new Map<string, Identity>()
  const loose: Item[] = []

  const join = (identity: Identity, item: Item) => {
    identity.accounts.push(item)
    for (const address of addressesOf(item)) byAddress.set(address, identity)
  }
  for (const person of people.list)
    for (const address of person.emails)
      byAddress.set(address.toLowerCase(), byName.get(person.name) as Identity)

  // Mail addresses of the account that carries most of them speak first.
  const ordered = [...users].sort(
    (a, b) => addressesOf(b).length - addressesOf(a).length || (a.uid < b.uid ? -1 : 1),
  )
  for (const item of ordered) {
    const person = [item.holder, item.name, item.uid.split(':').at(-1)]
      .filter((account): account is string => !!account)
      .map((account) => people.find(account))
      .find((p) => p !== null)
    const known =
      (person && byName.get(person.name)) ||
      addressesOf(item)
        .map((address) => byAddress.get(address))
        .find((identity) => identity !== undefined)
    if (known) join(known, item)
    else if (kindOf(item) !== 'person' || addressesOf(item).length > 0) {
      const identity: Identity = {
        name: fullName(item) || item.name,
        kind: kindOf(item),
        known: false,
        accounts: [],
      }
      found.push(identity)
      join(identity, item)
    } else loose.push(item)
  }

  for (const item of loose) {
    const persons = found.filter((identity) => identity.kind === 'person')
    const fits = persons.filter((identity) => likely(item, identity))
    const rivals = loose.filter((other) => other !== item && sameTenant(other, item))
    const only = fits.length === 1 ? fits[0] : undefined
    const contested = only && rivals.some((other) => likely(other, only))
    if (only && !contested && !only.accounts.some((a) => sameTenant(a, item))) join(only, item)
    else
      found.push({
        name: fullName(item) || item.name,
        kind: 'person',
        known: false,
        accounts: [item],
      })
  }
  return found.filter(({ accounts, known }) => known || accounts.length > 0)
}

const sameTenant = (a: Item, b: Item) => a.product === b.product && a.tenant_uid === b.tenant_uid

/** Whether an account without a mail address could be this person's. */
function likely(item: Item, identity: Identity): boolean {
  const names = [identity.name, ...identity.accounts.map(fullName)].filter((n) => n !== '')
  const own = fullName(item)
  const handle = handleOf(item)
  return (
    names.some((name) => own.includes(' ') && words(own).join(' ') === words(name).join(' ')) ||
    names.some((name) => madeOf(handle, name)) ||
    identity.accounts.some((account) => addressesOf(account).some((a) => localPart(a) === handle))
  )
}
