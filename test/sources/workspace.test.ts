import { expect, test } from 'vitest'
import { mailboxChecks } from '../../src/checks/mailbox.ts'
import { workspaceChecks } from '../../src/checks/workspace.ts'
import { isRefused } from '../../src/clients/google-error.ts'
import { createPeople } from '../../src/core/people.ts'
import { googlePlants } from '../../src/office/google-plants.ts'
import type { GoogleSettings } from '../../src/office/google-settings.ts'
import { googleActivity } from '../../src/office/google-trail.ts'
import type { World } from '../../src/office/world.ts'
import { create, options } from '../../src/sources/workspace.ts'
import { googleWorld } from '../office/google-world.ts'
import { smallWorld } from '../office/small-world.ts'
import { eventShape } from './event-shape.ts'
import { hour, minute, openLine, openOffice, poller, signal } from './office.ts'

const ana = 'ana@marlow.example'
const carla = 'carla@marlow.example'
const ownClient = '104815162342100200300'
const { start } = smallWorld()

/** The small company at one o'clock, and a poller of its Google customer. */
async function openWorkspace({
  world = googleWorld() as World,
  hours = 13,
  limits = true,
}: {
  world?: World
  hours?: number
  limits?: boolean
} = {}) {
  const opened = await openOffice({ world, hours, limits })
  const key = { ...opened.office.credentials.serviceAccount(), client_id: ownClient }
  const workspace = (more: object = {}, endpoint = opened.office.googleUrl) => {
    const service_account = JSON.stringify(key)
    const entry = options.parse({ name: 'acme', subject: ana, service_account, ...more })
    const [source] = create(entry, { ...opened.deps, endpoint })
    if (!source) throw new Error('no source')
    return {
      ...poller(source),
      inventory: async () => (await source.poll(null, signal)).inventory?.[0],
    }
  }
  return { ...opened, workspace }
}

/** A world in which nothing happened but these acts. */
const actsWorld = (
  acts: Parameters<typeof googleActivity>[1][],
  change = (_: GoogleSettings) => {},
) =>
  googleWorld([], (settings) => {
    settings.activities = acts.map((act) => googleActivity(settings, act))
    change(settings)
  })
const signIn = (n: number, more: Partial<Parameters<typeof googleActivity>[1]> = {}) => ({
  application: 'login',
  at: start + 12 * hour + n * 1000,
  qualifier: String(n),
  email: ana,
  ip: '203.0.113.7',
  name: 'login_success',
  ...more,
})
const qualifiers = (events: { metadata: { uid: string } }[]) =>
  events.map(({ metadata }) => metadata.uid.split(':').at(-2))

test('people, groups and what they let in become items of the customer', async () => {
  const { workspace, world } = await openWorkspace({
    world: googleWorld(['greedy-app', 'app-password']),
  })
  const held = await workspace().inventory()
  const { customer } = world.google as GoogleSettings
  expect(held?.scope).toBe(`workspace:${customer}`)
  const of = (kind: string) => held?.items.filter((item) => item.kind === kind) ?? []
  expect(of('user').map(({ holder }) => holder)).toEqual(world.people.map(({ email }) => email))
  expect(of('user')[0]).toMatchObject({
    name: 'Ana Marlow',
    product: 'workspace',
    tenant_uid: customer,
    facts: { is_admin: true, is_enrolled_in_2sv: true, suspended: false, used_by_porchlight: true },
  })
  expect(of('app_grant').find(({ name }) => name === 'Mail Booster Pro')).toMatchObject({
    holder: 'elsa@marlow.example',
    facts: { access: ['read and send all mail', 'read all Drive files'] },
  })
  expect(of('app_password')).toMatchObject([{ name: 'old mail', holder: 'ben@marlow.example' }])
  expect(of('group').map(({ facts }) => facts)).toMatchObject([
    { email: 'all@marlow.example', external_members: [], direct_members_count: 5 },
    { external_members: ['ruth@ledgerworks.example'] },
  ])
})

test('a well-kept company is left alone; each fault is found where it was made', async () => {
  const plants = googlePlants(googleWorld(), googleWorld().google).filter(({ uid }) =>
    uid.startsWith('workspace:'),
  )
  expect(plants.length).toBeGreaterThan(9)
  const list = smallWorld().people.map(({ name, email, role }) => ({
    name,
    emails: [email],
    role,
    approver: false,
    accounts: [],
  }))
  const people = createPeople(list, { domains: ['marlow.example'], networks: [] })
  for (const planted of [[], ...plants.map((plant) => [plant])]) {
    const world = googleWorld(planted.map(({ id }) => id))
    const { workspace, clock } = await openWorkspace({ world })
    const held = (await workspace().inventory())?.items ?? []
    const items = (kind: string) => held.filter((item) => item.kind === kind)
    const context = { now: clock.now(), people, items }
    const found = held.flatMap((item) =>
      [...mailboxChecks, ...workspaceChecks]
        .filter((check) => check.kind === item.kind && check.find(item, context) !== null)
        .map(({ id }) => `${id} ${item.uid}`),
    )
    const wanted = planted.map(({ check, uid }) => `${check} ${uid}`)
    expect(found).toEqual(expect.arrayContaining(wanted))
    // Making everybody an admin, or a stranger one, is all that is wrong.
    expect(found.length, planted[0]?.id).toBe(wanted.length)
  }
})

