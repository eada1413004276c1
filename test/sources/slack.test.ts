import { expect, test, vi } from 'vitest'
import { createSlack } from '../../src/clients/slack.ts'
import { messagesPage } from '../../src/clients/slack-directory.ts'
import type { SlackItem } from '../../src/office/world.ts'
import { smallWorld } from '../office/small-world.ts'
import { hour, minute, openLine, openOffice, signal, uids } from './office.ts'

const say = (channel: string, ms: number, n: number, more: Partial<SlackItem> = {}): SlackItem => ({
  channel,
  ts: `${Math.floor(ms / 1000)}.${String(n).padStart(6, '0')}`,
  user: 'U01',
  text: `message ${n}`,
  visible: ms,
  ...more,
})

/** A world whose only messages are these. */
const worldOf = (make: (start: number) => SlackItem[]) => {
  const world = smallWorld()
  world.slack.messages = make(world.start)
  return world
}

const client = async (office: Awaited<ReturnType<typeof openOffice>>, endpoint?: string) =>
  createSlack({
    token: office.office.credentials.slack.token,
    endpoint: endpoint ?? office.office.slackUrl,
    clock: office.clock,
    log: () => {},
    timeout: 300,
  })

const history = { channel: 'C01', limit: 2 }

test('the first day is told as back-fill, then only what is new', async () => {
  const { slack, clock } = await openOffice({ hours: 13 })
  const { poll } = slack()
  const first = await poll()
  expect(first.length).toBeGreaterThan(8)
  expect(first.every((e) => e.metadata.labels.includes('backfill'))).toBe(true)
  expect(await poll()).toEqual([])
  clock.move(3 * hour)
  const second = await poll()
  expect(second.map((e) => e.message)).toEqual([
    'Shown a minute late',
    'Release 2.4 is out: https://git.example/kiln/releases/2.4',
    'Nice :tada:',
  ])
  expect(second.flatMap((e) => e.metadata.labels)).toEqual([])
})

test('a message is told in full', async () => {
  const { slack } = await openOffice({ hours: 13 })
  const events = await slack().poll()
  expect(events.find((e) => e.message.startsWith('Morning'))).toMatchObject({
    class_name: 'Base Event',
    activity_name: 'Message',
    message: 'Morning @Ana Marlow, stand is booked (https://fair.example/map)',
    actor: { user: { uid: 'U05', name: 'Elsa Lind', email_addr: 'elsa@marlow.example' } },
    resources: [{ name: '#general', type: 'channel' }],
    observables: [
      { type: 'domain', value: 'fair.example' },
      { type: 'mailbox', value: 'elsa@marlow.example' },
      { type: 'url', value: 'https://fair.example/map' },
    ],
    unmapped: { channel: { uid: 'C01', name: 'general' }, activity: 'message' },
  })
  expect(events.find((e) => e.message === 'Price list for the fair')).toMatchObject({
    file: { name: 'prices-2026.pdf' },
    unmapped: { activity: 'file_shared' },
  })
})

test('[trap S1] a request that hangs ends', async () => {
  const office = await openOffice()
  office.faults.add({ method: 'auth.test', kind: 'hang', times: 3 })
  const reading = (await client(office)).read('auth.test', {}, messagesPage.partial())
  await expect(reading).rejects.toMatchObject({ service: 'slack', permanent: false })
  expect(office.office.requests()['auth.test']).toBe(3)
})

test('[trap S2] a 429 is waited for on the clock, and other methods go on', async () => {
  const office = await openOffice()
  const slack = await client(office)
  office.faults.add({ method: 'conversations.history', kind: 'limited', retryAfter: 40 })
  const before = office.clock.now()
  await slack.read('conversations.history', history, messagesPage)
  expect(office.clock.now() - before).toBeGreaterThanOrEqual(40_000)
  office.faults.add({ method: 'conversations.history', kind: 'limited', retryAfter: 600 })
  await expect(slack.read('conversations.history', history, messagesPage)).rejects.toMatchObject({
    permanent: false,
    retryAfter: 600_000,
  })
  const later = office.clock.now()
  await slack.read('users.list', {}, messagesPage.partial())
  expect(office.clock.now()).toBe(later)
})

