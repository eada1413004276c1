import { createHash } from 'node:crypto'
import { z } from 'zod'
import {
  type Activity,
  baseEvent,
  type Event,
  type Link,
  type User,
  uniqueObservables,
} from '../core/event.ts'
import { inLinks, inText } from './joints.ts'

const tsShape = z.string().regex(/^\d{1,12}\.\d{6}$/)

/** A message as conversations.history, conversations.replies and workspace exports give it. */
export const slackMessage = z.looseObject({
  ts: tsShape,
  subtype: z.string().optional().catch(undefined),
  user: z.string().optional().catch(undefined),
  bot_id: z.string().optional().catch(undefined),
  username: z.string().optional().catch(undefined),
  text: z.string().optional().catch(undefined),
  thread_ts: tsShape.optional().catch(undefined),
  edited: z.object({ ts: tsShape }).optional().catch(undefined),
  reply_count: z.number().optional().catch(undefined),
  latest_reply: tsShape.optional().catch(undefined),
  files: z
    .array(z.object({ name: z.string().nullish() }))
    .optional()
    .catch(undefined),
  attachments: z
    .array(
      z.object({
        title: z.string().optional(),
        text: z.string().optional(),
        fallback: z.string().optional(),
        title_link: z.string().optional(),
      }),
    )
    .optional()
    .catch(undefined),
  blocks: z.unknown().optional(),
})
export type SlackMessage = z.infer<typeof slackMessage>

/** A user as users.list gives it. */
export const slackUser = z.object({
  id: z.string(),
  name: z.string().default(''),
  is_bot: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  profile: z
    .object({
      real_name: z.string().optional(),
      display_name: z.string().optional(),
      email: z.string().optional(),
    })
    .default({}),
})
export type SlackUser = z.infer<typeof slackUser>

/** What a message itself can't tell. */
export interface SlackContext {
  /** Team id, `T…`. */
  team: string
  channel: { id: string; name: string }
  users: ReadonlyMap<string, SlackUser>
  /** The message was known before, with other words. */
  edit?: boolean
  /** When its deletion was noticed, ms since 1970. */
  deleted?: number
}

const longestText = 40_000

/** A Slack message as an Event; what can't be parsed becomes a Base Event, never an error. */
export function normalizeSlack(record: unknown, context: SlackContext): Event {
  const raw_data = JSON.stringify(record) ?? 'null'
  const parsed = slackMessage.safeParse(record)
  if (!parsed.success) {
    const hash = createHash('sha256').update(raw_data).digest('hex')
    return baseEvent({
      uid: `slack:${context.team}:${context.channel.id}:${hash}`,
      product: 'slack',
      tenant_uid: context.team,
      activity_name: 'Message',
      raw_data,
      unmapped: { activity: 'message', secrets: [], error: z.prettifyError(parsed.error) },
    })
  }
  const message = parsed.data
  const { team, channel, users } = context
  const uid = `slack:${team}:${channel.id}:${message.ts}`
  const author = authorOf(message, users)
  const unmapped: Event['unmapped'] = {
    activity: 'message',
    secrets: [],
    channel: { uid: channel.id, name: channel.name },
    ...(message.thread_ts && message.thread_ts !== message.ts ? { thread: message.thread_ts } : {}),
  }
  const common = {
    product: 'slack' as const,
    tenant_uid: team,
    status: 'success' as const,
    actor: author && { user: author },
    resources: [{ name: `#${channel.name}`, type: 'channel' }],
    raw_data,
  }

  if (context.deleted !== undefined || message.subtype === 'tombstone')
    return baseEvent({
      ...common,
      uid: `${uid}:delete`,
      activity_name: 'Message Delete',
      time: context.deleted ?? timeOf(message.ts),
      message: `A message in #${channel.name} was deleted`,
      unmapped,
    })

  const { text, links } = readable(message, users)
  const files = (message.files ?? []).flatMap(({ name }) => (name ? [name.slice(0, 255)] : []))
  const edited = context.edit ? message.edited?.ts : undefined
  return baseEvent({
    ...common,
    uid: edited ? `${uid}:edit:${edited}` : uid,
    activity_name: edited ? 'Message Edit' : 'Message',
    time: timeOf(edited ?? message.ts),
    message: text,
    file: files[0] ? { name: files[0] } : null,
    observables: uniqueObservables([
      ...inLinks(links),
      ...inText(text),
      ...files.map((value) => ({ type: 'file' as const, value })),
      ...(author?.email_addr ? [{ type: 'mailbox' as const, value: author.email_addr }] : []),
    ]),
    unmapped: {
      ...unmapped,
      activity: activityOf(message, files.length > 0),
      ...(links.length > 0 ? { links } : {}),
    },
  })
}

