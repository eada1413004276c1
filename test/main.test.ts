import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../src/clock.ts'
import { officeConfig } from '../src/demo/config.ts'
import { type Office, startOffice } from '../src/office/servers.ts'
import type { MailItem, SlackItem, TrailItem, World } from '../src/office/world.ts'
import { smallKeys, smallWorld } from './office/small-world.ts'
import { folder, minute } from './support.ts'

/** The small company five minutes ago: a pasted key, a mail in each mailbox, a call. */
function worldNow(): World {
  const world = smallWorld()
  const at = Math.floor(Date.now() / 1000) * 1000 - 5 * minute
  const pasted = world.slack.messages.find((m) => m.text.includes(smallKeys.leaked)) as SlackItem
  const [mail, trail] = [world.mail[0] as MailItem, world.trail[0] as TrailItem]
  world.slack.messages = [{ ...pasted, ts: `${at / 1000}.000001`, visible: at }]
  world.mail = ['ana', 'carla'].map((name, i) => ({
    ...mail,
    id: `18c000000000010${i}`,
    mailbox: `${name}@${world.company.domain}`,
    time: at,
    visible: at,
  }))
  const eventTime = new Date(at).toISOString().replace('.000Z', 'Z')
  world.trail = [{ ...trail, visible: at, record: { ...trail.record, eventTime } }]
  return world
}

const world = worldNow()
let office: Office
let dir: string
let file: string
let children: ChildProcess[]
beforeEach(async () => {
  dir = folder()
  file = join(dir, 'config.json')
  children = []
  office = await startOffice(world, { clock: systemClock, limits: false })
  save()
})
afterEach(async () => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL')
  await office.close()
  rmSync(dir, { recursive: true, maxRetries: 5 })
})

/** Writes the config file, with these parts in place of the office's own. */
function save(more: Record<string, unknown> = {}): void {
  const config = { ...officeConfig(world, office, join(dir, 'state')), ...more }
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 })
}

function start(args: string[]) {
  const child = spawn('scripts/porchlight', [...args, '--config', file])
  children.push(child)
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (data) => {
    said.stdout += data
  })
  child.stderr.on('data', (data) => {
    said.stderr += data
  })
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, ...said })),
  )
  return { pid: child.pid as number, ended, stop: () => child.kill('SIGTERM') }
}

async function until(what: string, holds: () => boolean, ms = 60_000): Promise<void> {
  const end = Date.now() + ms
  while (!holds()) {
    if (Date.now() > end) throw new Error(`never: ${what}\n${logged()}`)
    await wait(50)
  }
}

const logged = () => {
  const log = join(dir, 'state', 'porchlight.log')
  return existsSync(log) ? readFileSync(log, 'utf8') : ''
}
const posts = (channel: string) =>
  office
    .posts()
    .filter((post) => post.channel === channel)
    .map((post) => JSON.stringify(post))
const called = (method: string) => office.requests()[method] ?? 0

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    return text === '' ? [] : text.split(' ').flatMap((c) => [Number(c), ...childrenOf(Number(c))])
  } catch {
    return []
  }
}

test('the daemon: edits are taken up, a second one is refused, and SIGTERM ends all of it', async () => {
  const daemon = start(['run'])
  await until('the models run', () => logged().includes('model process ready'))
  await until('a model process', () => childrenOf(daemon.pid).length > 0)

  const second = await start(['run']).ended
  expect(second.code).toBe(1)
  expect(second.stderr).toContain('Another Porchlight is running')
  expect(second.stderr).toContain('Stop it first.')
  expect(second.stderr).not.toMatch(/^\s+at /m)

  // Told elsewhere from now on, and one account fewer.
  const notify = { slack: { workspace: 'office', channel: '#dev' }, console: false }
  save({ notify, cloudtrail: [] })
  await until('a start without AWS', () => /"started","sources":4\b/.test(logged()))

  save({ notify, slak: [] })
  await until('the mistake is said', () => posts('C02').some((text) => text.includes('slak')))
  expect(posts('C02').join()).toContain('The old one stays in use')
  expect(posts('C09').join()).not.toContain('slak')

  await until('models again', () => childrenOf(daemon.pid).length > 0)
  const models = childrenOf(daemon.pid)
  const before = Date.now()
  daemon.stop()
  const { code, stderr } = await daemon.ended
  expect(code).toBe(0)
  expect(Date.now() - before).toBeLessThan(10_000)
  expect(stderr).toContain('Stopped.')
  await until('no process is left', () => models.every((pid) => !existsSync(`/proc/${pid}`)))
})

test('[fault] an account that refuses the daemon is said, and the others are read', async () => {
  office.faults.add({ method: 'oauth2.token', kind: 'denied', times: 1_000 })
  const daemon = start(['run'])
  await until('both mailboxes are said', () =>
    ['ana', 'carla'].every((name) => posts('C09').some((text) => text.includes(`${name}@`))),
  )
  for (const source of ['slack:office', 'cloudtrail:office'])
    await until(source, () => logged().includes(`"collected","source":"${source}","events":1`))
  daemon.stop()
  expect((await daemon.ended).code).toBe(0)
})

test('[fault] once: what can’t be read is named, the rest is read and told', async () => {
  office.faults.add({ method: 'oauth2.token', kind: 'denied', times: 1_000 })
  const { code, stdout, stderr } = await start(['once', '--json']).ended
  const result = JSON.parse(stdout)
  expect(result.failed.sort()).toEqual(['gmail:ana@marlow.example', 'gmail:carla@marlow.example'])
  expect(result.events).toBe(2)
  expect(code).toBe(2)
  expect(stderr).toContain('Run doctor to see why')
  expect(posts('C09').length).toBeGreaterThan(0)
})

test('[fault] once: with Slack refused the mailboxes and CloudTrail are read', async () => {
  for (const method of ['auth.test', 'conversations.list', 'users.list'])
    office.faults.add({ method, kind: 'denied', times: 1_000 })
  const { code, stdout } = await start(['once', '--json']).ended
  expect(JSON.parse(stdout)).toMatchObject({
    failed: ['slack:office', 'slack-settings:office'],
    events: 3,
  })
  expect([2, 75]).toContain(code)
})

test('once with nothing to find ends with 0', async () => {
  save({ slack: [], notify: { console: true }, cloudtrail: [] })
  const { code, stdout } = await start(['once']).ended
  expect(code).toBe(0)
  expect(stdout).toMatch(/^2 events, 0 findings, 0 incidents\.$/m)
})

test('dry runs print what they would say, tell nobody and keep nothing', async () => {
  const once = await start(['once', '--dry-run']).ended
  expect(once.code).toBe(2)
  expect(once.stdout).toMatch(/^4 events, /m)
  expect(once.stdout.split('\n').length).toBeGreaterThan(5)
  expect(existsSync(join(dir, 'state', 'porchlight.db'))).toBe(false)
  const digest = await start(['digest', '--now', '--dry-run']).ended
  expect(digest.code).toBe(0)
  expect(digest.stdout.trim()).not.toBe('')
  expect(called('chat.postMessage')).toBe(0)
})
