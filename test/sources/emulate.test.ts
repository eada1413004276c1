import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createEmulator } from 'emulate'
import { expect, onTestFinished, test } from 'vitest'
import { sources } from '../../src/sources/index.ts'
import { poller, quickClock, signal } from './office.ts'

/** The second judge: servers that somebody else wrote. What they get wrong is in no test here. */
async function emulate(service: 'slack' | 'google', seed: Record<string, unknown>) {
  const emulator = await createEmulator({ service, port: 0, seed: { [service]: seed } })
  onTestFinished(() => emulator.close())
  return emulator.url
}

const deps = (endpoint: string) => ({
  clock: quickClock(Date.now()),
  log: () => {},
  endpoint,
  domains: ['harbor.example'],
})

const scopes = [
  'channels:read',
  'channels:history',
  'groups:read',
  'groups:history',
  'users:read',
  'users:read.email',
  'chat:write',
  'channels:join',
]

async function workspace(granted: string[]) {
  const url = await emulate('slack', {
    team: { name: 'Harbor', domain: 'harbor' },
    users: [
      { name: 'ana', real_name: 'Ana Silva', email: 'ana@harbor.example' },
      { name: 'porchlight', real_name: 'Porchlight' },
    ],
    channels: [{ name: 'general' }],
    tokens: [
      { token: 'ana-token', user: 'ana', scopes },
      { token: 'bot-token', user: 'porchlight', scopes: granted },
    ],
    strict_scopes: true,
  })
  const ask = async (token: string, method: string, params: Record<string, string>) => {
    const answer = await fetch(new URL(`/api/${method}`, url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(params),
    })
    return (await answer.json()) as Record<string, unknown>
  }
  const entry = { name: 'harbor', token: 'bot-token', poll_seconds: 60 }
  const shared = deps(url)
  const [source] = sources.slack.create(entry, shared)
  if (!source) throw new Error('no source')
  return { ask, clock: shared.clock, ...poller(source) }
}

test('[emulate] Slack: messages, threads, people and edits of a channel', async () => {
  const { ask, poll, clock } = await workspace(scopes)
  const { channels } = await ask('ana-token', 'conversations.list', {})
  const channel = (channels as { id: string; name: string }[]).find((c) => c.name === 'general')?.id
  if (!channel) throw new Error('no channel')
  await ask('bot-token', 'conversations.join', { channel })
  const post = async (token: string, text: string, more = {}) =>
    (await ask(token, 'chat.postMessage', { channel, text, ...more })).ts as string
  const parent = await post('ana-token', 'Is the mail server down?')
  await post('ana-token', 'It is back', { thread_ts: parent })
  await post('bot-token', 'An alert of our own')
  const first = await poll()
  expect(first.map((e) => [e.message, e.actor?.user.name])).toEqual([
    ['Is the mail server down?', 'Ana Silva'],
    ['It is back', 'Ana Silva'],
  ])
  expect(first[0]?.actor?.user.email_addr).toBe('ana@harbor.example')
  expect(first[1]?.unmapped.thread).toBe(parent)

  clock.move(60_000)
  await post('ana-token', 'See <https://status.example|status>')
  await post('ana-token', 'And once more', { thread_ts: parent })
  await ask('ana-token', 'chat.update', { channel, ts: parent, text: 'Is the mail server up?' })
  const second = await poll()
  expect(second.map((e) => `${e.activity_name}: ${e.message}`).sort()).toEqual([
    'Message Edit: Is the mail server up?',
    'Message: And once more',
    'Message: See status (https://status.example)',
  ])
  expect(await poll()).toEqual([])
})

test('[emulate] Slack: a missing scope is named', async () => {
  const { source, poll } = await workspace(['channels:read', 'groups:read', 'users:read'])
  const failure = await poll().catch((error) => error)
  const lines = await source.check(signal).catch((error) => [{ name: error.message, ok: false }])
  expect(`${failure.mend} ${lines.map((line) => line.name)}`).toContain('channels:history')
})

