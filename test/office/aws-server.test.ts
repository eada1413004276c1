import { ListRegionsCommand } from '@aws-sdk/client-account'
import { LookupEventsCommand, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail'
import { afterEach, expect, test } from 'vitest'
import { createFaults } from '../../src/office/faults.ts'
import { type Office, type OfficeOptions, startOffice } from '../../src/office/servers.ts'
import { awsClients, standingClock } from './clients.ts'
import { smallWorld } from './small-world.ts'

const world = smallWorld()
const offices: Office[] = []

async function open(at = world.end, options: Partial<OfficeOptions> = {}) {
  const clock = standingClock(at)
  const office = await startOffice(world, { clock, limits: false, ...options })
  offices.push(office)
  const lookup = (region: string, input: LookupEventsCommandInput = {}) =>
    awsClients(office, region).trail.send(new LookupEventsCommand(input))
  return { clock, office, lookup }
}

afterEach(() => Promise.all(offices.splice(0).map((office) => office.close())))

type Lookup = Awaited<ReturnType<typeof open>>['lookup']

async function all(lookup: Lookup, region: string, input: LookupEventsCommandInput = {}) {
  const events = []
  let token: string | undefined
  do {
    const page = await lookup(region, { ...input, ...(token ? { NextToken: token } : {}) })
    events.push(...(page.Events ?? []))
    token = page.NextToken
  } while (token)
  return events
}

const inRegion = (region: string) => world.trail.filter((item) => item.region === region)

test('each Region has its own events, whole, in pages', async () => {
  const { lookup } = await open()
  for (const region of ['us-east-1', 'eu-west-1']) {
    const events = await all(lookup, region, { MaxResults: 4 })
    const expected = new Set(inRegion(region).map(({ record }) => record.eventID))
    expect(new Set(events.map(({ EventId }) => EventId))).toEqual(expected)
  }
  expect(await all(lookup, 'sa-east-1')).toEqual([])
  const [event] = await all(lookup, 'us-east-1', {
    LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'StopLogging' }],
  })
  expect(event).toMatchObject({
    EventSource: 'cloudtrail.amazonaws.com',
    ReadOnly: 'false',
    Username: 'deploy',
  })
  const record = JSON.parse(event?.CloudTrailEvent ?? '')
  expect(record).toEqual(world.trail.at(-1)?.record)
  expect(event?.EventTime).toEqual(new Date(record.eventTime))
})

test('order is nearly newest first, and an event may come twice', async () => {
  const { lookup } = await open()
  const events = await all(lookup, 'eu-west-1')
  const times = events.map(({ EventTime }) => EventTime?.getTime() ?? 0)
  times.slice(1).forEach((time, i) => {
    expect(time).toBeLessThan((times[i] ?? 0) + 60_000)
  })
  const twice = world.trail.find(({ again }) => again)?.record.eventID
  expect(events.filter(({ EventId }) => EventId === twice)).toHaveLength(2)
})

test('events show late and inside the window only', async () => {
  const late = world.trail[5]
  const time = Date.parse(late?.record.eventTime ?? '')
  const region = late?.region ?? ''
  const { lookup, clock } = await open((late?.visible ?? 0) - 1)
  const window = { StartTime: new Date(time), EndTime: new Date(time) }
  expect(await all(lookup, region, window)).toEqual([])
  clock.set(late?.visible ?? 0)
  expect((await all(lookup, region, window)).map(({ EventId }) => EventId)).toEqual([
    late?.record.eventID,
  ])
  const after = { StartTime: new Date(time + 1000) }
  expect((await all(lookup, region, after)).map(({ EventId }) => EventId)).not.toContain(
    late?.record.eventID,
  )
})

test('a page token is good for its own question only', async () => {
  const { lookup } = await open()
  const { NextToken } = await lookup('us-east-1', { MaxResults: 2 })
  await expect(lookup('us-east-1', { MaxResults: 3, NextToken })).rejects.toMatchObject({
    name: 'InvalidNextTokenException',
  })
  await expect(lookup('us-east-1', { NextToken: 'nonsense' })).rejects.toMatchObject({
    name: 'InvalidNextTokenException',
  })
})

const now = new Date(world.end)
const byName = { AttributeKey: 'EventName', AttributeValue: 'x' } as const
test.each<[string, LookupEventsCommandInput]>([
  ['InvalidTimeRangeException', { StartTime: now, EndTime: new Date(world.start) }],
  ['InvalidMaxResultsException', { MaxResults: 51 }],
  ['InvalidLookupAttributesException', { LookupAttributes: [byName, byName] }],
])('%s', async (name, input) => {
  const { lookup } = await open()
  await expect(lookup('us-east-1', input)).rejects.toMatchObject({
    name,
    $metadata: { httpStatusCode: 400 },
  })
})

test('Regions: which are on', async () => {
  const { office } = await open()
  const { account } = awsClients(office, 'us-east-1')
  const list = async (RegionOptStatusContains?: ('ENABLED' | 'ENABLED_BY_DEFAULT')[]) =>
    (await account.send(new ListRegionsCommand({ RegionOptStatusContains }))).Regions ?? []
  expect((await list()).map(({ RegionOptStatus }) => RegionOptStatus)).toContain('DISABLED')
  const enabled = await list(['ENABLED', 'ENABLED_BY_DEFAULT'])
  expect(enabled).toHaveLength(17)
  expect(enabled).toContainEqual({
    RegionName: 'eu-west-1',
    RegionOptStatus: 'ENABLED_BY_DEFAULT',
  })
  const { lookup } = await open()
  await expect(lookup('af-south-1')).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
})

test('[fault] two calls a second in each Region', async () => {
  const { lookup, clock } = await open(world.end, { limits: true })
  await lookup('us-east-1')
  await lookup('us-east-1')
  await expect(lookup('us-east-1')).rejects.toMatchObject({
    name: 'ThrottlingException',
    $metadata: { httpStatusCode: 400 },
  })
  expect((await lookup('eu-west-1')).Events?.length).toBeGreaterThan(0)
  clock.set(world.end + 1000)
  expect((await lookup('us-east-1')).Events?.length).toBeGreaterThan(0)
})

test('[fault] AWS’s refusals, each in its own shape', async () => {
  const faults = createFaults()
  const { lookup, office } = await open(world.end, { faults })
  for (const [kind, name] of [
    ['limited', 'ThrottlingException'],
    ['denied', 'AccessDeniedException'],
    ['expired', 'ExpiredTokenException'],
  ] as const) {
    faults.add({ method: 'LookupEvents', kind })
    await expect(lookup('us-east-1')).rejects.toMatchObject({ name })
  }
  faults.add({ method: 'LookupEvents', kind: '500' })
  await expect(lookup('us-east-1')).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } })
  faults.add({ method: 'LookupEvents', kind: 'html' })
  await expect(lookup('us-east-1')).rejects.toThrow()
  faults.add({ method: 'LookupEvents', kind: 'reset' })
  await expect(lookup('us-east-1')).rejects.toMatchObject({ code: 'ECONNRESET' })
  const stranger = {
    ...office,
    credentials: { ...office.credentials, aws: { access_key_id: 'x', secret_access_key: 'y' } },
  }
  await expect(
    awsClients(stranger, 'us-east-1').trail.send(new LookupEventsCommand({})),
  ).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
})
