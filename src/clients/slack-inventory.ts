import { z } from 'zod'
import { ServiceError } from '../core/error.ts'
import type { SlackClient } from './slack.ts'
import { slackCode } from './slack-error.ts'

const flag = z.boolean().default(false).catch(false)
const text = z.string().default('').catch('')
const ids = z.array(z.string()).default([]).catch([])

/** An account as users.list gives it: https://docs.slack.dev/reference/objects/user-object */
const memberShape = z.object({
  id: z.string(),
  team_id: text,
  name: text,
  real_name: text,
  deleted: flag,
  is_admin: flag,
  is_owner: flag,
  is_primary_owner: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_bot: flag,
  is_stranger: flag,
  /** Told to tokens of admins only. */
  has_2fa: z.boolean().nullable().default(null).catch(null),
  profile: z
    .object({ real_name: text, email: text, api_app_id: text, bot_id: text, status_text: text })
    .prefault({})
    .catch({ real_name: '', email: '', api_app_id: '', bot_id: '', status_text: '' }),
})
export type Member = z.infer<typeof memberShape>

/** A channel as conversations.list gives it. */
const roomShape = z.object({
  id: z.string(),
  name: text,
  creator: text,
  is_private: flag,
  is_archived: flag,
  is_ext_shared: flag,
  is_member: flag,
  shared_team_ids: ids,
  /** Other workspaces of the company's own organization. */
  internal_team_ids: ids,
})
export type Room = z.infer<typeof roomShape>

const id = z.union([z.string(), z.number()]).transform(String).optional().catch(undefined)

/** One line of https://docs.slack.dev/reference/methods/team.integrationLogs */
const logShape = z.object({
  app_id: id,
  app_type: text,
  service_id: id,
  service_type: text,
  user_id: text,
  change_type: text,
  scope: text,
  /** Seconds. */
  date: z.coerce.number().catch(0),
})
type Log = z.infer<typeof logShape>

/** An app as its log leaves it. */
export interface InstalledApp {
  id: string
  name: string
  /** OAuth scopes it was given since it was added. */
  scopes: string[]
  installed_by: string | null
  /** ms since 1970 of the last change. */
  changed: number
}

/** What is cut off a workspace larger than we are made for. */
const mostRows = 5000
const mostLogPages = 10

const rowsOf = <T>(shape: z.ZodType<T>, rows: unknown[]): T[] =>
  rows.flatMap((row) => shape.safeParse(row).data ?? [])

/** What Slack says to a token that may not ask: https://docs.slack.dev/reference/methods */
const withheld =
  /^(missing_scope|not_allowed_token_type|access_denied|accesslimited|no_permission|not_admin|paid_only|restricted_action|team_access_not_granted|user_is_restricted)$/

/** What `read` gives, or null where the token may not see it. @throws ServiceError */
export async function ifAllowed<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof ServiceError && withheld.test(slackCode(error) ?? '')) return null
    throw error
  }
}

async function all<T>(
  slack: SlackClient,
  method: string,
  { args, key, shape }: { args: Record<string, unknown>; key: string; shape: z.ZodType<T> },
  signal: AbortSignal,
): Promise<T[]> {
  const found: T[] = []
  const page = z.object({ [key]: z.array(z.unknown()) })
  for await (const answer of slack.pages(method, { limit: 200, ...args }, page, signal)) {
    found.push(...rowsOf(shape, answer[key] as unknown[]))
    if (found.length >= mostRows) break
  }
  return found
}

/** Every account of the workspace, those of apps and of people who left too. @throws ServiceError */
export const membersOf = (slack: SlackClient, signal: AbortSignal): Promise<Member[]> =>
  all(slack, 'users.list', { args: {}, key: 'members', shape: memberShape }, signal)

/** Public channels, and private ones that the bot is in and may list. @throws ServiceError */
export async function roomsOf(slack: SlackClient, signal: AbortSignal): Promise<Room[]> {
  const list = (types: string) =>
    ifAllowed(() =>
      all(
        slack,
        'conversations.list',
        { args: { types }, key: 'channels', shape: roomShape },
        signal,
      ),
    )
  return [...((await list('public_channel')) ?? []), ...((await list('private_channel')) ?? [])]
}

/** Ids of those in a channel; null where it can't be seen (any more). @throws ServiceError */
export async function peopleIn(
  slack: SlackClient,
  channel: string,
  signal: AbortSignal,
): Promise<string[] | null> {
  try {
    return await ifAllowed(() =>
      all(
        slack,
        'conversations.members',
        { args: { channel }, key: 'members', shape: z.string() },
        signal,
      ),
    )
  } catch (error) {
    if (
      /^(channel_not_found|not_in_channel|is_archived|fetch_members_failed)$/.test(
        slackCode(error) ?? '',
      )
    )
      return null
    throw error
  }
}

const teamAnswer = z.object({ team: z.object({ name: z.string() }) })

/** The name of a workspace that shares a channel; its id where it is not told. @throws ServiceError */
export async function teamName(
  slack: SlackClient,
  team: string,
  signal: AbortSignal,
): Promise<string> {
  try {
    const answer = await ifAllowed(() => slack.read('team.info', { team }, teamAnswer, signal))
    return answer?.team.name || team
  } catch (error) {
    if (slackCode(error) === 'team_not_found') return team
    throw error
  }
}

const logsAnswer = z.object({
  logs: z.array(z.unknown()),
  paging: z.object({ pages: z.number().catch(1) }).optional(),
})

/** Apps that are installed, by id; null for a token that may not read the log. @throws ServiceError */
export async function installedApps(
  slack: SlackClient,
  signal: AbortSignal,
): Promise<Map<string, InstalledApp> | null> {
  return ifAllowed(async () => {
    const logs: Log[] = []
    for (let page = 1, pages = 1; page <= pages; page++) {
      const args = { count: 200, page }
      const answer = await slack.read('team.integrationLogs', args, logsAnswer, signal)
      logs.push(...rowsOf(logShape, answer.logs))
      pages = Math.min(mostLogPages, answer.paging?.pages ?? 1)
    }
    return appsIn(logs)
  })
}

/** What a log, in any order, leaves installed. */
function appsIn(logs: Log[]): Map<string, InstalledApp> {
  const apps = new Map<string, InstalledApp>()
  for (const log of logs.toSorted((a, b) => a.date - b.date)) {
    const key = log.app_id ?? log.service_id
    if (!key) continue
    if (log.change_type === 'removed' || log.change_type === 'disabled') {
      apps.delete(key)
      continue
    }
    const before = log.change_type === 'added' ? undefined : apps.get(key)
    const scopes = log.scope.split(/[\s,]+/).filter(Boolean)
    apps.set(key, {
      id: key,
      name: log.app_type || log.service_type || before?.name || key,
      scopes: [...new Set([...(before?.scopes ?? []), ...scopes])].sort().slice(0, 100),
      installed_by: before?.installed_by ?? (log.user_id || null),
      changed: log.date * 1000,
    })
  }
  return apps
}
