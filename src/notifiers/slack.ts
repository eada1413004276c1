import { createHash } from 'node:crypto'
import { z } from 'zod'
import { createLimiter } from '../clients/limiter.ts'
import type { SlackClient } from '../clients/slack.ts'
import { messageOf, ServiceError } from '../core/error.ts'
import type { Message, Ref } from '../core/message.ts'
import type { Clock, Notifier } from '../core/ports.ts'
import type { Log } from '../log.ts'
import { render } from './blocks.ts'

const EVENT_TYPE = 'porchlight_message'

/** A box whose clock runs ahead of Slack's would look past its own post. */
const CLOCK_SKEW = 5 * 60_000

const channelsPage = z.object({ channels: z.array(z.object({ id: z.string(), name: z.string() })) })
const posted = z.object({ channel: z.string(), ts: z.string() })
const permalink = z.object({ permalink: z.string() })
const messagesPage = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      reply_count: z.number().optional(),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.object({ uid: z.string() }) })
        .optional()
        .catch(undefined),
    }),
  ),
})
type Seen = z.infer<typeof messagesPage>['messages'][number]

/** What Slack called the failure, from the client's `method: word (…)`. */
const wordOf = (error: unknown) => /^[\w.]+: ([a-z_]+)(?= \(|$)/.exec(messageOf(error))?.[1] ?? ''

const metadata = (uid: string, blocks: unknown) => ({
  event_type: EVENT_TYPE,
  event_payload: {
    uid,
    hash: createHash('sha256').update(JSON.stringify(blocks)).digest('hex').slice(0, 16),
  },
})

/** The same message without the part that Slack refused, or null where nothing can be spared. */
function withoutRefused(args: Record<string, unknown>, error: unknown) {
  const { blocks, thread_ts, ...rest } = args
  const word = wordOf(error)
  if (blocks && /^(invalid_blocks|msg_blocks_too_long|msg_too_long)/.test(word))
    return thread_ts ? { ...rest, thread_ts } : rest
  // Somebody deleted the alert; what came later must still be told.
  if (thread_ts && word === 'thread_not_found') return { ...rest, blocks }
  return null
}

/**
 * Posts to one channel, given by id or name. A post is sent once; a failure that may hide a success
 * is `ambiguous`, and `find` tells.
 */
export function createSlackNotifier({
  slack,
  channel,
  clock,
  log,
}: {
  slack: SlackClient
  channel: string
  clock: Clock
  log: Log
}): Notifier {
  // https://docs.slack.dev/apis/web-api/rate-limits: about one message a second for each channel
  const lane = createLimiter(clock, { perMinute: 60, burst: 1 })
  let channelId: Promise<string> | null = null

  const lookUp = async () => {
    if (/^[CG][A-Z0-9]{8,}$/.test(channel)) return channel
    const name = channel.replace(/^#/, '')
    const args = { types: 'public_channel,private_channel', exclude_archived: true, limit: 1000 }
    for await (const page of slack.pages('conversations.list', args, channelsPage)) {
      const found = page.channels.find((one) => one.name === name)
      if (found) return found.id
    }
    throw new ServiceError('slack', `no channel #${name} that the bot can see`, {
      permanent: true,
      mend: `Create #${name} in Slack and write /invite @Porchlight in it, or correct notify.slack.channel in the config.`,
    })
  }
  const resolve = () => {
    channelId ??= lookUp().catch((error) => {
      channelId = null
      throw error
    })
    return channelId
  }

  const write = async (method: string, args: Record<string, unknown>) => {
    await lane.take(1)
    return slack.write(method, args, posted)
  }

  const send = async (method: string, args: Record<string, unknown>) => {
    try {
      return await write(method, args)
    } catch (error) {
      const less = withoutRefused(args, error)
      if (!less) throw error
      log('warn', 'slack refused part of a message', { method, error: wordOf(error) })
      return await write(method, less)
    }
  }

  const refOf = async (id: string, ts: string): Promise<Ref> => {
    const link = await slack
      .read('chat.getPermalink', { channel: id, message_ts: ts }, permalink)
      .catch((error) => {
        log('warn', 'no permalink', { error: messageOf(error) })
        return null
      })
    return { channel: id, ts, url: link?.permalink ?? null }
  }

  const seen = async (method: string, args: Record<string, unknown>): Promise<Seen[]> => {
    const all: Seen[] = []
    const asked = { ...args, inclusive: true, include_all_metadata: true, limit: 200 }
    for await (const page of slack.pages(method, asked, messagesPage)) all.push(...page.messages)
    return all
  }

  return {
    async post(message, thread) {
      const id = thread?.channel ?? (await resolve())
      const { channel: where, ts } = await send('chat.postMessage', {
        channel: id,
        ...content(message),
        ...(thread && { thread_ts: thread.ts }),
        unfurl_links: false,
        unfurl_media: false,
      })
      return refOf(where, ts)
    },

    async update(ref, message) {
      try {
        await send('chat.update', { channel: ref.channel, ts: ref.ts, ...content(message) })
      } catch (error) {
        // Somebody deleted it, so nobody can be misled by its old words.
        if (wordOf(error) !== 'message_not_found') throw error
        log('warn', 'the message to update is gone', { uid: message.uid })
      }
    },

    async find(uid, sinceMs, thread) {
      const id = thread?.channel ?? (await resolve())
      const oldest = (Math.max(0, sinceMs - CLOCK_SKEW) / 1000).toFixed(6)
      const replies = (ts: string) => seen('conversations.replies', { channel: id, ts, oldest })
      const messages = thread
        ? await replies(thread.ts)
        : await seen('conversations.history', { channel: id, oldest })
      if (!thread)
        for (const parent of messages.filter(
          ({ metadata, reply_count }) => metadata && reply_count,
        ))
          messages.push(...(await replies(parent.ts)))
      const found = messages
        .filter(
          ({ metadata }) =>
            metadata?.event_type === EVENT_TYPE && metadata.event_payload.uid === uid,
        )
        .map(({ ts }) => ts)
      return Promise.all([...new Set(found)].sort().map((ts) => refOf(id, ts)))
    },
  }
}

function content(message: Message) {
  const { text, blocks } = render(message)
  return { text, blocks, parse: 'none', link_names: false, metadata: metadata(message.uid, blocks) }
}
