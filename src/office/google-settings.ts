import { createGoogleTrail } from './google-trail.ts'
import { createRng, type Rng } from './rng.ts'
import type { OfficePerson, World } from './world.ts'

/** What Google holds of a company beside its mail, in the shapes of Google's own resources. */
export interface GoogleSettings {
  customer: string
  /** The administrator whom the monitor's service account may stand in for. */
  subject: string
  /** By mail address. */
  mailboxes: Record<string, MailboxState>
  users: DirectoryRow[]
  groups: { group: Row & { id: string; email: string }; members: Row[] }[]
  /** By the user's id. */
  grants: Record<string, Row[]>
  appPasswords: Record<string, Row[]>
  activities: ActivityRow[]
  /** Applications whose records the edition does not show. */
  hidden: string[]
  /** What the service account is allowed, `gmail.readonly` and the like; by default all it asks for. */
  scopes?: string[]
}

export type Row = Record<string, unknown>

export interface MailboxState {
  filters: (Row & { id: string })[]
  forwardingAddresses: Row[]
  autoForwarding: Row
  sendAs: Row[]
  delegates: Row[]
  imap: Row
  pop: Row
  vacation: Row
}

export interface DirectoryRow extends Row {
  id: string
  primaryEmail: string
  isAdmin: boolean
  suspended: boolean
}

export interface ActivityRow {
  application: string
  /** ms UTC from which the API shows it; what happened at `record.id.time`. */
  visible: number
  record: Row & { id: Row & { time: string; uniqueQualifier: string } }
}

const day = 86_400_000

/** A mailbox nobody has changed a thing in. */
export const freshMailbox = (email: string, name: string): MailboxState => ({
  filters: [],
  forwardingAddresses: [],
  autoForwarding: { enabled: false },
  sendAs: [
    { sendAsEmail: email, displayName: name, replyToAddress: '', isPrimary: true, isDefault: true },
  ],
  delegates: [],
  imap: { enabled: true, autoExpunge: true, expungeBehavior: 'archive' },
  pop: { accessWindow: 'disabled', disposition: 'leaveInInbox' },
  vacation: { enableAutoReply: false },
})

/** Who is who, by what they do; the first for a role nobody has. */
export function castOf(people: readonly OfficePerson[]) {
  const [first] = people as [OfficePerson, ...OfficePerson[]]
  const by = (role: RegExp) => people.find((p) => role.test(p.role))
  const owner = by(/owner|founder/i) ?? first
  const rest = people.filter((p) => p !== owner)
  const finance = rest.find((p) => /financ|bookkeep|accounts/i.test(p.role)) ?? rest[0] ?? first
  const manager = rest.find((p) => /office|assistant|sales/i.test(p.role)) ?? rest[0] ?? first
  const engineer = rest.find((p) => /engineer|developer/i.test(p.role)) ?? rest[0] ?? first
  return { owner, finance, manager, engineer }
}

const filter = (rng: Rng, criteria: Row, action: Row) => ({
  id: `ANe1Bm${rng.chars('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 30)}`,
  criteria,
  action,
})

const grant = (rng: Rng, displayText: string, scopes: string[]): Row => ({
  kind: 'admin#directory#token',
  clientId: `${rng.chars('123456789', 12)}-${rng.chars('abcdefghijklmnopqrstuv0123456789', 32)}.apps.googleusercontent.com`,
  displayText,
  anonymous: false,
  nativeApp: false,
  scopes: scopes.map((scope) =>
    scope.includes(':') ? scope : `https://www.googleapis.com/auth/${scope}`,
  ),
})

/** The same for every mailbox that has it: the phone's own mail program. */
const appleMail: Row = {
  clientId: '450232826690-0rm6bs9d2fps9tifvk2oodh3tasd7vl7.apps.googleusercontent.com',
  displayText: 'iOS',
  nativeApp: true,
  scopes: ['https://mail.google.com/', 'https://www.googleapis.com/auth/calendar'],
}

/**
 * How a well-kept small company has set Google up, a pure function of the world's seed: everything
 * here is innocent, much of it looks like its guilty sister.
 */
