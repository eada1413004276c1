import { capitals } from './people.ts'
import { createRng, type Rng } from './rng.ts'
import type { OfficePerson, World } from './world.ts'

/** What an account is; what isn't said is false, but for the second step, which is on. */
export interface SlackRole {
  is_admin?: boolean
  is_owner?: boolean
  is_primary_owner?: boolean
  is_restricted?: boolean
  is_ultra_restricted?: boolean
  deleted?: boolean
  has_2fa?: boolean
}

export interface SlackApp {
  app_id: string
  name: string
  bot: { user_id: string; bot_id: string } | null
  scopes: string[]
  /** Slack id. */
  installed_by: string
  /** ms UTC. */
  time: number
  removed?: number
}

/** What a workspace holds beside its messages. */
export interface SlackSettings {
  /** By Slack id. */
  roles: Record<string, SlackRole>
  /** Accounts beside those of the company's people: guests, and who has left. */
  accounts: OfficePerson[]
  apps: SlackApp[]
  /** Slack ids by channel, where not all are in it. */
  members: Record<string, string[]>
  /** Other workspaces by channel. */
  shared: Record<string, string[]>
  archived: string[]
  /** The other workspaces. */
  teams: { id: string; name: string; domain: string }[]
  /** The user token of an admin. */
  admin: { token: string; scopes: string[] }
}

/** A fault that can be switched on. */
export interface SlackPlant {
  id: string
  /** Uid of the item it concerns. */
  item: string
  /** The check that must tell it. */
  check: string
  apply(settings: SlackSettings): void
}

const day = 86_400_000
const names = [
  'Judith Penrose',
  'Colm Brannigan',
  'Wilma Groot',
  'Hamish Ferrier',
  'Ulla Sundqvist',
]
const firms = ['Northlight', 'Bramblewood', 'Kestrel Works', 'Halden & Co']

/** Ids and people that base and plants share. */
function castOf(world: World) {
  const rng = createRng(world.seed).fork('slack-settings')
  const id = (kind: string) => `${kind}0${rng.chars(capitals, 9)}`
  const firm = rng.pick(firms)
  const [accountant, left, consultant, stranger] = rng.sample(names, 4).map((name, i) => {
    const first = name.split(' ')[0]?.toLowerCase()
    const domains = ['ledger.example', world.company.domain, 'advice.example', 'freemail.example']
    return guest(world, id('U'), name, `${first}@${domains[i]}`)
  }) as [OfficePerson, OfficePerson, OfficePerson, OfficePerson]
  const room = (name: string) => ({ id: id('C'), name, is_private: true, is_member: true })
  return {
    rng,
    id,
    accountant,
    left,
    consultant,
    stranger,
    team: { id: id('T'), name: firm, domain: firm.toLowerCase().replace(/\W+/g, '-') },
    leadership: room('leadership'),
    books: room('bookkeeping'),
    old: room('fair-last-year'),
    together: { ...room(`ext-${firm.toLowerCase().replace(/\W+/g, '-')}`), is_private: false },
    recap: app({ id, rng, world }, 'Meeting Recap', [
      'channels:history',
      'files:read',
      'chat:write',
    ]),
  }
}

const guest = (world: World, slack_id: string, name: string, email: string): OfficePerson => ({
  name,
  email,
  role: '',
  slack_id,
  iam_user: null,
  time_zone: world.company.time_zone,
  hours: [9, 17],
  home_ip: '192.0.2.1',
})

const app = (
  { id, rng, world }: { id: (kind: string) => string; rng: Rng; world: World },
  name: string,
  scopes: string[],
): SlackApp => ({
  app_id: id('A'),
  name,
  bot: { user_id: id('U'), bot_id: id('B') },
  scopes,
  installed_by: ownerOf(world),
  time: world.start - rng.int(20, 300) * day,
})

const personAt = (world: World, n: number): string => world.people[n]?.slack_id ?? ''
const ownerOf = (world: World): string =>
  (world.people.find(({ role }) => /owner|founder/i.test(role)) ?? world.people[0])?.slack_id ?? ''

