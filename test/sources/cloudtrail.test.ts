import { expect, test } from 'vitest'
import { createTrail } from '../../src/clients/aws.ts'
import { judge } from '../../src/core/judge.ts'
import { createPeople } from '../../src/core/people.ts'
import { detectors } from '../../src/detectors/index.ts'
import { requestId } from '../../src/office/aws-server.ts'
import { createCredentials } from '../../src/office/credentials.ts'
import type { TrailItem, World } from '../../src/office/world.ts'
import { createMasker } from '../../src/store/secrets.ts'
import { openStore } from '../../src/store/store.ts'
import { smallWorld } from '../office/small-world.ts'
import { hour, minute, openLine, openOffice, signal, uids } from './office.ts'

type Office = Awaited<ReturnType<typeof openOffice>>

const client = ({ office, clock }: Office, more: object = {}) => {
  const { access_key_id, secret_access_key } = office.credentials.aws
  const auth = { access_key_id, secret_access_key }
  return createTrail({ auth, endpoint: office.awsUrl, clock, log: () => {}, ...more })
}

const masker = createMasker(new Uint8Array(32))
const nobody = createPeople([], { domains: [], networks: [] })
const regions = ['us-east-1', 'eu-west-1']

/** The small world with this trail only. */
function worldOf(make: (model: TrailItem, start: number) => TrailItem[]): World {
  const world = smallWorld()
  world.trail = make(world.trail[0] as TrailItem, world.start)
  return world
}

const at = (
  model: TrailItem,
  time: number,
  n: number,
  more: Partial<TrailItem> = {},
): TrailItem => ({
  ...model,
  visible: time + 5 * minute,
  ...more,
  record: {
    ...model.record,
    eventID: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    eventTime: new Date(time).toISOString().replace(/\.\d+Z/, 'Z'),
    ...more.record,
  },
})

test('the first day is told as back-fill, then what is new', async () => {
  const { cloudtrail, clock } = await openOffice({ hours: 13 })
  const { poll } = cloudtrail({ regions })
  const first = await poll()
  expect(first.length).toBeGreaterThan(10)
  expect(first.every((e) => e.metadata.labels.includes('backfill'))).toBe(true)
  expect(await poll()).toEqual([])
  clock.move(4 * hour)
  const second = await poll()
  expect(second.flatMap((e) => e.metadata.labels)).toEqual([])
  expect(second.at(-1)).toMatchObject({
    class_name: 'API Activity',
    activity_name: 'StopLogging',
    status: 'failure',
    message: 'deploy called StopLogging on cloudtrail in us-east-1 (AccessDenied)',
    actor: { user: { uid: 'arn:aws:iam::111122223333:user/deploy', name: 'deploy', type: 'user' } },
    src_endpoint: { ip: '192.0.2.66' },
    api: { operation: 'StopLogging', service: 'cloudtrail', error: 'AccessDenied' },
    unmapped: { activity: 'log_tampering' },
  })
})

test('[trap C1] a request that hangs ends', async () => {
  const office = await openOffice()
  office.faults.add({ method: 'LookupEvents', kind: 'hang', times: 5 })
  const looking = client(office, { timeout: 200 }).lookup('us-east-1', {
    start: office.world.start,
  })
  await expect(looking).rejects.toMatchObject({ service: 'cloudtrail', permanent: false })
})

test('[trap C2] throttling is waited out on the clock', async () => {
  const office = await openOffice()
  office.faults.add({ method: 'LookupEvents', kind: 'limited', times: 3 })
  const before = office.clock.now()
  await client(office).lookup('us-east-1', { start: office.world.start })
  expect(office.clock.now() - before).toBeGreaterThanOrEqual(6000)
})

test('[trap C3] [trap C8] pages come at 1.5 a second, then at 0.5, to the last', async () => {
  const world = worldOf((model, start) =>
    Array.from({ length: 420 }, (_, n) => at(model, start + 11 * hour + n * 1000, n)),
  )
  const office = await openOffice({ world, hours: 13 })
  const trail = client(office)
  const pass = async () => {
    const before = office.clock.now()
    const records = await trail.lookup('us-east-1', { start: world.start })
    expect(new Set(records.map((r) => r.id)).size).toBe(420)
    return office.clock.now() - before
  }
  const pages = 9
  expect(await pass()).toBeGreaterThanOrEqual(((pages - 1) / 1.5) * 1000)
  trail.pace(0.5)
  expect(await pass()).toBeGreaterThanOrEqual(((pages - 1) / 0.5) * 1000)
})

