import { z } from 'zod'
import { createSlack, type SlackClient } from '../clients/slack.ts'
import { changesOf, type Known } from '../clients/slack-changes.ts'
import { checkSlack } from '../clients/slack-check.ts'
import {
  type Channel,
  channelsOf,
  identityShape,
  messagesPage,
  usersOf,
} from '../clients/slack-directory.ts'
import { slackCode } from '../clients/slack-error.ts'
import {
  normalizeSlack,
  type SlackMessage,
  type SlackUser,
  slackMessage,
  timeOf,
} from '../clients/slack-message.ts'
import { messageOf } from '../core/error.ts'
import type { Event } from '../core/event.ts'
import type { Clock, Source } from '../core/ports.ts'
import type { SourceDeps } from './index.ts'

/** One workspace, read as the bot of an internal app. */
export const options = z.strictObject({
  name: z.string().min(1),
  token: z.string().min(1),
  /** An admin's user token: shows second steps and what apps may do. */
  admin_token: z.string().min(1).optional(),
  poll_seconds: z.number().min(10).max(3600).default(60),
})

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Channels read in a minute, of 30 calls that the client allows; the rest is for second pages. */
const planned = 25

const known = z.record(z.string(), z.string())
const cursorShape = z.object({
  /** `high`: newest `ts` read; `known`: the last day's messages, so that edits and deletions show. */
  channels: z.record(z.string(), z.object({ high: z.string(), known })),
  /** By `CHANNEL:TS` of the parent; `mark` changes when there are new replies. */
  threads: z.record(z.string(), z.object({ high: z.string(), mark: z.string(), known })),
})
type Cursor = z.infer<typeof cursorShape>

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
  const plan: Plan = { read: new Map(), whole: new Map() }

  const poll: Source['poll'] = async (stored, signal) => {
    const now = clock.now()
    const me = await identity(signal)
    const people = await users(signal)
    const mine = await channels(signal)
    const cursor: Cursor = structuredClone(
      cursorShape.safeParse(stored).data ?? { channels: {}, threads: {} },
    )
    const reader = openReader({ slack, me, people, now, cursor, plan, signal })

    /** How many times over something is due. */
    const lateness = (key: string, wanted: number) => (now - (plan.read.get(key) ?? 0)) / wanted
    const isWhole = (key: string) => now - (plan.whole.get(key) ?? 0) >= hour
    /** What was busy lately is wanted every minute, what has been quiet for long every ten. */
    const wanted = (high: string | undefined) =>
      Math.min(10 * minute, Math.max(minute, (now - (high ? timeOf(high) : 0)) / 10))
    const channelLateness = ({ id }: Channel) => lateness(id, wanted(cursor.channels[id]?.high))
    const threadLateness = (key: string) =>
      lateness(key, reader.covered.has(key) ? hour : wanted(cursor.threads[key]?.high))

    try {
      for (const channel of mostLate(mine, channelLateness, budget))
        await unlessGone(log, channel, () => reader.channel(channel, isWhole(channel.id)))
      const late = Object.keys(cursor.threads).filter((key) => threadLateness(key) >= 1)
      for (const key of mostLate(late, threadLateness, budget)) {
        const [id, ts] = key.split(':') as [string, string]
        const channel = mine.find((one) => one.id === id)
        const isThere =
          channel &&
          (await unlessGone(log, channel, () =>
            reader.thread(channel, ts, { whole: isWhole(key) }),
          ))
        if (!isThere) delete cursor.threads[key]
      }
    } catch (error) {
      // What was read is kept; the rest is the latest of all at the next poll.
      if (reader.events.length === 0) throw error
      log('warn', 'slack poll cut short', { source: name, error: messageOf(error) })
    }
    for (const [key, { high }] of Object.entries(cursor.threads))
      if (high < tsOf(now - 7 * day)) delete cursor.threads[key]
    return { events: reader.events.sort((a, b) => a.time - b.time), cursor }
  }

  return [{ name: `slack:${name}`, interval, poll, check: (signal) => checkSlack(slack, signal) }]
}

interface Plan {
  read: Map<string, number>
  whole: Map<string, number>
}

