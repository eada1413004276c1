import { z } from 'zod'
import { createSlack, type SlackClient, slackCode } from '../clients/slack.ts'
import { changesOf } from '../clients/slack-changes.ts'
import {
  normalizeSlack,
  type SlackMessage,
  type SlackUser,
  slackMessage,
  slackUser,
  timeOf,
} from '../clients/slack-message.ts'
import { messageOf, ServiceError } from '../core/error.ts'
import type { Event } from '../core/event.ts'
import type { Clock, Source } from '../core/ports.ts'
import type { SourceDeps } from './index.ts'

/** One workspace, read as the bot of an internal app. */
export const options = z.strictObject({
  name: z.string().min(1),
  token: z.string().min(1),
  poll_seconds: z.number().min(10).max(3600).default(60),
})

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Of 50 calls a minute (tier 3) these are planned; the rest is for second pages. */
const planned = 40

const known = z.record(z.string(), z.string())
const cursorShape = z.object({
  /** `high`: newest `ts` read; `known`: the last day's messages, so that edits and deletions show. */
  channels: z.record(z.string(), z.object({ high: z.string(), known })),
  /** By `CHANNEL:TS` of the parent; `mark` changes when there are new replies. */
  threads: z.record(z.string(), z.object({ high: z.string(), mark: z.string(), known })),
})
type Cursor = z.infer<typeof cursorShape>

const identityShape = z.object({
  team_id: z.string(),
  user_id: z.string(),
  bot_id: z.string().optional(),
  team: z.string().optional(),
})
const channelShape = z.object({
  id: z.string(),
  name: z.string(),
  is_member: z.boolean().default(false),
})
type Channel = z.infer<typeof channelShape>
const channelsPage = z.object({ channels: z.array(channelShape) })
const usersPage = z.object({ members: z.array(slackUser) })
const messagesPage = z.object({ messages: z.array(z.unknown()), has_more: z.boolean().optional() })

/** Same length as Slack's own, so that strings compare as times do; numbers would lose digits. */
const tsOf = (ms: number) => `${String(Math.floor(ms / 1000)).padStart(10, '0')}.000000`
const newest = (list: string[]) => list.toSorted().at(-1) ?? ''
const parse = (record: unknown): SlackMessage | undefined => slackMessage.safeParse(record).data
const markOf = (m: SlackMessage) => m.latest_reply ?? String(m.reply_count ?? 0)

