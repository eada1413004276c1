import { expect, test } from 'vitest'
import { awsChecks } from '../../src/checks/aws.ts'
import { awsDataChecks } from '../../src/checks/aws-data.ts'
import type { Item, ItemKind } from '../../src/core/inventory.ts'
import { createPeople } from '../../src/core/people.ts'
import { awsPlants, withAwsSettings } from '../../src/office/aws-plants.ts'
import { createWorld } from '../../src/office/company.ts'
import type { World } from '../../src/office/world.ts'
import { create } from '../../src/sources/aws-settings.ts'
import { smallWorld } from '../office/small-world.ts'
import { openOffice, signal } from '../sources/office.ts'

const checks = [...awsChecks, ...awsDataChecks]
const day = 86_400_000
const now = Date.UTC(2026, 10, 16)
const people = createPeople([], { domains: [], networks: [] })

/** `check:item severity` for all that is wrong. */
function look(items: Item[], at = now): string[] {
  const ofKind = (kind: ItemKind) => items.filter((item) => item.kind === kind)
  return checks.flatMap((check) =>
    ofKind(check.kind).flatMap((item) => {
      const found = check.find(item, { now: at, people, items: ofKind })
      if (!found) return []
      const { severity } = typeof found === 'string' ? check : found
      return [`${check.id} ${item.uid.split(':').slice(2).join(':')} ${severity}`]
    }),
  )
}

const item = (
  kind: ItemKind,
  id: string,
  facts: Item['facts'],
  more: Partial<Item> = {},
): Item => ({
  uid: `aws:1:${kind}:${id}`,
  kind,
  product: 'cloudtrail',
  tenant_uid: '1',
  name: id,
  holder: null,
  facts,
  ...more,
})
const ago = (days: number) => now - days * day
const root = (facts: Item['facts'] = {}) =>
  item('user', 'root', {
    is_root: true,
    password_enabled: true,
    password_last_used: ago(400),
    mfa_active: true,
    created: ago(900),
    ...facts,
  })
const user = (facts: Item['facts'] = {}) =>
  item(
    'user',
    'ana',
    { is_root: false, password_enabled: true, mfa_active: true, ...facts },
    { holder: 'ana' },
  )
const key = (facts: Item['facts'] = {}, n = 1) =>
  item(
    'access_key',
    `ana:${n}`,
    { is_root: false, active: true, last_rotated: ago(30), last_used: ago(1), ...facts },
    { holder: 'ana' },
  )
const bucket = (name: string, facts: Item['facts'] = {}) =>
  item('bucket', name, { account_wide: false, public: true, public_access_block: false, ...facts })
const lock = (isOn: boolean | null) =>
  item('bucket', '*', { account_wide: true, public_access_block: isOn })
const trail = (name: string, facts: Item['facts'] = {}) =>
  item('trail', name, {
    account_wide: false,
    logging: true,
    multi_region: true,
    validation: true,
    home_region: 'eu-west-1',
    ...facts,
  })

test.each<[string, Item[], string[]]>([
  ['a root key', [key({ is_root: true })], ['aws-root-key access_key:ana:1 critical']],
  [
    'one of which no more is known',
    [key({ is_root: true, active: null })],
    ['aws-root-key access_key:ana:1 critical'],
  ],
  ['a root key switched off', [key({ is_root: true, active: false })], []],
  [
    'an old root key is told once',
    [key({ is_root: true, last_rotated: ago(900), last_used: null })],
    ['aws-root-key access_key:ana:1 critical'],
  ],
  [
    'a root without a second step',
    [root({ mfa_active: false })],
    ['aws-root-mfa user:root critical'],
  ],
  ['a root that cannot sign in', [root({ mfa_active: false, password_enabled: false })], []],
  ['a root of which it is not known', [root({ mfa_active: null })], []],
  ['a root at work', [root({ password_last_used: ago(3) })], ['aws-root-used user:root high']],
  [
    'a root whose key works',
    [root(), key({ is_root: true, active: false, last_used: ago(2) })],
    ['aws-root-used user:root high'],
  ],
  ['a root used a month ago', [root({ password_last_used: ago(31) })], []],
  [
    'a root that has just opened the account',
    [root({ password_last_used: ago(3), created: ago(5) })],
    [],
  ],
  ['a root never used', [root({ password_last_used: null })], []],
  ['a password alone', [user({ mfa_active: false })], ['aws-user-mfa user:ana high']],
  ['a machine', [user({ mfa_active: false, password_enabled: false })], []],
  ['a user of whom it is not known', [user({ mfa_active: null })], []],
  ['a young key', [key({ last_rotated: ago(90) })], []],
  ['a key of a season', [key({ last_rotated: ago(91) })], ['aws-old-key access_key:ana:1 low']],
  ['a key of years', [key({ last_rotated: ago(366) })], ['aws-old-key access_key:ana:1 medium']],
  ['an old key switched off', [key({ last_rotated: ago(366), active: false })], []],
  [
    'a forgotten key is told once',
    [key({ last_rotated: ago(366), last_used: ago(91) })],
    ['aws-unused-key access_key:ana:1 medium'],
  ],
  [
    'a key never used',
    [key({ last_rotated: ago(91), last_used: null })],
    ['aws-unused-key access_key:ana:1 medium'],
  ],
  ['a new key not used yet', [key({ last_rotated: ago(5), last_used: null })], []],
  ['two keys', [user(), key(), key({}, 2)], ['aws-two-keys user:ana low']],
  ['two keys, one to replace the other', [user(), key(), key({ last_rotated: ago(10) }, 2)], []],
  ['two keys, one switched off', [user(), key(), key({ active: false }, 2)], []],
  ['two keys of two users', [user(), key(), { ...key({}, 2), holder: 'ben' }], []],
  ['two keys in two accounts', [user(), key(), { ...key({}, 2), tenant_uid: '2' }], []],
])('%s', (_, items, expected) => {
  expect(look(items)).toEqual(expected)
})

