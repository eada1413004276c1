import { expect, test } from 'vitest'
import { mailboxChecks } from '../../src/checks/mailbox.ts'
import { workspaceChecks } from '../../src/checks/workspace.ts'
import { gmailItems } from '../../src/clients/gmail-items.ts'
import { accessOf } from '../../src/clients/google-scopes.ts'
import type { CheckContext } from '../../src/core/check.ts'
import type { Severity } from '../../src/core/finding.ts'
import type { Item, ItemKind } from '../../src/core/inventory.ts'
import { createPeople, type Person } from '../../src/core/people.ts'

const now = Date.UTC(2026, 10, 16)
const day = 86_400_000
const person = (name: string, role: string, ...emails: string[]): Person => ({
  name,
  role,
  emails,
  accounts: [],
  approver: false,
})
const people = createPeople(
  [
    person('Ana Ruiz', 'Owner', 'ana@acme.example', 'ana.ruiz@gmail.com'),
    person('Ben Okoro', 'Engineer', 'ben@acme.example'),
    person('Carla Diaz', 'Bookkeeper', 'carla@acme.example'),
  ],
  { domains: ['acme.example'], networks: [] },
)
const checks = [...mailboxChecks, ...workspaceChecks]

/** `check severity` of all that is found in the items. */
function found(items: Item[], who = people): string[] {
  const context: CheckContext = {
    now,
    people: who,
    items: (kind) => items.filter((item) => item.kind === kind),
  }
  return items.flatMap((item) =>
    checks
      .filter((check) => check.kind === item.kind)
      .flatMap((check) => {
        const said = check.find(item, context)
        if (said === null) return []
        return `${check.id} ${typeof said === 'string' ? check.severity : said.severity}`
      }),
  )
}

let n = 0
const item = (kind: ItemKind, facts: Item['facts'], name = 'x', holder = 'ana@acme.example') =>
  ({
    uid: `${kind}:${String(n++).padStart(4, '0')}`,
    kind,
    product: ['user', 'group', 'app_grant', 'app_password'].includes(kind) ? 'workspace' : 'gmail',
    tenant_uid: 't',
    name,
    holder,
    facts,
  }) satisfies Item

const forwarding = (to: string, more: Item['facts'] = {}) =>
  item('forwarding', { to, enabled: true, verified: true, ...more })

test.each<[string, Item, Severity | null]>([
  ['a stranger', forwarding('x@evil.example'), 'high'],
  ['a domain that ends like ours', forwarding('x@notacme.example'), 'high'],
  ['our domain in front of another', forwarding('x@acme.example.evil.example'), 'high'],
  ['a colleague', forwarding('ben@acme.example'), null],
  ['our subdomain', forwarding('x@lists.acme.example'), null],
  ['the person’s other address', forwarding('ana.ruiz@gmail.com'), null],
  ['a help desk', forwarding('acme@acme.zendesk.com'), 'low'],
  ['a lookalike of a help desk', forwarding('acme@notzendesk.com'), 'high'],
  ['allowed but not in use', forwarding('x@evil.example', { enabled: false }), 'low'],
  ['not confirmed', forwarding('x@evil.example', { enabled: false, verified: false }), null],
])('forwarding to %s', (_, one, severity) => {
  expect(found([one])).toEqual(severity ? [`mail-forwarded-outside ${severity}`] : [])
})

const filter = (criteria: object, action: object) =>
  gmailItems('ana@acme.example', {
    filters: [{ id: 'f', criteria, action }],
    forwardingAddresses: [],
    autoForwarding: { enabled: false, emailAddress: '', disposition: '' },
    sendAs: [],
    delegates: null,
    imap: { enabled: false },
    pop: { accessWindow: '' },
    vacation: {
      enableAutoReply: true,
      responseSubject: 'away',
      responseBodyPlainText: '',
      restrictToContacts: false,
      restrictToDomain: false,
      startTime: null,
      endTime: null,
    },
  })
const bin = { addLabelIds: ['TRASH'] }
const hide = { removeLabelIds: ['INBOX', 'UNREAD'] }
const archive = { removeLabelIds: ['INBOX'] }