test('[trap S3] a 429 without Retry-After, or with a date, is waited for', async () => {
  const office = await openOffice()
  const headers = [{}, { 'retry-after': new Date(Date.now() + 20_000).toUTCString() }]
  const url = await openLine(office.office.slackUrl, () => {
    const next = headers.shift()
    return next ? { status: 429, headers: next, body: '{"ok":false,"error":"ratelimited"}' } : null
  })
  const before = office.clock.now()
  await (await client(office, url)).read('conversations.history', history, messagesPage)
  const waited = office.clock.now() - before
  expect(waited).toBeGreaterThan(45_000)
  expect(waited).toBeLessThan(55_000)
})

test('[trap S4] ratelimited with HTTP 200 is waited for', async () => {
  const office = await openOffice()
  let limited = 1
  const url = await openLine(office.office.slackUrl, () =>
    limited-- > 0
      ? { status: 200, headers: { 'retry-after': '7' }, body: '{"ok":false,"error":"ratelimited"}' }
      : null,
  )
  const before = office.clock.now()
  await (await client(office, url)).read('conversations.history', history, messagesPage)
  expect(office.clock.now() - before).toBeGreaterThanOrEqual(7000)
})

test('[trap S5] a page of HTML is a passing failure whose message holds none of it', async () => {
  const office = await openOffice()
  office.faults.add({ method: 'auth.test', kind: 'html', times: 3 })
  const failure = await (await client(office))
    .read('auth.test', {}, messagesPage.partial())
    .catch((error) => error)
  expect(failure).toMatchObject({ service: 'slack', permanent: false })
  expect(failure.message).not.toContain('<')
})

test('[trap S6] [trap S10] short pages are followed to the end, and the arguments stay', async () => {
  const office = await openOffice()
  const args = Object.freeze({ ...history })
  const pages: number[] = []
  for await (const page of (await client(office)).pages(
    'conversations.history',
    args,
    messagesPage,
  ))
    pages.push(page.messages.length)
  expect(pages.length).toBeGreaterThan(2)
  expect(args).toEqual({ channel: 'C01', limit: 2 })
})

test('a cursor that leads nowhere is no endless loop', async () => {
  const office = await openOffice()
  const url = await openLine(office.office.slackUrl, (path) =>
    path.endsWith('history')
      ? { status: 200, body: '{"ok":true,"messages":[],"response_metadata":{"next_cursor":"x"}}' }
      : null,
  )
  const read = async () => {
    const slack = await client(office, url)
    for await (const page of slack.pages('conversations.history', history, messagesPage))
      expect(page.messages).toEqual([])
  }
  await expect(read()).rejects.toThrow('the same page came twice')
})

test('[trap S7] the client prints nothing', async () => {
  const office = await openOffice()
  const said = [...(['log', 'warn', 'error', 'info', 'debug'] as const)].map((name) =>
    vi.spyOn(console, name).mockImplementation(() => {}),
  )
  office.faults.add({ method: 'auth.test', kind: '500' })
  office.faults.add({ method: 'auth.test', kind: 'limited', retryAfter: 1 })
  await (await client(office)).read('auth.test', {}, messagesPage.partial())
  for (const spy of said) expect(spy).not.toHaveBeenCalled()
  vi.restoreAllMocks()
})

