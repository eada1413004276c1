import { blockError } from './block-rules.ts'
import { type Args, isTrue, type Method, openChannel, Refusal, shownMessage } from './slack-call.ts'
import { type Row, tsOf } from './slack-messages.ts'
import { messageShape } from './slack-shapes.ts'

const needs = () => ['chat:write']

interface Content {
  text: string | undefined
  blocks: unknown[] | undefined
  metadata: unknown
}

/** What a post says, refused as Slack refuses it. @throws Refusal */
function contentOf(args: Args): Content {
  const blocks = json(args.blocks)
  const bad = args.blocks === undefined ? null : blockError(blocks)
  if (bad) {
    const { error, messages } = bad
    throw new Refusal(
      error,
      messages.length > 0 ? { errors: messages, response_metadata: { messages } } : {},
    )
  }
  if ((args.text ?? '').length > 40_000) throw new Refusal('msg_too_long')
  const metadata = json(args.metadata) as { event_type?: unknown; event_payload?: unknown } | null
  if (args.metadata !== undefined) {
    if (typeof metadata?.event_type !== 'string' || typeof metadata.event_payload !== 'object') {
      throw new Refusal('invalid_metadata_format')
    }
  }
  return {
    text: args.text,
    blocks: Array.isArray(blocks) ? blocks : undefined,
    metadata: metadata ?? undefined,
  }
}

function json(text: string | undefined): unknown {
  try {
    return text === undefined ? null : JSON.parse(text)
  } catch {
    return null
  }
}

/** https://docs.slack.dev/reference/methods/chat.postMessage */
export const post: Method = {
  needs,
  run(slack, args, fault) {
    const channel = openChannel(slack, args.channel)
    const { text, blocks, metadata } = contentOf(args)
    if (!text && !blocks?.length) throw new Refusal('no_text')
    if (args.thread_ts && !slack.messages.get(channel.id, args.thread_ts)) {
      throw new Refusal('thread_not_found')
    }
    const now = slack.clock.now()
    const delay = fault === 'late10' ? 10_000 : fault === 'late90' ? 90_000 : 0
    const [row] = (fault === 'twice' ? [1, 2] : [1]).map(() =>
      slack.messages.add(
        {
          channel: channel.id,
          user: slack.world.slack.bot.user_id,
          text: text ?? '',
          visible: now + delay,
          ...(args.thread_ts ? { thread_ts: args.thread_ts } : {}),
          ...(args.thread_ts && isTrue(args.reply_broadcast)
            ? { subtype: 'thread_broadcast' }
            : {}),
        },
        now,
        { ...(blocks ? { blocks } : {}), ...(metadata ? { metadata } : {}) },
      ),
    ) as [Row]
    const message = messageShape(slack.world.slack, row, row.visible, true)
    return { channel: row.channel, ts: row.ts, message }
  },
}

/** What isn't given stays as it was. https://docs.slack.dev/reference/methods/chat.update */
export const update: Method = {
  needs,
  run(slack, args) {
    const row = shownMessage(slack, args.channel, args.ts)
    if (!row.bot) throw new Refusal('cant_update_message')
    const { text, blocks, metadata } = contentOf(args)
    if (!text && !(blocks ?? row.bot.blocks)?.length) throw new Refusal('no_text')
    const now = slack.clock.now()
    if (text !== undefined) row.text = text
    if (blocks) row.bot.blocks = blocks
    if (metadata) row.bot.metadata = metadata
    row.bot.edited = tsOf(Math.floor(now) * 1000)
    const { ts, ...message } = messageShape(slack.world.slack, row, now, true)
    return { channel: row.channel, ts, text: row.text, message }
  },
}