test('the source fills back at 1.5 requests a second and goes on at 0.5', async () => {
  const { cloudtrail, clock, office } = await openOffice({ hours: 13 })
  const { poll } = cloudtrail({ regions: ['us-east-1'] })
  const rate = async () => {
    const before = { at: clock.now(), calls: office.requests().LookupEvents ?? 0 }
    await poll()
    return ((office.requests().LookupEvents ?? 0) - before.calls - 1) / (clock.now() - before.at)
  }
  expect((await rate()) * 1000).toBeLessThanOrEqual(1.5)
  expect(office.requests().LookupEvents).toBeGreaterThan(5)
})

test('[trap C4] [trap C7] late records are told when they show, in whatever order', async () => {
  const world = worldOf((model, start) => [
    at(model, start + 12 * hour, 1, { visible: start + 12 * hour + 29 * minute }),
    at(model, start + 12 * hour + 10 * minute, 2),
    at(model, start + 12 * hour + 5 * minute, 3, { visible: start + 12 * hour + 20 * minute }),
  ])
  const { cloudtrail, clock } = await openOffice({ world, hours: 11.9 })
  const { poll } = cloudtrail({ regions })
  const told: string[] = []
  for (let n = 0; n < 50; n++) {
    told.push(...uids(await poll()).map((uid) => uid.slice(-1)))
    clock.move(minute)
  }
  expect(told).toEqual(['2', '3', '1'])
})

test('[trap C5] a record that is hours late is found by the hourly sweep', async () => {
  const world = worldOf((model, start) => [
    at(model, start + 12 * hour, 1, { visible: start + 15 * hour }),
    at(model, start + 12 * hour, 2),
  ])
  const { cloudtrail, clock } = await openOffice({ world, hours: 12.2 })
  const { poll } = cloudtrail({ regions })
  await poll()
  const told: string[] = []
  for (let n = 0; n < 300; n += 5) {
    clock.move(5 * minute)
    told.push(...uids(await poll()))
  }
  expect(told.filter((uid) => uid.endsWith('1')).length).toBeGreaterThan(0)
})

test('[trap C6] a record delivered twice is told once', async () => {
  const world = worldOf((model, start) => [
    at(model, start + 12 * hour, 1, { again: start + 12 * hour + 8 * minute }),
  ])
  const { cloudtrail, clock } = await openOffice({ world, hours: 11.95 })
  const { poll } = cloudtrail({ regions })
  const told: string[] = []
  for (let n = 0; n < 30; n++) {
    told.push(...uids(await poll()))
    clock.move(minute)
  }
  expect(told.length).toBe(1)
})

test('[trap C9] us-east-1 is read whatever the list says', async () => {
  const { cloudtrail } = await openOffice({ hours: 13 })
  const events = await cloudtrail({ regions: ['eu-west-1'] }).poll()
  expect(new Set(events.map((e) => e.api?.region))).toEqual(new Set(['us-east-1', 'eu-west-1']))
})

test('[trap C10] enabled Regions are listed; where that is denied, those on by default are read', async () => {
  const office = await openOffice({ hours: 13 })
  expect(await client(office).regions()).toEqual(expect.arrayContaining(regions))
  office.faults.add({ method: 'ListRegions', kind: 'denied', times: 5 })
  const events = await office.cloudtrail().poll()
  expect(new Set(events.map((e) => e.api?.region))).toEqual(new Set(regions))
  expect(office.logged.join()).toContain('regions not listed')
})

test('[trap C11] Regions in use are read at each poll, the others every 15 minutes', async () => {
  const { cloudtrail, clock, office } = await openOffice({ hours: 13 })
  const { poll } = cloudtrail()
  await poll()
  clock.move(minute)
  const count = async () => {
    const before = office.requests().LookupEvents ?? 0
    await poll()
    return (office.requests().LookupEvents ?? 0) - before
  }
  expect(await count()).toBe(2)
  clock.move(15 * minute)
  expect(await count()).toBe(17)
})

