import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail'
import { DescribeImagesCommand, DescribeSnapshotsCommand, EC2Client } from '@aws-sdk/client-ec2'
import {
  GenerateCredentialReportCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  IAMClient,
} from '@aws-sdk/client-iam'
import {
  GetBucketAclCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetPublicAccessBlockCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { expect, onTestFinished, test } from 'vitest'
import { awsPlants, withAwsSettings } from '../../src/office/aws-plants.ts'
import { createAwsSettings } from '../../src/office/aws-settings.ts'
import { createWorld } from '../../src/office/company.ts'
import { startOffice } from '../../src/office/servers.ts'
import type { World } from '../../src/office/world.ts'
import { standingClock } from './clients.ts'
import { smallWorld } from './small-world.ts'

/** The real clients of IAM, EC2, S3 and CloudTrail at the office, without retries. */
async function open({ world = withAwsSettings(smallWorld()), region = 'eu-west-1' } = {}) {
  const clock = standingClock(world.start)
  const office = await startOffice(world, { clock, limits: false })
  onTestFinished(() => office.close())
  const { access_key_id, secret_access_key } = office.credentials.aws
  const options = {
    endpoint: office.awsUrl,
    region,
    credentials: { accessKeyId: access_key_id, secretAccessKey: secret_access_key },
    maxAttempts: 1,
  }
  return {
    world,
    clock,
    faults: office.faults,
    options,
    iam: new IAMClient(options),
    ec2: new EC2Client(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
    trail: new CloudTrailClient(options),
  }
}

test('a pure function of the seed, and the world stays as it was', () => {
  const world = createWorld(3)
  const before = JSON.stringify(world)
  expect(withAwsSettings(world).aws).toEqual(withAwsSettings(createWorld(3)).aws)
  expect(createAwsSettings(world)).not.toEqual(createAwsSettings(createWorld(4)))
  expect(JSON.stringify(world)).toBe(before)
  const { users = [] } = withAwsSettings(world).aws ?? {}
  for (const { iam_user } of world.people)
    if (iam_user) expect(users.map(({ name }) => name)).toContain(iam_user)
})

test('each plant changes the account, and has an id of its own', () => {
  const world = createWorld(3)
  const plants = awsPlants(world)
  expect(new Set(plants.map(({ id }) => id)).size).toBe(plants.length)
  for (const { id } of plants)
    expect(withAwsSettings(world, [id]).aws).not.toEqual(withAwsSettings(world).aws)
})

test('the report takes a while, is good for four hours, and then is gone', async () => {
  const { iam, clock, world } = await open()
  const get = () => iam.send(new GetCredentialReportCommand({}))
  const generate = async () => (await iam.send(new GenerateCredentialReportCommand({}))).State
  await expect(get()).rejects.toMatchObject({
    name: 'CredentialReportNotPresentException',
    $metadata: { httpStatusCode: 410 },
  })
  expect(await generate()).toBe('STARTED')
  expect(await generate()).toBe('INPROGRESS')
  await expect(get()).rejects.toMatchObject({
    name: 'CredentialReportNotReadyException',
    $metadata: { httpStatusCode: 404 },
  })
  clock.set(world.start + 7_000)
  expect(await generate()).toBe('COMPLETE')
  const { Content, ReportFormat } = await get()
  expect(ReportFormat).toBe('text/csv')
  const [header, root] = Buffer.from(Content ?? [])
    .toString('utf8')
    .split('\n')
  expect(header?.split(',').length).toBe(22)
  expect(root).toMatch(
    /^<root_account>,arn:aws:iam::111122223333:root,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ,true,\d{4}.*,not_supported,true,false,N\/A/,
  )
  clock.set(world.start + 5 * 3_600_000)
  await expect(get()).rejects.toMatchObject({ name: 'CredentialReportExpiredException' })
  expect(await generate()).toBe('STARTED')
})

test('the account’s summary', async () => {
  const { iam, world } = await open()
  const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}))
  expect(SummaryMap).toMatchObject({
    Users: (world.aws?.users.length ?? 0) - 1,
    AccountMFAEnabled: 1,
    AccountAccessKeysPresent: 0,
    AccountPasswordPresent: 1,
  })
})

test('buckets: in pages with their Regions, without parameters without', async () => {
  const { s3 } = await open()
  const first = await s3.send(new ListBucketsCommand({ MaxBuckets: 4 }))
  expect(first.Buckets?.length).toBe(4)
  const { ContinuationToken } = first
  const second = await s3.send(new ListBucketsCommand({ MaxBuckets: 4, ContinuationToken }))
  const names = [...(first.Buckets ?? []), ...(second.Buckets ?? [])].map(({ Name }) => Name)
  expect(names).toEqual([
    'marlow-backups',
    'marlow-drafts',
    'marlow-exports',
    'marlow-logs',
    'marlow-uploads',
    'marlow-website',
  ])
  expect(second).not.toHaveProperty('ContinuationToken', expect.anything())
  expect(first.Buckets?.[0]?.BucketRegion).toBe('eu-west-1')
  const plain = await s3.send(new ListBucketsCommand({}))
  expect(plain.Buckets?.length).toBe(6)
  expect(plain.Buckets?.[0]?.BucketRegion).toBeUndefined()
})

