import type { ConversationsHistoryResponse, UsersListResponse } from '@slack/web-api'
import { afterEach, expect, test } from 'vitest'
import { createFaults } from '../../src/office/faults.ts'
import { type Office, type OfficeOptions, startOffice } from '../../src/office/servers.ts'
import { slackClient, standingClock } from './clients.ts'
import { smallWorld } from './small-world.ts'

const world = smallWorld()
const hour = 3_600_000
const offices: Office[] = []

async function open(at = world.end, options: Partial<OfficeOptions> = {}) {
  const clock = standingClock(at)
  const office = await startOffice(world, { clock, ...options })
  offices.push(office)
  return { clock, office, slack: slackClient(office) }
}

afterEach(() => Promise.all(offices.splice(0).map((office) => office.close())))

const texts = (messages: { text?: string }[] | undefined) => messages?.map(({ text }) => text)
const failure = (error: string) => ({ data: { ok: false, error } })

test('who am I, where, with which scopes', async () => {
  const { slack, office } = await open()
  const me = await slack.auth.test()
  expect(me).toMatchObject({ user_id: 'U99', bot_id: 'B99', team_id: 'T01' })
  expect(me.response_metadata?.scopes).toContain('channels:history')
  expect((await slack.team.info()).team?.domain).toBe('marlow')
  await expect(slackClient(office, 'unknown').auth.test()).rejects.toMatchObject(
    failure('invalid_auth'),
  )
  await expect(slack.apiCall('conversations.nonsense')).rejects.toMatchObject(
    failure('unknown_method'),
  )
})

test('lists of people and channels come in pages', async () => {
  const { slack } = await open()
  const names: (string | undefined)[] = []
  for await (const page of slack.paginate('users.list', { limit: 4 })) {
    const { members = [] } = page as UsersListResponse
    names.push(...members.map(({ name }) => name))
  }
  expect(names).toEqual(['ana', 'ben', 'carla', 'dev', 'elsa', 'porchlight'])
  expect((await slack.users.info({ user: 'U03' })).user?.profile?.email).toBe(
    'carla@marlow.example',
  )
  const first = await slack.conversations.list({ types: 'public_channel', limit: 3 })
  expect(first.channels?.map(({ id }) => id)).toEqual(['C01', 'C02', 'C03'])
  const rest = await slack.conversations.list({
    types: 'public_channel',
    limit: 3,
    cursor: first.response_metadata?.next_cursor ?? '',
  })
  expect(rest.channels?.map(({ id }) => id)).toEqual(['C09'])
  expect(rest.response_metadata?.next_cursor).toBe('')
  const hidden = await slack.conversations.list({ types: 'private_channel' })
  expect(hidden.channels?.map(({ name }) => name)).toEqual(['money'])
})

test('a channel is closed until the bot joins it', async () => {
  const { slack } = await open()
  const read = () => slack.conversations.history({ channel: 'C03' })
  await expect(read()).rejects.toMatchObject(failure('not_in_channel'))
  expect((await slack.conversations.join({ channel: 'C03' })).channel?.is_member).toBe(true)
  expect(texts((await read()).messages)).toEqual(['Not seen by the bot until it joins'])
  await expect(slack.conversations.history({ channel: 'C77' })).rejects.toMatchObject(
    failure('channel_not_found'),
  )
})

test('history shows what is visible now, newest first, without replies', async () => {
  const { slack, clock } = await open(world.start + 9.8 * hour)
  const early = await slack.conversations.history({ channel: 'C02' })
  expect(texts(early.messages)).toEqual([
    'Deploy is green now',
    'Deploy failed on the kiln service, any idea?',
  ])
  expect(early.messages?.[0]).toMatchObject({
    subtype: 'thread_broadcast',
    parent_user_id: 'U02',
    root: { reply_count: 3 },
  })
  expect(early.messages?.[1]).toMatchObject({ reply_count: 3, reply_users: ['U04', 'U02'] })
  clock.set(world.start + 13.5 * hour + 59_000)
  expect(texts((await slack.conversations.history({ channel: 'C01' })).messages)).not.toContain(
    'Shown a minute late',
  )
  clock.set(world.start + 13.5 * hour + 60_000)
  expect(texts((await slack.conversations.history({ channel: 'C01' })).messages)).toContain(
    'Shown a minute late',
  )
})

