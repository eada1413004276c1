import { expect, test } from 'vitest'
import { createGmail } from '../../src/clients/google.ts'
import type { World } from '../../src/office/world.ts'
import { smallWorld } from '../office/small-world.ts'
import { hour, minute, openLine, openOffice, signal, uids } from './office.ts'

type Office = Awaited<ReturnType<typeof openOffice>>
const carla = 'carla@marlow.example'

const client = ({ office, clock }: Office, endpoint = office.googleUrl) => {
  const { client_id, client_secret, refreshToken } = office.credentials.google
  const oauth = { client_id, client_secret, refresh_token: refreshToken(carla) }
  return createGmail({
    mailbox: carla,
    auth: { oauth },
    endpoint,
    clock,
    log: () => {},
    timeout: 300,
  })
}

/** The small world with `count` more mails to Carla, one a second from `hours` on. */
function busyWorld(count: number, hours: number, more: (n: number) => object = () => ({})): World {
  const world = smallWorld()
  const [model] = world.mail.filter((m) => m.mailbox === carla && m.labels.includes('INBOX'))
  if (!model) throw new Error('no mail')
  for (let n = 0; n < count; n++) {
    const time = world.start + hours * hour + n * 1000
    const id = `19${String(n).padStart(14, '0')}`
    world.mail.push({ ...model, id, thread_id: id, time, visible: time, ...more(n) })
  }
  return world
}

test('the first day is told as back-fill, then what history adds', async () => {
  const { gmail, clock } = await openOffice({ hours: 13 })
  const { poll } = gmail()
  const first = await poll()
  expect(first.map((e) => e.email?.subject)).toEqual([
    'Invoice 4411',
    'Re: Invoice 4411',
    'Sign in to see the new payroll',
  ])
  expect(first.every((e) => e.metadata.labels.includes('backfill'))).toBe(true)
  expect(first.map((e) => e.email?.direction)).toEqual(['inbound', 'outbound', 'inbound'])
  clock.move(2 * hour)
  const second = await poll()
  expect(second.map((e) => e.email?.subject).sort()).toEqual(['Reminder', 'Statement ready'])
  expect(second.flatMap((e) => e.metadata.labels)).toEqual([])
  expect(await poll()).toEqual([])
})

test('[trap G1] a request that hangs ends', async () => {
  const office = await openOffice()
  office.faults.add({ method: 'getProfile', kind: 'hang', times: 4 })
  await expect(client(office).profile()).rejects.toMatchObject({
    service: 'gmail',
    permanent: false,
  })
})

test('[trap G2] Retry-After of a 429 is waited for on the clock', async () => {
  const office = await openOffice()
  office.faults.add({ method: 'getProfile', kind: 'limited', retryAfter: 33 })
  const before = office.clock.now()
  await client(office).profile()
  expect(office.clock.now() - before).toBeGreaterThanOrEqual(33_000)
})

test('[trap G3] 403 rateLimitExceeded is tried again, another 403 is final', async () => {
  const office = await openOffice()
  office.faults.add({ method: 'getProfile', kind: 'quota', times: 2 })
  await client(office).profile()
  expect(office.office.requests().getProfile).toBe(3)
  const denied = {
    error: { code: 403, message: 'no', errors: [{ reason: 'accessNotConfigured' }] },
  }
  const url = await openLine(office.office.googleUrl, (path) =>
    path.includes('profile') ? { status: 403, body: JSON.stringify(denied) } : null,
  )
  await expect(client(office, url).profile()).rejects.toMatchObject({
    permanent: true,
    mend: expect.stringContaining('Gmail API'),
  })
})

test('[trap G4] a page of HTML is a passing failure', async () => {
  const office = await openOffice()
  office.faults.add({ method: 'messages.list', kind: 'html', times: 4 })
  const failure = await client(office)
    .search('after:1')
    .catch((error) => error)
  expect(failure).toMatchObject({ service: 'gmail', permanent: false })
  expect(failure.message).not.toContain('<')
})

test('[trap G5] mail that arrives while the first list is made is told', async () => {
  const office = await openOffice({ hours: 13 })
  let listed = false
  const url = await openLine(office.office.googleUrl, (path) => {
    // The list is empty, and time goes on right after it.
    if (path.includes('/messages?') && !listed) {
      listed = true
      return { status: 200, body: '{"resultSizeEstimate":0}' }
    }
    if (listed) office.clock.move(2 * hour)
    return null
  })
  const { poll } = office.gmail(carla, {}, url)
  await poll()
  const subjects = (await poll()).map((e) => e.email?.subject)
  expect(subjects).toEqual(expect.arrayContaining(['Statement ready', 'Reminder']))
})

