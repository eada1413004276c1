import { isShown, type Row, tsOf } from './slack-messages.ts'
import type { OfficePerson, SlackWorld } from './world.ts'

/** The app that the bot belongs to. */
export const appId = (world: SlackWorld): string => `A${world.bot.bot_id.slice(1)}`

/** A message as conversations.history shows it at `now`. */
export function messageShape(
  world: SlackWorld,
  row: Row,
  now: number,
  withMetadata: boolean,
): Record<string, unknown> {
  const thread = threadShape(row, now)
  if (!isShown(row, now)) {
    return {
      type: 'message',
      subtype: 'tombstone',
      user: 'USLACKBOT',
      text: 'This message was deleted.',
      ts: row.ts,
      hidden: true,
      ...thread,
    }
  }
  const edit = row.edits?.findLast(({ at }) => at <= now)
  const edited = edit ? tsOf(edit.at * 1000) : row.bot?.edited
  return {
    type: 'message',
    ...(row.subtype ? { subtype: row.subtype } : {}),
    user: row.user,
    text: edit?.text ?? row.text,
    ts: row.ts,
    team: world.team.id,
    ...(row.bot ? botShape(world, row.bot, withMetadata) : {}),
    ...(row.files
      ? { files: row.files.map((file) => fileShape(world, row, file)), upload: false }
      : {}),
    ...(edited ? { edited: { user: row.user, ts: edited } } : {}),
    ...thread,
    ...(row.parent ? parentShape(world, row, row.parent, now) : {}),
    ...(row.reactions.size > 0 ? { reactions: reactionsShape(row) } : {}),
  }
}

const botShape = (world: SlackWorld, bot: NonNullable<Row['bot']>, withMetadata: boolean) => ({
  bot_id: world.bot.bot_id,
  app_id: appId(world),
  bot_profile: {
    id: world.bot.bot_id,
    app_id: appId(world),
    name: world.bot.name,
    deleted: false,
    updated: 0,
    team_id: world.team.id,
  },
  ...(bot.blocks ? { blocks: bot.blocks } : {}),
  ...(withMetadata && bot.metadata ? { metadata: bot.metadata } : {}),
})

function threadShape(row: Row, now: number) {
  const replies = row.replies.filter((reply) => isShown(reply, now))
  const latest = replies.at(-1)
  if (!latest) return row.thread_ts ? { thread_ts: row.thread_ts } : {}
  const users = [...new Set(replies.map(({ user }) => user))]
  return {
    thread_ts: row.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: latest.ts,
    reply_users: users.slice(0, 5),
    is_locked: false,
    subscribed: false,
  }
}

/** What a reply says of its parent; the whole of it where it was broadcast. */
const parentShape = (world: SlackWorld, row: Row, parent: Row, now: number): object => ({
  parent_user_id: parent.user,
  ...(row.subtype === 'thread_broadcast' ? { root: messageShape(world, parent, now, false) } : {}),
})

const fileShape = (
  world: SlackWorld,
  row: Row,
  { id, name, mimetype }: NonNullable<Row['files']>[number],
) => ({
  id,
  created: Math.floor(row.at / 1e6),
  timestamp: Math.floor(row.at / 1e6),
  name,
  title: name,
  mimetype,
  filetype: name.split('.').at(-1) ?? '',
  pretty_type: (name.split('.').at(-1) ?? '').toUpperCase(),
  user: row.user,
  user_team: world.team.id,
  editable: false,
  size: 20_000 + name.length,
  mode: 'hosted',
  is_external: false,
  external_type: '',
  is_public: true,
  public_url_shared: false,
  display_as_bot: false,
  username: '',
  url_private: `https://files.slack.com/files-pri/${world.team.id}-${id}/${encodeURIComponent(name)}`,
  permalink: `${teamUrl(world)}files/${row.user}/${id}/${encodeURIComponent(name)}`,
  file_access: 'visible',
})