/** Polls one workspace. */
export function create(
  { name, token, poll_seconds }: z.infer<typeof options>,
  { clock, log, endpoint }: SourceDeps,
): Source[] {
  const slack = createSlack({ token, endpoint, clock, log })
  const interval = poll_seconds * 1000
  const budget = Math.max(1, Math.floor((planned * interval) / minute))
  const identity = remembered(clock, hour, (signal) =>
    slack.read('auth.test', {}, identityShape, signal),
  )
  const users = remembered(clock, hour, (signal) => usersOf(slack, signal))
  const channels = remembered(clock, minute, (signal) => channelsOf(slack, signal))
  /** When each channel and thread was last read, and last read whole: a plan, not a truth. */
  const readAt = new Map<string, number>()
  const wholeAt = new Map<string, number>()

  const poll: Source['poll'] = async (stored, signal) => {
    const now = clock.now()
    const floor = tsOf(now - day)
    const me = await identity(signal)
    const people = await users(signal)
    const mine = await channels(signal)
    const cursor: Cursor = structuredClone(
      cursorShape.safeParse(stored).data ?? { channels: {}, threads: {} },
    )
    const events: Event[] = []
    const covered = new Set<string>()

    const tell = (
      channel: Channel,
      before: Cursor['channels'][string] | undefined,
      label: boolean,
      records: unknown[],
      since: string,
    ) => {
      const isOwn = (m: SlackMessage) =>
        m.user === me.user_id || (m.bot_id !== undefined && m.bot_id === me.bot_id)
      const { changes, known } = changesOf(before?.known ?? {}, records, { since, floor, isOwn })
      const found = changes.map(({ kind, record }) =>
        normalizeSlack(record, {
          team: me.team_id,
          channel,
          users: people,
          edit: kind === 'edit',
          ...(kind === 'delete' ? { deleted: now } : {}),
        }),
      )
      if (label) for (const event of found) event.metadata.labels.push('backfill')
      events.push(...found)
      return known
    }

    const readThread = async (
      channel: Channel,
      ts: string,
      mark: string | null,
      whole: boolean,
    ) => {
      const key = `${channel.id}:${ts}`
      const was = cursor.threads[key]
      const high = was?.high ?? floor
      const since = whole && floor < high ? floor : high
      const records: unknown[] = []
      const args = { channel: channel.id, ts, oldest: since, limit: 200 }
      for await (const page of slack.pages('conversations.replies', args, messagesPage, signal))
        records.push(...page.messages)
      // The parent comes first whatever is asked; broadcast replies stood in the channel already.
      const inChannel = cursor.channels[channel.id]?.known ?? {}
      const replies = records.filter((r) => {
        const at = parse(r)?.ts
        return at === undefined || (at !== ts && !(at in inChannel))
      })
      const known = tell(channel, was, !cursor.channels[channel.id], replies, since)
      const latest = newest([high, ...records.flatMap((r) => parse(r)?.ts ?? [])])
      cursor.threads[key] = { high: latest, mark: mark ?? was?.mark ?? '', known }
      readAt.set(key, now)
      if (whole) wholeAt.set(key, now)
    }

    const readChannel = async (channel: Channel, whole: boolean) => {
      const was = cursor.channels[channel.id]
      const high = was?.high ?? floor
      const [oldest = floor] = [high, floor].sort()
      let since = oldest
      const records: unknown[] = []
      const args = { channel: channel.id, oldest, limit: 200 }
      for await (const page of slack.pages('conversations.history', args, messagesPage, signal)) {
        records.push(...page.messages)
        const first = page.messages.flatMap((r) => parse(r)?.ts ?? []).at(-1)
        if (whole || !first || first > high || !page.response_metadata?.next_cursor) continue
        since = first
        break
      }
      const known = tell(channel, was, !was, records, since)
      const parents = records.flatMap((r) => parse(r) ?? []).filter((m) => m.reply_count)
      for (const m of parents) {
        const key = `${channel.id}:${m.ts}`
        covered.add(key)
        if (cursor.threads[key]?.mark !== markOf(m))
          await readThread(channel, m.ts, markOf(m), false)
      }
      cursor.channels[channel.id] = { high: newest([high, ...Object.keys(known)]), known }
      readAt.set(channel.id, now)
      if (whole) wholeAt.set(channel.id, now)
    }

    const late = (key: string, wanted: number) => (now - (readAt.get(key) ?? 0)) / wanted
    const isWhole = (key: string) => now - (wholeAt.get(key) ?? 0) >= hour
    /** What was busy lately is wanted every minute, what has been quiet for long every ten. */
    const pace = (high: string) =>
      Math.min(10 * minute, Math.max(minute, (now - timeOf(high)) / 10))
    const mostLate = <T>(list: T[], lateness: (one: T) => number) =>
      list.toSorted((a, b) => lateness(b) - lateness(a)).slice(0, budget)

    try {
      const channelLateness = ({ id }: Channel) =>
        late(id, pace(cursor.channels[id]?.high ?? floor))
      for (const channel of mostLate(mine, channelLateness))
        await unlessGone(log, channel, () => readChannel(channel, isWhole(channel.id)))

      const threadLateness = (key: string) =>
        late(key, covered.has(key) ? hour : pace(cursor.threads[key]?.high ?? floor))
      const lateThreads = Object.keys(cursor.threads).filter((key) => threadLateness(key) >= 1)
      for (const key of mostLate(lateThreads, threadLateness)) {
        const [id, ts] = key.split(':') as [string, string]
        const channel = mine.find((one) => one.id === id)
        const done =
          channel &&
          (await unlessGone(log, channel, () => readThread(channel, ts, null, isWhole(key))))
        if (!done) delete cursor.threads[key]
      }
    } catch (error) {
      // What was read is kept; the rest is the latest of all at the next poll.
      if (events.length === 0) throw error
      log('warn', 'slack poll cut short', { source: name, error: messageOf(error) })
    }
    for (const [key, { high }] of Object.entries(cursor.threads))
      if (high < tsOf(now - 7 * day)) delete cursor.threads[key]
    return { events, cursor }
  }

  return [{ name: `slack:${name}`, interval, poll, check: (signal) => check(slack, signal) }]
}

