import { afterAll, beforeAll, expect, test } from 'vitest'
import { ServiceError } from '../../src/core/error.ts'
import { samples } from './samples.ts'
import { startWorkspace } from './workspace.ts'

let workspace: Awaited<ReturnType<typeof startWorkspace>>
beforeAll(async () => {
  workspace = await startWorkspace()
})
afterAll(() => workspace.close())

let made = 0
/** An alert of its own for each test. */
const alert = () => ({ ...samples.alert, uid: `alert:${++made}` })
const since = () => workspace.clock.now() - 60_000
const failure = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => null,
    (e) => e,
  )
  expect(error).toBeInstanceOf(ServiceError)
  return error as ServiceError
}

interface Stored {
  ts: string
  text: string
  blocks?: { type: string }[]
  metadata?: { event_type: string; event_payload: { uid: string; hash: string } }
  thread_ts?: string
  reactions?: { name: string; count: number }[]
}
const stored = async (channel: string, ts: string): Promise<Stored> => {
  const { messages } = await workspace.ask('conversations.replies', {
    channel,
    ts,
    include_all_metadata: 'true',
  })
  const found = (messages as Stored[]).find((message) => message.ts === ts)
  if (!found) throw new Error(`no message ${ts}`)
  return found
}
const lastPost = () => workspace.calls.findLast(({ method }) => method === 'chat.postMessage')

test('[emulate] an alert is posted with its id in the metadata and previews off', async () => {
  const message = alert()
  const ref = await workspace.notifier().post(message, null)
  const seen = await stored(ref.channel, ref.ts)
  expect(seen.metadata?.event_type).toBe('porchlight_message')
  expect(seen.metadata?.event_payload).toEqual({
    uid: message.uid,
    hash: expect.stringMatching(/^[0-9a-f]{16}$/),
  })
  expect(seen.blocks?.[0]?.type).toBe('header')
  expect(ref.url).toContain(ref.ts.replace('.', ''))
  expect(lastPost()?.params).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' })
})

test('[emulate] a reply stands in the thread and is found there, only by its own id', async () => {
  const notifier = workspace.notifier()
  const message = alert()
  const top = await notifier.post(message, null)
  const reply = { ...samples.reply, uid: `${message.uid}:evidence` }
  const ref = await notifier.post(reply, top)
  expect((await stored(top.channel, ref.ts)).thread_ts ?? top.ts).toBe(top.ts)
  expect((await notifier.find(reply.uid, since(), top)).map(({ ts }) => ts)).toEqual([ref.ts])
  expect((await notifier.find(reply.uid, since())).map(({ ts }) => ts)).toEqual([ref.ts])
  expect((await notifier.find(message.uid, since())).map(({ ts }) => ts)).toEqual([top.ts])
  expect(await notifier.find('alert:nobody', since())).toEqual([])
})

test('[emulate] an update changes words, keeps the id and the reactions of people', async () => {
  const notifier = workspace.notifier()
  const message = alert()
  const ref = await notifier.post(message, null)
  await workspace.ask('reactions.add', { channel: ref.channel, timestamp: ref.ts, name: 'eyes' })
  const before = await stored(ref.channel, ref.ts)
  await notifier.update(ref, { ...message, headline: 'Two keys are being used from Germany' })
  const after = await stored(ref.channel, ref.ts)
  expect(JSON.stringify(after.blocks)).toContain('Two keys')
  expect(after.text).toContain('Two keys')
  expect(after.metadata?.event_payload.uid).toBe(message.uid)
  expect(after.metadata?.event_payload.hash).not.toBe(before.metadata?.event_payload.hash)
  expect(after.reactions).toMatchObject([{ name: 'eyes', count: 1 }])
})

test('[emulate] the channel is looked up once, by name, with or without #, or taken as id', async () => {
  const before = workspace.count('conversations.list')
  const named = workspace.notifier('security')
  const first = await named.post(alert(), null)
  await named.post(alert(), null)
  expect(workspace.count('conversations.list')).toBe(before + 1)
  const ref = await workspace.notifier(first.channel).post(alert(), null)
  expect(ref.channel).toBe(first.channel)
  expect(workspace.count('conversations.list')).toBe(before + 1)
})

test('[emulate] a channel the bot cannot see is named, with the mend', async () => {
  const error = await failure(workspace.notifier('#nowhere').post(alert(), null))
  expect(error).toMatchObject({ permanent: true, ambiguous: false })
  expect(error.message).toContain('#nowhere')
  expect(error.mend).toMatch(/\/invite @Porchlight/)
})

test('[emulate] a missing scope is named, with the mend', async () => {
  const strict = await startWorkspace({
    strict_scopes: true,
    tokens: [{ token: 'reader', user: 'ana', scopes: ['channels:read', 'groups:read'] }],
  })
  try {
    const error = await failure(strict.notifier('#security', 'reader').post(alert(), null))
    expect(error).toMatchObject({ permanent: true, ambiguous: false })
    expect(error.mend).toContain('chat:write')
  } finally {
    await strict.close()
  }
})

test('[fault] a bot that is not in the channel learns how to get in', async () => {
  const body = JSON.stringify({ ok: false, error: 'not_in_channel' })
  workspace.trouble('chat.postMessage', { status: 200, body })
  const error = await failure(workspace.notifier().post(alert(), null))
  expect(error).toMatchObject({ permanent: true, ambiguous: false })
  expect(error.mend).toMatch(/\/invite/)
})

