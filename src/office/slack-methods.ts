import {
  type Args,
  isTrue,
  type Method,
  paged,
  Refusal,
  type Slack,
  shownMessage,
} from './slack-call.ts'
import { post, update } from './slack-posting.ts'
import { history, replies } from './slack-reading.ts'
import {
  appUsers,
  connectedTeam,
  roleOf,
  settingsMethods,
  sharingOf,
} from './slack-settings-methods.ts'
import {
  botUserShape,
  channelShape,
  messageShape,
  reactionsShape,
  teamUrl,
  userShape,
} from './slack-shapes.ts'
import type { SlackWorld, World } from './world.ts'

/** Seconds; the accounts and channels are a year older than the story. */
const created = (world: World) => Math.floor(world.start / 1000) - 365 * 86_400

const users = (slack: Slack) => {
  const { world, scopes } = slack
  const withEmail = scopes.includes('users:read.email')
  const people = [...world.people, ...(world.slack_settings?.accounts ?? [])]
  return [
    ...people.map((person) => ({
      ...userShape(world.slack, person, created(world), withEmail),
      ...roleOf(slack, person.slack_id),
    })),
    botUserShape(world.slack, created(world)),
    ...appUsers(slack, created(world)),
  ]
}

const shownChannel = (slack: Slack, channel: SlackWorld['channels'][number]) => {
  const { world, joined } = slack
  const member = { ...channel, is_member: joined.has(channel.id) }
  const shape = channelShape(world.slack, member, created(world), world.people.length)
  return { ...shape, ...sharingOf(slack, channel.id) }
}

const typesOf = ({ types = 'public_channel' }: Args) => types.split(',').map((t) => t.trim())

/** The methods served, by name. Arguments and answers: https://docs.slack.dev/reference/methods */
export const slackMethods: Record<string, Method> = {
  'auth.test': {
    run: ({ world: { slack } }) => ({
      url: teamUrl(slack),
      team: slack.team.name,
      user: slack.bot.name,
      team_id: slack.team.id,
      user_id: slack.bot.user_id,
      bot_id: slack.bot.bot_id,
      is_enterprise_install: false,
    }),
  },
  ...settingsMethods,
  'team.info': {
    needs: () => ['team:read'],
    run: ({ world: { slack, company, slack_settings } }, { team }) => {
      if (team && team !== slack.team.id) return { team: connectedTeam(slack_settings, team) }
      return {
        team: {
          ...slack.team,
          email_domain: company.domain,
          url: teamUrl(slack),
          icon: { image_default: true },
          avatar_base_url: 'https://ca.slack-edge.com/',
          is_verified: false,
        },
      }
    },
  },
  'users.list': {
    needs: () => ['users:read'],
    run(slack, args) {
      const { items: members, response_metadata } = paged(users(slack), args, 0)
      return { members, cache_ts: Math.floor(slack.clock.now() / 1000), response_metadata }
    },
  },
  'users.info': {
    needs: () => ['users:read'],
    run(slack, args) {
      const user = users(slack).find(({ id }) => id === args.user)
      if (!user) throw new Refusal('user_not_found')
      return { user }
    },
  },
  'conversations.list': {
    needs: (_slack, args) => [
      ...(typesOf(args).includes('public_channel') ? ['channels:read'] : []),
      ...(typesOf(args).includes('private_channel') ? ['groups:read'] : []),
    ],
    run(slack, args) {
      const types = typesOf(args)
      const archived = slack.world.slack_settings?.archived ?? []
      const isLeftOut = (id: string) => isTrue(args.exclude_archived) && archived.includes(id)
      const seen = slack.world.slack.channels.filter(({ id, is_private }) =>
        isLeftOut(id)
          ? false
          : is_private
            ? types.includes('private_channel') && slack.joined.has(id)
            : types.includes('public_channel'),
      )
      const { items, response_metadata } = paged(seen, args, 100)
      return { channels: items.map((c) => shownChannel(slack, c)), response_metadata }
    },
  },
  'conversations.join': {
    needs: () => ['channels:join'],
    run(slack, args) {
      const channel = slack.world.slack.channels.find(({ id }) => id === args.channel)
      const isInside = slack.joined.has(args.channel ?? '')
      if (!channel || (channel.is_private && !isInside)) throw new Refusal('channel_not_found')
      if (channel.is_private) throw new Refusal('method_not_supported_for_channel_type')
      slack.joined.add(channel.id)
      const warning = 'already_in_channel'
      const { num_members: _, ...shown } = shownChannel(slack, channel)
      return {
        channel: shown,
        ...(isInside ? { warning, response_metadata: { warnings: [warning] } } : {}),
      }
    },
  },
  'conversations.history': history,
  'conversations.replies': replies,
  'chat.postMessage': post,
  'chat.update': update,
  'chat.getPermalink': {
    run(slack, args) {
      const { channel, ts, thread_ts } = shownMessage(slack, args.channel, args.message_ts)
      const thread = thread_ts ? `?thread_ts=${thread_ts}&cid=${channel}` : ''
      const path = `archives/${channel}/p${ts.replace('.', '')}${thread}`
      return { channel, permalink: `${teamUrl(slack.world.slack)}${path}` }
    },
  },
  'reactions.add': {
    needs: () => ['reactions:write'],
    run(slack, args) {
      const { reactions } = shownMessage(slack, args.channel, args.timestamp)
      const name = args.name ?? ''
      if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new Refusal('invalid_name')
      const bot = slack.world.slack.bot.user_id
      const already = reactions.get(name) ?? []
      if (already.includes(bot)) throw new Refusal('already_reacted')
      reactions.set(name, [...already, bot])
      return {}
    },
  },
  'reactions.get': {
    needs: () => ['reactions:read'],
    run(slack, args) {
      const row = shownMessage(slack, args.channel, args.timestamp)
      const shown = messageShape(slack.world.slack, row, slack.clock.now(), false)
      const message = row.reactions.size > 0 ? { ...shown, reactions: reactionsShape(row) } : shown
      return { type: 'message', channel: row.channel, message }
    },
  },
}
