import { expect, test } from 'vitest'
import { createSettings } from '../../src/clients/aws-settings.ts'
import { parseReport } from '../../src/clients/credential-report.ts'
import { awsPlants, withAwsSettings } from '../../src/office/aws-plants.ts'
import { reportCsv } from '../../src/office/aws-report.ts'
import { createAwsSettings } from '../../src/office/aws-settings.ts'
import type { World } from '../../src/office/world.ts'
import { create } from '../../src/sources/aws-settings.ts'
import { smallWorld } from '../office/small-world.ts'
import { minute, openLine, openOffice, signal } from './office.ts'

const account = '111122223333'

/** The small company's account on loopback, and its source. */
async function open({
  world = withAwsSettings(smallWorld()),
  regions = ['us-east-1', 'eu-west-1'] as 'enabled' | string[],
} = {}) {
  const office = await openOffice({ world })
  const { access_key_id, secret_access_key } = office.office.credentials.aws
  const sourceAt = (endpoint: string) => {
    const entry = { name: 'm', regions, access_key_id, secret_access_key }
    const [source] = create(entry, { ...office.deps, endpoint })
    if (!source) throw new Error('no source')
    return source
  }
  const source = sourceAt(office.office.awsUrl)
  const scopes = async (from = source) => {
    const { inventory = [] } = await from.poll(null, signal)
    return new Map(inventory.map(({ scope, items }) => [scope, items]))
  }
  const items = async (from = source) => [...(await scopes(from)).values()].flat()
  return { ...office, source, sourceAt, scopes, items }
}

/** The world with other settings. */
const changed = (change: (world: Required<Pick<World, 'aws'>>['aws']) => void): World => {
  const world = withAwsSettings(smallWorld())
  if (world.aws) change(world.aws)
  return world
}

test('an account in full: users, keys, buckets and trails', async () => {
  const { source, scopes, world } = await open()
  expect(source).toMatchObject({ name: 'aws-settings:m', interval: 30 * minute })
  expect(await source.poll(null, signal)).toMatchObject({ events: [], cursor: null })
  const seen = await scopes()
  expect([...seen.keys()]).toEqual(
    ['', ':root', ':buckets', ':shared', ':trails'].map((part) => `aws:${account}${part}`),
  )
  const find = (uid: string) =>
    [...seen.values()].flat().find((item) => item.uid === `aws:${account}:${uid}`)
  expect(find('user:ben')).toMatchObject({
    kind: 'user',
    product: 'cloudtrail',
    tenant_uid: account,
    name: 'ben',
    holder: 'ben',
    facts: { is_root: false, password_enabled: true, mfa_active: true },
  })
  const { users = [] } = world.aws ?? {}
  const ben = users.find(({ name }) => name === 'ben')
  expect(find('user:ben')?.facts.password_last_used).toBe(
    Math.floor((ben?.password?.used ?? 0) / 1000) * 1000,
  )
  // The first is switched off, and is there all the same.
  expect(find('access_key:ben:1')?.facts).toMatchObject({ active: false, last_used_region: null })
  expect(find('access_key:ben:2')).toMatchObject({
    holder: 'ben',
    facts: {
      active: true,
      last_rotated: Math.floor((ben?.keys[1]?.rotated ?? 0) / 1000) * 1000,
      last_used_region: 'eu-west-1',
      last_used_service: 'ec2',
    },
  })
  expect(find('user:<root_account>')?.facts).toMatchObject({ is_root: true, mfa_active: true })
  expect(find('access_key:<root_account>:1')).toBeUndefined()
  expect(find('bucket:*')?.facts).toEqual({ account_wide: true, public_access_block: false })
  expect(find('bucket:marlow-website')?.facts).toMatchObject({ public: true, policy_public: true })
  expect(find('bucket:marlow-drafts')?.facts).toMatchObject({
    public: false,
    public_access_block: true,
  })
  expect(find('bucket:marlow-uploads')?.facts.region).toBe('us-east-1')
  expect(seen.get(`aws:${account}:shared`)).toEqual([])
  expect(find(`trail:arn:aws:cloudtrail:eu-west-1:${account}:trail/all-events`)?.facts).toEqual({
    account_wide: false,
    logging: true,
    multi_region: true,
    validation: true,
    organization: false,
    home_region: 'eu-west-1',
  })
  expect(find('trail:*')?.facts.trails).toBe(2)
})

test('the same account gives the same inventory', async () => {
  const { items } = await open()
  expect(await items()).toEqual(await items())
})

