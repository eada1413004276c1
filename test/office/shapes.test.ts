import { afterAll, expect, test } from 'vitest'
import { startOffice } from '../../src/office/servers.ts'
import { standingClock } from './clients.ts'
import { smallWorld } from './small-world.ts'

/**
 * What the vendors publish of the answers we serve: names and types. A key that isn't listed fails,
 * and so does a missing one unless its name ends in `?`. Read from
 * - https://github.com/slackapi/java-slack-sdk, json-logs/samples/api (MIT)
 * - https://gmail.googleapis.com/$discovery/rest?version=v1
 * - https://github.com/aws/api-models-aws, cloudtrail-2013-11-01 and account-2021-02-01
 */
type Shape = 'string' | 'number' | 'boolean' | 'object' | 'any' | [Shape] | { [key: string]: Shape }

const keys = (type: Shape, names: string) =>
  Object.fromEntries(names.split(' ').map((name) => [name, type]))
const strings = (names: string) => keys('string', names)
const booleans = (names: string) => keys('boolean', names)
const numbers = (names: string) => keys('number', names)

function mismatches(value: unknown, shape: Shape, at = ''): string[] {
  if (shape === 'any') return []
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return [`${at} is not a list`]
    return value.flatMap((item, i) => mismatches(item, shape[0], `${at}[${i}]`))
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (typeof shape === 'string') {
    const type = isObject ? 'object' : typeof value
    return type === shape ? [] : [`${at} is ${type}, not ${shape}`]
  }
  if (!isObject) return [`${at} is not an object`]
  const record = value as Record<string, unknown>
  const known = new Map(Object.entries(shape).map(([k, s]) => [k.replace('?', ''), s]))
  const missing = Object.keys(shape).filter((key) => !key.endsWith('?') && !(key in record))
  return [
    ...missing.map((key) => `${at}.${key} is missing`),
    ...Object.entries(record).flatMap(([key, item]) => {
      const inner = known.get(key)
      return inner ? mismatches(item, inner, `${at}.${key}`) : [`${at}.${key} is unknown`]
    }),
  ]
}

const ok = { ...booleans('ok') }
const cursor = { response_metadata: strings('next_cursor') }

const channel: Shape = {
  ...strings('id name name_normalized creator context_team_id'),
  ...booleans('is_channel is_group is_im is_mpim is_private is_archived is_general is_shared'),
  ...booleans('is_org_shared is_ext_shared is_pending_ext_shared is_member'),
  ...numbers('created updated unlinked num_members?'),
  topic: { ...strings('value creator'), ...numbers('last_set') },
  purpose: { ...strings('value creator'), ...numbers('last_set') },
  ...keys(['string'], 'shared_team_ids pending_shared pending_connected_team_ids previous_names'),
}

const user: Shape = {
  ...strings('id team_id name color real_name tz? tz_label? who_can_share_contact_card'),
  ...booleans('deleted is_admin is_owner is_primary_owner is_restricted is_ultra_restricted'),
  ...booleans('is_bot is_app_user is_email_confirmed'),
  ...numbers('updated tz_offset?'),
  profile: {
    ...strings('title phone skype real_name real_name_normalized display_name'),
    ...strings('display_name_normalized status_text status_emoji avatar_hash team'),
    ...strings('first_name last_name email? api_app_id? bot_id?'),
    ...numbers('status_expiration'),
    ...booleans('always_active?'),
  },
}

const file: Shape = {
  ...strings('id name title mimetype filetype pretty_type user user_team mode external_type'),
  ...strings('username url_private permalink file_access'),
  ...numbers('created timestamp size'),
  ...booleans('editable is_external is_public public_url_shared display_as_bot'),
}

const thread = {
  ...strings('thread_ts? parent_user_id? latest_reply?'),
  ...numbers('reply_count? reply_users_count?'),
  ...booleans('subscribed? is_locked?'),
  'reply_users?': ['string'] as [Shape],
}