test('[trap P1] a post whose answer is lost is sent once and never repeated by the client', async () => {
  for (const trouble of ['lost', 'refused', { status: 503, body: 'down' }] as const) {
    const before = workspace.count('chat.postMessage')
    workspace.trouble('chat.postMessage', trouble)
    const error = await failure(workspace.notifier().post(alert(), null))
    expect(workspace.count('chat.postMessage')).toBe(before + 1)
    expect(error).toMatchObject({ ambiguous: true, permanent: false })
  }
})

test('[trap P2] looking by metadata tells a post that was carried out from one that was not', async () => {
  const notifier = workspace.notifier()
  const arrived = alert()
  workspace.trouble('chat.postMessage', 'lost')
  expect((await failure(notifier.post(arrived, null))).ambiguous).toBe(true)
  expect(await notifier.find(arrived.uid, since())).toHaveLength(1)

  const never = alert()
  workspace.trouble('chat.postMessage', 'refused')
  expect((await failure(notifier.post(never, null))).ambiguous).toBe(true)
  expect(await notifier.find(never.uid, since())).toEqual([])
})

test('[trap P2] copies are found oldest first', async () => {
  const notifier = workspace.notifier()
  const message = alert()
  const refs = [await notifier.post(message, null), await notifier.post(message, null)]
  expect((await notifier.find(message.uid, since())).map(({ ts }) => ts)).toEqual(
    refs.map(({ ts }) => ts),
  )
})

test('[trap P3] a message that Slack finds too long after all is told in plain text', async () => {
  for (const word of ['invalid_blocks', 'msg_blocks_too_long']) {
    const body = JSON.stringify({ ok: false, error: word })
    workspace.trouble('chat.postMessage', { status: 200, body })
    const ref = await workspace.notifier().post(alert(), null)
    const seen = await stored(ref.channel, ref.ts)
    expect(seen.blocks ?? []).toEqual([])
    expect(seen.text).toContain(samples.alert.headline)
  }
})

test('[trap P4] one message a second into a channel', async () => {
  const notifier = workspace.notifier()
  const before = workspace.count('chat.postMessage')
  for (let i = 0; i < 4; i++) await notifier.post(alert(), null)
  const times = workspace.calls
    .filter(({ method }) => method === 'chat.postMessage')
    .slice(before)
    .map(({ at }) => at)
  for (let i = 1; i < times.length; i++)
    expect((times[i] as number) - (times[i - 1] as number)).toBeGreaterThanOrEqual(1000)
})

test('[trap P4] Retry-After is told and kept to', async () => {
  const notifier = workspace.notifier()
  workspace.trouble('chat.postMessage', {
    status: 429,
    headers: { 'retry-after': '30' },
    body: JSON.stringify({ ok: false, error: 'ratelimited' }),
  })
  const before = workspace.clock.now()
  const error = await failure(notifier.post(alert(), null))
  expect(error).toMatchObject({ retryAfter: 30_000, permanent: false, ambiguous: false })
  await notifier.post(alert(), null)
  expect((lastPost()?.at ?? 0) - before).toBeGreaterThanOrEqual(30_000)
})

test('[trap P5] what arrives in Slack calls nobody and links nowhere', async () => {
  const hostile = '<!channel> @here <@U000000001> <https://evil.example|pay> https://evil.example/x'
  const message = { ...alert(), what: hostile, who: hostile, where: hostile, why: hostile }
  const notifier = workspace.notifier()
  const ref = await notifier.post(message, null)
  const reply = {
    ...samples.reply,
    uid: `${message.uid}:r`,
    quotes: [{ said_by: hostile, text: hostile }],
  }
  const under = await notifier.post(reply, ref)
  for (const ts of [ref.ts, under.ts]) {
    const { text, blocks } = await stored(ref.channel, ts)
    const sent = text + JSON.stringify(blocks)
    expect(sent).not.toMatch(/<|@(here|channel|everyone)|https?:\/\/evil|evil\.example/)
  }
})

test('[trap P6] every kind of message carries its words in text, too', async () => {
  const notifier = workspace.notifier()
  for (const sample of Object.values(samples)) {
    await notifier.post({ ...sample, uid: `p6:${sample.kind}` }, null)
    const title = 'headline' in sample ? sample.headline : sample.title
    expect(lastPost()?.params.text).toContain(title)
  }
})

test('[fault] a reply whose alert was deleted by somebody is told in the channel', async () => {
  const notifier = workspace.notifier()
  const top = await notifier.post(alert(), null)
  const body = JSON.stringify({ ok: false, error: 'thread_not_found' })
  workspace.trouble('chat.postMessage', { status: 200, body })
  await notifier.post({ ...samples.reply, uid: 'late' }, top)
  expect(lastPost()?.params).not.toHaveProperty('thread_ts')
})

test('[fault] updating a message somebody deleted is no failure', async () => {
  const notifier = workspace.notifier()
  const ref = await notifier.post(alert(), null)
  await workspace.ask('chat.delete', { channel: ref.channel, ts: ref.ts })
  await expect(notifier.update(ref, alert())).resolves.toBeUndefined()
})

test('[fault] a post stands even where Slack gives no permalink', async () => {
  workspace.trouble('chat.getPermalink', {
    status: 200,
    body: JSON.stringify({ ok: false, error: 'message_not_found' }),
  })
  const ref = await workspace.notifier().post(alert(), null)
  expect(ref).toMatchObject({ ts: expect.any(String), url: null })
})
