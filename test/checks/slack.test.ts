import { expect, test } from 'vitest'
import { slackChecks } from '../../src/checks/slack.ts'
import type { Item } from '../../src/core/inventory.ts'
import { createPeople } from '../../src/core/people.ts'

const people = createPeople(
  [
    { name: 'Ana', emails: ['ana@acme.example'], role: '', approver: true, accounts: ['U-ana'] },
    { name: 'Ben', emails: ['ben@private.example'], role: '', approver: true, accounts: [] },
  ],
  { domains: ['acme.example'], networks: [] },
)

const item = (kind: Item['kind'], id: string, name: string, facts: Item['facts']): Item => ({
  uid: `slack:T1:${kind}:${id}`,
  kind,
  product: 'slack',
  tenant_uid: 'T1',
  name,
  holder: id,
  facts,
})
const user = (name: string, facts: Item['facts'] = {}): Item =>
  item('user', `U-${name.toLowerCase()}`, name, {
    email: `${name.toLowerCase()}@acme.example`,
    has_2fa: true,
    ...facts,
  })
const channel = (name: string, facts: Item['facts']): Item => item('channel', 'C1', name, facts)
const app = (scopes: string[] | null, more: Item['facts'] = {}): Item =>
  item('chat_app', 'A1', 'Recap', { scopes, is_own: false, ...more })

const told = (all: Item[]) =>
  all.flatMap((one) =>
    slackChecks.flatMap((check) => {
      if (check.kind !== one.kind) return []
      const found = check.find(one, {
        now: 0,
        people,
        items: (kind) => all.filter((other) => other.kind === kind),
      })
      if (found === null) return []
      const { text, severity } =
        typeof found === 'string' ? { text: found, severity: check.severity } : found
      return [`${check.id} ${severity} ${one.name}: ${text}`]
    }),
  )

const owners = (...names: string[]) => names.map((name) => user(name, { is_owner: true }))
const guest = (name: string, facts: Item['facts'] = {}) =>
  user(name, { email: `${name.toLowerCase()}@ledger.example`, is_restricted: true, ...facts })
const single = (name: string) => guest(name, { is_ultra_restricted: true })
const open = (name: string, ...ids: string[]) => channel(name, { members_guests: ids })

test.for([
  [
    'admin with one step',
    [user('Ana', { is_admin: true, has_2fa: false })],
    /^slack-admin-one-step high Ana: Ana, an admin of/,
  ],
  ['owner with one step', [user('Ana', { is_owner: true, has_2fa: false })], /Ana, an owner of/],
  [
    'full member from outside',
    [user('Eve', { email: 'eve@gmail.com' })],
    /^slack-outside-member medium Eve: .*\(eve@gmail.com\)/,
  ],
  [
    'lookalike of the own domain',
    [user('Eve', { email: 'eve@notacme.example' })],
    /^slack-outside-member/,
  ],
  [
    'guest in a private channel',
    [guest('Gil'), open('leadership', 'U-gil')],
    /^slack-guest-private medium leadership: Gil, a guest, reads everything in the private channel #leadership/,
  ],
  [
    'single-channel guest where the name does not say so',
    [single('Gil'), open('leadership', 'U-gil')],
    /^slack-guest-private medium/,
  ],
  [
    'guest of several channels in one named for it',
    [guest('Gil'), open('accountants', 'U-gil')],
    /^slack-guest-private low/,
  ],
  [
    'two guests',
    [guest('Gil'), guest('Hal'), open('plans', 'U-gil', 'U-hal')],
    /: Gil and Hal, guests, read everything/,
  ],
  [
    'shared channel',
    [channel('roadmap', { is_ext_shared: true, connected_teams: ['Northlight'] })],
    /^slack-shared-channel low roadmap: .*shared with Northlight/,
  ],
  [
    'app that reads everything',
    [app(['channels:history', 'files:read', 'chat:write'])],
    /^slack-wide-app medium Recap: The Slack app “Recap” can read messages and read files \(channels:history, files:read\)$/,
  ],
  ['app that runs the workspace', [app(['admin.users:write'])], /can run the workspace/],
  ['app that searches', [app(['search:read.public'])], /^slack-wide-app medium/],
  ['app that reads addresses', [app(['users:read.email', 'chat:write'])], /^slack-wide-app low/],
] as [string, Item[], RegExp][])('found: %s', ([, items, expected]) => {
  const found = told(items)
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(expected)
})

