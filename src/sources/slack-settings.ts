import type { z } from 'zod'
import { createSlack, type SlackClient } from '../clients/slack.ts'
import { identityShape } from '../clients/slack-directory.ts'
import {
  type InstalledApp,
  ifAllowed,
  installedApps,
  type Member,
  membersOf,
  peopleIn,
  type Room,
  roomsOf,
  teamName,
} from '../clients/slack-inventory.ts'
import { ServiceError } from '../core/error.ts'
import type { Item } from '../core/inventory.ts'
import type { Source } from '../core/ports.ts'
import type { SourceDeps } from './index.ts'

/** What is used of an entry of the config's `slack` list. */
export interface SlackEntry {
  name: string
  token: string
  /**
   * A user token of an admin with the scopes `admin` and `users:read`: shows second steps and what
   * apps may do.
   */
  admin_token?: string | undefined
}

const interval = 30 * 60_000
/** Calls for one poll that grow with the workspace; the rest is told as not seen. */
const mostRooms = 300
const mostTeams = 20

type Identity = z.infer<typeof identityShape>

/** Everything read of a workspace; null is what the tokens may not see. */
interface Workspace {
  me: Identity
  members: Member[] | null
  rooms: Room[]
  /** Ids of the guests in each private channel. */
  guests: Map<string, string[] | null>
  /** Names of other companies' workspaces by id. */
  teams: Map<string, string>
  apps: Map<string, InstalledApp> | null
}

/** Reads what one workspace holds: people, channels and apps. */
export function create(
  { name, token, admin_token }: SlackEntry,
  { clock, log, endpoint }: SourceDeps,
): Source[] {
  const slack = createSlack({ token, endpoint, clock, log })
  const admin = admin_token ? createSlack({ token: admin_token, endpoint, clock, log }) : null
  return [
    {
      name: `slack-settings:${name}`,
      interval,
      async poll(_cursor, signal) {
        const workspace = await readWorkspace(slack, admin, signal)
        const scope = `slack:${workspace.me.team_id}`
        return { events: [], cursor: null, inventory: [{ scope, items: itemsOf(workspace) }] }
      },
      check: async (signal) => linesOf(await readWorkspace(slack, admin, signal)),
    },
  ]
}

async function readWorkspace(
  slack: SlackClient,
  admin: SlackClient | null,
  signal: AbortSignal,
): Promise<Workspace> {
  const me = await slack.read('auth.test', {}, identityShape, signal)
  const seen = await ifAllowed(() => membersOf(slack, signal))
  const told = admin && (await asAdmin(() => ifAllowed(() => membersOf(admin, signal))))
  const secondSteps = new Map(told?.map(({ id, has_2fa }) => [id, has_2fa]))
  const members =
    (seen ?? told)
      ?.filter((m) => !isStranger(m, me))
      .map((m) => ({ ...m, has_2fa: secondSteps.get(m.id) ?? m.has_2fa })) ?? null
  const rooms = await roomsOf(slack, signal)
  const guestIds = new Set(members?.filter(isGuest).map(({ id }) => id))
  const guests = new Map<string, string[] | null>()
  for (const { id } of rooms.filter(isOpenPrivate).slice(0, mostRooms)) {
    const inside = guestIds.size > 0 ? await peopleIn(slack, id, signal) : []
    guests.set(id, members && (inside?.filter((one) => guestIds.has(one)).sort() ?? null))
  }
  const others = new Set(rooms.flatMap((room) => othersOf(room, me.team_id)))
  const teams = new Map<string, string>()
  for (const team of [...others].slice(0, mostTeams))
    teams.set(team, await teamName(slack, team, signal))
  const apps = admin && (await asAdmin(() => installedApps(admin, signal)))
  return { me, members, rooms, guests, teams, apps }
}

/** Says that it is the other token that was refused. */
async function asAdmin<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof ServiceError) || !error.permanent) throw error
    throw new ServiceError('slack', `admin_token: ${error.message}`, {
      permanent: true,
      mend: 'Copy the User OAuth Token of an admin into admin_token of the config again, or take it out.',
      cause: error,
    })
  }
}

