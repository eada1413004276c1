import { afterEach, expect, test } from 'vitest'
import { createFaults } from '../../src/office/faults.ts'
import { type Office, type OfficeOptions, startOffice } from '../../src/office/servers.ts'
import { delegatedClient, gmailClient, standingClock } from './clients.ts'
import { smallWorld } from './small-world.ts'

const world = smallWorld()
const hour = 3_600_000
const carla = 'carla@marlow.example'
const offices: Office[] = []

async function open(at = world.end, options: Partial<OfficeOptions> = {}) {
  const clock = standingClock(at)
  const office = await startOffice(world, { clock, ...options })
  offices.push(office)
  return { clock, office, gmail: gmailClient(office, carla) }
}

afterEach(() => Promise.all(offices.splice(0).map((office) => office.close())))

const me = { userId: 'me' }
const failure = (status: number, reason?: string) => ({
  status,
  ...(reason ? { response: { data: { error: { code: status, errors: [{ reason }] } } } } : {}),
})
const idsOf = (list: { messages?: { id?: string | null }[] }) =>
  list.messages?.map(({ id }) => id?.slice(-2))

test('a refresh token opens its own mailbox only', async () => {
  const { gmail } = await open()
  const { data } = await gmail.users.getProfile(me)
  expect(data).toMatchObject({ emailAddress: carla, messagesTotal: 5 })
  expect(data.historyId).toMatch(/^\d{21}$/)
  await expect(gmail.users.getProfile({ userId: 'ana@marlow.example' })).rejects.toMatchObject(
    failure(403, 'forbidden'),
  )
})

test('a service account acts for any mailbox of the company, within its scope', async () => {
  const { office } = await open()
  for (const subject of [carla, 'ana@marlow.example']) {
    const { data } = await delegatedClient(office, subject).users.getProfile({ userId: subject })
    expect(data.emailAddress).toBe(subject)
  }
  await expect(delegatedClient(office, 'x@other.example').users.getProfile(me)).rejects.toThrow(
    /invalid_grant/,
  )
  await expect(delegatedClient(office, carla, 'gmail.modify').users.getProfile(me)).rejects.toThrow(
    /unauthorized_client/,
  )
})

test('the list is newest first, in pages, by time and label', async () => {
  const { gmail, office } = await open()
  const ids: unknown[] = []
  let pageToken: string | null | undefined
  do {
    const { data } = await gmail.users.messages.list({
      ...me,
      maxResults: 2,
      ...(pageToken ? { pageToken } : {}),
    })
    ids.push(...(idsOf(data) ?? []))
    pageToken = data.nextPageToken
  } while (pageToken)
  expect(ids).toEqual(['09', '08', '04', '03', '02'])
  const list = async (params: object) =>
    idsOf((await gmail.users.messages.list({ ...me, ...params })).data)
  const noon = Math.floor((world.start + 12 * hour) / 1000)
  expect(await list({ q: `after:${noon} -in:chats` })).toEqual(['09', '08'])
  expect(await list({ q: `before:${noon}` })).toEqual(['04', '03', '02'])
  expect(await list({ q: 'after:2026/11/17' })).toBeUndefined()
  expect(await list({ q: 'after:2026/11/16' })).toEqual(['09', '08', '04', '03'])
  expect(await list({ labelIds: ['SENT'] })).toEqual(['03'])
  await expect(list({ q: 'newer_than:1d' })).rejects.toMatchObject(failure(400))
  const ana = gmailClient(office, 'ana@marlow.example')
  expect(idsOf((await ana.users.messages.list(me)).data)).not.toContain('05')
  expect(idsOf((await ana.users.messages.list({ ...me, includeSpamTrash: true })).data)).toContain(
    '05',
  )
})

test('raw is byte-exact; the other formats say the same', async () => {
  const { gmail } = await open()
  const mail = world.mail.find(({ id }) => id.endsWith('04'))
  const id = mail?.id as string
  const { data: raw } = await gmail.users.messages.get({ ...me, id, format: 'raw' })
  expect(Buffer.from(raw.raw ?? '', 'base64url').toString()).toBe(mail?.raw)
  expect(raw).toMatchObject({ internalDate: String(mail?.time), labelIds: ['INBOX', 'UNREAD'] })
  const { data: metadata } = await gmail.users.messages.get({
    ...me,
    id,
    format: 'metadata',
    metadataHeaders: ['Subject', 'authentication-results'],
  })
  expect(metadata.payload?.headers?.map(({ name }) => name)).toEqual([
    'Authentication-Results',
    'Subject',
  ])
  const { data: full } = await gmail.users.messages.get({ ...me, id })
  expect(full.payload?.mimeType).toBe('text/plain')
  expect(full.snippet).toMatch(/^Your session expired/)
  await expect(gmail.users.messages.get({ ...me, id: 'nothing' })).rejects.toMatchObject(
    failure(404, 'notFound'),
  )
})