const message: Shape = {
  ...strings('type text user ts? subtype? team? bot_id? app_id?'),
  ...booleans('upload? hidden?'),
  ...thread,
  'root?': { ...strings('type text user ts team? subtype?'), ...booleans('hidden?'), ...thread },
  'edited?': strings('user ts'),
  'files?': [file],
  'blocks?': ['object'],
  'metadata?': { event_type: 'string', event_payload: 'object' },
  'reactions?': [{ ...strings('name'), users: ['string'], ...numbers('count') }],
  'bot_profile?': {
    ...strings('id name app_id team_id'),
    ...booleans('deleted'),
    ...numbers('updated'),
  },
}

const messages = { messages: [message] as [Shape], ...booleans('has_more') }
const nextPage = { 'response_metadata?': strings('next_cursor') }

const slackShapes: [string, Record<string, string>, Shape][] = [
  [
    'auth.test',
    {},
    {
      ...ok,
      ...strings('url team user team_id user_id bot_id'),
      ...booleans('is_enterprise_install'),
    },
  ],
  [
    'team.info',
    {},
    {
      ...ok,
      team: {
        ...strings('id name domain email_domain url avatar_base_url'),
        ...booleans('is_verified'),
        icon: booleans('image_default'),
      },
    },
  ],
  ['users.list', {}, { ...ok, members: [user], ...numbers('cache_ts'), ...cursor }],
  ['users.info', { user: 'U01' }, { ...ok, user }],
  [
    'conversations.list',
    { types: 'public_channel,private_channel' },
    { ...ok, channels: [channel], ...cursor },
  ],
  [
    'conversations.join',
    { channel: 'C09' },
    { ...ok, channel, ...strings('warning?'), 'response_metadata?': { warnings: ['string'] } },
  ],
  [
    'chat.postMessage',
    {
      channel: 'C09',
      text: 'x',
      blocks: '[{"type":"divider"}]',
      metadata: '{"event_type":"a","event_payload":{}}',
    },
    { ...ok, ...strings('channel ts'), message },
  ],
  ...['C01', 'C02', 'C09'].map((id): [string, Record<string, string>, Shape] => [
    'conversations.history',
    { channel: id, limit: '5', include_all_metadata: 'true' },
    {
      ...ok,
      ...messages,
      ...numbers('pin_count channel_actions_count'),
      channel_actions_ts: 'any',
      ...nextPage,
    },
  ]),
]

const world = smallWorld()
const office = await startOffice(world, { clock: standingClock(world.end) })
afterAll(() => office.close())

async function slack(method: string, args: Record<string, string>) {
  const response = await fetch(`${office.slackUrl}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${office.credentials.slack.token}` },
    body: new URLSearchParams(args),
  })
  return response.json() as Promise<Record<string, unknown>>
}

test.each(slackShapes)('Slack: %s %j', async (method, args, shape) => {
  const answer = await slack(method, args)
  expect(answer.ok).toBe(true)
  expect(mismatches(answer, shape)).toEqual([])
})

test('Slack: what hangs on a message', async () => {
  const [post] = office.posts()
  const at = { channel: 'C09', timestamp: post?.ts ?? '' }
  expect(mismatches(await slack('reactions.add', { ...at, name: 'eyes' }), ok)).toEqual([])
  expect(
    mismatches(await slack('reactions.get', at), { ...ok, ...strings('type channel'), message }),
  ).toEqual([])
  const link = await slack('chat.getPermalink', { channel: 'C09', message_ts: at.timestamp })
  expect(mismatches(link, { ...ok, ...strings('permalink channel') })).toEqual([])
  const edit = await slack('chat.update', { channel: 'C09', ts: at.timestamp, text: 'y' })
  expect(mismatches(edit, { ...ok, ...strings('channel ts text'), message })).toEqual([])
  const parent = world.slack.messages.find(({ thread_ts }) => thread_ts)?.thread_ts as string
  const replies = await slack('conversations.replies', { channel: 'C02', ts: parent })
  expect(replies.messages).toHaveLength(4)
  expect(mismatches(replies, { ...ok, ...messages, ...nextPage })).toEqual([])
  const bad = await slack('chat.postMessage', { channel: 'C09', blocks: '[{}]' })
  expect(
    mismatches(bad, {
      ...ok,
      ...strings('error'),
      errors: ['string'],
      response_metadata: { messages: ['string'] },
    }),
  ).toEqual([])
})

