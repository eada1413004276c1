import { z } from 'zod'
import type { SlackClient } from './slack.ts'
import { type SlackUser, slackUser } from './slack-message.ts'

/** Who a token speaks for, as auth.test gives it. */
export const identityShape = z.object({
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
/** A channel as conversations.list gives it. */
export type Channel = z.infer<typeof channelShape>
const channelsPage = z.object({ channels: z.array(channelShape) })
const usersPage = z.object({ members: z.array(slackUser) })
/** A page of conversations.history and conversations.replies. */
export const messagesPage = z.object({
  messages: z.array(z.unknown()),
  has_more: z.boolean().optional(),
})

/** Everybody in the workspace, by id. @throws ServiceError */
export async function usersOf(
  slack: SlackClient,
  signal: AbortSignal,
): Promise<Map<string, SlackUser>> {
  const users = new Map<string, SlackUser>()
  for await (const page of slack.pages('users.list', { limit: 200 }, usersPage, signal))
    for (const user of page.members) users.set(user.id, user)
  return users
}

/** The channels that the bot is in. @throws ServiceError */
export async function channelsOf(slack: SlackClient, signal: AbortSignal): Promise<Channel[]> {
  const args = { types: 'public_channel,private_channel', exclude_archived: true, limit: 200 }
  const found: Channel[] = []
  for await (const page of slack.pages('conversations.list', args, channelsPage, signal))
    found.push(...page.channels.filter((channel) => channel.is_member))
  return found
}
