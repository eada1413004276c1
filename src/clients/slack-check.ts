import { ServiceError } from '../core/error.ts'
import type { SlackClient } from './slack.ts'
import { type Channel, channelsOf, identityShape, messagesPage } from './slack-directory.ts'
import { slackMessage } from './slack-message.ts'

const scopes: Record<string, string> = {
  'channels:read': 'list public channels',
  'channels:history': 'read public channels',
  'groups:read': 'list private channels',
  'groups:history': 'read private channels it is invited to',
  'users:read': 'name people',
  'users:read.email': 'match people with their mailboxes',
  'chat:write': 'post alerts',
}

/** What the token may do and where: one line each for `doctor`. @throws ServiceError */
export async function checkSlack(slack: SlackClient, signal: AbortSignal) {
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
    const parent = page.messages
      .flatMap((r) => slackMessage.safeParse(r).data ?? [])
      .find((m) => m.reply_count)
    if (parent)
      await slack.read('conversations.replies', { ...args, ts: parent.ts }, messagesPage, signal)
    return { name, ok: true, text: `#${channel.name}, ${page.messages.length} messages in a call` }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return { name, ok: false, text: [error.message, error.mend].filter(Boolean).join('. ') }
  }
}
