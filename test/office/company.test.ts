import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { createWorld } from '../../src/office/company.ts'
import type { TrailItem, World } from '../../src/office/world.ts'

const day = 86_400_000
const seeds = [1, 7, 20, 333, 4096, 77_777]
const worlds = seeds.map((seed) => createWorld(seed))

const slackUid = (world: World, m: { channel: string; ts: string }) =>
  `slack:${world.slack.team.id}:${m.channel}:${m.ts}`
const mailUid = (m: { mailbox: string; id: string }) => `gmail:${m.mailbox}:${m.id}`
const trailUid = (world: World, { record }: TrailItem) =>
  `cloudtrail:${world.company.aws_account}:${record.eventID}`

const keyOf = ({ record }: TrailItem) =>
  String((record.userIdentity as { accessKeyId?: string }).accessKeyId ?? '')
const timeOf = ({ record }: TrailItem) => Date.parse(record.eventTime)
const network = (ip: unknown) => String(ip).split('.').slice(0, 2).join('.')

/** The truth's events by source. */
function attack(world: World, name: string) {
  const uids = new Set(world.truth.find((entry) => entry.name === name)?.events)
  return {
    uids,
    mail: world.mail.filter((m) => uids.has(mailUid(m))),
    messages: world.slack.messages.filter((m) => uids.has(slackUid(world, m))),
    calls: world.trail.filter((item) => uids.has(trailUid(world, item))),
  }
}

test('the same seed is the same world, another seed another company', () => {
  expect(createWorld(7)).toEqual(worlds[1])
  const all = Array.from({ length: 12 }, (_, seed) => createWorld(seed))
  const different = (values: unknown[]) => new Set(values).size
  expect(different(all.map((world) => world.company.name))).toBeGreaterThan(9)
  expect(different(all.map((world) => world.company.aws_account))).toBe(12)
  expect(different(all.map((world) => attack(world, 'key-theft').mail[0]?.raw))).toBe(12)
  const texts = all.map((world) => attack(world, 'key-theft').messages[0]?.text.slice(0, 20))
  expect(different(texts)).toBeGreaterThan(4)
})