test('[trap S8] the mark moves after the last page only, and nothing is told twice or skipped', async () => {
  const world = worldOf((start) =>
    Array.from({ length: 450 }, (_, n) => say('C01', start + 12 * hour + n * 1000, n + 1)),
  )
  const { slack, clock, office } = await openOffice({ world, hours: 12 })
  let broken = false
  const url = await openLine(office.slackUrl, (path, body) =>
    broken && path.endsWith('history') && body.includes('cursor=')
      ? { status: 500, body: '' }
      : null,
  )
  const { poll, cursor } = slack(url)
  clock.move(200_000)
  const told = uids(await poll())
  expect(told.length).toBeGreaterThan(199)
  const mark = JSON.stringify(cursor())
  clock.move(10 * minute)
  broken = true
  await expect(poll()).rejects.toMatchObject({ permanent: false })
  expect(JSON.stringify(cursor())).toBe(mark)
  broken = false
  told.push(...uids(await poll()))
  expect(new Set(told).size).toBe(told.length)
  expect(told.length).toBe(450)
})

test('[trap S9] two messages of one millisecond are two, in order', async () => {
  const world = worldOf((start) => [
    say('C01', start + 12 * hour, 1),
    say('C01', start + 12 * hour, 2, { visible: start + 13 * hour }),
  ])
  const { slack, clock } = await openOffice({ world, hours: 12.5 })
  const { poll } = slack()
  expect((await poll()).map((e) => e.message)).toEqual(['message 1'])
  clock.move(hour)
  expect((await poll()).map((e) => e.message)).toEqual(['message 2'])
})

test('[trap S11] [trap S12] replies to old and new parents are told once, the parents not again', async () => {
  const world = worldOf((start) => {
    const old = say('C01', start + hour, 1)
    return [
      old,
      ...Array.from({ length: 300 }, (_, n) => say('C01', start + 9 * hour + n * 1000, 100 + n)),
      say('C01', start + 2 * hour, 2, { thread_ts: old.ts, text: 'first' }),
      say('C01', start + 12.5 * hour, 3, { thread_ts: old.ts, text: 'second' }),
    ]
  })
  const { slack, clock } = await openOffice({ world, hours: 12 })
  const { poll } = slack()
  const first = await poll()
  expect(first.filter((e) => e.message === 'first').length).toBe(1)
  expect(new Set(uids(first)).size).toBe(302)
  clock.move(30 * minute + 1000)
  const later = [...(await poll())]
  for (let n = 0; n < 10; n++) {
    clock.move(minute)
    later.push(...(await poll()))
  }
  expect(later.map((e) => [e.message, e.unmapped.thread])).toEqual([
    ['second', world.slack.messages[0]?.ts],
  ])
})

test('[trap S13] a reply that is also sent to the channel is told once, now and later', async () => {
  const { slack, clock } = await openOffice({ hours: 13 })
  const { poll } = slack()
  const events = await poll()
  expect(events.filter((e) => e.message === 'Deploy is green now').length).toBe(1)
  clock.move(2 * hour)
  expect(uids(await poll()).filter((uid) => /:(edit|delete)/.test(uid))).toEqual([])
})

test('[trap S14] an edit is told once, with the new words', async () => {
  const { slack, clock } = await openOffice({ hours: 9.2 })
  const { poll } = slack()
  const before = await poll()
  expect(before.map((e) => e.message)).toContain('Invoices go out today & tomorrow')
  clock.move(10 * minute)
  const after = (await poll()).filter((e) => e.activity_name === 'Message Edit')
  expect(after.map((e) => e.message)).toEqual(['Invoices go out tomorrow'])
  expect(uids(after)[0]).toMatch(/^slack:T01:C01:[\d.]+:edit:[\d.]+$/)
  clock.move(minute)
  expect(await poll()).toEqual([])
})

test('[trap S15] a deletion is told once', async () => {
  const { slack, clock } = await openOffice({ hours: 12.09 })
  const { poll } = slack()
  const said = (await poll()).find((e) => e.message === 'wrong channel, sorry')
  clock.move(5 * minute)
  const gone = (await poll()).filter((e) => e.activity_name === 'Message Delete')
  expect(uids(gone)).toEqual([`${said?.metadata.uid}:delete`])
  clock.move(minute)
  expect(await poll()).toEqual([])
})

