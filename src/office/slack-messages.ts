import { firstIndex } from './first-index.ts'
import type { SlackItem, SlackWorld } from './world.ts'

/** A message and what hangs on it. Posts of the bot are rows like any other. */
export interface Row extends SlackItem {
  /** `ts` in microseconds: compares exactly. */
  at: number
  replies: Row[]
  /** What it replies to. */
  parent?: Row
  reactions: Map<string, string[]>
  /** Set for posts of the bot. */
  bot?: { blocks?: unknown[]; metadata?: unknown; edited?: string }
}

export interface Window {
  /** Microseconds, both inclusive. */
  from: number
  to: number
  limit: number
}

export interface Page {
  rows: Row[]
  /** `at` of the first row of the next page, or null. */
  next: number | null
}

/** Slack's `ts` in microseconds; NaN for what is none. */
export function micros(ts: string): number {
  const [, seconds, fraction = ''] = /^(\d{1,10})(?:\.(\d{0,6}))?$/.exec(ts) ?? []
  return seconds === undefined
    ? Number.NaN
    : Number(seconds) * 1e6 + Number(fraction.padEnd(6, '0'))
}

/** Microseconds as Slack's `ts`. */
export const tsOf = (at: number): string =>
  `${Math.floor(at / 1e6)}.${String(at % 1e6).padStart(6, '0')}`

/** The messages of one workspace, by channel and in order of `ts`. */
export function createMessages(world: SlackWorld) {
  const channels = new Map(
    world.channels.map(({ id }) => [id, { rows: [] as Row[], byAt: new Map<number, Row>() }]),
  )

  const insert = (row: Row) => {
    const channel = channels.get(row.channel)
    if (!channel) throw new Error(`no such channel: ${row.channel}`)
    const last = channel.rows.at(-1)
    if (!last || last.at < row.at) channel.rows.push(row)
    else
      channel.rows.splice(
        firstIndex(channel.rows, (other) => other.at < row.at),
        0,
        row,
      )
    channel.byAt.set(row.at, row)
    const parent = row.thread_ts && channel.byAt.get(micros(row.thread_ts))
    if (parent && parent !== row) {
      row.parent = parent
      parent.replies.splice(
        firstIndex(parent.replies, (other) => other.at < row.at),
        0,
        row,
      )
    }
  }

  const ofItem = (item: SlackItem): Row => ({
    ...item,
    at: micros(item.ts),
    replies: [],
    reactions: new Map(),
  })
  world.messages
    .map(ofItem)
    .sort((a, b) => a.at - b.at)
    .forEach(insert)

  return {
    get: (channel: string, ts: string): Row | undefined =>
      channels.get(channel)?.byAt.get(micros(ts)),

    /** Adds a post with a `ts` that the channel has not got yet. */
    add(item: Omit<SlackItem, 'ts'>, now: number, bot: NonNullable<Row['bot']>): Row {
      let at = Math.floor(now) * 1000
      while (channels.get(item.channel)?.byAt.has(at)) at += 1
      const row: Row = { ...ofItem({ ...item, ts: tsOf(at) }), bot }
      insert(row)
      return row
    },

    /** Newest first; replies only where they were broadcast. */
    history(channel: string, { from, to, limit }: Window, now: number): Page {
      const all = channels.get(channel)?.rows ?? []
      const rows: Row[] = []
      // Nothing is shown before the millisecond in which it was written.
      const end = Math.min(to, now * 1000 + 999)
      for (let i = firstIndex(all, (row) => row.at <= end) - 1; i >= 0; i -= 1) {
        const row = all[i] as Row
        if (row.at < from) break
        if (!isTop(row) || !(isShown(row, now) || isTombstone(row, now))) continue
        if (rows.length === limit) return { rows, next: row.at }
        rows.push(row)
      }
      return { rows, next: null }
    },

    /** Oldest first, without the parent. */
    replies(parent: Row, { from, to, limit }: Window, now: number): Page {
      const rows = parent.replies.filter((r) => r.at >= from && r.at <= to && isShown(r, now))
      return { rows: rows.slice(0, limit), next: rows[limit]?.at ?? null }
    },

    /** Every post of the bot that is shown, oldest first within its channel. */
    posts: (now: number): Row[] =>
      [...channels.values()].flatMap(({ rows }) => rows.filter((r) => r.bot && isShown(r, now))),
  }
}

export type Messages = ReturnType<typeof createMessages>

/** Written, delivered and not deleted. */
export const isShown = (row: Row, now: number): boolean =>
  row.visible <= now && (row.deleted_at === undefined || row.deleted_at > now)

/** Deleted, but kept as an empty place because replies hang on it. */
export const isTombstone = (row: Row, now: number): boolean =>
  row.visible <= now && !isShown(row, now) && row.replies.some((reply) => isShown(reply, now))

const isTop = (row: Row) =>
  row.thread_ts === undefined || row.thread_ts === row.ts || row.subtype === 'thread_broadcast'