test('oldest is outside the window unless inclusive; pages join without a gap', async () => {
  const { slack } = await open()
  const all = await slack.conversations.history({ channel: 'C01' })
  const stamps = all.messages?.map(({ ts }) => ts as string) ?? []
  const oldest = stamps.at(-2) as string
  const latest = stamps[1] as string
  const after = await slack.conversations.history({ channel: 'C01', oldest, latest })
  expect(after.messages?.map(({ ts }) => ts)).toEqual(stamps.slice(2, -2))
  const with_ = await slack.conversations.history({
    channel: 'C01',
    oldest,
    latest,
    inclusive: true,
  })
  expect(with_.messages?.map(({ ts }) => ts)).toEqual(stamps.slice(1, -1))
  const paged: (string | undefined)[] = []
  const sizes: number[] = []
  for await (const page of slack.paginate('conversations.history', { channel: 'C01', limit: 3 })) {
    const { messages = [] } = page as ConversationsHistoryResponse
    sizes.push(messages.length)
    paged.push(...messages.map(({ ts }) => ts))
  }
  expect(paged).toEqual(stamps)
  expect(Math.max(...sizes)).toBe(3)
  await expect(slack.conversations.history({ channel: 'C01', limit: 1000 })).rejects.toMatchObject(
    failure('invalid_limit'),
  )
  await expect(
    slack.conversations.history({ channel: 'C01', cursor: 'nonsense' }),
  ).rejects.toMatchObject(failure('invalid_cursor'))
})

test('edits show from their moment, deletions remove, parents of replies leave a tombstone', async () => {
  const { slack, clock } = await open(world.start + 9.2 * hour)
  const read = async (channel: string) =>
    (await slack.conversations.history({ channel })).messages ?? []
  expect((await read('C01'))[0]).not.toHaveProperty('edited')
  clock.set(world.start + 9.5 * hour)
  expect((await read('C01'))[0]).toMatchObject({
    text: 'Invoices go out tomorrow',
    edited: { user: 'U03', ts: '1794817200.000000' },
  })
  clock.set(world.start + 12 * hour - 1)
  expect(texts(await read('C02'))).toContain('Does anyone have the staging password?')
  clock.set(world.end)
  expect(texts(await read('C01'))).not.toContain('wrong channel, sorry')
  const tombstone = (await read('C02')).find(({ subtype }) => subtype === 'tombstone')
  expect(tombstone).toMatchObject({ user: 'USLACKBOT', reply_count: 1 })
  const thread = await slack.conversations.replies({ channel: 'C02', ts: tombstone?.ts as string })
  expect(texts(thread.messages)).toEqual([
    'This message was deleted.',
    'No, and please not in here',
  ])
})

test('replies: the parent first, then those after oldest', async () => {
  const { slack } = await open()
  const history = await slack.conversations.history({ channel: 'C02' })
  const parent = history.messages?.at(-1)
  const ts = parent?.ts as string
  const all = await slack.conversations.replies({ channel: 'C02', ts })
  expect(all.messages?.map(({ ts: t }) => t)[0]).toBe(ts)
  expect(all.messages).toHaveLength(4)
  expect(all.messages?.at(-1)?.ts).toBe(parent?.latest_reply)
  const later = await slack.conversations.replies({
    channel: 'C02',
    ts,
    oldest: all.messages?.[1]?.ts as string,
  })
  expect(later.messages?.map(({ ts: t }) => t)).toEqual([0, 2, 3].map((i) => all.messages?.[i]?.ts))
  const first = await slack.conversations.replies({ channel: 'C02', ts, limit: 2 })
  expect(first.has_more).toBe(true)
  const rest = await slack.conversations.replies({
    channel: 'C02',
    ts,
    limit: 2,
    cursor: first.response_metadata?.next_cursor ?? '',
  })
  expect(rest.messages?.map(({ text }) => text)).toEqual([parent?.text, 'Deploy is green now'])
  await expect(
    slack.conversations.replies({ channel: 'C02', ts: '1.000000' }),
  ).rejects.toMatchObject(failure('thread_not_found'))
})