/**
 * The world with a workspace in good order: two owners, an accountant as guest in the channel named
 * for it, a channel shared with a partner that says so, an app that was removed, a person who left;
 * with the plants named in `planted`. A pure function of the world's seed.
 */
export function withSlackSettings(world: World, planted: readonly string[] = []): World {
  const cast = castOf(world)
  const { id, rng, accountant, left, leadership, books, old, together, team } = cast
  const owner = ownerOf(world)
  const second = world.people.find(({ slack_id }) => slack_id !== owner)?.slack_id ?? ''
  const make = (name: string, scopes: string[]) => app({ id, rng, world }, name, scopes)
  const { bot } = world.slack
  const monitor: SlackApp = {
    ...make(bot.name, ['channels:history', 'users:read', 'users:read.email', 'chat:write']),
    app_id: `A${bot.bot_id.slice(1)}`,
    bot: null,
  }
  const gone = make('Poll Maker', ['channels:history', 'search:read'])
  const settings: SlackSettings = {
    roles: {
      [owner]: { is_admin: true, is_owner: true, is_primary_owner: true },
      [second]: { is_admin: true, is_owner: true },
      [accountant.slack_id]: { is_restricted: true, is_ultra_restricted: true, has_2fa: false },
      [left.slack_id]: { deleted: true, is_admin: true, has_2fa: false },
    },
    accounts: [accountant, left],
    apps: [
      monitor,
      make('Team Calendar', ['commands', 'users:read', 'chat:write']),
      { ...gone, removed: gone.time + 9 * day },
    ],
    members: {
      [leadership.id]: [owner, second],
      [books.id]: [owner, second, accountant.slack_id],
      [old.id]: [owner, accountant.slack_id],
    },
    shared: { [together.id]: [team.id] },
    archived: [old.id],
    teams: [team],
    admin: {
      token: ['xoxp', rng.chars('0123456789', 12), rng.hex(32)].join('-'),
      scopes: ['admin', 'users:read', 'users:read.email'],
    },
  }
  for (const plant of slackPlants(world)) if (planted.includes(plant.id)) plant.apply(settings)
  const channels = [...world.slack.channels, leadership, books, old, together]
  return { ...world, slack: { ...world.slack, channels }, slack_settings: settings }
}

/** The faults that a workspace may have; each stands alone. */
export function slackPlants(world: World): SlackPlant[] {
  const { consultant, stranger, leadership, team, recap } = castOf(world)
  const owner = ownerOf(world)
  const second = world.people.find(({ slack_id }) => slack_id !== owner)?.slack_id ?? ''
  const general = world.slack.channels[0]?.id ?? ''
  const uid = (kind: string, id: string) => `slack:${world.slack.team.id}:${kind}:${id}`
  return [
    {
      id: 'slack-owner-one-step',
      item: uid('user', second),
      check: 'slack-admin-one-step',
      apply: ({ roles }) => {
        roles[second] = { ...roles[second], has_2fa: false }
      },
    },
    {
      id: 'slack-four-owners',
      item: uid('user', owner),
      check: 'slack-many-owners',
      apply: ({ roles }) => {
        for (const n of [1, 2, 3, 4]) {
          const one = personAt(world, n)
          if (one !== owner) roles[one] = { ...roles[one], is_admin: true, is_owner: true }
        }
      },
    },
    {
      id: 'slack-full-stranger',
      item: uid('user', stranger.slack_id),
      check: 'slack-outside-member',
      apply: ({ accounts }) => void accounts.push(stranger),
    },
    {
      id: 'slack-guest-leadership',
      item: uid('channel', leadership.id),
      check: 'slack-guest-private',
      apply: ({ accounts, roles, members }) => {
        accounts.push(consultant)
        roles[consultant.slack_id] = { is_restricted: true }
        members[leadership.id]?.push(consultant.slack_id)
      },
    },
    {
      id: 'slack-shared-general',
      item: uid('channel', general),
      check: 'slack-shared-channel',
      apply: ({ shared }) => {
        shared[general] = [team.id]
      },
    },
    {
      id: 'slack-recap-app',
      item: uid('chat_app', recap.app_id),
      check: 'slack-wide-app',
      apply: ({ apps }) => void apps.push(recap),
    },
  ]
}