test('the directory is read every quarter of an hour', async () => {
  const { workspace, clock, office } = await openWorkspace()
  const { source } = workspace()
  const first = await source.poll(null, signal)
  clock.move(14 * minute)
  const second = await source.poll(first.cursor, signal)
  expect(second).not.toHaveProperty('inventory')
  clock.move(minute)
  expect((await source.poll(second.cursor, signal)).inventory?.length).toBe(1)
  expect(office.requests()['users.list']).toBe(2)
})

test('without leave for app grants the rest is read, and none is asked for when not wanted', async () => {
  const world = googleWorld(['app-password'], (settings) => {
    settings.scopes = [
      'admin.reports.audit.readonly',
      'admin.directory.user.readonly',
      'admin.directory.group.readonly',
      'admin.directory.group.member.readonly',
    ]
  })
  const { workspace, logged, office } = await openWorkspace({ world })
  const kinds = async (more: object) =>
    new Set((await workspace(more).inventory())?.items.map(({ kind }) => kind))
  expect(await kinds({ app_grants: false })).toEqual(new Set(['user', 'group']))
  expect(logged.filter((line) => line.includes('app grants'))).toEqual([])
  expect(await kinds({})).toEqual(new Set(['user', 'group']))
  expect(logged).toContain('warn workspace app grants not shown')
  expect(office.requests()['tokens.list']).toBeUndefined()
})

test('records of all applications, oldest first, the first day as back-fill', async () => {
  const { workspace, clock } = await openWorkspace()
  const { poll } = workspace()
  const first = await poll()
  expect(first.length).toBeGreaterThan(10)
  expect(first.every((e) => e.metadata.labels.includes('backfill'))).toBe(true)
  expect(first.map(({ time }) => time)).toEqual(first.map(({ time }) => time).sort((a, b) => a - b))
  expect(new Set(first.map((e) => e.unmapped.activity))).toContain('sign_in')
  expect(await poll()).toEqual([])
  clock.move(8 * hour)
  const second = await poll()
  expect(second.length).toBeGreaterThan(0)
  for (const event of second.filter((e) => e.time > start + 13 * hour))
    expect(event.metadata.labels).toEqual([])
  for (const event of [...first, ...second]) eventShape.parse(event)
})

test('records that come up to six hours late are told once, whatever was told meanwhile', async () => {
  const at = start + 13 * hour
  const acts = [1, 2, 3, 4, 5, 6].map((n) =>
    signIn(n, { at: at + n * minute, lag: n * 59 * minute, qualifier: String(n) }),
  )
  const { workspace, clock } = await openWorkspace({ world: actsWorld(acts) })
  const { poll } = workspace()
  const told: unknown[] = []
  for (let n = 0; n < 15; n++) {
    told.push(...qualifiers(await poll()))
    clock.move(30 * minute)
  }
  expect(told).toEqual(['1', '2', '3', '4', '5', '6'])
})

test('the same record twice is told once; an act apart in one record is an event of its own', async () => {
  const world = actsWorld([signIn(1), signIn(1), signIn(2)], (settings) => {
    const events = settings.activities[2]?.record.events
    if (Array.isArray(events)) events.push({ name: 'logout', type: 'login' })
  })
  const { workspace } = await openWorkspace({ world })
  const events = await workspace().poll()
  expect(events.map((e) => [e.activity_name, e.metadata.uid.split(':').at(-1)])).toEqual([
    ['login_success', '0'],
    ['login_success', '0'],
    ['logout', '1'],
  ])
  expect(new Set(events.map((e) => e.metadata.uid)).size).toBe(3)
})

test('records are read to the last page', async () => {
  const acts = [...Array(2500).keys()].map((n) => signIn(n))
  const { workspace, office } = await openWorkspace({ world: actsWorld(acts) })
  const events = await workspace().poll()
  expect(new Set(qualifiers(events)).size).toBe(2500)
  expect(events.length).toBe(2500)
  expect(office.requests()['activities.list']).toBeGreaterThan(10)
})

test('an application the edition lacks is left alone for hours; the others are read', async () => {
  const { workspace, clock, office, logged } = await openWorkspace({
    world: actsWorld([signIn(1)]),
  })
  const { poll } = workspace()
  expect((await poll()).length).toBe(1)
  expect(logged.filter((line) => line.includes('records not read')).length).toBe(1)
  const asked = office.requests()['activities.list'] ?? 0
  await poll()
  expect((office.requests()['activities.list'] ?? 0) - asked).toBe(9)
  clock.move(6 * hour)
  await poll()
  expect(logged.filter((line) => line.includes('records not read')).length).toBe(2)
})

test('a subject who is no administrator is a lasting failure that says what to do', async () => {
  const { workspace } = await openWorkspace()
  const { poll, source } = workspace({ subject: carla })
  await expect(poll()).rejects.toMatchObject({
    service: 'workspace',
    permanent: true,
    mend: expect.stringContaining('admin role'),
  })
  const lines = await source.check(signal)
  expect(lines.map(({ ok }) => ok)).toEqual([false, false, false, false])
  expect(lines[0]?.text).toContain('admin.reports.audit.readonly')
})