test.each(awsPlants(smallWorld()))('$id shows', async ({ id, item }) => {
  const { items } = await open({ world: withAwsSettings(smallWorld(), [id]) })
  const sound = await open()
  const after = await items()
  expect(after.map(({ uid }) => uid)).toContain(item)
  expect(after).not.toEqual(await sound.items())
})

test('a report that is still being made is waited for on the clock, and then given up', async () => {
  const { items, clock, office, sourceAt } = await open()
  const before = clock.now()
  expect((await items()).some(({ uid }) => uid.endsWith(':user:ben'))).toBe(true)
  expect(clock.now() - before).toBeGreaterThanOrEqual(6_000)
  const line = await openLine(office.awsUrl, (_, body) =>
    body.includes('Action=GetCredentialReport')
      ? {
          status: 404,
          headers: { 'content-type': 'text/xml' },
          body: '<ErrorResponse><Error><Code>ReportInProgress</Code></Error></ErrorResponse>',
        }
      : null,
  )
  const start = clock.now()
  await expect(sourceAt(line).poll(null, signal)).rejects.toMatchObject({
    permanent: false,
    message: expect.stringContaining('still being made'),
  })
  expect(clock.now() - start).toBeLessThan(5 * minute)
})

test('a report is not made anew for four hours', async () => {
  const { items, clock } = await open()
  await items()
  const before = clock.now()
  clock.move(60 * minute)
  await items()
  // No waiting for a report: 6 s at least.
  expect(clock.now() - before - 60 * minute).toBeLessThan(6_000)
})

/** Each call, what its refusal names, and the scope or fact that is missing then. */
const refusals = [
  ['GenerateCredentialReport', 'iam:GenerateCredentialReport', ''],
  ['GetCredentialReport', 'iam:GetCredentialReport', ''],
  ['GetAccountSummary', 'iam:GetAccountSummary', null],
  ['ListBuckets', 's3:ListAllMyBuckets', ':buckets'],
  ['GetAccountPublicAccessBlock', 's3:GetAccountPublicAccessBlock', null],
  ['GetPublicAccessBlock', 's3:GetBucketPublicAccessBlock', null],
  ['GetBucketPolicyStatus', 's3:GetBucketPolicyStatus', null],
  ['GetBucketAcl', 's3:GetBucketAcl', null],
  ['GetBucketTagging', 's3:GetBucketTagging', null],
  ['DescribeSnapshots', 'ec2:DescribeSnapshots', null],
  ['DescribeImages', 'ec2:DescribeImages', null],
  ['DescribeTrails', 'cloudtrail:DescribeTrails', ':trails'],
  ['GetTrailStatus', 'cloudtrail:GetTrailStatus', null],
] as const

test.each(refusals)(
  '%s refused: the rest is read, and %s is named',
  async (method, permission, part) => {
    const { scopes, faults, source, logged } = await open()
    faults.add({ method, kind: 'denied', times: 1000 })
    const seen = await scopes()
    const all = ['', ':root', ':buckets', ':shared', ':trails']
    expect([...seen.keys()]).toEqual(
      all.filter((name) => name !== part).map((name) => `aws:${account}${name}`),
    )
    expect(logged.join()).toContain('setting not read')
    const lines = await source.check(signal)
    const refused = lines.filter(({ ok }) => !ok)
    expect(refused).toEqual([
      expect.objectContaining({ text: expect.stringContaining(`Allow ${permission} `) }),
    ])
  },
)

test('a refusal is told once', async () => {
  const { source, faults, logged } = await open()
  faults.add({ method: 'GetBucketAcl', kind: 'denied', times: 1000 })
  await source.poll(null, signal)
  await source.poll(null, signal)
  expect(logged.filter((line) => line.includes('setting not read'))).toHaveLength(1)
})

test('what was refused is not known, which is not the same as closed', async () => {
  const facts = async (method: string, uid: string) => {
    const { items, faults } = await open()
    faults.add({ method, kind: 'denied', times: 1000 })
    return (await items()).find((item) => item.uid === `aws:${account}:${uid}`)?.facts
  }
  expect(await facts('GetBucketPolicyStatus', 'bucket:marlow-website')).toMatchObject({
    public: null,
  })
  expect(await facts('GetPublicAccessBlock', 'bucket:marlow-website')).toMatchObject({
    public: null,
    public_access_block: null,
  })
  expect(await facts('GetBucketAcl', 'bucket:marlow-website')).toMatchObject({ public: true })
  expect(
    await facts('GetTrailStatus', `trail:arn:aws:cloudtrail:eu-west-1:${account}:trail/all-events`),
  ).toMatchObject({ logging: null })
  expect(await facts('GetCredentialReport', 'user:<root_account>')).toMatchObject({
    mfa_active: true,
    password_last_used: null,
  })
})