test('more than three owners are told once, of the primary owner', () => {
  const four = [
    ...owners('Bo', 'Cy', 'Di'),
    user('Ana', { is_owner: true, is_primary_owner: true }),
  ]
  expect(told(four)).toEqual([
    expect.stringMatching(/^slack-many-owners low Ana: .* has 4 owners \(Ana, Bo and 2 more\)/),
  ])
  expect(told(owners('Bo', 'Cy', 'Di', 'Ed'))).toEqual([expect.stringMatching(/low Bo:/)])
})

test.for([
  ['three owners', owners('Ana', 'Bo', 'Cy')],
  [
    'four, one of whom left',
    [...owners('Ana', 'Bo', 'Cy'), user('Di', { is_owner: true, deleted: true })],
  ],
  [
    'owners of another workspace',
    [...owners('Ana', 'Bo', 'Cy'), { ...user('Di', { is_owner: true }), tenant_uid: 'T2' }],
  ],
  ['second step not seen', [user('Ana', { is_owner: true, has_2fa: null })]],
  ['plain member with one step', [user('Ana', { has_2fa: false })]],
  [
    'deactivated admin with one step',
    [user('Ana', { is_admin: true, has_2fa: false, deleted: true })],
  ],
  [
    'bot with an odd address',
    [user('Robo', { email: 'robo@app.example', is_bot: true, is_admin: true, has_2fa: false })],
  ],
  ['colleague at a host of the own domain', [user('Ana', { email: 'ana@mail.acme.example' })]],
  ['colleague known by a private address', [user('Ben', { email: 'ben@private.example' })]],
  ['colleague known by Slack id', [user('Ana', { email: 'ana@elsewhere.example' })]],
  ['address not seen', [user('Eve', { email: null })]],
  ['guest from outside', [guest('Gil')]],
  ['outsider who left', [user('Eve', { email: 'eve@other.example', deleted: true })]],
  [
    'user of another product',
    [
      {
        ...user('Eve', { email: 'eve@other.example', is_admin: true, has_2fa: false }),
        product: 'workspace',
      },
    ],
  ],
  ['accountant in the channel named for it', [single('Gil'), open('accountant-2026', 'U-gil')]],
  ['guest in the channel of their firm', [single('Gil'), open('proj_ledger', 'U-gil')]],
  ['guest in the channel of their name', [single('Gil'), open('gil', 'U-gil')]],
  ['private channel without guests', [guest('Gil'), open('leadership')]],
  ['guest who left', [guest('Gil', { deleted: true }), open('leadership', 'U-gil')]],
  [
    'archived channel with a guest',
    [guest('Gil'), channel('old', { members_guests: ['U-gil'], is_archived: true })],
  ],
  ['members not seen', [guest('Gil'), channel('leadership', { members_guests: null })]],
  [
    'shared channel that says so',
    [channel('ext-northlight', { is_ext_shared: true, connected_teams: ['Other'] })],
  ],
  [
    'shared channel named after the other',
    [channel('northlight', { is_ext_shared: true, connected_teams: ['Northlight Ltd'] })],
  ],
  [
    'shared inside the own organization',
    [channel('roadmap', { is_ext_shared: true, connected_teams: [] })],
  ],
  [
    'shared channel in the archive',
    [channel('roadmap', { is_ext_shared: true, is_archived: true, connected_teams: ['X'] })],
  ],
  ['app that posts', [app(['chat:write', 'commands', 'users:read', 'channels:read'])]],
  ['app whose scopes are not seen', [app(null)]],
  ['the monitor itself', [app(['channels:history', 'users:read.email'], { is_own: true })]],
] as [string, Item[]][])('left alone: %s', ([, items]) => {
  expect(told(items)).toEqual([])
})

test('every check has its own id and a full sentence of what to do', () => {
  expect(new Set(slackChecks.map(({ id }) => id)).size).toBe(slackChecks.length)
  for (const { mend } of slackChecks) expect(mend).toMatch(/^[A-Z].*\.$/)
})
