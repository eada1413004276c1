import { admin } from '@googleapis/admin'
import { JWT } from 'google-auth-library'
import { afterEach, expect, test } from 'vitest'
import { createWorld } from '../../src/office/company.ts'
import type { GoogleSettings } from '../../src/office/google-settings.ts'
import { googleActivity } from '../../src/office/google-trail.ts'
import { type Office, startOffice } from '../../src/office/servers.ts'
import { delegatedClient, gmailClient, standingClock } from './clients.ts'
import { googleWorld } from './google-world.ts'
import { smallWorld } from './small-world.ts'

const minute = 60_000
const ana = 'ana@marlow.example'
const carla = 'carla@marlow.example'
const offices: Office[] = []
afterEach(() => Promise.all(offices.splice(0).map((office) => office.close())))

const all = [
  'admin.reports.audit.readonly',
  'admin.directory.user.readonly',
  'admin.directory.user.security',
  'admin.directory.group.readonly',
]

async function open(world = googleWorld() as ReturnType<typeof smallWorld>, at = world.end) {
  const clock = standingClock(at)
  const office = await startOffice(world, { clock })
  offices.push(office)
  const clients = (subject = ana, scopes = all) => {
    const { client_email, private_key } = office.credentials.serviceAccount()
    const auth = new JWT({
      email: client_email,
      key: private_key,
      subject,
      scopes: scopes.map((scope) => `https://www.googleapis.com/auth/${scope}`),
      transporterOptions: {
        fetchImplementation: (input, init) =>
          fetch(String(input).replace('https://oauth2.googleapis.com/', office.googleUrl), init),
      },
    })
    const options = { auth, rootUrl: office.googleUrl, retry: false }
    return {
      directory: admin({ version: 'directory_v1', ...options }),
      reports: admin({ version: 'reports_v1', ...options }),
    }
  }
  return { clock, office, clients, world }
}

const customer = 'my_customer'
const login = { userKey: 'all', applicationName: 'login' }
const refusal = (status: number, reason: string) => ({
  status,
  response: { data: { error: { code: status, errors: [{ reason }] } } },
})

test('people, groups, grants and app passwords under Google’s own paths', async () => {
  const { clients, world } = await open(googleWorld(['app-password']))
  const { directory } = clients()
  const { data } = await directory.users.list({ customer })
  expect(data.users?.map((u) => u.primaryEmail)).toEqual(world.people.map(({ email }) => email))
  expect(data.users?.filter((u) => u.isAdmin).length).toBe(2)
  const { data: groups } = await directory.groups.list({ customer })
  const outside = groups.groups?.find((g) => g.name === 'External accountant')
  const { data: members } = await directory.members.list({ groupKey: outside?.id as string })
  expect(members.members?.map(({ email }) => email)).toEqual([carla, 'ruth@ledgerworks.example'])
  const { data: tokens } = await directory.tokens.list({ userKey: ana })
  expect(tokens.items?.map(({ displayText }) => displayText)).toContain('Slack')
  const { data: asps } = await directory.asps.list({ userKey: 'ben@marlow.example' })
  expect(asps.items).toMatchObject([{ codeId: 3 }])
  await expect(directory.tokens.list({ userKey: 'x@y.example' })).rejects.toMatchObject(
    refusal(404, 'notFound'),
  )
})

test('lists come in pages', async () => {
  const { clients } = await open()
  const { directory } = clients()
  const { data: first } = await directory.users.list({ customer, maxResults: 3 })
  const { data: rest } = await directory.users.list({
    customer,
    maxResults: 3,
    pageToken: first.nextPageToken as string,
  })
  expect([first.users?.length, rest.users?.length, rest.nextPageToken]).toEqual([3, 2, undefined])
})