/** Runs `read`; false where the channel or thread has gone meanwhile. */
async function unlessGone(
  log: SourceDeps['log'],
  channel: Channel,
  read: () => Promise<void>,
): Promise<boolean> {
  try {
    await read()
    return true
  } catch (error) {
    const code = slackCode(error) ?? ''
    if (!/^(not_in_channel|channel_not_found|is_archived|thread_not_found)$/.test(code)) throw error
    log('info', 'slack channel or thread has gone', { channel: channel.id, code })
    return false
  }
}

/** Asks `fetch` again when the last answer is older than `ms`. */
function remembered<T>(clock: Clock, ms: number, fetch: (signal: AbortSignal) => Promise<T>) {
  let last: { at: number; value: T } | null = null
  return async (signal: AbortSignal): Promise<T> => {
    if (!last || clock.now() - last.at >= ms) last = { at: clock.now(), value: await fetch(signal) }
    return last.value
  }
}

async function usersOf(slack: SlackClient, signal: AbortSignal): Promise<Map<string, SlackUser>> {
  const users = new Map<string, SlackUser>()
  for await (const page of slack.pages('users.list', { limit: 200 }, usersPage, signal))
    for (const user of page.members) users.set(user.id, user)
  return users
}

/** The channels that the bot is in. */
async function channelsOf(slack: SlackClient, signal: AbortSignal): Promise<Channel[]> {
  const args = { types: 'public_channel,private_channel', exclude_archived: true, limit: 200 }
  const found: Channel[] = []
  for await (const page of slack.pages('conversations.list', args, channelsPage, signal))
    found.push(...page.channels.filter((channel) => channel.is_member))
  return found
}

const scopes: Record<string, string> = {
  'channels:read': 'list public channels',
  'channels:history': 'read public channels',
  'groups:read': 'list private channels',
  'groups:history': 'read private channels it is invited to',
  'users:read': 'name people',
  'users:read.email': 'match people with their mailboxes',
  'chat:write': 'post alerts',
}

async function check(slack: SlackClient, signal: AbortSignal) {
  const me = await slack.read('auth.test', {}, identityShape, signal)
  const lines = [{ name: 'token', ok: true, text: `valid for ${me.team ?? me.team_id}` }]
  const granted = slack.scopes()
  for (const [scope, use] of Object.entries(scopes))
    if (!granted.includes(scope))
      lines.push({
        name: `scope ${scope}`,
        ok: false,
        text: `missing: needed to ${use}. Add it under OAuth & Permissions of the Slack app and install it again.`,
      })
  const channels = await channelsOf(slack, signal)
  const names = channels.map((channel) => `#${channel.name}`).join(', ')
  lines.push({
    name: 'channels',
    ok: channels.length > 0,
    text: names ? `reads ${names}` : 'in none yet: write /invite @Porchlight in each to be read.',
  })
  const [first] = channels
  if (first) lines.push(await checkReading(slack, first, signal))
  return lines
}

/** Apps sold outside the Marketplace get 15 messages a call: https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps/ */
async function checkReading(slack: SlackClient, channel: Channel, signal: AbortSignal) {
  const args = { channel: channel.id, limit: 200 }
  const name = 'reading'
  try {
    const page = await slack.read('conversations.history', args, messagesPage, signal)
    if (page.has_more && page.messages.length <= 15)
      return {
        name,
        ok: false,
        text: 'throttled to 15 messages a call: install Porchlight as an internal app of your own, from the manifest of the README.',
      }
    const parent = page.messages.flatMap((r) => parse(r) ?? []).find((m) => m.reply_count)
    if (parent)
      await slack.read('conversations.replies', { ...args, ts: parent.ts }, messagesPage, signal)
    return { name, ok: true, text: `#${channel.name}, ${page.messages.length} messages in a call` }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return { name, ok: false, text: [error.message, error.mend].filter(Boolean).join('. ') }
  }
}