test('[trap C12] a record that does not parse is kept whole', async () => {
  const office = await openOffice({ hours: 13 })
  const event = { EventId: 'e1', EventTime: office.clock.now() / 1000, CloudTrailEvent: '{"broken' }
  const url = await openLine(office.office.awsUrl, (_, body) =>
    body.includes('StartTime') ? { status: 200, body: JSON.stringify({ Events: [event] }) } : null,
  )
  const events = await office.cloudtrail({ regions: ['us-east-1'] }, url).poll()
  expect(events[0]).toMatchObject({ class_name: 'Base Event', raw_data: '{"broken' })
  expect(events[0]?.unmapped.error).toBeTruthy()
})

/** A call made with the monitor's own key. */
const ownCall = (
  model: TrailItem,
  time: number,
  n: number,
  more: { eventName?: string; sourceIPAddress: string; requestID?: string; accessKeyId?: string },
) =>
  at(model, time, n, {
    record: {
      ...model.record,
      eventID: `id-${n}`,
      eventTime: new Date(time).toISOString(),
      eventName: 'LookupEvents',
      eventSource: 'cloudtrail.amazonaws.com',
      requestID: `unknown-${n}`,
      userIdentity: {
        type: 'IAMUser',
        accessKeyId: more.accessKeyId ?? createCredentials(smallWorld().seed).aws.access_key_id,
      },
      ...more,
    },
  })
const [home, abroad] = ['198.51.100.9', '203.0.113.66']

test('[trap C13] our own reading of the trail is not told, another’s is', async () => {
  const world = worldOf((model, start) => [
    ownCall(model, start + 12 * hour, 0, { sourceIPAddress: home }),
    ownCall(model, start + 12 * hour, 1, {
      sourceIPAddress: home,
      accessKeyId: `AKIA${'Z'.repeat(16)}`,
    }),
  ])
  const events = await (await openOffice({ world, hours: 13 })).cloudtrail({ regions }).poll()
  expect(uids(events).map((uid) => uid.slice(-4))).toEqual(['id-1'])
})

test('our own key used by somebody else is told within one poll, our own use never', async () => {
  const model = smallWorld().trail[0] as TrailItem
  const { seed, start } = smallWorld()
  const later = start + 13 * hour + 10 * minute
  const world = worldOf(() => [
    // The second answer that the office gives carries this id.
    ownCall(model, later, 2, { sourceIPAddress: home, requestID: requestId(seed, 2) }),
    ownCall(model, later + minute, 3, { sourceIPAddress: home }),
    ownCall(model, later + minute, 4, { sourceIPAddress: home, eventName: 'DescribeTrails' }),
    ownCall(model, later + minute, 5, { sourceIPAddress: home, eventName: 'ListUsers' }),
    ownCall(model, later + minute, 6, { sourceIPAddress: abroad }),
    ownCall(model, later + minute, 7, { sourceIPAddress: abroad, eventName: 'GetCallerIdentity' }),
  ])
  const office = await openOffice({ world, hours: 13 })
  const { poll } = office.cloudtrail({ regions: ['us-east-1'] })
  expect(await poll()).toEqual([])
  office.clock.move(20 * minute)
  const events = await poll()
  expect(
    uids(events)
      .map((uid) => uid.slice(-4))
      .sort(),
  ).toEqual(['id-5', 'id-6', 'id-7'])
  for (const event of events) {
    expect(event.metadata.labels).toEqual(['own identity'])
    const context = { history: openStore('', masker).history.before(event), people: nobody }
    const found = judge(event, detectors, { ...context, scores: null, decoys: [] }, () => {})
    expect(found.map((f) => [f.analytic.uid, f.severity])).toContainEqual([
      'own-identity',
      'critical',
    ])
  }
})

test('[trap C14] refusals are final, tried once, and have a mend', async () => {
  const office = await openOffice()
  for (const kind of ['denied', 'expired'] as const) {
    office.faults.add({ method: 'LookupEvents', kind })
    const before = office.office.requests().LookupEvents ?? 0
    const looking = client(office).lookup('us-east-1', { start: office.world.start })
    await expect(looking).rejects.toMatchObject({ permanent: true, mend: expect.any(String) })
    expect((office.office.requests().LookupEvents ?? 0) - before).toBe(1)
  }
})

