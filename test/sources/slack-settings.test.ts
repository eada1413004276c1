import { expect, test } from 'vitest'
import { slackChecks } from '../../src/checks/slack.ts'
import type { CheckContext } from '../../src/core/check.ts'
import type { Item } from '../../src/core/inventory.ts'
import { createPeople } from '../../src/core/people.ts'
import { monitorScopes } from '../../src/office/servers.ts'
import { slackPlants, withSlackSettings } from '../../src/office/slack-settings.ts'
import type { World } from '../../src/office/world.ts'
import { create } from '../../src/sources/slack-settings.ts'
import { slackClient } from '../office/clients.ts'
import { smallWorld } from '../office/small-world.ts'
import { openLine, openOffice, signal } from './office.ts'

const healthy = withSlackSettings(smallWorld())

async function open(world: World = healthy, options: { slackScopes?: string[] } = {}) {
  const office = await openOffice({ world, ...options })
  const { token } = office.office.credentials.slack
  const adminToken = world.slack_settings?.admin.token
  const source = (
    more: { admin_token?: string | undefined } = {},
    url = office.office.slackUrl,
  ) => {
    const entry = { name: 'm', token, admin_token: adminToken, ...more }
    const [made] = create(entry, { ...office.deps, endpoint: url })
    return made as NonNullable<typeof made>
  }
  return { ...office, source }
}

type Source = Awaited<ReturnType<Awaited<ReturnType<typeof open>>['source']>>
const itemsOf = async (source: Source) => {
  const { inventory = [] } = await source.poll(null, signal)
  return inventory.flatMap(({ items }) => items)
}
const find = (items: Item[], name: string) => items.find((item) => item.name === name)

test('a workspace is told whole, and nothing is told as an event', async () => {
  const { source } = await open()
  const made = source()
  expect([made.name, made.interval]).toEqual(['slack-settings:m', 1_800_000])
  const { events, cursor, inventory = [] } = await made.poll(null, signal)
  expect([events, cursor, inventory.map(({ scope }) => scope)]).toEqual([[], null, ['slack:T01']])
  const items = inventory.flatMap((one) => one.items)
  expect(new Set(items.map(({ uid }) => uid)).size).toBe(items.length)
  expect(items.every((i) => i.product === 'slack' && i.tenant_uid === 'T01')).toBe(true)
  expect(find(items, 'Ana Marlow')).toEqual({
    uid: 'slack:T01:user:U01',
    kind: 'user',
    product: 'slack',
    tenant_uid: 'T01',
    name: 'Ana Marlow',
    holder: 'U01',
    facts: {
      email: 'ana@marlow.example',
      real_name: 'Ana Marlow',
      is_admin: true,
      is_owner: true,
      is_primary_owner: true,
      is_restricted: false,
      is_ultra_restricted: false,
      is_bot: false,
      deleted: false,
      status_text: '',
      has_2fa: true,
      app_id: null,
    },
  })
  const guest = items.find((i) => i.facts.is_ultra_restricted)
  expect(find(items, 'bookkeeping')?.facts).toEqual({
    is_private: true,
    is_ext_shared: false,
    is_archived: false,
    members_guests: [guest?.holder],
    connected_teams: [],
  })
  expect(find(items, 'leadership')?.facts.members_guests).toEqual([])
  expect(find(items, 'general')?.facts.members_guests).toBeNull()
  expect(find(items, 'fair-last-year')?.facts).toMatchObject({ is_archived: true })
  expect(items.find((i) => i.facts.is_ext_shared)?.facts.connected_teams).toEqual([
    healthy.slack_settings?.teams[0]?.name,
  ])
})

test('apps are those that are installed, the monitor’s own marked', async () => {
  const { source } = await open()
  const apps = (await itemsOf(source())).filter(({ kind }) => kind === 'chat_app')
  expect(apps.map(({ name, holder, facts }) => [name, holder, facts.is_own, facts.scopes])).toEqual(
    [
      [
        'porchlight',
        'U01',
        true,
        ['channels:history', 'chat:write', 'users:read', 'users:read.email'],
      ],
      ['Team Calendar', 'U01', false, ['chat:write', 'commands', 'users:read']],
    ],
  )
})