test.each<[string, Item[], string[]]>([
  ['throws invoices away', filter({ subject: 'Invoice 12' }, bin), ['filter-hides-mail high']],
  ['hides security mail', filter({ query: 'security alert' }, hide), ['filter-hides-mail high']],
  [
    'hides Google’s own warnings',
    filter({ from: 'no-reply@accounts.google.com' }, hide),
    ['filter-hides-mail high'],
  ],
  [
    'calls bank mail spam',
    filter({ query: 'bank' }, { addLabelIds: ['SPAM'] }),
    ['filter-hides-mail high'],
  ],
  ['hides everything', filter({}, hide), ['filter-hides-mail high']],
  ['hides a colleague', filter({ from: 'ben@acme.example' }, bin), ['filter-hides-mail medium']],
  [
    'files invoices unread by anybody',
    filter({ subject: 'invoice' }, { addLabelIds: ['Label_1'], ...hide }),
    ['filter-hides-mail medium'],
  ],
  [
    'sends mail out',
    filter({ query: 'invoice' }, { forward: 'x@evil.example' }),
    ['filter-forwards-outside high'],
  ],
  [
    'sends receipts to the books',
    filter({}, { forward: 'acme@dext.cc' }),
    ['filter-forwards-outside low'],
  ],
  ['sends mail to a colleague', filter({ query: 'invoice' }, { forward: 'ben@acme.example' }), []],
  ['archives newsletters', filter({ query: 'newsletter' }, archive), []],
  ['archives invoices', filter({ subject: 'invoice' }, archive), []],
  ['labels bank mail', filter({ subject: 'bank' }, { addLabelIds: ['Label_1'] }), []],
  ['throws a nuisance away', filter({ from: 'deals@shop.example' }, bin), []],
  [
    'puts GitHub’s alerts away',
    filter({ from: 'notifications@github.com', query: 'security' }, hide),
    [],
  ],
])('a filter that %s', (_, items, want) => {
  expect(found(items)).toEqual(want)
})

test('a delegate is somebody of the company', () => {
  const delegate = (address: string) => item('delegate', { address, verified: true })
  expect(found([delegate('ben@acme.example')])).toEqual([])
  expect(found([delegate('x@evil.example')])).toEqual(['delegate-unknown high'])
  expect(found([delegate('new@acme.example')])).toEqual(['delegate-unknown medium'])
  const user = item('user', { email: 'new@acme.example', suspended: false })
  expect(found([delegate('new@acme.example'), user])).toEqual([])
})

test('addresses mail is sent as', () => {
  const as = (address: string, more: Item['facts'] = {}) =>
    item('send_as', { address, reply_to: null, verified: true, is_primary: false, ...more })
  expect(found([as('ana@acme.example', { is_primary: true, is_default: true })])).toEqual([])
  expect(found([as('billing@acme.example', { reply_to: 'ben@acme.example' })])).toEqual([])
  expect(found([as('ana.ruiz@gmail.com')])).toEqual([])
  expect(found([as('x@evil.example', { verified: false })])).toEqual([])
  expect(found([as('x@evil.example')])).toEqual(['sends-as-outsider medium'])
  expect(found([as('x@evil.example', { is_default: true })])).toEqual(['sends-as-outsider high'])
  expect(found([as('ana@acme.example', { reply_to: 'x@evil.example', is_primary: true })])).toEqual(
    ['sends-as-outsider high'],
  )
})

test('a mail program’s door that one mailbox alone has open', () => {
  const access = (pop: boolean, imap = true) => item('mail_client_access', { pop, imap })
  const closed = [access(false), access(false), access(false)]
  expect(found([access(true), ...closed])).toEqual(['old-mail-client-access low'])
  expect(found([access(true), access(true), ...closed])).toEqual([])
  expect(found([access(true), access(false)])).toEqual([])
})

const user = (holder: string, facts: Item['facts'] = {}) =>
  item(
    'user',
    {
      email: holder,
      is_admin: false,
      is_delegated_admin: false,
      suspended: false,
      archived: false,
      is_enrolled_in_2sv: true,
      last_login_time: now - day,
      creation_time: now - 900 * day,
      aliases: [],
      ...facts,
    },
    holder,
    holder,
  )
const alone = { is_enrolled_in_2sv: false }

test.each<[string, Item, string[]]>([
  ['an engineer', user('ben@acme.example', alone), ['no-second-step medium']],
  ['who keeps the books', user('carla@acme.example', alone), ['no-second-step high']],
  [
    'the owner as super admin',
    user('ana@acme.example', { ...alone, is_admin: true }),
    ['no-second-step critical'],
  ],
  [
    'a delegated admin',
    user('ben@acme.example', { ...alone, is_delegated_admin: true }),
    ['no-second-step high'],
  ],
  ['somebody suspended', user('ben@acme.example', { ...alone, suspended: true }), []],
  ['nobody can tell', user('ben@acme.example', { is_enrolled_in_2sv: null }), []],
])('a password alone: %s', (_, one, want) => {
  expect(found([one])).toEqual(want)
})