test.each<[string, Item[], string[]]>([
  ['an open bucket', [bucket('acme-uploads')], ['aws-public-bucket bucket:acme-uploads high']],
  ['a closed bucket', [bucket('acme-uploads', { public: false })], []],
  ['a bucket of which it is not known', [bucket('acme-uploads', { public: null })], []],
  ...['acme-website', 'static.acme.example', 'acme_assets', 'public-acme', 'www.acme.example'].map(
    (name): [string, Item[], string[]] => [`${name} is meant to be open`, [bucket(name)], []],
  ),
  ...['publications', 'statics', 'public-backups', 'assets-hr', 'customer-assets', 'republic'].map(
    (name): [string, Item[], string[]] => [
      `${name} is not`,
      [bucket(name)],
      [`aws-public-bucket bucket:${name} high`],
    ],
  ),
  ['a tag says it', [bucket('acme-7f3', { tags: ['use=website'] })], []],
  [
    'a tag says otherwise',
    [bucket('acme-assets', { tags: ['use=customer invoices'] })],
    ['aws-public-bucket bucket:acme-assets high'],
  ],
  [
    'no lock above an unlocked bucket',
    [lock(false), bucket('acme', { public: false })],
    ['aws-public-block bucket:* low'],
  ],
  [
    'no lock above locked buckets',
    [lock(false), bucket('acme', { public: false, public_access_block: true })],
    [],
  ],
  ['no lock above a website', [lock(false), bucket('acme-website', { public: false })], []],
  ['no lock and no bucket', [lock(false)], []],
  ['a lock above all', [lock(true), bucket('acme', { public: false })], []],
  ['a lock that is not known', [lock(null), bucket('acme', { public: false })], []],
  [
    'a public snapshot',
    [item('snapshot', 's', { public: true, type: 'snapshot' })],
    ['aws-public-snapshot snapshot:s high'],
  ],
  [
    'no trail',
    [item('trail', '*', { account_wide: true, trails: 0 })],
    ['aws-no-trail trail:* critical'],
  ],
  ['one trail', [item('trail', '*', { account_wide: true, trails: 1 }), trail('a')], []],
  ['a stopped trail', [trail('a', { logging: false })], ['aws-trail-stopped trail:a critical']],
  [
    'a stopped trail beside one that covers all',
    [trail('a', { logging: false }), trail('b')],
    ['aws-trail-stopped trail:a medium'],
  ],
  [
    'a stopped trail beside a narrow one',
    [trail('a', { logging: false }), trail('b', { multi_region: false })],
    ['aws-trail-stopped trail:a critical', 'aws-trail-one-region trail:b medium'],
  ],
  ['a trail of which it is not known', [trail('a', { logging: null, validation: false })], []],
  [
    'a narrow trail',
    [trail('a', { multi_region: false })],
    ['aws-trail-one-region trail:a medium'],
  ],
  [
    'a narrow trail beside one that covers all',
    [trail('a', { multi_region: false, validation: false }), trail('b')],
    [],
  ],
  [
    'an unsealed trail',
    [trail('a', { validation: false })],
    ['aws-trail-validation trail:a medium'],
  ],
  [
    'a trail of another account helps nobody',
    [trail('a', { validation: false }), { ...trail('b'), tenant_uid: '2' }],
    ['aws-trail-validation trail:a medium'],
  ],
])('%s', (_, items, expected) => {
  expect(look(items)).toEqual(expected)
})

/** What the source reads of a world, and when. */
async function read(world: World): Promise<[Item[], number]> {
  const { office, deps, clock } = await openOffice({ world })
  const entry = {
    name: 'm',
    regions: ['us-east-1', 'eu-west-1', ...homes(world)],
    ...office.credentials.aws,
  }
  const [source] = create(entry, { ...deps, endpoint: office.awsUrl })
  const { inventory = [] } = (await source?.poll(null, signal)) ?? {}
  return [inventory.flatMap(({ items }) => items), clock.now()]
}

const homes = (world: World) => world.aws?.trails.map(({ home }) => home) ?? []

test.each([1, 2, 3])('company %i in good order: nothing is told', async (seed) => {
  const world = withAwsSettings(createWorld(seed))
  const wrong = look(...(await read(world)))
  expect(wrong).toEqual([])
})

test.each(
  [smallWorld(), createWorld(2)].flatMap((world) =>
    awsPlants(world).map((plant) => ({ ...plant, world })),
  ),
)('the plant $id is found, and nothing else', async ({ id, check, item: uid, world }) => {
  const wrong = look(...(await read(withAwsSettings(world, [id]))))
  const [, , ...rest] = uid.split(':')
  expect(wrong).toEqual([expect.stringContaining(`${check} ${rest.join(':')} `)])
})

test('each check says what to do in a sentence, and names nobody but by its item', () => {
  for (const { id, mend } of checks) {
    expect(id).toMatch(/^aws-[a-z-]+$/)
    expect(mend).toMatch(/^[A-Z].*\.$/)
  }
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length)
})
