import { createServer, type IncomingHttpHeaders, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Event } from '../../src/core/event.ts'
import type { Source } from '../../src/core/ports.ts'
import { startOffice } from '../../src/office/servers.ts'
import type { World } from '../../src/office/world.ts'
import { sources } from '../../src/sources/index.ts'
import { smallWorld } from '../office/small-world.ts'

export const minute = 60_000
export const hour = 60 * minute
export const signal = new AbortController().signal

/** A clock on which sleeping moves time, side by side where several sleep. */
export function quickClock(start: number) {
  let time = start
  return {
    now: () => time,
    sleep: async (ms: number) => {
      const until = time + ms
      await new Promise((done) => setImmediate(done))
      time = Math.max(time, until)
    },
    move: (ms: number) => {
      time += ms
    },
  }
}

/** A source that is polled on and on, its cursor kept as the store keeps it. */
export function poller(source: Source) {
  let cursor: unknown = null
  return {
    source,
    cursor: () => cursor,
    async poll(): Promise<Event[]> {
      const answer = await source.poll(cursor, signal)
      cursor = JSON.parse(JSON.stringify(answer.cursor))
      return answer.events
    },
  }
}

/** The small company's accounts on loopback at `hours` past its midnight, and pollers for them. */
export async function openOffice({
  hours = 13,
  world = smallWorld(),
  ...options
}: {
  hours?: number
  world?: World
  slackScopes?: string[]
  limits?: boolean
} = {}) {
  const clock = quickClock(world.start + hours * hour)
  const office = await startOffice(world, { clock, ...options })
  onTestFinished(() => office.close())
  const logged: string[] = []
  const deps = {
    clock,
    log: (level: string, message: string) => void logged.push(`${level} ${message}`),
    domains: [world.company.domain],
  }
  const { credentials } = office
  const { client_id, client_secret, refreshToken } = credentials.google
  const first = <T>(list: T[]) => list[0] as T
  return {
    world,
    clock,
    office,
    logged,
    faults: office.faults,
    deps,
    slack: (endpoint = office.slackUrl, token = credentials.slack.token) =>
      poller(
        first(sources.slack.create({ name: 'm', token, poll_seconds: 60 }, { ...deps, endpoint })),
      ),
    gmail: (mailbox = 'carla@marlow.example', auth = {}, endpoint = office.googleUrl) => {
      const oauth = { client_id, client_secret, refresh_token: refreshToken(mailbox) }
      const entry = { name: 'm', mailboxes: [mailbox], poll_seconds: 30, oauth, ...auth }
      return poller(first(sources.gmail.create(entry, { ...deps, endpoint })))
    },
    cloudtrail: (more: { regions?: string[] } = {}, endpoint = office.awsUrl) => {
      const { access_key_id, secret_access_key } = credentials.aws
      const entry = { name: 'm', poll_seconds: 60, access_key_id, secret_access_key }
      const all = { regions: 'enabled' as const, ...entry, ...more }
      return poller(first(sources.cloudtrail.create(all, { ...deps, endpoint })))
    },
  }
}

/** What a line does with a request: an answer in place of the server's, or null to let it pass. */
export type Intercept = (
  path: string,
  body: string,
  headers: IncomingHttpHeaders,
) => { status: number; body: string; headers?: Record<string, string> } | null

/** A line to a server that now and then answers by itself. Its URL keeps the server's path. */
export async function openLine(upstream: string, intercept: Intercept): Promise<string> {
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const path = incoming.url ?? '/'
    const own = intercept(path, body.toString('utf8'), incoming.headers)
    if (own) {
      outgoing.writeHead(own.status, { 'content-type': 'application/json', ...own.headers })
      outgoing.end(own.body)
      return
    }
    const { method, headers } = incoming
    const onward = send(new URL(path, upstream), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(outgoing)
    })
    onward.end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = new URL(upstream)
  url.port = String((server.address() as AddressInfo).port)
  return url.href
}

export const uids = (events: Event[]): string[] => events.map((event) => event.metadata.uid)