test('super admins: known ones, and few', () => {
  const admin = (holder: string, more: Item['facts'] = {}) =>
    user(holder, { is_admin: true, ...more })
  const three = people.list.map(({ emails }) => admin(emails[0] as string))
  expect(found(three)).toEqual([])
  expect(found([...three, admin('gone@acme.example', { suspended: true })])).toEqual([])
  expect(found([...three, admin('it@acme.example', { aliases: ['ben@acme.example'] })])).toEqual([
    'many-admins high',
  ])
  expect(found([admin('it@acme.example')])).toEqual(['admin-unknown high'])
  const nobody = createPeople([], { domains: [], networks: [] })
  expect(found([admin('it@acme.example')], nobody)).toEqual([])
})

test('accounts nobody uses', () => {
  const last = (last_login_time: number | null, holder = 'ben@acme.example', more = {}) =>
    found([user(holder, { last_login_time, ...more })])
  expect(last(now - 179 * day)).toEqual([])
  expect(last(now - 180 * day)).toEqual(['account-unused low'])
  expect(last(null)).toEqual(['account-unused low'])
  expect(last(null, 'ben@acme.example', { creation_time: now - 5 * day })).toEqual([])
  expect(last(null, 'ben@acme.example', { suspended: true })).toEqual([])
  expect(last(null, 'info@acme.example')).toEqual([])
  expect(last(null, 'watch@acme.example', { used_by_porchlight: true })).toEqual([])
})

const mail = ['https://mail.google.com/']
const grant = (
  name: string,
  holder: string,
  more: { scopes?: string[]; client_id?: string } = {},
) => {
  const { scopes = mail, client_id = `${name}.apps.googleusercontent.com` } = more
  const facts = { client_id, scopes, access: accessOf(scopes), user: holder, suspended: false }
  return item('app_grant', facts, name, holder)
}

test('apps that read everything', () => {
  const [ana, ben] = ['ana@acme.example', 'ben@acme.example']
  const narrow = [
    'https://www.googleapis.com/auth/drive.file',
    'https://www.googleapis.com/auth/drive.metadata.readonly',
    'https://www.googleapis.com/auth/gmail.metadata',
    'https://www.googleapis.com/auth/gmail.labels',
    'https://www.googleapis.com/auth/calendar',
    'openid',
  ]
  expect(found([grant('Notes', ana, { scopes: narrow })])).toEqual([])
  expect(found([grant('Booster', ana)])).toEqual(['app-reads-everything high'])
  expect(found([grant('CRM', ana), grant('CRM', ben)])).toEqual(['app-reads-everything medium'])
  const ios = '450232826690-0rm6bs9d2fps9tifvk2oodh3tasd7vl7.apps.googleusercontent.com'
  expect(found([grant('iOS', ana, { client_id: ios })])).toEqual([])
  expect(found([grant('Slack', ana)])).toEqual(['app-reads-everything low'])
  expect(found([grant('Slack', ana), grant('Slack', ben)])).toEqual([])
  expect(found([grant('Slackers', ana)])).toEqual(['app-reads-everything high'])
})

test('app passwords, and what the suspended left behind', () => {
  const password = (name: string, suspended = false) => item('app_password', { suspended }, name)
  expect(found([password('old laptop')])).toEqual(['app-password medium'])
  expect(found([password('Office scanner')])).toEqual(['app-password low'])
  expect(found([password('old laptop', true)])).toEqual(['suspended-app-password medium'])
  const left = grant('Booster', 'gone@acme.example')
  expect(found([{ ...left, facts: { ...left.facts, suspended: true } }])).toEqual([
    'suspended-app-grant medium',
  ])
  const slight = { ...left.facts, suspended: true, access: [] }
  expect(found([{ ...left, facts: slight }])).toEqual([])
})

test('people from outside in a group', () => {
  const group = (name: string, external_members: string[]) =>
    item(
      'group',
      { email: 'g@acme.example', description: '', external_members },
      name,
      'g@acme.example',
    )
  expect(found([group('Everybody', ['x@evil.example'])])).toEqual(['group-with-outsiders medium'])
  expect(found([group('Everybody', [])])).toEqual([])
  expect(found([group('Everybody', ['ana.ruiz@gmail.com'])])).toEqual([])
  expect(found([group('External accountant', ['ruth@books.example'])])).toEqual([])
  expect(found([group('Builds', ['ci@p1.iam.gserviceaccount.com'])])).toEqual([])
})

test('accounts of other products are none of these checks’ business', () => {
  const slack = {
    ...user('x@evil.example', { ...alone, is_admin: true }),
    product: 'slack' as const,
  }
  expect(found([slack])).toEqual([])
})

test('sentences name who and what, and every mend is a full sentence', () => {
  const context = { now, people, items: () => [] }
  const [forward] = mailboxChecks
  expect(forward?.find(forwarding('x@evil.example'), context)).toBe(
    'Mail of ana@acme.example is forwarded to x@evil.example',
  )
  for (const { id, mend } of checks) expect(mend, id).toMatch(/^[A-Z].{20,}\.$/)
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length)
})