test('a role taken away later is a failure too, not silence', async () => {
  const { workspace, office } = await openWorkspace()
  let isTaken = false
  const denied = { error: { code: 403, message: 'no', errors: [{ reason: 'forbidden' }] } }
  const url = await openLine(office.googleUrl, (path) =>
    isTaken && path.includes('/reports/') ? { status: 403, body: JSON.stringify(denied) } : null,
  )
  const { poll } = workspace({}, url)
  await poll()
  isTaken = true
  await expect(poll()).rejects.toMatchObject({ permanent: true })
})

test('once a sign-in works again every application is read', async () => {
  const acts = [signIn(1), signIn(2, { application: 'token', name: 'revoke' })]
  const { workspace, office } = await openWorkspace({ world: actsWorld(acts) })
  let isRevoked = true
  const url = await openLine(office.googleUrl, (path) =>
    isRevoked && path.endsWith('/token')
      ? { status: 400, body: '{"error":"invalid_grant"}' }
      : null,
  )
  const { poll } = workspace({}, url)
  const failure = await poll().catch((error) => error)
  expect(failure).toMatchObject({ service: 'workspace', permanent: true })
  expect(isRefused(failure)).toBe(false)
  isRevoked = false
  expect(qualifiers(await poll())).toEqual(['1', '2'])
})

test('missing delegation names the scope, and a broken key is told apart', async () => {
  const world = googleWorld([], (settings) => {
    settings.scopes = ['gmail.readonly']
  })
  const { workspace } = await openWorkspace({ world })
  await expect(workspace().poll()).rejects.toMatchObject({
    permanent: true,
    mend: expect.stringContaining('auth/admin.reports.audit.readonly'),
  })
  await expect(workspace({ service_account: '{}' }).poll()).rejects.toMatchObject({
    permanent: true,
    mend: expect.stringContaining('JSON key'),
  })
})

test('doctor says what is allowed, and that super admin is more than it takes', async () => {
  const { workspace } = await openWorkspace()
  const lines = await workspace().source.check(signal)
  expect(lines.map(({ name, ok }) => [name, ok])).toEqual([
    ['reports', true],
    ['users', true],
    ['groups', true],
    ['app grants', true],
  ])
  expect(lines[1]?.text).toContain('super admin')
})

test('[fault] Retry-After, 403 rateLimitExceeded and a page of HTML are waited out', async () => {
  const { workspace, faults, clock } = await openWorkspace({ world: actsWorld([signIn(1)]) })
  faults.add({ method: 'activities.list', kind: 'limited', retryAfter: 30 })
  faults.add({ method: 'activities.list', kind: 'quota', times: 2 })
  faults.add({ method: 'users.list', kind: 'quota' })
  faults.add({ method: 'users.list', kind: 'html' })
  const before = clock.now()
  const { source } = workspace()
  const { events, inventory } = await source.poll(null, signal)
  expect(clock.now() - before).toBeGreaterThanOrEqual(30_000)
  expect([qualifiers(events), inventory?.length]).toEqual([['1'], 1])
})

test('[fault] an application that fails keeps its mark, and nothing of the others is lost', async () => {
  const revoke = { application: 'token', name: 'revoke', lag: 0 }
  const acts = [signIn(1), signIn(2, revoke), signIn(3, { ...revoke, at: start + 14 * hour })]
  const { workspace, office, clock } = await openWorkspace({ world: actsWorld(acts) })
  let isBroken = true
  const url = await openLine(office.googleUrl, (path) =>
    isBroken && path.includes('/applications/token') ? { status: 500, body: '{}' } : null,
  )
  const { poll } = workspace({}, url)
  expect(qualifiers(await poll())).toEqual(['1'])
  await expect(poll()).rejects.toMatchObject({ permanent: false })
  isBroken = false
  clock.move(2 * hour)
  const late = await poll()
  expect(qualifiers(late)).toEqual(['2', '3'])
  expect(late.map(({ metadata }) => metadata.labels)).toEqual([['backfill'], []])
})

test('[fault] a directory that fails halfway is no inventory with people missing', async () => {
  const { workspace, faults } = await openWorkspace()
  faults.add({ method: 'members.list', kind: '500', times: 4 })
  expect(await workspace().inventory()).toBeUndefined()
})

test('our own reading, which Google writes down, is not told', async () => {
  const use = (n: number, client_id: string) =>
    signIn(n, { application: 'token', name: 'activity', parameters: { client_id } })
  const { workspace } = await openWorkspace({
    world: actsWorld([use(1, ownClient), use(2, 'another.apps.googleusercontent.com')]),
  })
  expect(qualifiers(await workspace().poll())).toEqual(['2'])
})

test('stopping ends a poll', async () => {
  const { workspace } = await openWorkspace()
  await expect(workspace().source.poll(null, AbortSignal.abort())).rejects.toMatchObject({
    message: 'stopped',
  })
})