export function createGoogleSettings(
  world: Pick<World, 'seed' | 'start' | 'people' | 'company'>,
): GoogleSettings {
  const rng = createRng(world.seed).fork('google-settings')
  const { people, company, start } = world
  const { owner, finance, manager, engineer } = castOf(people)
  const settings: GoogleSettings = {
    customer: `C0${rng.chars('abcdefghijklmnopqrstuvwxyz0123456789', 7)}`,
    subject: owner.email,
    mailboxes: {},
    users: [],
    groups: [],
    grants: {},
    appPasswords: {},
    activities: [],
    hidden: ['gmail'],
  }
  const slack = grant(rng, 'Slack', ['drive.file', 'userinfo.email', 'calendar.events'])
  const zoom = grant(rng, 'Zoom', ['calendar.events', 'userinfo.profile'])
  const backup = grant(rng, 'Google Drive for desktop', ['drive'])

  for (const person of people) {
    const id = rng.chars('123456789', 21)
    const iso = (ms: number) => new Date(ms).toISOString()
    settings.mailboxes[person.email] = freshMailbox(person.email, person.name)
    settings.users.push({
      id,
      primaryEmail: person.email,
      customerId: settings.customer,
      name: { fullName: person.name },
      isAdmin: person === owner || person === engineer,
      isDelegatedAdmin: false,
      isEnrolledIn2Sv: true,
      isEnforcedIn2Sv: true,
      suspended: false,
      archived: false,
      lastLoginTime: iso(start - rng.int(1, 20) * day - rng.int(1, 80_000) * 1000),
      creationTime: iso(start - rng.int(300, 1500) * day),
    })
    settings.grants[id] = [slack, ...(rng.chance(0.5) ? [zoom] : []), appleMail]
    if (person === owner || person === manager) settings.grants[id].push(backup)
  }

  const box = (person: OfficePerson) => settings.mailboxes[person.email] as MailboxState
  box(owner).filters.push(
    filter(
      rng,
      { query: 'unsubscribe OR newsletter' },
      { addLabelIds: ['Label_3'], removeLabelIds: ['INBOX'] },
    ),
  )
  box(owner).delegates.push({ delegateEmail: manager.email, verificationStatus: 'accepted' })
  box(finance).filters.push(
    filter(rng, { subject: 'invoice' }, { addLabelIds: ['Label_7', 'STARRED'] }),
    filter(rng, { from: 'receipts@vendor.example' }, { forward: owner.email }),
  )
  box(finance).sendAs.push({
    sendAsEmail: `billing@${company.domain}`,
    displayName: company.name,
    treatAsAlias: true,
    verificationStatus: 'accepted',
  })
  box(engineer).filters.push(
    filter(
      rng,
      { from: 'notifications@github.com', query: 'security' },
      { addLabelIds: ['Label_9'], removeLabelIds: ['INBOX', 'UNREAD'] },
    ),
  )
  Object.assign(box(manager), {
    forwardingAddresses: [{ forwardingEmail: owner.email, verificationStatus: 'accepted' }],
    autoForwarding: { enabled: true, emailAddress: owner.email, disposition: 'leaveInInbox' },
    vacation: { enableAutoReply: true, responseSubject: 'On holiday until Monday' },
  })
  const group = (name: string, email: string, emails: string[], outside: string[] = []) => ({
    group: {
      id: rng.chars('0123456789abcdefghijklmnopqrstuvwxyz', 15),
      email: `${email}@${company.domain}`,
      name,
      description: '',
      directMembersCount: String(emails.length + outside.length),
    },
    members: [...emails, ...outside].map((address) => ({
      email: address,
      role: 'MEMBER',
      type: 'USER',
    })),
  })
  settings.groups.push(
    group(
      'Everybody',
      'all',
      people.map(({ email }) => email),
    ),
    group('External accountant', 'accountant', [finance.email], ['ruth@ledgerworks.example']),
  )
  settings.activities = createGoogleTrail(rng.fork('trail'), world, settings)
  return settings
}