const mostLate = <T>(list: T[], lateness: (one: T) => number, most: number): T[] =>
  list.toSorted((a, b) => lateness(b) - lateness(a)).slice(0, most)

/** Reads channels and threads into `events` and moves `cursor` on, one of them whole at a time. */
function openReader({
  slack,
  me,
  people,
  now,
  cursor,
  plan,
  signal,
}: {
  slack: SlackClient
  me: z.infer<typeof identityShape>
  people: ReadonlyMap<string, SlackUser>
  now: number
  cursor: Cursor
  plan: Plan
  signal: AbortSignal
}) {
  const floor = tsOf(now - day)
  const events: Event[] = []
  /** Threads whose parents stand on the pages just read. */
  const covered = new Set<string>()
  const isOwn = (m: SlackMessage) =>
    m.user === me.user_id || (m.bot_id !== undefined && m.bot_id === me.bot_id)

  const tell = (
    channel: Channel,
    before: Known,
    records: unknown[],
    { since, isFirst }: { since: string; isFirst: boolean },
  ): Known => {
    const { changes, known } = changesOf(before, records, { since, floor, isOwn })
    for (const { kind, record } of changes) {
      const event = normalizeSlack(record, {
        team: me.team_id,
        channel,
        users: people,
        edit: kind === 'edit',
        ...(kind === 'delete' ? { deleted: now } : {}),
      })
      if (isFirst) event.metadata.labels.push('backfill')
      events.push(event)
    }
    return known
  }

  const done = (key: string, whole: boolean) => {
    plan.read.set(key, now)
    if (whole) plan.whole.set(key, now)
  }

  const thread = async (
    channel: Channel,
    ts: string,
    { mark, whole = false, isFirst = false }: { mark?: string; whole?: boolean; isFirst?: boolean },
  ) => {
    const key = `${channel.id}:${ts}`
    const was = cursor.threads[key] ?? { high: floor, mark: '', known: {} }
    const [since = floor] = whole ? [was.high, floor].sort() : [was.high]
    const records: unknown[] = []
    const args = { channel: channel.id, ts, oldest: since, limit: 200 }
    for await (const page of slack.pages('conversations.replies', args, messagesPage, signal))
      records.push(...page.messages)
    // The parent comes first whatever is asked; broadcast replies stood in the channel already.
    const inChannel = cursor.channels[channel.id]?.known ?? {}
    const replies = records.filter((record) => {
      const at = parse(record)?.ts
      return at === undefined || (at !== ts && !(at in inChannel))
    })
    const known = tell(channel, was.known, replies, { since, isFirst })
    const high = newest([was.high, ...records.flatMap((r) => parse(r)?.ts ?? [])])
    cursor.threads[key] = { high, mark: mark ?? was.mark, known }
    done(key, whole)
  }

  return {
    events,
    covered,
    thread,
    /** `whole`: all of the last day, not only the newest page. */
    async channel(channel: Channel, whole: boolean) {
      const was = cursor.channels[channel.id]
      const high = was?.high ?? floor
      const [oldest = floor] = [high, floor].sort()
      let since = oldest
      const records: unknown[] = []
      const args = { channel: channel.id, oldest, limit: 200 }
      for await (const page of slack.pages('conversations.history', args, messagesPage, signal)) {
        records.push(...page.messages)
        const last = page.messages.flatMap((r) => parse(r)?.ts ?? []).at(-1)
        if (whole || !last || last > high || !page.response_metadata?.next_cursor) continue
        since = last
        break
      }
      const isFirst = !was
      const known = tell(channel, was?.known ?? {}, records, { since, isFirst })
      cursor.channels[channel.id] = { high: newest([high, ...Object.keys(known)]), known }
      done(channel.id, whole)
      for (const m of records.flatMap((r) => parse(r) ?? [])) {
        if (!m.reply_count) continue
        const key = `${channel.id}:${m.ts}`
        covered.add(key)
        const mark = markOf(m)
        if (cursor.threads[key]?.mark !== mark) await thread(channel, m.ts, { mark, isFirst })
      }
    },
  }
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