describe.each(worlds.map((world) => [world.seed, world] as const))('world %i', (_seed, world) => {
  const { start, attackDay, end } = world
  const per = (times: number[], from: number) =>
    times.filter((at) => at >= from && at < from + day).length

  test('starts at local midnight of a working day after a working day', () => {
    const { time_zone } = world.company
    const local = (at: number) =>
      new Intl.DateTimeFormat('en-GB', {
        timeZone: time_zone,
        weekday: 'short',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      }).format(at)
    expect(local(start)).toMatch(/^(Tue|Wed|Thu),? 00:00$/)
    expect(local(attackDay)).toMatch(/^(Wed|Thu|Fri),? 00:00$/)
    expect(attackDay).toBe(start + day)
  })

  test('has the volume of a small company on each of the two whole days', () => {
    const slack = world.slack.messages.map((m) => Number(m.ts) * 1000)
    const mail = world.mail.map((m) => m.time)
    const trail = world.trail.map(timeOf)
    for (const from of [start - day, start]) {
      expect(per(slack, from)).toBeGreaterThanOrEqual(115)
      expect(per(slack, from)).toBeLessThanOrEqual(205)
      expect(per(mail, from)).toBeGreaterThanOrEqual(150)
      expect(per(mail, from)).toBeLessThanOrEqual(260)
      expect(per(trail, from)).toBeGreaterThanOrEqual(800)
      expect(per(trail, from)).toBeLessThanOrEqual(1500)
    }
    expect(per(slack, attackDay)).toBeGreaterThan(25)
    expect(Math.max(...slack, ...mail, ...trail)).toBeLessThan(end)
    expect(world.people.length).toBeGreaterThanOrEqual(8)
    expect(world.people.length).toBeLessThanOrEqual(10)
    expect(new Set(world.people.map((person) => person.time_zone)).size).toBe(2)
  })

  test('gives no id twice and shows nothing before it happened', () => {
    const unique = (values: string[]) => expect(new Set(values).size).toBe(values.length)
    unique(world.slack.messages.map((m) => m.channel + m.ts))
    unique(world.mail.map(mailUid))
    unique(world.trail.map(({ record }) => record.eventID))
    for (const m of world.slack.messages) {
      expect(m.ts).toMatch(/^\d{10}\.\d{6}$/)
      expect(m.visible - Number(m.ts) * 1000).toBeGreaterThan(0)
      expect(m.visible - Number(m.ts) * 1000).toBeLessThanOrEqual(2001)
    }
    for (const m of world.mail) {
      expect(m.id).toMatch(/^[0-9a-f]{16}$/)
      expect(m.visible - m.time).toBeGreaterThanOrEqual(1000)
      expect(m.visible - m.time).toBeLessThanOrEqual(20_000)
    }
    const late = world.trail.map((item) => item.visible - timeOf(item))
    expect(Math.min(...late)).toBeGreaterThanOrEqual(120_000)
    expect(Math.max(...late)).toBeLessThanOrEqual(14 * 60_000 + 1000)
    const twice = world.trail.filter((item) => item.again !== undefined).length
    expect(twice / world.trail.length).toBeGreaterThan(0.008)
    expect(twice / world.trail.length).toBeLessThan(0.04)
  })

  test('threads answer messages that exist, edits and deletions come after', () => {
    const known = new Set(world.slack.messages.map((m) => m.channel + m.ts))
    const replies = world.slack.messages.filter((m) => m.thread_ts)
    expect(replies.length).toBeGreaterThan(60)
    for (const m of replies) expect(known).toContain(m.channel + m.thread_ts)
    for (const m of world.slack.messages) {
      for (const edit of m.edits ?? []) expect(edit.at).toBeGreaterThan(Number(m.ts) * 1000)
      if (m.deleted_at) expect(m.deleted_at).toBeGreaterThan(Number(m.ts) * 1000)
    }
    expect(world.slack.messages.some((m) => m.edits)).toBe(true)
    expect(world.slack.messages.some((m) => m.files)).toBe(true)
  })

  test('every mail is well-formed and Google’s verdict comes first', async () => {
    for (const m of world.mail) {
      expect(m.raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
      const mail = await PostalMime.parse(m.raw)
      expect(mail.from?.address).toContain('@')
      expect(mail.to?.length).toBeGreaterThan(0)
      expect(mail.subject).toBeTruthy()
      expect(mail.subject).not.toContain('=?')
      expect(mail.text?.trim()).toBeTruthy()
      expect(mail.messageId).toMatch(/^<[^<>\s]+@[^<>\s]+>$/)
      const [verdict] = mail.headers.filter((h) => h.key === 'authentication-results')
      if (!m.labels.includes('SENT')) expect(verdict?.value).toMatch(/^mx\.google\.com;/)
    }
  })

  test('names the events of both attacks as they stand in the data', () => {
    expect(world.truth.map((entry) => entry.name)).toEqual(['key-theft', 'invoice-fraud'])
    const theft = attack(world, 'key-theft')
    const fraud = attack(world, 'invoice-fraud')
    expect([theft.mail.length, theft.messages.length]).toEqual([1, 1])
    expect(theft.calls.length).toBe(theft.uids.size - 2)
    expect(theft.calls.length).toBeGreaterThanOrEqual(3)
    expect(theft.calls.length).toBeLessThanOrEqual(6)
    expect([fraud.uids.size, fraud.mail.length]).toEqual([1, 1])
    expect(fraud.mail[0]?.mailbox).not.toBe(theft.mail[0]?.mailbox)

    const [mail, message] = [theft.mail[0], theft.messages[0]]
    const author = world.people.find((person) => person.slack_id === message?.user)
    expect(author?.email).toBe(mail?.mailbox)
    const paste = Number(message?.ts) * 1000
    const first = Math.min(...theft.calls.map(timeOf))
    const minutes = (ms: number) => ms / 60_000
    expect(minutes(paste - (mail?.time ?? 0))).toBeGreaterThan(11.9)
    expect(minutes(paste - (mail?.time ?? 0))).toBeLessThan(25.1)
    expect(minutes(first - paste)).toBeGreaterThan(7.9)
    expect(minutes(first - paste)).toBeLessThan(21)
    expect(Math.abs((fraud.mail[0]?.time ?? 0) - (mail?.time ?? 0))).toBeLessThan(3_600_000)
    const steps = [...theft.calls.map(timeOf), fraud.mail[0]?.time ?? 0]
    expect(Math.abs(end - Math.max(...steps) - 7_200_000)).toBeLessThan(2000)
    const channel = world.slack.channels.find(({ id }) => id === message?.channel)
    expect(channel?.is_member).toBe(true)
  })

  test('the stolen key worked from the office and is used from a network never seen', () => {
    const theft = attack(world, 'key-theft')
    const [key] = new Set(theft.calls.map(keyOf)) as Set<string>
    expect(theft.messages[0]?.text).toContain(key)
    expect(key).toMatch(/^AKIA[A-Z2-7]{16}$/)
    const office = world.company.networks[0]?.split('.').slice(0, 3).join('.')
    const usual = world.trail.filter(
      (item) =>
        keyOf(item) === key &&
        timeOf(item) < attackDay &&
        String(item.record.sourceIPAddress).startsWith(`${office}.`) &&
        !item.record.errorCode,
    )
    expect(usual.length).toBeGreaterThanOrEqual(30)
    expect(usual.some((item) => timeOf(item) < start)).toBe(true)
    const strange = network(theft.calls[0]?.record.sourceIPAddress)
    const others = world.trail.filter((item) => !theft.calls.includes(item))
    expect(others.map((item) => network(item.record.sourceIPAddress))).not.toContain(strange)
  })

  test('the quiet part is quiet: no stranger, no first network, no wide policy, no secret', () => {
    const theft = attack(world, 'key-theft')
    const fraud = attack(world, 'invoice-fraud')
    const others = world.trail.filter((item) => !theft.calls.includes(item))
    const pair = (item: TrailItem) => `${keyOf(item)} ${network(item.record.sourceIPAddress)}`
    const learned = new Set(
      others.filter((item) => timeOf(item) < start && !item.record.errorCode).map(pair),
    )
    for (const item of others.filter((item) => keyOf(item).startsWith('AKIA')))
      expect(learned).toContain(pair(item))
    const loud = /^(StopLogging|DeleteTrail|AttachUserPolicy|CreateAccessKey|PutUserPolicy)$/
    expect(others.filter(({ record }) => loud.test(record.eventName))).toEqual([])
    expect(JSON.stringify(others)).not.toMatch(/"type":"Root"|AdministratorAccess/)
    expect(others.filter(({ record }) => record.errorCode).length).toBeLessThan(25)

    const said = world.slack.messages.filter((m) => !theft.messages.includes(m))
    const keys = said.flatMap((m) => m.text.match(/AKIA[A-Z0-9]{16}/g) ?? [])
    expect(keys.length).toBeGreaterThan(0)
    expect(keys.every((key) => key.endsWith('EXAMPLE'))).toBe(true)

    const from = (raw: string) => /^From: .*?<?([^<>\s]+@[^<>\s]+?)>?\r$/m.exec(raw)?.[1] ?? ''
    const domain = (address: string) => address.split('@')[1] ?? ''
    const free = ['gmail.com', 'outlook.com', 'yahoo.com']
    const seen = new Set(
      world.mail
        .filter((m) => !theft.mail.includes(m) && !fraud.mail.includes(m))
        .map((m) => domain(from(m.raw))),
    )
    for (const m of [...theft.mail, ...fraud.mail])
      if (!free.includes(domain(from(m.raw)))) expect(seen).not.toContain(domain(from(m.raw)))
    const [thief, cheat] = [theft.mail[0], fraud.mail[0]].map((m) => domain(from(m?.raw ?? '')))
    expect(thief).not.toBe(cheat)
  })
})
