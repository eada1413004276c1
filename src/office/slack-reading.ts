import {
  type Args,
  cursorOf,
  isTrue,
  type Method,
  openChannel,
  placeOf,
  Refusal,
  type Slack,
} from './slack-call.ts'
import { isShown, isTombstone, micros, type Page, type Window } from './slack-messages.ts'
import { messageShape } from './slack-shapes.ts'

const needs = ({ world }: Slack, { channel }: Args) => {
  const found = world.slack.channels.find(({ id }) => id === channel)
  return [found?.is_private ? 'groups:history' : 'channels:history']
}

/** `oldest` and `latest` are themselves outside unless `inclusive`. @throws Refusal */
function windowOf({ oldest, latest, inclusive, limit }: Args, most: number): Window {
  const edge = isTrue(inclusive) ? 0 : 1
  const from = oldest ? micros(oldest) + edge : 0
  const to = latest ? micros(latest) - edge : Number.MAX_SAFE_INTEGER
  const count = Number(limit ?? Math.min(most, 1000))
  if (Number.isNaN(from)) throw new Refusal('invalid_ts_oldest')
  if (Number.isNaN(to)) throw new Refusal('invalid_ts_latest')
  if (!(count >= 1 && count <= most)) throw new Refusal('invalid_limit')
  return { from, to, limit: count }
}

const rest = ({ next }: Page) => ({
  has_more: next !== null,
  ...(next === null ? {} : { response_metadata: { next_cursor: cursorOf('next_ts', next) } }),
})

/** https://docs.slack.dev/reference/methods/conversations.history */
export const history: Method = {
  needs,
  run(slack, args) {
    const channel = openChannel(slack, args.channel)
    const now = slack.clock.now()
    const window = windowOf({ ...args, limit: args.limit ?? '100' }, 999)
    if (args.cursor) window.to = Math.min(window.to, placeOf(args.cursor, 'next_ts'))
    const page = slack.messages.history(channel.id, window, now)
    return {
      messages: page.rows.map((row) =>
        messageShape(slack.world.slack, row, now, isTrue(args.include_all_metadata)),
      ),
      pin_count: 0,
      channel_actions_ts: null,
      channel_actions_count: 0,
      ...rest(page),
    }
  },
}

/** The parent comes first on every page. https://docs.slack.dev/reference/methods/conversations.replies */
export const replies: Method = {
  needs,
  run(slack, args) {
    const channel = openChannel(slack, args.channel)
    const now = slack.clock.now()
    const window = windowOf(args, 1000)
    if (args.cursor) window.from = Math.max(window.from, placeOf(args.cursor, 'next_ts'))
    const named = slack.messages.get(channel.id, args.ts ?? '')
    const parent = named?.thread_ts ? slack.messages.get(channel.id, named.thread_ts) : named
    if (!parent || !(isShown(parent, now) || isTombstone(parent, now))) {
      throw new Refusal('thread_not_found')
    }
    const page = slack.messages.replies(parent, window, now)
    return {
      messages: [parent, ...page.rows].map((row) =>
        messageShape(slack.world.slack, row, now, isTrue(args.include_all_metadata)),
      ),
      ...rest(page),
    }
  },
}