const mailRef = strings('id threadId')
const mail = {
  ...strings('id threadId snippet historyId internalDate'),
  labelIds: ['string'] as [Shape],
  ...numbers('sizeEstimate'),
}
const headers: Shape = [strings('name value')]
const label: Shape = strings('id name type')
const googleError: Shape = {
  error: {
    ...numbers('code'),
    ...strings('message status'),
    errors: [strings('message domain reason')],
  },
}

test.each<[string, Shape]>([
  ['profile', { ...strings('emailAddress historyId'), ...numbers('messagesTotal threadsTotal') }],
  ['labels', { labels: [label] }],
  ['labels/INBOX', label],
  [
    'messages?maxResults=2',
    { messages: [mailRef], ...strings('nextPageToken'), ...numbers('resultSizeEstimate') },
  ],
  ['messages/18c0000000000104?format=raw', { ...mail, ...strings('raw') }],
  ['messages/18c0000000000104?format=minimal', mail],
  [
    'messages/18c0000000000104?format=metadata',
    { ...mail, payload: { ...strings('mimeType'), headers } },
  ],
  [
    'messages/18c0000000000104',
    {
      ...mail,
      payload: {
        ...strings('partId mimeType filename'),
        headers,
        body: { ...numbers('size'), ...strings('data') },
      },
    },
  ],
  [
    `history?startHistoryId=${10n ** 20n + BigInt(world.start) * 100_000n}`,
    {
      history: [
        {
          ...strings('id'),
          messages: [mailRef],
          messagesAdded: [{ message: { ...mailRef, labelIds: ['string'] } }],
        },
      ],
      ...strings('historyId'),
    },
  ],
  ['messages/none', googleError],
  ['history?startHistoryId=1', googleError],
  ['messages?q=nonsense:1', googleError],
])('Gmail: %s', async (path, shape) => {
  const { client_id, client_secret, refreshToken } = office.credentials.google
  const granted = await fetch(`${office.googleUrl}token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id,
      client_secret,
      refresh_token: refreshToken('carla@marlow.example'),
    }),
  })
  const token = (await granted.json()) as Record<string, string>
  expect(
    mismatches(token, { ...strings('access_token scope token_type'), ...numbers('expires_in') }),
  ).toEqual([])
  const response = await fetch(`${office.googleUrl}gmail/v1/users/me/${path}`, {
    headers: { authorization: `Bearer ${token.access_token}` },
  })
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(mismatches(await response.json(), shape)).toEqual([])
})

async function aws(path: string, target: string, body: object) {
  const key = office.credentials.aws.access_key_id
  const response = await fetch(`${office.awsUrl}${path}`, {
    method: 'POST',
    headers: {
      'x-amz-target': target,
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/20261116/eu-west-1/x/aws4_request`,
    },
    body: JSON.stringify(body),
  })
  return response.json()
}

const event: Shape = {
  ...strings('EventId EventName ReadOnly AccessKeyId EventSource Username CloudTrailEvent'),
  ...numbers('EventTime'),
  Resources: [strings('ResourceType ResourceName')],
}

test('AWS', async () => {
  const target = 'CloudTrail_20131101.LookupEvents'
  const found = await aws('', target, { MaxResults: 5 })
  expect(mismatches(found, { Events: [event], ...strings('NextToken') })).toEqual([])
  const refused = await aws('', target, { MaxResults: 500 })
  expect(mismatches(refused, strings('__type message'))).toEqual([])
  const regions = await aws('listRegions', '', { MaxResults: 3 })
  expect(
    mismatches(regions, {
      Regions: [strings('RegionName RegionOptStatus')],
      ...strings('NextToken'),
    }),
  ).toEqual([])
})

test('the comparison notices what is missing, unknown or of another type', () => {
  const shape: Shape = { ...strings('a b?'), list: [numbers('n')] }
  expect(mismatches({ a: 'x', list: [{ n: 1 }] }, shape)).toEqual([])
  expect(mismatches({ list: [{ n: '1' }], c: 1 }, shape)).toEqual([
    '.a is missing',
    '.list[0].n is string, not number',
    '.c is unknown',
  ])
})
