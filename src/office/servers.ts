import type { Clock } from '../core/ports.ts'
import { awsServer } from './aws-server.ts'
import { type Credentials, createCredentials } from './credentials.ts'
import { startDns } from './dns-server.ts'
import { createFaults, type Faults } from './faults.ts'
import { googleServer } from './google-server.ts'
import { serve } from './serve.ts'
import { createMessages } from './slack-messages.ts'
import { slackServer } from './slack-server.ts'
import type { World } from './world.ts'

/** A message of the bot as Slack shows it now. */
export interface Post {
  channel: string
  ts: string
  text: string
  blocks: unknown[]
  metadata: unknown
  thread_ts: string | null
  /** ms UTC from which the API shows it. */
  visible: number
  /** Slack's `ts` of the last update, or null. */
  edited: string | null
}

/** A company's three accounts, served on loopback by the protocols of their vendors. */
export interface Office {
  /** For `slackApiUrl`: ends with `/api/`. */
  slackUrl: string
  /** For `rootUrl`; tokens at `token` and `oauth2/token` below it. Ends with `/`. */
  googleUrl: string
  /** For `endpoint` of CloudTrail and Account clients of any Region. */
  awsUrl: string
  /** `127.0.0.1:PORT` of the name server, where the world has one. */
  dnsAddress: string | null
  /** What the servers accept. */
  credentials: Credentials
  faults: Faults
  /** What the bot has posted and is shown now, oldest first within each channel. */
  posts(): Post[]
  /** Calls so far by method. */
  requests(): Record<string, number>
  /** Requests being worked on, without those that hang on purpose. */
  inFlight(): number
  close(): Promise<void>
}

export interface OfficeOptions {
  clock: Clock
  faults?: Faults
  /** The Slack token's scopes; default all that the monitor asks for. Read at every call. */
  slackScopes?: string[]
  /** Enforce the vendors' rate limits, on the clock; default true. */
  limits?: boolean
}

/** The scopes that the app's manifest asks for. */
export const monitorScopes: readonly string[] = [
  'channels:read',
  'channels:history',
  'channels:join',
  'groups:read',
  'groups:history',
  'users:read',
  'users:read.email',
  'team:read',
  'chat:write',
  'reactions:read',
  'reactions:write',
]

/** Starts the three servers on free ports of 127.0.0.1; they show what is visible at `clock.now()`. */
export async function startOffice(
  world: World,
  { clock, faults = createFaults(), slackScopes, limits = true }: OfficeOptions,
): Promise<Office> {
  const credentials = createCredentials(world.seed)
  const scopes = slackScopes ?? monitorScopes
  const messages = createMessages(world.slack)
  const joined = new Set(world.slack.channels.filter((c) => c.is_member).map(({ id }) => id))
  const counts: Record<string, number> = {}
  const shared = {
    faults,
    count: (method: string) => {
      counts[method] = (counts[method] ?? 0) + 1
    },
  }
  const servers = await Promise.all([
    serve(
      slackServer(
        { world, messages, joined, scopes, clock },
        { token: credentials.slack.token, limits },
      ),
      shared,
    ),
    serve(googleServer(world, { clock, credentials, limits }), shared),
    serve(awsServer(world, { clock, accessKey: credentials.aws.access_key_id, limits }), shared),
  ])
  const [slack, google, aws] = servers
  const dns = world.dns ? await startDns(world.dns.zones, faults) : null
  return {
    slackUrl: `${slack.url}api/`,
    googleUrl: google.url,
    awsUrl: aws.url,
    dnsAddress: dns?.address ?? null,
    credentials,
    faults,
    posts: () =>
      messages.posts(clock.now()).map((row) => ({
        channel: row.channel,
        ts: row.ts,
        text: row.text,
        blocks: row.bot?.blocks ?? [],
        metadata: row.bot?.metadata ?? null,
        thread_ts: row.thread_ts ?? null,
        visible: row.visible,
        edited: row.bot?.edited ?? null,
      })),
    requests: () => ({ ...counts }),
    inFlight: () => servers.reduce((sum, server) => sum + server.inFlight(), 0),
    close: async () => {
      await Promise.all([...servers.map((server) => server.close()), dns?.close()])
    },
  }
}
