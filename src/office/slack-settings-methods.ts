import { type Method, openChannel, paged, Refusal, type Slack } from './slack-call.ts'
import type { SlackSettings } from './slack-settings.ts'
import { botUserShape } from './slack-shapes.ts'

/** What an account is, as users.list says it; the second step is told to admins' tokens only. */
export function roleOf({ world, scopes }: Slack, id: string): Record<string, boolean> {
  if (!world.slack_settings) return {}
  const { has_2fa = true, ...role } = world.slack_settings.roles[id] ?? {}
  return { ...role, ...(scopes.includes('admin') ? { has_2fa } : {}) }
}

/** Accounts of the other apps that have a bot. */
export const appUsers = ({ world }: Slack, created: number) =>
  (world.slack_settings?.apps ?? []).flatMap(({ app_id, name, bot, removed }) =>
    bot
      ? [
          {
            ...botUserShape(world.slack, created, { ...bot, app_id, name }),
            deleted: removed !== undefined,
          },
        ]
      : [],
  )

/** What a channel of the settings adds to its shape. */
export function sharingOf({ world }: Slack, id: string): Record<string, unknown> {
  const { archived = [], shared = {} } = world.slack_settings ?? {}
  const others = shared[id]
  return {
    ...(archived.includes(id) ? { is_archived: true } : {}),
    ...(others
      ? {
          is_shared: true,
          is_ext_shared: true,
          shared_team_ids: [world.slack.team.id, ...others],
        }
      : {}),
  }
}

/** A workspace that shares a channel with this one. @throws Refusal */
export function connectedTeam(settings: SlackSettings | undefined, id: string) {
  const team = settings?.teams.find((one) => one.id === id)
  if (!team) throw new Refusal('team_not_found')
  return team
}

/** One line for each thing that was done to an app, newest first. */
const logsOf = ({ apps }: SlackSettings) =>
  apps
    .flatMap(({ app_id, name, scopes, installed_by, time, removed }) => {
      const line = { app_id, app_type: name, user_id: installed_by, user_name: installed_by }
      const scope = scopes.join(',')
      return [
        { ...line, date: time, change_type: 'added', scope },
        ...(removed ? [{ ...line, date: removed, change_type: 'removed', scope: '' }] : []),
      ]
    })
    .sort((a, b) => b.date - a.date)
    .map(({ date, ...line }) => ({ ...line, date: String(Math.floor(date / 1000)) }))

/** Methods that show what a workspace holds. https://docs.slack.dev/reference/methods */
export const settingsMethods: Record<string, Method> = {
  'conversations.members': {
    needs: ({ world }, { channel }) =>
      world.slack.channels.find(({ id }) => id === channel)?.is_private
        ? ['groups:read']
        : ['channels:read'],
    run(slack, args) {
      const { id } = openChannel(slack, args.channel)
      const { people, slack_settings } = slack.world
      const all = slack_settings?.members[id] ?? people.map(({ slack_id }) => slack_id)
      const { items: members, response_metadata } = paged(all, args, 100)
      return { members, response_metadata }
    },
  },
  'team.integrationLogs': {
    needs: () => ['admin'],
    run({ world }, { count = '100', page = '1' }) {
      const all = world.slack_settings ? logsOf(world.slack_settings) : []
      const size = Math.min(1000, Number(count) || 100)
      const at = Number(page) || 1
      return {
        logs: all.slice((at - 1) * size, at * size),
        paging: {
          count: size,
          total: all.length,
          page: at,
          pages: Math.max(1, Math.ceil(all.length / size)),
        },
      }
    },
  },
}