/** Milliseconds of a `ts`; two messages may share them, their `ts` never. */
export const timeOf = (ts: string): number =>
  Number(ts.split('.')[0]) * 1000 + Number((ts.split('.')[1] ?? '').slice(0, 3))

/** Subtypes of https://docs.slack.dev/reference/events/message that nobody said. */
function activityOf({ subtype = '' }: SlackMessage, hasFiles: boolean): Activity | null {
  if (hasFiles) return 'file_shared'
  if (subtype === 'bot_add' || subtype === 'bot_enable') return 'app_install'
  return /^(channel|group|pinned|unpinned|bot_remove|bot_disable|reminder)/.test(subtype)
    ? null
    : 'message'
}

function authorOf(message: SlackMessage, users: SlackContext['users']): User | null {
  const uid = message.user ?? message.bot_id
  if (!uid) return null
  const user = users.get(uid)
  if (!user)
    return {
      uid,
      ...(message.username ? { name: message.username } : {}),
      type: message.bot_id ? 'bot' : 'unknown',
    }
  const { email } = user.profile
  return {
    uid,
    name: nameOf(user),
    ...(email ? { email_addr: email.toLowerCase() } : {}),
    type: typeOf(user),
  }
}

const nameOf = ({ name, profile }: SlackUser): string =>
  profile.real_name || profile.display_name || name

function typeOf(user: SlackUser): NonNullable<User['type']> {
  if (user.is_bot) return 'bot'
  if (user.is_stranger) return 'external'
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : 'user'
}

/** All words of a message, those of attachments and blocks too, as a reader sees them. */
function readable(message: SlackMessage, users: SlackContext['users']) {
  const links: Link[] = []
  const parts: string[] = [message.text ?? '']
  for (const { title, title_link, text, fallback } of message.attachments ?? []) {
    parts.push(title ?? '', text ?? fallback ?? '')
    if (title_link) links.push({ text: title ?? title_link, href: title_link })
  }
  if (!parts.some(Boolean)) parts.push(...textsOf(message.blocks))
  const text = parts
    .filter(Boolean)
    .map((part) => plain(part.slice(0, longestText), users, links))
    .join('\n')
    .slice(0, longestText)
  return { text, links: links.slice(0, 100) }
}

/** Slack's markup as plain text: https://docs.slack.dev/messaging/formatting-message-text */
function plain(text: string, users: SlackContext['users'], links: Link[]): string {
  const shown = text.replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (_, target: string, label?: string) => {
    if (target.startsWith('@')) {
      const user = users.get(target.slice(1))
      return `@${label || (user ? nameOf(user) : target.slice(1))}`
    }
    if (target.startsWith('#')) return `#${label || target.slice(1)}`
    if (target.startsWith('!')) return label || `@${target.slice(1).split('^')[0]}`
    const href = decode(target).slice(0, 2000)
    links.push({ text: decode(label || target).slice(0, 500), href })
    return label && label !== target ? `${label} (${target})` : target
  })
  return decode(shown)
}

const decode = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Every `text` string inside blocks, in order; deep or huge ones are cut. */
function textsOf(blocks: unknown): string[] {
  const out: string[] = []
  const stack = [blocks]
  for (let left = 2000; left > 0 && stack.length > 0; left--) {
    const node = stack.pop()
    if (typeof node !== 'object' || node === null) continue
    const { text } = node as { text?: unknown }
    if (typeof text === 'string') out.push(text)
    stack.push(...Object.values(node).reverse())
  }
  return out
}
