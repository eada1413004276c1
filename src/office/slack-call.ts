import type { Clock } from '../core/ports.ts'
import type { FaultKind } from './faults.ts'
import type { Messages, Row } from './slack-messages.ts'
import { isShown } from './slack-messages.ts'
import type { World } from './world.ts'

/** What the methods work on. */
export interface Slack {
  world: World
  messages: Messages
  /** Ids of the channels the bot is in: grows by conversations.join. */
  joined: Set<string>
  scopes: readonly string[]
  clock: Clock
}

/** Arguments as they came in the form; nested ones are JSON. */
export type Args = Record<string, string>

/** One method of the Web API. */
export interface Method {
  /** Scopes without which it is refused. */
  needs?(slack: Slack, args: Args): string[]
  /** The answer beside `ok`. @throws Refusal */
  run(slack: Slack, args: Args, fault: FaultKind | null): Record<string, unknown>
}

/** An answer with `ok: false`. */
export class Refusal extends Error {
  readonly body: Record<string, unknown>

  constructor(error: string, more: Record<string, unknown> = {}) {
    super(error)
    this.body = { ok: false, error, ...more }
  }
}

export const isTrue = (value: string | undefined): boolean => value === 'true' || value === '1'

/** The channel, if the bot may read and write it. @throws Refusal */
export function openChannel({ world, joined }: Slack, id = '') {
  const channel = world.slack.channels.find((c) => c.id === id)
  if (!channel) throw new Refusal('channel_not_found')
  if (joined.has(id)) return channel
  throw new Refusal(channel.is_private ? 'channel_not_found' : 'not_in_channel')
}

/** A message that is shown now. @throws Refusal */
export function shownMessage(slack: Slack, channel = '', ts = ''): Row {
  openChannel(slack, channel)
  const row = slack.messages.get(channel, ts)
  if (row && isShown(row, slack.clock.now())) return row
  throw new Refusal('message_not_found')
}

/** Slack's opaque cursor: a place in a list, good for one kind of list. */
export const cursorOf = (kind: string, place: number): string =>
  Buffer.from(`${kind}:${place}`).toString('base64')

/** The place that a cursor names. @throws Refusal */
export function placeOf(cursor: string, kind: string): number {
  const [, place] =
    new RegExp(`^${kind}:(\\d+)$`).exec(Buffer.from(cursor, 'base64').toString()) ?? []
  if (place === undefined) throw new Refusal('invalid_cursor')
  return Number(place)
}

/** A list's page; `limit` 0 is everything. @throws Refusal */
export function paged<T>(items: T[], { cursor, limit }: Args, fallback: number) {
  const start = cursor ? placeOf(cursor, 'offset') : 0
  const end = start + (Number(limit ?? fallback) || items.length)
  const next_cursor = end < items.length ? cursorOf('offset', end) : ''
  return { items: items.slice(start, end), response_metadata: { next_cursor } }
}