test('everything refused but the trail: nothing is known, and nothing fails', async () => {
  const { scopes, source } = await open({ world: smallWorld() })
  expect((await scopes()).size).toBe(0)
  const lines = await source.check(signal)
  expect(lines.filter(({ ok }) => ok)).toEqual([{ name: 'account', ok: true, text: account }])
})

test('doctor: a line for each thing that can be read', async () => {
  const { source } = await open()
  const lines = await source.check(signal)
  expect(lines.filter(({ ok }) => !ok)).toEqual([])
  expect(lines.length).toBe(13)
  expect(lines[0]).toEqual({ name: 'account', ok: true, text: account })
})

test.each(['GetAccountSummary', 'DescribeSnapshots', 'GetBucketAcl', 'DescribeTrails'])(
  'throttling of %s is waited out on the clock',
  async (method) => {
    const { items, faults, clock } = await open()
    const sound = await open()
    faults.add({ method, kind: 'limited', times: 3 })
    const before = clock.now()
    const soundBefore = sound.clock.now()
    expect(await items()).toEqual(await sound.items())
    const delay = clock.now() - before - (sound.clock.now() - soundBefore)
    expect(delay).toBeGreaterThanOrEqual(2_000)
    expect(faults.left()).toEqual([])
  },
)

test.each(['500', 'drop'] as const)('a call that fails (%s) is tried again', async (kind) => {
  const { items, faults } = await open()
  const sound = await open()
  faults.add({ method: 'DescribeSnapshots', kind, times: 2 })
  expect(await items()).toEqual(await sound.items())
})

test('a call that goes on failing fails the poll: what was known stays', async () => {
  const { source, faults } = await open()
  faults.add({ method: 'ListBuckets', kind: '500', times: 10 })
  await expect(source.poll(null, signal)).rejects.toMatchObject({ permanent: false })
  faults.clear()
  faults.add({ method: 'GetAccountSummary', kind: 'html', times: 1 })
  await expect(source.poll(null, signal)).rejects.toMatchObject({ service: 'cloudtrail' })
})

test('a key that is gone is permanent, and has a mend', async () => {
  const { deps, office } = await open()
  const stranger = {
    name: 'm',
    regions: 'enabled' as const,
    access_key_id: 'x',
    secret_access_key: 'y',
  }
  const [source] = create(stranger, { ...deps, endpoint: office.awsUrl })
  await expect(source?.poll(null, signal)).rejects.toMatchObject({
    permanent: true,
    mend: expect.stringContaining('does not exist'),
  })
})

test('no answer sends us elsewhere', async () => {
  const { sourceAt, office } = await open()
  let strayed = 0
  const elsewhere = await openLine(office.awsUrl, () => {
    strayed += 1
    return null
  })
  const line = await openLine(office.awsUrl, () => ({
    status: 307,
    headers: { location: elsewhere },
    body: '',
  }))
  await expect(sourceAt(line).poll(null, signal)).rejects.toMatchObject({ service: 'cloudtrail' })
  expect(strayed).toBe(0)
})

test('a request that hangs ends', async () => {
  const { faults, office, deps } = await open()
  faults.add({ method: 'GetAccountSummary', kind: 'hang', times: 5 })
  const auth = office.credentials.aws
  const settings = createSettings({ ...deps, auth, endpoint: office.awsUrl, timeout: 100 })
  await expect(settings.users.root(signal)).rejects.toMatchObject({ permanent: false })
})

test('stopping ends a poll', async () => {
  const { source } = await open()
  await expect(source.poll(null, AbortSignal.abort())).rejects.toMatchObject({ message: 'stopped' })
})

test('pages are read to the last, of buckets and of snapshots', async () => {
  const world = changed((aws) => {
    const [bucket] = aws.buckets
    const [disk] = aws.snapshots
    if (!bucket || !disk) return
    aws.block = [true, true, true, true]
    aws.buckets = Array.from({ length: 260 }, (_, n) => ({ ...bucket, name: `b-${n}` }))
    aws.snapshots = Array.from({ length: 620 }, (_, n) => ({
      ...disk,
      id: `snap-${String(n).padStart(17, '0')}`,
      public: true,
    }))
  })
  const { scopes, office } = await open({ world })
  const seen = await scopes()
  expect(seen.get(`aws:${account}:buckets`)?.length).toBe(261)
  expect(new Set(seen.get(`aws:${account}:shared`)?.map(({ uid }) => uid)).size).toBe(620)
  // The account's own lock says it all.
  expect(office.requests().GetBucketPolicyStatus).toBeUndefined()
})