test('posts, updates, links and reactions', async () => {
  const { slack, office, clock } = await open()
  const metadata = { event_type: 'porchlight_post', event_payload: { uid: 'a1' } }
  const posted = await slack.chat.postMessage({
    channel: 'C09',
    text: 'Key pasted',
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Key pasted in *dev*' } }],
    metadata,
  })
  const ts = posted.ts as string
  const again = await slack.chat.postMessage({ channel: 'C09', text: 'Second' })
  expect(again.ts).not.toBe(ts)
  await slack.chat.postMessage({ channel: 'C09', text: 'Evidence', thread_ts: ts })
  const bare = await slack.conversations.history({ channel: 'C09' })
  expect(bare.messages?.map(({ text }) => text)).toEqual(['Second', 'Key pasted'])
  expect(bare.messages?.[1]).toMatchObject({ bot_id: 'B99', app_id: 'A99', reply_count: 1 })
  expect(bare.messages?.[1]).not.toHaveProperty('metadata')
  const full = await slack.conversations.history({ channel: 'C09', include_all_metadata: true })
  expect(full.messages?.[1]?.metadata).toEqual(metadata)
  clock.set(world.end + 5000)
  await slack.chat.update({ channel: 'C09', ts, text: 'Key pasted and used', blocks: [] })
  expect(office.posts().map(({ text }) => text)).toEqual([
    'Key pasted and used',
    'Second',
    'Evidence',
  ])
  expect(office.posts()[0]).toMatchObject({ metadata, blocks: [], thread_ts: null })
  expect(office.posts()[0]?.edited).toBe(`${(world.end + 5000) / 1000}.000000`)
  const link = await slack.chat.getPermalink({ channel: 'C09', message_ts: ts })
  expect(link.permalink).toBe(`https://marlow.slack.com/archives/C09/p${ts.replace('.', '')}`)
  await slack.reactions.add({ channel: 'C09', timestamp: ts, name: 'eyes' })
  await expect(
    slack.reactions.add({ channel: 'C09', timestamp: ts, name: 'eyes' }),
  ).rejects.toMatchObject(failure('already_reacted'))
  const seen = await slack.reactions.get({ channel: 'C09', timestamp: ts, full: true })
  expect(seen.message?.reactions).toEqual([{ name: 'eyes', users: ['U99'], count: 1 }])
  const [, message] = (await slack.conversations.history({ channel: 'C01' })).messages ?? []
  await expect(
    slack.chat.update({ channel: 'C01', ts: message?.ts as string, text: 'mine' }),
  ).rejects.toMatchObject(failure('cant_update_message'))
})

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } })
const plain = (text: string) => ({ type: 'plain_text', text })

test.each([
  [
    '51 blocks',
    Array(51).fill({ type: 'divider' }),
    'no more than 50 items allowed [json-pointer:/blocks]',
  ],
  [
    'a long section',
    [section('x'.repeat(3001))],
    'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
  ],
  [
    'a long header',
    [{ type: 'header', text: plain('x'.repeat(151)) }],
    'must be less than 151 characters',
  ],
  [
    'markup in a header',
    [{ type: 'header', text: { type: 'mrkdwn', text: '*x*' } }],
    'must be one of plain_text',
  ],
  [
    'eleven fields',
    [{ type: 'section', fields: Array(11).fill(plain('x')) }],
    'no more than 10 items',
  ],
  [
    'a long field',
    [{ type: 'section', fields: [plain('x'.repeat(2001))] }],
    'must be less than 2001',
  ],
  [
    'eleven in a context',
    [{ type: 'context', elements: Array(11).fill(plain('x')) }],
    'no more than 10 items',
  ],
  ['an unknown block', [{ type: 'table_of_contents' }], 'unsupported type: table_of_contents'],
  ['an unknown key', [{ type: 'divider', text: plain('x') }], 'invalid additional property: text'],
  ['an empty text', [section('')], 'must be more than 0 characters'],
])('invalid_blocks: %s', async (_name, blocks, message) => {
  const { slack } = await open()
  const posting = slack.chat.postMessage({ channel: 'C09', text: 'x', blocks })
  await expect(posting).rejects.toMatchObject({
    data: {
      error: 'invalid_blocks',
      response_metadata: { messages: [expect.stringContaining(`[ERROR] ${message}`)] },
    },
  })
})