test('without the admin’s token second steps and scopes are not seen, and nothing fails', async () => {
  const { source } = await open()
  const items = await itemsOf(source({ admin_token: undefined }))
  expect(find(items, 'Ana Marlow')?.facts.has_2fa).toBeNull()
  const apps = items.filter(({ kind }) => kind === 'chat_app')
  expect(apps.map(({ name, facts }) => [name, facts.scopes])).toEqual([
    ['porchlight', null],
    ['Team Calendar', null],
  ])
})

test('a token without the scopes sees less, and nothing fails', async () => {
  const without = (...gone: string[]) => monitorScopes.filter((scope) => !gone.includes(scope))
  const kinds = async (slackScopes: string[]) => {
    const { source } = await open(healthy, { slackScopes })
    const items = await itemsOf(source({ admin_token: undefined }))
    return Object.groupBy(items, ({ kind }) => kind)
  }
  expect((await kinds(without('users:read'))).user).toBeUndefined()
  const publicOnly = await kinds(without('groups:read'))
  expect(publicOnly.channel?.some((i) => i.facts.is_private)).toBe(false)
  expect(publicOnly.channel?.length).toBeGreaterThan(3)
  const noNames = await kinds(without('team:read', 'users:read.email'))
  expect(noNames.channel?.flatMap((i) => i.facts.connected_teams)).toEqual([
    healthy.slack_settings?.teams[0]?.id,
  ])
  expect(noNames.user?.every((i) => i.facts.email === null)).toBe(true)
})

test('a refused admin token is named as that', async () => {
  const { source } = await open()
  await expect(source({ admin_token: 'unknown' }).poll(null, signal)).rejects.toMatchObject({
    permanent: true,
    message: 'admin_token: users.list: invalid_auth',
    mend: expect.stringContaining('admin_token'),
  })
})

test('an order of many pages is read whole; broken records are left out', async () => {
  const { source, office } = await open()
  const logs = (page: number) => [
    { app_id: 'A1', app_type: 'Notes', change_type: 'added', date: '50', scope: 'admin' },
    { app_id: 'A1', app_type: 'Notes', change_type: 'added', date: '100', scope: 'chat:write' },
    { app_id: 'A1', change_type: 'updated', date: `${200 + page}`, scope: `files:read,p${page}` },
    { service_id: 77, service_type: 'RSS', change_type: 'enabled', date: '5', user_id: 'U9' },
    { app_id: 'A2', change_type: 'disabled', date: '9' },
    'nonsense',
    { app_id: {}, date: [] },
  ]
  const url = await openLine(office.slackUrl, (path, body) => {
    if (!path.endsWith('team.integrationLogs')) return null
    const page = Number(new URLSearchParams(body).get('page'))
    return {
      status: 200,
      body: JSON.stringify({ ok: true, logs: logs(page), paging: { pages: 3 } }),
    }
  })
  const items = await itemsOf(source({}, url))
  expect(find(items, 'Notes')).toMatchObject({
    uid: 'slack:T01:chat_app:A1',
    facts: { scopes: ['chat:write', 'files:read', 'p1', 'p2', 'p3'], changed: 203_000 },
  })
  expect(find(items, 'RSS')).toMatchObject({ uid: 'slack:T01:chat_app:77', holder: 'U9' })
  expect(items.some(({ uid }) => uid.endsWith(':A2'))).toBe(false)
})

test('odd accounts: strangers of shared channels, Slackbot, names with line breaks', async () => {
  const { source, office } = await open()
  const members = [
    { id: 'U01', team_id: 'T01', name: 'ana', profile: { email: 'Ana@Marlow.Example' } },
    { id: 'USLACKBOT', team_id: 'T01', name: 'slackbot', is_bot: false },
    { id: 'U70', team_id: 'T77', name: 'other' },
    { id: 'U72', name: 'other', is_stranger: true },
    {
      id: 'U71',
      name: 'x',
      real_name: `A\n\tB${'y'.repeat(999)}`,
      has_2fa: 'maybe',
      profile: null,
    },
    { name: 'no id' },
    7,
  ]
  const url = await openLine(office.slackUrl, (path) =>
    path.endsWith('users.list')
      ? { status: 200, body: JSON.stringify({ ok: true, members }) }
      : null,
  )
  const users = (await itemsOf(source({}, url))).filter(({ kind }) => kind === 'user')
  expect(users.map(({ uid, facts }) => [uid, facts.is_bot])).toEqual([
    ['slack:T01:user:U01', false],
    ['slack:T01:user:USLACKBOT', true],
    ['slack:T01:user:U71', false],
  ])
  expect(users[0]?.facts.email).toBe('ana@marlow.example')
  expect(users[2]?.name).toMatch(/^A By{197}$/)
  expect(users[2]?.facts.has_2fa).toBeNull()
})