test('a page that comes again and again is an end', async () => {
  const { office, sourceAt } = await open()
  const line = await openLine(office.awsUrl, (_, body) =>
    body.includes('Action=DescribeSnapshots')
      ? {
          status: 200,
          headers: { 'content-type': 'text/xml' },
          body: '<DescribeSnapshotsResponse><snapshotSet/><nextToken>t</nextToken></DescribeSnapshotsResponse>',
        }
      : null,
  )
  await expect(sourceAt(line).poll(null, signal)).rejects.toMatchObject({
    message: 'DescribeSnapshots in us-east-1: a page came twice',
  })
})

test('the Regions that are on are read; unlisted, those where the account has something', async () => {
  const { source, office, faults } = await open({ regions: 'enabled' })
  await source.poll(null, signal)
  expect(office.requests().DescribeTrails).toBe(17)
  faults.add({ method: 'ListRegions', kind: 'denied', times: 1000 })
  await source.poll(null, signal)
  expect(office.requests().DescribeTrails).toBe(19)
})

test('a Region closed by policy hides no other', async () => {
  const { sourceAt, office, items } = await open()
  const line = await openLine(office.awsUrl, (_, body, { authorization = '' }) =>
    /eu-west-1\/(cloudtrail|ec2)/.test(authorization) && !body.includes('"Name"')
      ? {
          status: 403,
          body: '<Response><Errors><Error><Code>UnauthorizedOperation</Code></Error></Errors></Response>',
        }
      : null,
  )
  const trails = (list: Awaited<ReturnType<typeof items>>) =>
    list.filter(({ kind }) => kind === 'trail').map(({ name }) => name)
  expect(trails(await items(sourceAt(line)))).toEqual(['all trails of the account', 'all-events'])
})

test('the root is as the account says now, not as the report said', async () => {
  const world = changed(({ users }) => {
    if (users[0]) users[0].keys = [{ active: true, rotated: 0, used: null }]
  })
  const { items } = await open({ world })
  const rootKeys = async () =>
    (await items()).filter(({ uid }) => uid === `aws:${account}:access_key:<root_account>:1`).length
  expect(await rootKeys()).toBe(1)
  if (world.aws?.users[0]) world.aws.users[0].keys = []
  expect(await rootKeys()).toBe(0)
})

test('names of users are text and nothing else', async () => {
  const name = 'a,b=c+d@e.f_-'
  const world = changed(({ users }) => {
    users.push({ name, created: 0, password: null, mfa: false, keys: [] })
  })
  const { items } = await open({ world })
  expect((await items()).find(({ holder }) => holder === name)?.facts.mfa_active).toBe(false)
})

test('the report: words for what is not there, commas with and without quotes', () => {
  const settings = createAwsSettings(smallWorld())
  const csv = reportCsv(account, settings.users)
  const [root, ...users] = parseReport(csv).users
  expect(root).toMatchObject({ user: '<root_account>', keys: [], mfa: true })
  expect(users.map(({ user }) => user)).toEqual(settings.users.slice(1).map(({ name }) => name))
  const machine = users.find(({ passwordEnabled }) => passwordEnabled === false)
  expect(machine).toMatchObject({ passwordLastUsed: null, mfa: false })
  const row = csv.split('\n')[1]?.replace('<root_account>', 'a,b').replace(':root', ':user/a,b')
  expect(parseReport(`${csv}\n${row}`).users.at(-1)).toMatchObject({ user: 'a,b', mfa: true })
  const odd = `${csv}\nx,y\n${row?.replace('a,b', 'a,b,c')}`
  expect(parseReport(odd)).toMatchObject({ unread: 2 })
  const other = `${csv}\n${row?.replace('user/a,b', 'user/a,c')}`
  expect(parseReport(other)).toMatchObject({ unread: 1 })
  expect(parseReport(csv.replaceAll('true', 'TRUE'))).toEqual(parseReport(csv))
  const unsaid = parseReport(csv.replace(/true/, 'not_supported')).users[0]
  expect(unsaid?.passwordEnabled).toBe(null)
})