test('[trap S16] a parent that becomes a tombstone is told as deleted, its replies stay', async () => {
  const { slack, clock } = await openOffice({ hours: 11.9 })
  const { poll } = slack()
  const said = (await poll()).find((e) => e.message.includes('staging password'))
  clock.move(10 * minute)
  const gone = (await poll()).filter((e) => e.activity_name === 'Message Delete')
  expect(uids(gone)).toContain(`${said?.metadata.uid}:delete`)
  clock.move(2 * hour)
  expect(uids(await poll()).filter((uid) => uid.endsWith(':delete'))).toEqual([])
})

test('[trap S17] only channels the bot is in are read; one it joins later comes as back-fill', async () => {
  const office = await openOffice({ hours: 13 })
  const { poll } = office.slack()
  const random = (events: Awaited<ReturnType<typeof poll>>) =>
    events.filter((e) => e.unmapped.channel?.name === 'random')
  expect(random(await poll())).toEqual([])
  const slack = await client(office)
  await slack.write('conversations.join', { channel: 'C03' }, messagesPage.partial())
  office.clock.move(minute)
  const joined = random(await poll())
  expect(joined.map((e) => [e.message, e.metadata.labels])).toEqual([
    ['Not seen by the bot until it joins', ['backfill']],
  ])
})

test('[trap S18] own posts are not events, replies of people to them are', async () => {
  const world = worldOf((start) => {
    const post = say('C09', start + 12 * hour, 1, { user: 'U99', text: 'Alert' })
    return [post, say('C09', start + 12.2 * hour, 2, { thread_ts: post.ts, text: 'That was me' })]
  })
  const { slack } = await openOffice({ world, hours: 13 })
  expect((await slack().poll()).map((e) => e.message)).toEqual(['That was me'])
})

test('[trap S19] with many channels calls stay in the budget and all are read within ten minutes', async () => {
  const world = smallWorld()
  world.slack.channels = Array.from({ length: 90 }, (_, n) => ({
    id: `C${String(n + 100)}`,
    name: `channel-${n}`,
    is_private: false,
    is_member: true,
  }))
  world.slack.messages = world.slack.channels.map(({ id }, n) =>
    say(id, world.start + 12 * hour + n, n + 1),
  )
  const { slack, clock, office, logged } = await openOffice({ world, hours: 13 })
  const { poll } = slack()
  const told: string[] = []
  const started = clock.now()
  let polls = 0
  while (told.length < 90 && polls < 15) {
    told.push(...uids(await poll()))
    polls += 1
    clock.move(Math.max(0, polls * minute - (clock.now() - started)))
  }
  expect(told.length).toBe(90)
  expect(clock.now() - started).toBeLessThan(10 * minute)
  const calls = office.requests()['conversations.history'] ?? 0
  expect(calls / polls).toBeLessThanOrEqual(50)
  expect(logged.filter((line) => line.includes('asks us to wait'))).toEqual([])
})

test('[trap S20] a missing scope is named, with the mend', async () => {
  const office = await openOffice({ slackScopes: ['channels:read', 'groups:read', 'users:read'] })
  const failure = await office
    .slack()
    .poll()
    .catch((error) => error)
  expect(failure).toMatchObject({ permanent: true })
  expect(failure.message).toContain('channels:history')
  expect(failure.mend).toContain('channels:history')
  const lines = await office.slack().source.check(signal)
  const missing = lines.filter((line) => !line.ok).map((line) => line.name)
  expect(missing).toEqual(
    expect.arrayContaining([
      'scope channels:history',
      'scope users:read.email',
      'scope chat:write',
    ]),
  )
})

