import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { parseMail } from '../../src/clients/mail.ts'
import { changesOf } from '../../src/clients/slack-changes.ts'
import { normalizeSlack, slackUser } from '../../src/clients/slack-message.ts'
import { normalizeCloudTrail } from '../../src/clients/trail-record.ts'
import { eventShape } from './event-shape.ts'

vi.setConfig({ testTimeout: 600_000 })
const options = { numRuns: Number(process.env.FUZZ_RUNS ?? 1000) }

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '<@U1>',
    '<https://a.example/|x>',
    '<!here>',
    '&lt;',
    'AKIA',
    '<',
    '|',
    '\u0000',
    '__proto__',
  ),
)
const text = fc.array(word, { maxLength: 6 }).map((parts) => parts.join(''))
const ts = fc
  .tuple(fc.nat(2 ** 31), fc.nat(999_999))
  .map(([s, n]) => `${s}.${String(n).padStart(6, '0')}`)
const or = <T>(value: fc.Arbitrary<T>) => fc.oneof({ arbitrary: value, weight: 5 }, fc.jsonValue())

const slackRecord = fc.record(
  {
    ts: or(ts),
    text: or(text),
    user: or(fc.constantFrom('U1', 'U2', '')),
    bot_id: or(text),
    subtype: or(fc.constantFrom('tombstone', 'bot_add', 'channel_join', 'thread_broadcast')),
    edited: or(fc.record({ ts: or(ts) })),
    thread_ts: or(ts),
    files: or(fc.array(fc.record({ name: or(text) }))),
    attachments: or(fc.array(fc.record({ text: or(text), title_link: or(text) }))),
    blocks: fc.jsonValue(),
  },
  { requiredKeys: [] },
)
const users = new Map([['U1', slackUser.parse({ id: 'U1', name: 'ana' })]])

test('any JSON becomes a Slack event that holds', () => {
  fc.assert(
    fc.property(fc.oneof(slackRecord, fc.jsonValue()), fc.boolean(), (record, edit) => {
      const context = { team: 'T', channel: { id: 'C', name: 'c' }, users, edit }
      eventShape.parse(normalizeSlack(record, context))
    }),
    options,
  )
})

test('changes of any pages: each message at most once, and none when nothing changed', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(slackRecord, fc.jsonValue())), ts, (records, floor) => {
      const window = { since: floor, floor, isOwn: () => false }
      const first = changesOf({}, records, window)
      const second = changesOf(first.known, records, window)
      const broken = first.changes.filter(({ record }) => normalError(record)).length
      expect(second.changes.length).toBe(broken)
      expect(Object.keys(first.known).every((key) => key > floor)).toBe(true)
    }),
    options,
  )
})

const normalError = (record: unknown) =>
  normalizeSlack(record, { team: 'T', channel: { id: 'C', name: 'c' }, users }).unmapped.error

const trailRecord = fc.record(
  {
    eventID: or(fc.uuid()),
    eventTime: or(fc.constantFrom('2026-01-01T00:00:00Z', '2026-13-01T00:00:00Z', 'yesterday')),
    eventName: or(fc.constantFrom('ConsoleLogin', 'DeleteTrail', 'constructor')),
    eventSource: or(fc.constant('iam.amazonaws.com')),
    awsRegion: or(text),
    sourceIPAddress: or(fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant('ec2.amazonaws.com'))),
    userAgent: or(text),
    errorCode: or(text),
    readOnly: or(fc.boolean()),
    recipientAccountId: or(text),
    userIdentity: or(
      fc.record(
        {
          type: or(fc.constantFrom('Root', 'AssumedRole', 'AWSService')),
          arn: or(text),
          accessKeyId: or(text),
          sessionContext: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
    ),
    requestParameters: fc.jsonValue(),
    responseElements: fc.jsonValue(),
    resources: fc.jsonValue(),
  },
  { requiredKeys: [] },
)

test('any JSON or text becomes a CloudTrail event that holds', () => {
  fc.assert(
    fc.property(fc.oneof(trailRecord, fc.jsonValue(), text), (record) => {
      eventShape.parse(normalizeCloudTrail(record, { account: 'a' }))
    }),
    options,
  )
})

const header = fc.tuple(
  fc.constantFrom(
    'From',
    'To',
    'Subject',
    'Reply-To',
    'Authentication-Results',
    'Received-SPF',
    'X',
  ),
  fc.oneof(
    text,
    fc.constantFrom(
      'a <a@b.example>',
      'mx.google.com; spf=pass (',
      '=?utf-8?B?/?=',
      'x client-ip=1.2.3.4;',
    ),
  ),
)
const kind = fc.constantFrom(
  'text/plain',
  'text/html; charset=utf-8',
  'text/html; charset=x-none',
  'multipart/mixed; boundary=x',
  'message/rfc822',
)
const body = fc.oneof(
  text,
  fc
    .array(
      fc.constantFrom(
        '<div style="display:none">',
        '<a href="https://x.example">',
        '</a>',
        '<!--',
        '-->',
        '--x\r\n',
        'hi',
        '<p',
        '\u{e0041}',
      ),
    )
    .map((parts) => parts.join('')),
)
const mail = fc
  .tuple(fc.array(header, { maxLength: 6 }), kind, body)
  .map(([headers, type, content]) =>
    Buffer.from(
      [...headers.map(([k, v]) => `${k}: ${v}`), `Content-Type: ${type}`, '', content].join('\r\n'),
    ),
  )

test('any bytes become a mail event that holds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(mail, fc.uint8Array({ maxLength: 400 })), async (raw) => {
      const event = await parseMail(raw, {
        uid: 'gmail:m:1',
        mailbox: 'm@acme.example',
        time: 1,
        domains: ['acme.example'],
      })
      eventShape.parse(event)
    }),
    options,
  )
})