test('records are shown late, newest first, in pages of a span', async () => {
  const act = (settings: GoogleSettings, n: number, lag: number) =>
    googleActivity(settings, {
      application: 'login',
      at: smallWorld().start + n * minute,
      lag,
      qualifier: String(n),
      email: ana,
      name: 'login_success',
    })
  const world = googleWorld([], (settings) => {
    settings.activities = [1, 2, 3].map((n) => act(settings, n, n * 60 * minute))
  })
  const { clients, clock } = await open(world, world.start + 122 * minute)
  const { reports } = clients()
  const list = async (more: object = {}) =>
    (await reports.activities.list({ ...login, ...more })).data
  const marks = (data: Awaited<ReturnType<typeof list>>) =>
    data.items?.map(({ id }) => id?.uniqueQualifier)
  expect(marks(await list())).toEqual(['2', '1'])
  clock.set(world.end)
  const first = await list({ maxResults: 2 })
  expect(marks(first)).toEqual(['3', '2'])
  expect(marks(await list({ maxResults: 2, pageToken: first.nextPageToken }))).toEqual(['1'])
  const endTime = new Date(world.start + 2 * minute).toISOString()
  const startTime = new Date(world.start + 2 * minute).toISOString()
  expect(marks(await list({ startTime, endTime }))).toEqual(['2'])
  await expect(list({ startTime, endTime: '2020-01-01T00:00:00Z' })).rejects.toMatchObject(
    refusal(400, 'invalid'),
  )
})

test('a token opens what its scopes allow, and only to an administrator', async () => {
  const { clients } = await open()
  const { directory, reports } = clients(ana, ['admin.directory.user.readonly'])
  expect((await directory.users.list({ customer })).status).toBe(200)
  await expect(directory.tokens.list({ userKey: ana })).rejects.toMatchObject(
    refusal(403, 'insufficientPermissions'),
  )
  await expect(reports.activities.list(login)).rejects.toMatchObject(
    refusal(403, 'insufficientPermissions'),
  )
  const plain = clients(carla)
  await expect(plain.directory.users.list({ customer })).rejects.toMatchObject(
    refusal(403, 'forbidden'),
  )
  await expect(plain.reports.activities.list(login)).rejects.toMatchObject(
    refusal(401, 'authError'),
  )
  await expect(
    clients(ana, ['admin.directory.user']).directory.users.list({ customer }),
  ).rejects.toThrow(/unauthorized_client/)
})

test('an application that the edition lacks is refused, the others not', async () => {
  const { clients, world } = await open()
  const { reports } = clients()
  const span = {
    startTime: new Date(world.start).toISOString(),
    endTime: new Date(world.end).toISOString(),
  }
  const gmail = { userKey: 'all', applicationName: 'gmail' }
  await expect(reports.activities.list({ ...gmail, ...span })).rejects.toMatchObject(
    refusal(403, 'forbidden'),
  )
  await expect(reports.activities.list(gmail)).rejects.toMatchObject(refusal(400, 'required'))
  expect((await reports.activities.list({ ...login, ...span })).data.items?.length).toBeGreaterThan(
    5,
  )
})

test('mailbox settings; delegates for service accounts alone', async () => {
  const { office } = await open()
  const me = { userId: 'me' }
  const { settings } = gmailClient(office, carla).users
  expect((await settings.filters.list(me)).data.filter?.length).toBe(2)
  expect((await settings.sendAs.list(me)).data.sendAs?.length).toBe(2)
  expect((await settings.getAutoForwarding(me)).data).toEqual({ enabled: false })
  expect((await settings.getImap(me)).data.enabled).toBe(true)
  expect((await settings.getPop(me)).data.accessWindow).toBe('disabled')
  await expect(settings.delegates.list(me)).rejects.toMatchObject(refusal(403, 'forbidden'))
  const owner = delegatedClient(office, ana).users.settings
  expect((await owner.delegates.list(me)).data.delegates).toEqual([
    { delegateEmail: 'elsa@marlow.example', verificationStatus: 'accepted' },
  ])
})

test('a world without Google settings answers empty lists', async () => {
  const { clients, office } = await open(smallWorld())
  const { directory, reports } = clients()
  expect((await directory.users.list({ customer })).data.users).toBeUndefined()
  expect((await reports.activities.list(login)).data.items).toBeUndefined()
  const { settings } = gmailClient(office, ana).users
  expect((await settings.filters.list({ userId: 'me' })).data).toEqual({})
})

test('settings follow from the seed, and planting leaves the original as it was', () => {
  expect(googleWorld().google).toEqual(googleWorld().google)
  expect(googleWorld(['forward-outside']).google).not.toEqual(googleWorld().google)
  expect(() => googleWorld(['no such'])).toThrow('no plant')
  expect(createWorld(1).google).toBeUndefined()
})