test('[trap C15] a day of filling back goes on where it was cut', async () => {
  const world = worldOf((model, start) =>
    Array.from({ length: 24 }, (_, n) => at(model, start + n * hour, n)),
  )
  const office = await openOffice({ world, hours: 24.2 })
  let calls = 0
  const url = await openLine(office.office.awsUrl, () =>
    ++calls > 3 && calls < 9 ? { status: 500, body: '{}' } : null,
  )
  const { poll } = office.cloudtrail({ regions: ['us-east-1'] }, url)
  const first = await poll()
  expect(first.length).toBeGreaterThan(5)
  expect(first.length).toBeLessThan(24)
  const all = [...first, ...(await poll())]
  expect(new Set(uids(all)).size).toBe(24)
  expect(all.every((e) => e.metadata.labels.includes('backfill'))).toBe(true)
})

test('[trap C16] a Region that fails hides no other, and is told of when nothing is lost by it', async () => {
  const office = await openOffice({ hours: 13 })
  let broken = true
  const url = await openLine(office.office.awsUrl, (_path, _body, { authorization }) =>
    broken && authorization?.includes('eu-west-1') ? { status: 500, body: '{}' } : null,
  )
  const { poll } = office.cloudtrail({ regions }, url)
  const first = await poll()
  expect(new Set(first.map((e) => e.api?.region))).toEqual(new Set(['us-east-1']))
  await expect(poll()).rejects.toMatchObject({ permanent: false })
  broken = false
  expect(new Set((await poll()).map((e) => e.api?.region))).toContain('eu-west-1')
})

test('our own calls keep no Region in use', async () => {
  const { aws } = createCredentials(smallWorld().seed)
  const world = worldOf((model, start) => [
    at(model, start + 12.9 * hour, 1, {
      region: 'eu-west-1',
      record: {
        ...model.record,
        eventID: 'own',
        eventTime: new Date(start + 12.9 * hour).toISOString(),
        eventName: 'LookupEvents',
        userIdentity: { type: 'IAMUser', accessKeyId: aws.access_key_id },
      },
    }),
  ])
  const { cloudtrail, clock, office } = await openOffice({ world, hours: 13 })
  const { poll } = cloudtrail()
  await poll()
  clock.move(minute)
  const before = office.requests().LookupEvents ?? 0
  await poll()
  expect((office.requests().LookupEvents ?? 0) - before).toBe(1)
})

test('[trap C16] a Region kept closed by policy is asked again after an hour', async () => {
  const office = await openOffice({ hours: 13 })
  office.faults.add({ method: 'LookupEvents', kind: 'denied' })
  const { poll } = office.cloudtrail({ regions })
  const first = await poll()
  expect(new Set(first.map((e) => e.api?.region)).size).toBe(1)
  expect(office.logged.join()).toContain('Region not read')
  office.clock.move(minute)
  expect((await poll()).map((e) => e.api?.region)).toEqual([])
  office.clock.move(hour)
  const later = await poll()
  expect(new Set([...first, ...later].map((e) => e.api?.region)).size).toBe(2)
  office.clock.move(minute)
  office.faults.add({ method: 'LookupEvents', kind: 'denied', times: 2 })
  await expect(poll()).rejects.toMatchObject({ permanent: true })
})

test('[trap C17] a role is assumed with its external id', async () => {
  const office = await openOffice({ hours: 13 })
  const asked: string[] = []
  const url = await openLine(office.office.awsUrl, (_, body) => {
    if (!body.includes('AssumeRole')) return null
    asked.push(body)
    const { access_key_id, secret_access_key } = office.office.credentials.aws
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>${access_key_id}</AccessKeyId><SecretAccessKey>${secret_access_key}</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
    }
  })
  const role = { role_arn: 'arn:aws:iam::111122223333:role/porchlight', external_id: 'shared' }
  const { poll } = office.cloudtrail({ regions, ...role }, url)
  expect((await poll()).length).toBeGreaterThan(0)
  const form = new URLSearchParams(asked[0])
  expect(form.get('ExternalId')).toBe('shared')
  expect(form.get('RoleArn')).toBe(role.role_arn)
})

test('doctor names credentials, Regions and what is allowed', async () => {
  const office = await openOffice({ hours: 13 })
  const fine = await office.cloudtrail().source.check(signal)
  expect(fine.length).toBe(19)
  expect(fine.filter((line) => !line.ok)).toEqual([])
  office.faults.add({ method: 'LookupEvents', kind: 'denied' })
  const denied = await office.cloudtrail().source.check(signal)
  expect(denied.find((line) => line.name === 'lookup us-east-1')).toMatchObject({
    ok: false,
    text: expect.stringContaining('policy'),
  })
})