/** Slackbot says of itself that it is no bot. */
const isBot = (m: Member) => m.is_bot || m.id === 'USLACKBOT'
/** People of another workspace who share a channel are no accounts of this one. */
const isStranger = (m: Member, { team_id }: Identity) =>
  m.is_stranger || (m.team_id !== '' && m.team_id !== team_id)
const isGuest = (m: Member) => m.is_restricted || m.is_ultra_restricted
const isOpenPrivate = (room: Room) => room.is_private && room.is_member && !room.is_archived
const othersOf = (room: Room, team: string) =>
  room.is_ext_shared
    ? room.shared_team_ids.filter((id) => id !== team && !room.internal_team_ids.includes(id))
    : []

const shown = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 200)

function itemsOf(workspace: Workspace): Item[] {
  const { me, members, rooms, apps } = workspace
  const team = me.team_id
  const item = (kind: Item['kind'], id: string, rest: Pick<Item, 'name' | 'holder' | 'facts'>) => ({
    uid: `slack:${team}:${kind}:${id}`,
    kind,
    product: 'slack' as const,
    tenant_uid: team,
    ...rest,
  })
  const ofMember = (m: Member) =>
    item('user', m.id, {
      name: shown(m.profile.real_name || m.real_name || m.name || m.id),
      holder: m.id,
      facts: {
        email: m.profile.email ? m.profile.email.toLowerCase().slice(0, 320) : null,
        real_name: shown(m.profile.real_name || m.real_name),
        is_admin: m.is_admin,
        is_owner: m.is_owner,
        is_primary_owner: m.is_primary_owner,
        is_restricted: m.is_restricted,
        is_ultra_restricted: m.is_ultra_restricted,
        is_bot: isBot(m),
        deleted: m.deleted,
        status_text: shown(m.profile.status_text),
        has_2fa: m.has_2fa,
        app_id: m.profile.api_app_id || null,
      },
    })
  const ofRoom = (room: Room) =>
    item('channel', room.id, {
      name: shown(room.name || room.id),
      holder: room.creator || null,
      facts: {
        is_private: room.is_private,
        is_ext_shared: room.is_ext_shared,
        is_archived: room.is_archived,
        members_guests: workspace.guests.get(room.id) ?? null,
        connected_teams: othersOf(room, team)
          .map((id) => shown(workspace.teams.get(id) ?? id))
          .sort()
          .slice(0, mostTeams),
      },
    })
  const bots = new Map(
    members?.filter((m) => !m.deleted && m.is_bot).map((m) => [m.profile.api_app_id || m.id, m]),
  )
  const ofApp = (id: string) => {
    const app = apps?.get(id)
    const bot = bots.get(id)
    return item('chat_app', id, {
      name: shown(app?.name || bot?.profile.real_name || bot?.name || id),
      holder: app?.installed_by ?? null,
      facts: {
        app_id: id,
        bot_user: bot?.id ?? null,
        is_own: bot?.id === me.user_id,
        scopes: app?.scopes ?? null,
        changed: app?.changed ?? null,
      },
    })
  }
  const appIds = new Set([...bots.keys(), ...(apps?.keys() ?? [])])
  return [...(members ?? []).map(ofMember), ...rooms.map(ofRoom), ...[...appIds].map(ofApp)]
}

function linesOf({ members, rooms, guests, apps }: Workspace) {
  const people = members?.filter((m) => !isBot(m) && !m.deleted)
  const secondSteps = people?.some((m) => m.has_2fa !== null)
  const line = (name: string, ok: boolean, text: string) => ({ name, ok, text })
  return [
    people
      ? line('people', true, `${people.length}, ${people.filter(isGuest).length} of them guests`)
      : line('people', false, 'not seen: add the scope users:read to the Slack app.'),
    line('channels', true, `${rooms.length} seen, ${guests.size} of them private`),
    line(
      'second step',
      true,
      secondSteps ? 'seen' : 'not seen: only an admin_token with users:read shows it (optional).',
    ),
    line(
      'apps',
      true,
      apps
        ? `${apps.size} with their scopes`
        : 'scopes not seen: only an admin_token with the scope admin shows them (optional).',
    ),
  ]
}
