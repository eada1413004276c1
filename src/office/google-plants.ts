import {
  castOf,
  type DirectoryRow,
  freshMailbox,
  type GoogleSettings,
  type MailboxState,
} from './google-settings.ts'
import type { OfficePerson, World } from './world.ts'

/** One thing that can be made wrong on purpose, and what a check must say of it. */
export interface GooglePlant {
  id: string
  /** The check that must find it, and the item it must speak of. */
  check: string
  uid: string
  apply(settings: GoogleSettings): void
}

const day = 86_400_000

/** The plants that a company's settings can bear; each is independent of the others. */
export function googlePlants(
  world: Pick<World, 'start' | 'people' | 'company'>,
  { customer, users, groups }: GoogleSettings,
): GooglePlant[] {
  const { owner, finance, manager, engineer } = castOf(world.people)
  const evil = 'collector@fastmail-archive.example'
  const box = (s: GoogleSettings, p: OfficePerson) => s.mailboxes[p.email] as MailboxState
  const row = (s: GoogleSettings, p: OfficePerson) =>
    s.users.find((u) => u.primaryEmail === p.email) as DirectoryRow
  const idOf = (p: OfficePerson) => users.find((u) => u.primaryEmail === p.email)?.id ?? ''
  const ofUser = (p: OfficePerson) => `workspace:${customer}:user:${idOf(p)}`
  const filter = (id: string, criteria: object, action: object) => (s: GoogleSettings) => {
    box(s, finance).filters.push({ id, criteria, action })
  }
  const last = world.people.at(-1) as OfficePerson
  const leaver = { id: '100000000000000000001', primaryEmail: `leaver@${world.company.domain}` }
  const mailGrant = {
    clientId: '555000111222-plantedplantedplantedplanted1234.apps.googleusercontent.com',
    displayText: 'Mail Booster Pro',
    scopes: ['https://mail.google.com/', 'https://www.googleapis.com/auth/drive.readonly'],
  }
  const addLeaver = (s: GoogleSettings) => {
    if (s.users.some((u) => u.id === leaver.id)) return
    const was = row(s, owner)
    s.users.push({
      ...was,
      ...leaver,
      isAdmin: false,
      suspended: true,
      name: { fullName: 'Leaver' },
    })
    s.mailboxes[leaver.primaryEmail] = freshMailbox(leaver.primaryEmail, 'Leaver')
  }

  return [
    {
      id: 'forward-outside',
      check: 'mail-forwarded-outside',
      uid: `gmail:${finance.email}:forwarding:${evil}`,
      apply: (s) =>
        Object.assign(box(s, finance), {
          forwardingAddresses: [{ forwardingEmail: evil, verificationStatus: 'accepted' }],
          autoForwarding: { enabled: true, emailAddress: evil, disposition: 'archive' },
        }),
    },
    {
      id: 'filter-outside',
      check: 'filter-forwards-outside',
      uid: `gmail:${finance.email}:mail_filter:planted-forward`,
      apply: filter('planted-forward', { query: 'invoice OR payment' }, { forward: evil }),
    },
    {
      id: 'filter-hides',
      check: 'filter-hides-mail',
      uid: `gmail:${finance.email}:mail_filter:planted-hide`,
      apply: filter(
        'planted-hide',
        { subject: 'bank details changed' },
        { addLabelIds: ['TRASH'], removeLabelIds: ['INBOX', 'UNREAD'] },
      ),
    },
    {
      id: 'delegate-outside',
      check: 'delegate-unknown',
      uid: `gmail:${owner.email}:delegate:${evil}`,
      apply: (s) => {
        box(s, owner).delegates.push({ delegateEmail: evil, verificationStatus: 'accepted' })
      },
    },
    {
      id: 'reply-elsewhere',
      check: 'sends-as-outsider',
      uid: `gmail:${manager.email}:send_as:${manager.email}`,
      apply: (s) => {
        for (const one of box(s, manager).sendAs) one.replyToAddress = evil
      },
    },
    {
      id: 'pop-on',
      check: 'old-mail-client-access',
      uid: `gmail:${last.email}:mail_client_access`,
      apply: (s) => Object.assign(box(s, last).pop, { accessWindow: 'allMail' }),
    },
    {
      id: 'admin-password-alone',
      check: 'no-second-step',
      uid: ofUser(owner),
      apply: (s) => Object.assign(row(s, owner), { isEnrolledIn2Sv: false }),
    },
    {
      id: 'person-password-alone',
      check: 'no-second-step',
      uid: ofUser(finance),
      apply: (s) => Object.assign(row(s, finance), { isEnrolledIn2Sv: false }),
    },
    {
      id: 'stranger-admin',
      check: 'admin-unknown',
      uid: `workspace:${customer}:user:900000000000000000009`,
      apply: (s) => {
        const primaryEmail = `it-support@${world.company.domain}`
        const id = '900000000000000000009'
        s.users.push({ ...row(s, owner), id, primaryEmail, isEnrolledIn2Sv: true })
      },
    },
    {
      id: 'many-admins',
      check: 'many-admins',
      uid: world.people.map(ofUser).sort()[0] ?? '',
      apply: (s) => {
        for (const one of s.users) one.isAdmin = true
      },
    },
    {
      id: 'unused-account',
      check: 'account-unused',
      uid: ofUser(last),
      apply: (s) =>
        Object.assign(row(s, last), {
          lastLoginTime: new Date(world.start - 300 * day).toISOString(),
        }),
    },
    {
      id: 'greedy-app',
      check: 'app-reads-everything',
      uid: `workspace:${customer}:app_grant:${idOf(manager)}:${mailGrant.clientId}`,
      apply: (s) => s.grants[idOf(manager)]?.push(mailGrant),
    },
    {
      id: 'app-password',
      check: 'app-password',
      uid: `workspace:${customer}:app_password:${idOf(engineer)}:3`,
      apply: (s) => {
        s.appPasswords[idOf(engineer)] = [
          { codeId: 3, name: 'old mail', creationTime: String(world.start - 400 * day) },
        ]
      },
    },
    {
      id: 'leaver-app-password',
      check: 'suspended-app-password',
      uid: `workspace:${customer}:app_password:${leaver.id}:5`,
      apply: (s) => {
        addLeaver(s)
        s.appPasswords[leaver.id] = [{ codeId: 5, name: 'phone' }]
      },
    },
    {
      id: 'leaver-app',
      check: 'suspended-app-grant',
      uid: `workspace:${customer}:app_grant:${leaver.id}:${mailGrant.clientId}`,
      apply: (s) => {
        addLeaver(s)
        s.grants[leaver.id] = [mailGrant]
      },
    },
    {
      id: 'stranger-in-group',
      check: 'group-with-outsiders',
      uid: `workspace:${customer}:group:${groups[0]?.group.id}`,
      apply: (s) => s.groups[0]?.members.push({ email: evil, role: 'MEMBER', type: 'USER' }),
    },
  ]
}

/** The settings with those faults in them. @throws where there is no such plant */
export function plantGoogle(
  world: Pick<World, 'start' | 'people' | 'company'>,
  settings: GoogleSettings,
  ids: readonly string[],
): GoogleSettings {
  const planted = structuredClone(settings)
  const plants = googlePlants(world, settings)
  for (const id of ids) {
    const plant = plants.find((p) => p.id === id)
    if (!plant) throw new Error(`no plant ${id}`)
    plant.apply(planted)
  }
  return planted
}