test('[trap G6] [trap G12] history is read to its last page, at 300 messages a minute', async () => {
  const office = await openOffice({ world: busyWorld(700, 14), hours: 13 })
  const { poll, cursor } = office.gmail()
  await poll()
  office.clock.move(2 * hour)
  const told: string[] = []
  const started = office.clock.now()
  for (let n = 0; n < 3; n++) told.push(...uids(await poll()))
  expect(new Set(told).size).toBe(702)
  expect(office.office.requests()['history.list']).toBeGreaterThanOrEqual(4)
  expect(office.clock.now() - started).toBeGreaterThan(minute)
  expect(office.logged.filter((line) => line.includes('asks us'))).toEqual([])
  expect(cursor()).toMatchObject({ pending: [] })
})

test('the mark stays where it was when the second page of history fails', async () => {
  const office = await openOffice({ world: busyWorld(700, 14), hours: 13 })
  let broken = false
  const url = await openLine(office.office.googleUrl, (path) =>
    broken && path.includes('/history') && path.includes('pageToken')
      ? { status: 500, body: '{}' }
      : null,
  )
  const { poll, cursor } = office.gmail(carla, {}, url)
  await poll()
  const mark = cursor()
  office.clock.move(2 * hour)
  broken = true
  await expect(poll()).rejects.toMatchObject({ permanent: false })
  expect(cursor()).toEqual(mark)
})

test('[trap G7] forgotten history is made up for by a search', async () => {
  const office = await openOffice({ hours: 13 })
  const { poll } = office.gmail()
  await poll()
  office.clock.move(2 * hour)
  office.faults.add({ method: 'history.list', kind: 'expired' })
  const subjects = (await poll()).map((e) => e.email?.subject)
  expect(subjects).toEqual(expect.arrayContaining(['Statement ready', 'Reminder']))
  expect(await poll()).toEqual([])
})

test('[trap G8] a message gone between list and get is passed over', async () => {
  const office = await openOffice({ hours: 13 })
  office.faults.add({ method: 'messages.get', kind: 'gone' })
  const { poll } = office.gmail()
  expect((await poll()).length).toBe(2)
  expect(await poll()).toEqual([])
})

test('[trap G9] time is Google’s, not the sender’s', async () => {
  const world = smallWorld()
  for (const item of world.mail) item.raw = item.raw.replace(/^Date:.*$/m, 'Date: 1 Jan 1999 00:00')
  const { gmail } = await openOffice({ world, hours: 13 })
  const [first] = await gmail().poll()
  expect(first?.time).toBe(world.mail.find((m) => m.mailbox === carla)?.time)
})

test('[trap G10] each message is fetched once, raw and byte exact', async () => {
  const world = smallWorld()
  const phish = world.mail.find((m) => m.id.endsWith('04'))
  if (phish) phish.raw = phish.raw.replace('Your session', 'Grüße: your session')
  const office = await openOffice({ world, hours: 13 })
  const { poll } = office.gmail()
  const events = await poll()
  await poll()
  expect(office.office.requests()['messages.get']).toBe(3)
  const event = events.find((e) => e.metadata.uid.endsWith('04'))
  expect(event?.message).toContain('Grüße: your session expired')
  expect(event?.raw_data).toBe(phish?.raw.split('\r\n\r\n')[0])
})

test('[trap G11] only what Google put on top is believed', async () => {
  const world = smallWorld()
  const phish = world.mail.find((m) => m.id.endsWith('04'))
  const forged = 'Authentication-Results: mx.google.com; spf=pass; dkim=pass; dmarc=pass\r\n'
  if (phish) phish.raw = phish.raw.replace('From:', `${forged}From:`)
  const { gmail } = await openOffice({ world, hours: 13 })
  const event = (await gmail().poll()).find((e) => e.metadata.uid.endsWith('04'))
  expect(event?.email?.authentication).toEqual({ spf: 'fail', dkim: null, dmarc: 'fail' })
})

test('[trap G13] spam is read too', async () => {
  const { gmail } = await openOffice({ hours: 13 })
  const events = await gmail('ana@marlow.example').poll()
  expect(events.map((e) => e.email?.subject)).toContain('You won')
})

test('[trap G14] one mail in two mailboxes is two events of one fingerprint', async () => {
  const world = smallWorld()
  const mail = world.mail.find((m) => m.id.endsWith('06'))
  if (mail) world.mail.push({ ...mail, mailbox: carla })
  const { gmail } = await openOffice({ world, hours: 13 })
  const found = [...(await gmail('ana@marlow.example').poll()), ...(await gmail(carla).poll())]
  const twins = found.filter((e) => e.email?.subject === 'Clay weekly')
  expect(new Set(uids(twins)).size).toBe(2)
  expect(new Set(twins.map((e) => e.email?.fingerprint)).size).toBe(1)
})