test('[trap S21] doctor sees that a workspace is throttled', async () => {
  const office = await openOffice()
  const fifteen = Array.from({ length: 15 }, (_, n) => ({ ts: `1700000000.0000${10 + n}` }))
  const url = await openLine(office.office.slackUrl, (path) =>
    path.endsWith('conversations.history')
      ? { status: 200, body: JSON.stringify({ ok: true, has_more: true, messages: fifteen }) }
      : null,
  )
  const throttled = await office.slack(url).source.check(signal)
  expect(throttled.find((line) => line.name === 'reading')).toMatchObject({ ok: false })
  const fine = await office.slack().source.check(signal)
  expect(fine.filter((line) => !line.ok)).toEqual([])
  expect(fine.find((line) => line.name === 'channels')?.text).toContain('#general')
})

test('[trap S22] a bad token is final and has a mend; a channel just left is passed over', async () => {
  const office = await openOffice({ hours: 13 })
  await expect(office.slack(undefined, 'none').poll()).rejects.toMatchObject({
    permanent: true,
    mend: expect.stringContaining('Token'),
  })
  let left = true
  const url = await openLine(office.office.slackUrl, (path, body) =>
    left && path.endsWith('conversations.history') && body.includes('C01')
      ? { status: 200, body: '{"ok":false,"error":"not_in_channel"}' }
      : null,
  )
  const { poll } = office.slack(url)
  const names = new Set((await poll()).map((e) => e.unmapped.channel?.name))
  expect(names.has('dev')).toBe(true)
  expect(names.has('general')).toBe(false)
  left = false
  office.clock.move(minute)
  expect((await poll()).map((e) => e.unmapped.channel?.name)).toContain('general')
})

test('[trap S23] a message shown after newer ones is told', async () => {
  const world = worldOf((start) => [
    say('C01', start + 12 * hour, 1, { visible: start + 13 * hour }),
    say('C01', start + 12.5 * hour, 2),
  ])
  const { slack, clock } = await openOffice({ world, hours: 12.9 })
  const { poll } = slack()
  expect((await poll()).map((e) => e.message)).toEqual(['message 2'])
  clock.move(10 * minute)
  expect((await poll()).map((e) => e.message)).toEqual(['message 1'])
})

test('[trap S24] resets and HTTP 500 are tried again, three times in all', async () => {
  const office = await openOffice()
  const slack = await client(office)
  office.faults.add({ method: 'auth.test', kind: 'drop' })
  office.faults.add({ method: 'auth.test', kind: '500' })
  await slack.read('auth.test', {}, messagesPage.partial())
  office.faults.add({ method: 'auth.test', kind: '500', times: 9 })
  const before = office.office.requests()['auth.test'] ?? 0
  await expect(slack.read('auth.test', {}, messagesPage.partial())).rejects.toMatchObject({
    permanent: false,
  })
  expect((office.office.requests()['auth.test'] ?? 0) - before).toBe(3)
})

test('[trap S25] a record of another shape is kept whole', async () => {
  const office = await openOffice({ hours: 13 })
  const odd = { type: 'hologram', ts: 7 }
  const url = await openLine(office.office.slackUrl, (path, body) =>
    path.endsWith('conversations.history') && body.includes('C01')
      ? { status: 200, body: JSON.stringify({ ok: true, messages: [odd] }) }
      : null,
  )
  const event = (await office.slack(url).poll()).find((e) => e.unmapped.error)
  expect(event).toMatchObject({ class_name: 'Base Event', raw_data: JSON.stringify(odd) })
})

test('what was read before a failure is told, and the rest at the next poll', async () => {
  const office = await openOffice({ hours: 13 })
  let broken = true
  const url = await openLine(office.office.slackUrl, (path, body) =>
    broken && path.endsWith('conversations.history') && body.includes('C04')
      ? { status: 500, body: 'x' }
      : null,
  )
  const { poll } = office.slack(url)
  const first = await poll()
  expect(first.some((e) => e.unmapped.channel?.name === 'money')).toBe(false)
  broken = false
  office.clock.move(minute)
  const second = await poll()
  expect(new Set(second.map((e) => e.unmapped.channel?.name))).toEqual(new Set(['money']))
})