test('[fault] a channel that goes while it is read is not seen; a hiccup is waited for', async () => {
  const { source, faults, office } = await open()
  const gone = await openLine(office.slackUrl, (path) =>
    path.endsWith('conversations.members')
      ? { status: 200, body: '{"ok":false,"error":"channel_not_found"}' }
      : null,
  )
  expect(find(await itemsOf(source({}, gone)), 'leadership')?.facts.members_guests).toBeNull()
  faults.add({ method: 'conversations.members', kind: 'limited', retryAfter: 20 })
  faults.add({ method: 'users.list', kind: '500' })
  expect(find(await itemsOf(source()), 'leadership')?.facts.members_guests).toEqual([])
  faults.add({ method: 'users.list', kind: '500', times: 9 })
  await expect(source().poll(null, signal)).rejects.toMatchObject({
    service: 'slack',
    permanent: false,
  })
})

test('stopping stops', async () => {
  const { source } = await open()
  await expect(source().poll(null, AbortSignal.abort())).rejects.toMatchObject({
    message: 'stopped',
  })
})

test('doctor hears what is seen and what is not', async () => {
  const { source } = await open()
  expect(await source().check(signal)).toEqual([
    { name: 'people', ok: true, text: '6, 1 of them guests' },
    { name: 'channels', ok: true, text: '9 seen, 3 of them private' },
    { name: 'second step', ok: true, text: 'seen' },
    { name: 'apps', ok: true, text: '2 with their scopes' },
  ])
  const lines = await source({ admin_token: undefined }).check(signal)
  expect(lines.filter(({ text }) => text.startsWith('not seen')).map(({ name }) => name)).toEqual([
    'second step',
  ])
  const { source: blind } = await open(healthy, { slackScopes: ['channels:read'] })
  expect((await blind({ admin_token: undefined }).check(signal))[0]).toMatchObject({
    name: 'people',
    ok: false,
  })
})

test('the office: the bot’s token sees no second step and no log, the admin’s sees both', async () => {
  const { office } = await open()
  const bot = slackClient(office)
  const admin = slackClient(office, healthy.slack_settings?.admin.token)
  expect((await bot.users.list({})).members?.[0]).not.toHaveProperty('has_2fa')
  expect((await admin.users.list({})).members?.[0]).toMatchObject({ has_2fa: true, is_owner: true })
  await expect(bot.team.integrationLogs()).rejects.toMatchObject({
    data: { error: 'missing_scope', needed: 'admin' },
  })
  const first = await admin.team.integrationLogs({ count: 2 })
  expect(first.paging).toMatchObject({ pages: 2, total: 4 })
  expect(first.logs?.length).toBe(2)
  const listed = await bot.conversations.list({ types: 'private_channel', exclude_archived: true })
  expect(listed.channels?.map(({ name }) => name)).toEqual(['money', 'leadership', 'bookkeeping'])
})

test('a workspace in good order hears nothing, and each plant is told by its check alone', async () => {
  const people = createPeople([], { domains: ['marlow.example'], networks: [] })
  const toldOf = async (world: World) => {
    const { source } = await open(world)
    const items = await itemsOf(source())
    const context: CheckContext = {
      now: world.end,
      people,
      items: (kind) => items.filter((item) => item.kind === kind),
    }
    return items.flatMap((item) =>
      slackChecks
        .filter((check) => check.kind === item.kind && check.find(item, context))
        .map((check) => [check.id, item.uid]),
    )
  }
  expect(await toldOf(healthy)).toEqual([])
  for (const { id, check, item } of slackPlants(smallWorld()))
    expect(await toldOf(withSlackSettings(smallWorld(), [id])), id).toEqual([[check, item]])
})

test('the settings follow from the seed, and the world they are added to stays as it is', () => {
  const world = smallWorld()
  expect(withSlackSettings(world)).toEqual(healthy)
  expect(world).toEqual(smallWorld())
  expect(withSlackSettings({ ...world, seed: 8 })).not.toEqual({ ...healthy, seed: 8 })
})