test('[trap G15] invalid_grant is final and tells of the seven days', async () => {
  const office = await openOffice()
  office.faults.add({ method: 'oauth2.token', kind: 'denied' })
  await expect(office.gmail().poll()).rejects.toMatchObject({
    permanent: true,
    mend: expect.stringContaining('7 days'),
  })
  expect(office.office.requests()['oauth2.token']).toBe(1)
})

test('[trap G16] a service account enters a mailbox, its token asked for at our endpoint', async () => {
  const office = await openOffice({ hours: 13 })
  const key = JSON.stringify(office.office.credentials.serviceAccount())
  const { poll, source } = office.gmail(carla, { oauth: undefined, service_account: key })
  expect((await poll()).length).toBe(3)
  expect(office.office.requests()['oauth2.token']).toBe(1)
  expect(await source.check(signal)).toEqual([
    { name: carla, ok: true, text: 'reachable, read-only' },
  ])
  const broken = office.gmail(carla, { oauth: undefined, service_account: key.slice(0, 40) })
  const failure = await broken.poll().catch((error) => error)
  expect(failure).toMatchObject({ permanent: true, mend: expect.stringContaining('JSON key') })
})

test('[trap G17] drafts and chats are no mail', async () => {
  const labels = [['DRAFT'], ['CHAT'], ['INBOX']]
  const world = busyWorld(3, 14, (n) => ({ labels: labels[n] }))
  const { gmail, clock } = await openOffice({ world, hours: 13.5 })
  const { poll } = gmail()
  await poll()
  clock.move(hour)
  expect(uids(await poll()).filter((uid) => uid.includes(':19'))).toEqual([
    `gmail:${carla}:1900000000000002`,
  ])
})

test('[trap G18] missing delegation is final and names the scope', async () => {
  const office = await openOffice()
  const url = await openLine(office.office.googleUrl, (path) =>
    path.endsWith('token') ? { status: 401, body: '{"error":"unauthorized_client"}' } : null,
  )
  await expect(office.gmail(carla, {}, url).poll()).rejects.toMatchObject({
    permanent: true,
    mend: expect.stringContaining('gmail.readonly'),
  })
  office.faults.add({ method: 'getProfile', kind: 'denied', times: 9 })
  await expect(office.gmail().poll()).rejects.toMatchObject({ permanent: true })
})

test('[trap G19] history ids keep all their digits', async () => {
  const office = await openOffice({ hours: 13 })
  const { poll, cursor } = office.gmail()
  await poll()
  const { historyId } = cursor() as { historyId: string }
  expect(historyId).toMatch(/^\d{21}$/)
  expect(historyId).toBe((await client(office).profile()).historyId)
})

test('what was fetched before a failure is told, the rest stays pending', async () => {
  const office = await openOffice({ hours: 12.9 })
  let gets = 0
  const url = await openLine(office.office.googleUrl, (path) =>
    path.includes('/messages/') && ++gets > 1 && gets < 6 ? { status: 500, body: '{}' } : null,
  )
  const { poll, cursor } = office.gmail(carla, {}, url)
  const first = await poll()
  expect(first.length).toBe(1)
  expect(cursor()).toMatchObject({ pending: [expect.any(String), expect.any(String)] })
  const second = await poll()
  expect(second.map((e) => e.metadata.labels)).toEqual([['backfill'], ['backfill']])
})

test('a message that comes without its parts is kept and holds up no other', async () => {
  const office = await openOffice({ hours: 12.9 })
  let gets = 0
  const url = await openLine(office.office.googleUrl, (path) =>
    path.includes('/messages/') && ++gets === 2 ? { status: 200, body: '{"id":"x"}' } : null,
  )
  const events = await office.gmail(carla, {}, url).poll()
  expect(events.map((e) => e.class_name).sort()).toEqual([
    'Base Event',
    'Email Activity',
    'Email Activity',
  ])
})

test('doctor sees that a token opens another mailbox', async () => {
  const office = await openOffice()
  const { client_id, client_secret, refreshToken } = office.office.credentials.google
  const oauth = { client_id, client_secret, refresh_token: refreshToken('ana@marlow.example') }
  const [line] = await office.gmail(carla, { oauth }).source.check(signal)
  expect(line).toMatchObject({ ok: false, text: expect.stringContaining('ana@marlow.example') })
})