test('history tells what arrived since, once, and 404 when it is too old', async () => {
  const { gmail, clock } = await open(world.start + 8 * hour)
  const { data: before } = await gmail.users.getProfile(me)
  const history = (startHistoryId: string, more: object = {}) =>
    gmail.users.history.list({ ...me, startHistoryId, historyTypes: ['messageAdded'], ...more })
  const start = before.historyId as string
  expect((await history(start)).data).toEqual({ historyId: start })
  clock.set(world.start + 10.5 * hour)
  const added = (data: Awaited<ReturnType<typeof history>>['data']) =>
    data.history?.flatMap((h) => h.messagesAdded?.map(({ message }) => message?.id?.slice(-2)))
  const { data } = await history(start)
  expect(added(data)).toEqual(['02', '03', '04'])
  expect(BigInt(data.historyId as string) > BigInt(start)).toBe(true)
  expect((await history(data.historyId as string)).data.history).toBeUndefined()
  const { data: first } = await history(start, { maxResults: 2 })
  const { data: rest } = await history(start, { maxResults: 2, pageToken: first.nextPageToken })
  expect([added(first), added(rest)]).toEqual([['02', '03'], ['04']])
  expect(rest.nextPageToken).toBeUndefined()
  clock.set(world.start + 8 * 24 * hour)
  await expect(history(start)).rejects.toMatchObject(failure(404, 'notFound'))
  await expect(history('1')).rejects.toMatchObject(failure(404))
})

test('mail is not shown before it is visible', async () => {
  const phish = world.mail.find(({ id }) => id.endsWith('04'))
  const { gmail, clock } = await open((phish?.visible ?? 0) - 1)
  const get = () => gmail.users.messages.get({ ...me, id: phish?.id as string })
  await expect(get()).rejects.toMatchObject(failure(404))
  clock.set(phish?.visible ?? 0)
  expect((await get()).status).toBe(200)
})

test('labels', async () => {
  const { gmail } = await open()
  const { data } = await gmail.users.labels.list(me)
  expect(data.labels).toContainEqual({ id: 'INBOX', name: 'INBOX', type: 'system' })
  expect((await gmail.users.labels.get({ ...me, id: 'SPAM' })).data.name).toBe('SPAM')
})

test('[fault] 6,000 units a minute are 300 messages', async () => {
  const { gmail, clock } = await open()
  const get = () => gmail.users.messages.get({ ...me, id: '18c0000000000104', format: 'minimal' })
  for (let i = 0; i < 300; i += 1) await get()
  await expect(get()).rejects.toMatchObject(failure(403, 'rateLimitExceeded'))
  clock.set(world.end + 60_000)
  expect((await get()).status).toBe(200)
})

test('[fault] Google’s refusals, each in its own shape', async () => {
  const faults = createFaults([{ method: 'oauth2.token', kind: 'denied' }])
  const { gmail, office } = await open(world.end, { faults })
  const profile = () => gmail.users.getProfile(me)
  await expect(profile()).rejects.toThrow(/invalid_grant/)
  expect((await profile()).status).toBe(200)
  faults.add({ method: 'getProfile', kind: 'limited', retryAfter: 7 })
  const limited = await profile().catch((error) => error.response)
  expect(limited.headers.get('retry-after')).toBe('7')
  expect(limited.data.error).toMatchObject({ code: 429, status: 'RESOURCE_EXHAUSTED' })
  faults.add({ method: 'getProfile', kind: 'quota' })
  await expect(profile()).rejects.toMatchObject(failure(403, 'rateLimitExceeded'))
  faults.add({ method: 'getProfile', kind: 'html' })
  expect((await profile()).data).toMatch(/^<!DOCTYPE html>/)
  faults.add({ method: 'getProfile', kind: '500' })
  await expect(profile()).rejects.toMatchObject(failure(500))
  faults.add({ method: 'getProfile', kind: 'drop' })
  await expect(profile()).rejects.toThrow()
  faults.add({ method: 'history.list', kind: 'expired' })
  const startHistoryId = (await profile()).data.historyId as string
  const history = () => gmail.users.history.list({ ...me, startHistoryId })
  await expect(history()).rejects.toMatchObject(failure(404, 'notFound'))
  expect((await history()).status).toBe(200)
  faults.add({ method: 'messages.get', kind: 'gone' })
  const get = () => gmail.users.messages.get({ ...me, id: '18c0000000000104' })
  await expect(get()).rejects.toMatchObject(failure(404))
  faults.add({ method: 'messages.get', kind: 'denied' })
  await expect(get()).rejects.toMatchObject(failure(401, 'authError'))
  expect(office.requests()['oauth2.token']).toBe(2)
  expect(faults.left()).toEqual([])
})