test('a bucket: lock, policy, access list and tags, or the error that says there is none', async () => {
  const { s3 } = await open()
  const of = (Bucket: string) => ({ Bucket: `marlow-${Bucket}` })
  const lock = await s3.send(new GetPublicAccessBlockCommand(of('backups')))
  expect(lock.PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  })
  const status = await s3.send(new GetBucketPolicyStatusCommand(of('website')))
  expect(status.PolicyStatus?.IsPublic).toBe(true)
  const acl = await s3.send(new GetBucketAclCommand(of('drafts')))
  expect(acl.Grants?.map(({ Grantee }) => Grantee?.URI)).toContain(
    'http://acs.amazonaws.com/groups/global/AllUsers',
  )
  const tags = await s3.send(new GetBucketTaggingCommand(of('logs')))
  expect(tags.TagSet).toEqual([{ Key: 'purpose', Value: 'trail' }])
  for (const [call, name] of [
    [
      s3.send(new GetPublicAccessBlockCommand(of('website'))),
      'NoSuchPublicAccessBlockConfiguration',
    ],
    [s3.send(new GetBucketPolicyStatusCommand(of('backups'))), 'NoSuchBucketPolicy'],
    [s3.send(new GetBucketTaggingCommand(of('backups'))), 'NoSuchTagSet'],
    [s3.send(new GetBucketAclCommand(of('nowhere'))), 'NoSuchBucket'],
    [s3.send(new GetBucketAclCommand(of('uploads'))), 'PermanentRedirect'],
  ] as const)
    await expect(call).rejects.toMatchObject({ name })
})

test('snapshots and images: all of the Region, or those that everybody may use', async () => {
  const { ec2, world } = await open({
    world: withAwsSettings(smallWorld(), ['aws-shared-snapshot']),
  })
  const snapshots = async (input = {}) =>
    (await ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'], ...input }))).Snapshots ?? []
  expect((await snapshots()).length).toBe(2)
  const [open1] = await snapshots({ RestorableByUserIds: ['all'] })
  expect(open1?.SnapshotId).toBe(world.aws?.snapshots[0]?.id)
  expect(open1?.StartTime).toEqual(new Date(world.aws?.snapshots[0]?.created ?? 0))
  const page = await ec2.send(new DescribeSnapshotsCommand({ MaxResults: 1 }))
  const next = await ec2.send(
    new DescribeSnapshotsCommand({ MaxResults: 1, NextToken: page.NextToken }),
  )
  expect(next.Snapshots?.[0]?.SnapshotId).toBe(world.aws?.snapshots[1]?.id)
  expect(next.NextToken).toBeUndefined()
  const images = async (input = {}) =>
    (await ec2.send(new DescribeImagesCommand({ Owners: ['self'], ...input }))).Images ?? []
  expect((await images())[0]).toMatchObject({ Name: 'web-base', Public: false })
  expect(await images({ Filters: [{ Name: 'is-public', Values: ['true'] }] })).toEqual([])
})

test('trails: at home, and as shadows elsewhere', async () => {
  const { trail, options } = await open()
  const there = new CloudTrailClient({ ...options, region: 'us-east-1' })
  const names = async (client: CloudTrailClient, input = {}) =>
    (await client.send(new DescribeTrailsCommand(input))).trailList?.map(({ Name }) => Name)
  expect(await names(trail)).toEqual(['all-events', 'old-audit'])
  expect(await names(trail, { trailNameList: ['old-audit'] })).toEqual(['old-audit'])
  expect(await names(there)).toEqual(['all-events'])
  expect(await names(there, { includeShadowTrails: false })).toEqual([])
  const status = await trail.send(new GetTrailStatusCommand({ Name: 'old-audit' }))
  expect(status.IsLogging).toBe(true)
  await expect(there.send(new GetTrailStatusCommand({ Name: 'old-audit' }))).rejects.toMatchObject({
    name: 'TrailNotFoundException',
  })
})

test('[fault] refusals, each in the shape of its service', async () => {
  const { iam, ec2, s3, trail, faults, options } = await open()
  const calls = [
    [
      'GetAccountSummary',
      () => iam.send(new GetAccountSummaryCommand({})),
      'Throttling',
      'AccessDenied',
    ],
    [
      'DescribeSnapshots',
      () => ec2.send(new DescribeSnapshotsCommand({})),
      'RequestLimitExceeded',
      'UnauthorizedOperation',
    ],
    ['ListBuckets', () => s3.send(new ListBucketsCommand({})), 'SlowDown', 'AccessDenied'],
    [
      'DescribeTrails',
      () => trail.send(new DescribeTrailsCommand({})),
      'ThrottlingException',
      'AccessDeniedException',
    ],
  ] as const
  for (const [method, send, limited, denied] of calls) {
    faults.add({ method, kind: 'limited' })
    await expect(send()).rejects.toMatchObject({ name: limited })
    faults.add({ method, kind: 'denied' })
    await expect(send()).rejects.toMatchObject({ name: denied })
    faults.add({ method, kind: 'expired' })
    await expect(send()).rejects.toMatchObject({ name: expect.stringMatching(/^ExpiredToken/) })
  }
  const stranger = { ...options, credentials: { accessKeyId: 'x', secretAccessKey: 'y' } }
  await expect(
    new IAMClient(stranger).send(new GetAccountSummaryCommand({})),
  ).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  })
})

test('a world without settings refuses all of it', async () => {
  const world: World = smallWorld()
  const { iam, trail } = await open({ world })
  await expect(iam.send(new GetAccountSummaryCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
  })
  await expect(trail.send(new DescribeTrailsCommand({}))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  })
})
