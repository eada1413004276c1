import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isOwnUse, normalizeWorkspace } from '../../src/clients/workspace-record.ts'
import { googleActivity } from '../../src/office/google-trail.ts'
import { smallWorld } from '../office/small-world.ts'
import { eventShape } from './event-shape.ts'

const ana = 'ana@marlow.example'
const { start } = smallWorld()

const record = (
  application: string,
  name: string,
  parameters: Record<string, string | boolean | string[]> = {},
) =>
  googleActivity(
    { customer: 'C01', users: [] },
    {
      application,
      at: start,
      qualifier: '-9',
      email: 'Ana@marlow.example',
      ip: '203.0.113.7',
      name,
      parameters,
    },
  ).record
const told = (...args: Parameters<typeof record>) => {
  const [event] = normalizeWorkspace(record(...args), {
    customer: '',
    domains: ['marlow.example'],
  })
  if (!event) throw new Error('no event')
  return event
}

const share = { doc_title: 'Prices', doc_id: 'd1', new_value: 'can_view' }
test.each<[string, string, Record<string, string | boolean | string[]>, string | null, string]>([
  ['login', 'login_success', {}, 'sign_in', 'signed in'],
  [
    'login',
    'login_success',
    { is_suspicious: true },
    'sign_in',
    'signed in, which Google finds suspicious',
  ],
  ['login', 'login_failure', {}, 'sign_in_failed', 'failed to sign in'],
  ['login', '2sv_disable', {}, 'mfa_change', 'turned 2-step verification off'],
  ['user_accounts', 'password_edit', {}, 'password_change', 'changed the password'],
  [
    'login',
    'email_forwarding_out_of_domain',
    { email_forwarding_destination_address: 'x@evil.example' },
    'forwarding_rule',
    'had mail forwarded to “x@evil.example”',
  ],
  [
    'token',
    'authorize',
    {
      app_name: 'X',
      client_id: '1',
      scope: ['https://mail.google.com/', 'https://www.googleapis.com/auth/drive'],
    },
    'app_consent',
    'gave the app “X” access to: mail, drive',
  ],
  [
    'admin',
    'CREATE_USER',
    { USER_EMAIL: 'n@marlow.example' },
    'user_created',
    'created the account “n@marlow.example”',
  ],
  [
    'admin',
    'SUSPEND_USER',
    { USER_EMAIL: 'n@marlow.example' },
    'user_removed',
    'suspended the account “n@marlow.example”',
  ],
  [
    'admin',
    'ASSIGN_ROLE',
    { ROLE_NAME: '_SEED_ADMIN_ROLE', USER_EMAIL: 'n@marlow.example' },
    'role_change',
    'gave “n@marlow.example” the role “_SEED_ADMIN_ROLE”',
  ],
  [
    'admin',
    'CHANGE_LANGUAGE',
    { SETTING_NAME: 'de' },
    'admin_change',
    'did change language in admin: “de”',
  ],
  ['drive', 'download', share, 'data_download', 'downloaded the file “Prices”'],
  [
    'drive',
    'change_user_access',
    { ...share, target_user: 'x@evil.example', visibility_change: 'external' },
    'external_share',
    'shared the file “Prices” with “x@evil.example”',
  ],
  [
    'drive',
    'change_user_access',
    { ...share, target_user: 'x@other.example' },
    'external_share',
    'shared the file “Prices” with “x@other.example”',
  ],
  [
    'drive',
    'change_user_access',
    { ...share, target_user: 'x@other.example', new_value: 'none' },
    'permission_change',
    'shared the file “Prices” with “x@other.example”',
  ],
  [
    'drive',
    'change_user_access',
    { ...share, target_user: 'ben@marlow.example', visibility_change: 'none' },
    'permission_change',
    'shared the file “Prices” with “ben@marlow.example”',
  ],
  ['drive', 'view', share, null, 'did view in drive: “Prices”'],
  [
    'calendar',
    'change_calendar_acls',
    { calendar_id: ana, grantee_email: 'x@evil.example', access_level: 'read' },
    'external_share',
    `shared the calendar “${ana}” with “x@evil.example”`,
  ],
  [
    'saml',
    'login_failure',
    { application_name: 'CRM' },
    'sign_in_failed',
    'failed to sign in to “CRM”',
  ],
  ['constructor', 'toString', {}, null, 'did tostring in constructor'],
])('%s %s', (application, name, parameters, activity, did) => {
  const event = told(application, name, parameters)
  expect([event.unmapped.activity, event.message]).toEqual([activity, `${ana} ${did}`])
  expect(event.status).toBe(name.endsWith('failure') ? 'failure' : 'success')
  eventShape.parse(event)
})