/** As reactions.get and history show them: who, at most 50 named, and how many. */
export const reactionsShape = (row: Row) =>
  [...row.reactions].map(([name, users]) => ({
    name,
    users: users.slice(0, 50),
    count: users.length,
  }))

/** `https://acme.slack.com/` */
export const teamUrl = (world: SlackWorld): string => `https://${world.team.domain}.slack.com/`

/** A channel as conversations.list shows it. */
export const channelShape = (
  world: SlackWorld,
  channel: SlackWorld['channels'][number],
  created: number,
  members: number,
) => ({
  id: channel.id,
  name: channel.name,
  name_normalized: channel.name,
  is_channel: !channel.is_private,
  is_group: false,
  is_im: false,
  is_mpim: false,
  is_private: channel.is_private,
  is_archived: false,
  is_general: channel.name === 'general',
  is_shared: false,
  is_org_shared: false,
  is_ext_shared: false,
  is_pending_ext_shared: false,
  is_member: channel.is_member,
  created,
  creator: 'U00',
  updated: created * 1000,
  unlinked: 0,
  context_team_id: world.team.id,
  shared_team_ids: [world.team.id],
  pending_shared: [],
  pending_connected_team_ids: [],
  topic: { value: '', creator: '', last_set: 0 },
  purpose: { value: '', creator: '', last_set: 0 },
  previous_names: [],
  num_members: members,
})

/** A person as users.list shows them; addresses only for tokens that may see them. */
export const userShape = (
  world: SlackWorld,
  person: OfficePerson,
  created: number,
  withEmail: boolean,
) => ({
  ...accountShape(world, person.slack_id, handle(person), person.name, created, false),
  tz: person.time_zone,
  tz_label: person.time_zone,
  tz_offset: offsetSeconds(person.time_zone, created * 1000),
  profile: {
    ...profileShape(world, person.name),
    title: person.role,
    ...(withEmail ? { email: person.email } : {}),
  },
})

/** An app's own account as users.list shows it; the monitor's where none is named. */
export const botUserShape = (
  world: SlackWorld,
  created: number,
  bot: { app_id: string; user_id: string; bot_id: string; name: string } = {
    ...world.bot,
    app_id: appId(world),
  },
) => ({
  ...accountShape(world, bot.user_id, bot.name, bot.name, created, true),
  profile: {
    ...profileShape(world, bot.name),
    bot_id: bot.bot_id,
    api_app_id: bot.app_id,
    always_active: true,
  },
})

const handle = (person: OfficePerson) => person.email.split('@')[0] ?? person.email

const accountShape = (
  world: SlackWorld,
  id: string,
  name: string,
  realName: string,
  created: number,
  isBot: boolean,
) => ({
  id,
  team_id: world.team.id,
  name,
  deleted: false,
  color: '9f69e7',
  real_name: realName,
  is_admin: false,
  is_owner: false,
  is_primary_owner: false,
  is_restricted: false,
  is_ultra_restricted: false,
  is_bot: isBot,
  is_app_user: false,
  is_email_confirmed: true,
  who_can_share_contact_card: 'EVERYONE',
  updated: created,
})

const profileShape = (world: SlackWorld, name: string) => ({
  title: '',
  phone: '',
  skype: '',
  real_name: name,
  real_name_normalized: name,
  display_name: name.split(' ')[0] ?? name,
  display_name_normalized: name.split(' ')[0] ?? name,
  first_name: name.split(' ')[0] ?? name,
  last_name: name.split(' ').slice(1).join(' '),
  status_text: '',
  status_emoji: '',
  status_expiration: 0,
  avatar_hash: 'g0',
  team: world.team.id,
})

function offsetSeconds(timeZone: string, time: number) {
  const named = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(time)
    .find(({ type }) => type === 'timeZoneName')?.value
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(named ?? '') ?? []
  const seconds = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60
  return sign === '-' ? -seconds : seconds
}