test('other refusals of posts', async () => {
  const { slack, office } = await open()
  const long = Array(5).fill(section('x'.repeat(2700)))
  const post = (more: object) => slack.apiCall('chat.postMessage', { channel: 'C09', ...more })
  await expect(post({ blocks: long })).rejects.toMatchObject(failure('msg_blocks_too_long'))
  await expect(post({})).rejects.toMatchObject(failure('no_text'))
  await expect(post({ text: 'x', metadata: { event_type: 1 } })).rejects.toMatchObject(
    failure('invalid_metadata_format'),
  )
  await expect(post({ text: 'x', thread_ts: '1.000000' })).rejects.toMatchObject(
    failure('thread_not_found'),
  )
  await expect(post({ text: 'x', channel: 'C03' })).rejects.toMatchObject(failure('not_in_channel'))
  expect(office.posts()).toEqual([])
})

test('a token without the scope is told which', async () => {
  const { slack } = await open(world.end, { slackScopes: ['channels:read', 'users:read'] })
  await expect(slack.conversations.history({ channel: 'C01' })).rejects.toMatchObject({
    data: {
      error: 'missing_scope',
      needed: 'channels:history',
      provided: 'channels:read,users:read',
    },
  })
  await expect(
    slack.conversations.list({ types: 'public_channel,private_channel' }),
  ).rejects.toMatchObject({ data: { error: 'missing_scope', needed: 'groups:read' } })
  expect((await slack.users.info({ user: 'U03' })).user?.profile).not.toHaveProperty('email')
})

test('[fault] the fifty-first history call of a minute is refused until the minute is over', async () => {
  const { slack, clock } = await open()
  const read = () => slack.conversations.history({ channel: 'C01', limit: 1 })
  for (let i = 0; i < 50; i += 1) await read()
  clock.set(world.end + 17_500)
  await expect(read()).rejects.toMatchObject({ retryAfter: 43 })
  clock.set(world.end + 60_000)
  expect((await read()).ok).toBe(true)
})

test('[fault] six posts in a second to one channel', async () => {
  const { slack } = await open()
  const post = (channel: string) => slack.chat.postMessage({ channel, text: 'x' })
  for (let i = 0; i < 5; i += 1) await post('C09')
  await expect(post('C09')).rejects.toMatchObject({ retryAfter: 5 })
  expect((await post('C02')).ok).toBe(true)
})

test('[fault] posts accepted but reset, late, doubled or lost', async () => {
  const faults = createFaults()
  const { slack, office, clock } = await open(world.end, { faults })
  const post = (text: string) => slack.chat.postMessage({ channel: 'C09', text })
  const shown = () => office.posts().map(({ text }) => text)
  for (const kind of ['reset', 'drop', 'late10', 'late90', 'twice', 'hang'] as const) {
    faults.add({ method: 'chat.postMessage', kind })
  }
  await expect(post('reset')).rejects.toMatchObject({ code: 'slack_webapi_request_error' })
  await expect(post('drop')).rejects.toMatchObject({ code: 'slack_webapi_request_error' })
  await expect(post('late10')).rejects.toMatchObject({ code: 'slack_webapi_request_error' })
  await expect(post('late90')).rejects.toMatchObject({ code: 'slack_webapi_request_error' })
  expect(shown()).toEqual(['reset'])
  clock.set(world.end + 10_000)
  expect(shown()).toEqual(['reset', 'late10'])
  clock.set(world.end + 90_000)
  await post('twice')
  expect(shown()).toEqual(['reset', 'late10', 'late90', 'twice', 'twice'])
  const hanging = expect(post('hang')).rejects.toMatchObject({ code: 'slack_webapi_request_error' })
  await expect.poll(() => office.requests()['chat.postMessage']).toBe(6)
  expect(office.inFlight()).toBe(0)
  await hanging
  expect(shown()).toHaveLength(5)
})