test('an event says who, whence, what with, and joins by them', () => {
  const event = told('token', 'authorize', { app_name: 'X', client_id: 'c1', scope: ['openid'] })
  expect(event).toMatchObject({
    metadata: {
      uid: `workspace:C01:token:${new Date(start).toISOString()}:-9:0`,
      tenant_uid: 'C01',
    },
    time: start,
    actor: { user: { uid: ana, email_addr: ana, type: 'user' } },
    src_endpoint: { ip: '203.0.113.7' },
    resources: [
      { name: 'X', type: 'app' },
      { name: 'c1', type: 'app id' },
    ],
    observables: [
      { type: 'app', value: 'c1' },
      { type: 'ip', value: '203.0.113.7' },
      { type: 'mailbox', value: ana },
    ],
  })
  expect(JSON.parse(event.raw_data)).toEqual(
    record('token', 'authorize', { app_name: 'X', client_id: 'c1', scope: ['openid'] }),
  )
})

test('names with markup, newlines and quotes can say nothing of their own', () => {
  const app_name = 'X” access to nothing.\nAdmin says: <!channel> “fine\u202e'
  const event = told('token', 'authorize', { app_name, client_id: 'c', scope: [] })
  expect(event.message).toBe(
    `${ana} gave the app “X access to nothing. Admin says: <!channel> fine” access`,
  )
  expect(told('drive', 'download', { doc_title: 'x'.repeat(9000) }).message.length).toBeLessThan(
    300,
  )
})

test('parameters of the wrong kind, forged or repeated, do no harm', () => {
  const odd = record('drive', 'change_user_access') as Record<string, unknown>
  odd.events = [
    {
      name: 'change_user_access',
      parameters: [
        null,
        7,
        { name: 'doc_title', value: 9 },
        { name: '__proto__', value: 'x' },
        { value: 'y' },
      ],
    },
    { parameters: [] },
  ]
  odd.ipAddress = 'fe80::1%eth0; DROP'
  const events = normalizeWorkspace(odd, { customer: '', domains: [] })
  for (const event of events) eventShape.parse(event)
  expect(events.map((e) => [e.unmapped.activity, e.src_endpoint])).toEqual([
    ['permission_change', null],
    [null, null],
  ])
  expect(events[1]?.unmapped.error).toContain('name')
})

test('any JSON becomes events that hold, each with its own uid', () => {
  const word = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('__proto__', 'a@b.example', '“', '<!here>', 'none', 'external'),
  )
  const or = <T>(value: fc.Arbitrary<T>) =>
    fc.oneof({ arbitrary: value, weight: 6 }, fc.jsonValue())
  const parameter = fc.record(
    {
      name: or(
        fc.constantFrom('app_name', 'scope', 'target_user', 'doc_title', 'USER_EMAIL', 'toString'),
      ),
      value: or(word),
      multiValue: or(fc.array(word)),
      boolValue: or(fc.boolean()),
    },
    { requiredKeys: [] },
  )
  const activity = fc.record(
    {
      id: or(
        fc.record({
          time: or(fc.constant('2026-11-16T10:00:00.000Z')),
          uniqueQualifier: or(fc.constantFrom('1', '-2')),
          applicationName: or(fc.constantFrom('login', 'token', 'drive', 'admin', 'constructor')),
          customerId: or(word),
        }),
      ),
      actor: or(
        fc.record({ email: or(word), callerType: or(word), key: or(word) }, { requiredKeys: [] }),
      ),
      ipAddress: or(fc.oneof(fc.ipV4(), fc.ipV6(), word)),
      events: or(
        fc.array(
          or(
            fc.record(
              {
                name: or(
                  fc.constantFrom(
                    'authorize',
                    'download',
                    'change_user_access',
                    'CREATE_USER',
                    'name',
                  ),
                ),
                parameters: or(fc.array(or(parameter))),
              },
              { requiredKeys: [] },
            ),
          ),
        ),
      ),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(activity, fc.jsonValue()), (input) => {
      const events = normalizeWorkspace(input, { customer: 'C', domains: ['marlow.example'] })
      expect(events.length).toBeGreaterThan(0)
      for (const event of events) eventShape.parse(event)
      expect(new Set(events.map((e) => e.metadata.uid)).size).toBe(events.length)
      for (const { message } of events) expect(message).not.toMatch(/[\r\n\u2028]/)
      isOwnUse(input, 'c')
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 1000) },
  )
})