/** emulate has no getProfile; history from the beginning names the same mark. */
async function withProfile(upstream: string): Promise<string> {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const path = (incoming.url ?? '/').replace(/^\/token/, '/oauth2/token')
    const isProfile = path.endsWith('/profile')
    const headers = new Headers({ authorization: incoming.headers.authorization ?? '' })
    headers.set('content-type', incoming.headers['content-type'] ?? '')
    const url = new URL(isProfile ? '/gmail/v1/users/me/history?startHistoryId=1' : path, upstream)
    const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}
    const answer = await fetch(url, { method: incoming.method ?? 'GET', headers, ...body })
    const text = await answer.text()
    outgoing.writeHead(answer.status, { 'content-type': 'application/json' })
    const { historyId } = isProfile ? JSON.parse(text) : {}
    outgoing.end(isProfile ? JSON.stringify({ emailAddress: mailbox, historyId }) : text)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const mailbox = 'ana@harbor.example'
const oauthClient = { client_id: 'client', client_secret: 'not-a-secret' }

/** Ana consents in the browser. */
async function consent(url: string): Promise<string> {
  const redirect_uri = 'http://127.0.0.1/done'
  const form = { email: mailbox, redirect_uri, client_id: oauthClient.client_id }
  const scope = 'https://www.googleapis.com/auth/gmail.readonly'
  const agreed = await fetch(new URL('/o/oauth2/v2/auth/callback', url), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ ...form, scope }),
  })
  const code = new URL(agreed.headers.get('location') ?? '').searchParams.get('code') ?? ''
  const grant = { grant_type: 'authorization_code', code, redirect_uri, ...oauthClient }
  const answer = await fetch(new URL('/oauth2/token', url), {
    method: 'POST',
    body: new URLSearchParams(grant),
  })
  return ((await answer.json()) as { refresh_token: string }).refresh_token
}

const raw = (subject: string) =>
  Buffer.from(
    [
      'Authentication-Results: mx.google.com; spf=fail; dmarc=fail',
      'From: "Müller" <m@supplier.example>',
      `To: ${mailbox}`,
      `Subject: ${subject}`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Our bank details changed. Größe: 7',
    ].join('\r\n'),
  ).toString('base64url')

test('[emulate] Gmail: OAuth refresh, first list, raw messages and history', async () => {
  const upstream = await emulate('google', {
    users: [{ email: mailbox, name: 'Ana Silva' }],
    oauth_clients: [{ ...oauthClient, redirect_uris: ['http://127.0.0.1/done'] }],
    messages: [
      {
        id: 'm1',
        user_email: mailbox,
        raw: raw('First'),
        date: new Date(Date.now() - 3_600_000).toISOString(),
        label_ids: ['INBOX'],
      },
    ],
  })
  const refresh_token = await consent(upstream)
  const url = await withProfile(upstream)
  const entry = { name: 'm', mailboxes: [mailbox], poll_seconds: 30 }
  const oauth = { ...oauthClient, refresh_token }
  const [source] = sources.gmail.create({ ...entry, oauth }, deps(url))
  if (!source) throw new Error('no source')
  const { poll } = poller(source)
  const first = await poll()
  expect(first.map((e) => [e.email?.subject, e.metadata.labels])).toEqual([['First', ['backfill']]])
  expect(first[0]).toMatchObject({
    message: 'Our bank details changed. Größe: 7',
    email: {
      from: { name: 'Müller', address: 'm@supplier.example' },
      authentication: { spf: 'fail', dkim: null, dmarc: 'fail' },
    },
  })

  const token = await fetch(new URL('/oauth2/token', upstream), {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'refresh_token', ...oauth }),
  }).then((answer) => answer.json() as Promise<{ access_token: string }>)
  await fetch(new URL('/gmail/v1/users/me/messages/import', upstream), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token.access_token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ raw: raw('Second'), labelIds: ['INBOX'] }),
  })
  expect((await poll()).map((e) => e.email?.subject)).toEqual(['Second'])
  expect(await poll()).toEqual([])

  const revoked = { ...oauth, refresh_token: 'revoked' }
  const [late] = sources.gmail.create({ ...entry, oauth: revoked }, deps(url))
  await expect(late?.poll(null, signal)).rejects.toMatchObject({ permanent: true })
})
