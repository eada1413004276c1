import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '../../src/clock.ts'
import { accessKeyId, secretAccessKey } from '../../src/office/credentials.ts'
import type { Office } from '../../src/office/servers.ts'
import { startOffice } from '../../src/office/servers.ts'
import type { OfficePerson, World } from '../../src/office/world.ts'
import { createMasker } from '../../src/store/secrets.ts'
import { openStore } from '../../src/store/store.ts'
import { smallWorld } from '../office/small-world.ts'

export interface Result {
  kills: { daemon: number; model: number; post: number }
  expected: number
  /** Messages whose finding or alert never came. */
  missing: string[]
  /** Alerts that stand in the channel twice. */
  twice: string[]
}

const crew = 12

/** Twelve people, each of whom pastes a key of their own in the seconds to come. */
function pastingWorld(now: number, seconds: number): { world: World; uids: string[] } {
  const world = smallWorld()
  const template = world.people[0] as OfficePerson
  world.start = now
  world.people = Array.from({ length: crew }, (_, i) => ({
    ...template,
    name: `Person ${String.fromCharCode(65 + i)}`,
    email: `p${i}@${world.company.domain}`,
    slack_id: `UP${String(i).padStart(2, '0')}`,
    iam_user: null,
  }))
  const channel = world.slack.channels.find((c) => c.name === 'general')
  if (!channel) throw new Error('no #general')
  world.slack.messages = world.people.map((person, i) => {
    const at = now + 8_000 + Math.floor((i * seconds * 1000) / crew)
    return {
      channel: channel.id,
      ts: `${Math.floor(at / 1000)}.${String(i + 1).padStart(6, '0')}`,
      user: person.slack_id,
      text: `use these: ${accessKeyId(i, 'kill')} ${secretAccessKey(i, 'kill')}`,
      visible: at,
    }
  })
  world.mail = world.mail.map((m) => ({ ...m, visible: now + 10 * 3_600_000 }))
  world.trail = []
  const { team } = world.slack
  return { world, uids: world.slack.messages.map((m) => `slack:${team.id}:${m.channel}:${m.ts}`) }
}

const configOf = (world: World, office: Office, stateDir: string) => ({
  company: {
    name: world.company.name,
    domains: [world.company.domain],
    time_zone: world.company.time_zone,
  },
  people: world.people.map((p) => ({
    name: p.name,
    emails: [p.email],
    approver: true,
    accounts: [p.slack_id],
  })),
  slack: [{ name: 'office', token: office.credentials.slack.token, poll_seconds: 10 }],
  cloudtrail: [{ name: 'office', ...office.credentials.aws, regions: ['us-east-1'] }],
  notify: { slack: { workspace: 'office', channel: '#security' } },
  state_dir: stateDir,
  endpoints: { slack: office.slackUrl, google: office.googleUrl, aws: office.awsUrl },
})

/** All processes below `pid`, from /proc. */
function below(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    return children ? children.split(' ').flatMap((c) => [Number(c), ...below(Number(c))]) : []
  } catch {
    return []
  }
}

const modelsBelow = (pid: number): number[] =>
  below(pid).filter((child) => {
    try {
      return readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('model/child.ts')
    } catch {
      return false
    }
  })

function strike(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/**
 * One walk of the real daemon against the office, killed `kills` times at random moments: the
 * daemon anywhere, the model process, the daemon in the middle of a post; posts also lose their
 * answers. Afterwards everything must be there, and nothing twice.
 */
export async function killWalk(kills: number, say: (line: string) => void): Promise<Result> {
  const dir = mkdtempSync(join(tmpdir(), 'porchlight-kill-'))
  const { world, uids } = pastingWorld(Date.now(), kills * 2.2)
  const office = await startOffice(world, { clock: systemClock })
  const file = join(dir, 'config.json')
  writeFileSync(file, JSON.stringify(configOf(world, office, dir)), { mode: 0o600 })
  const count = { daemon: 0, model: 0, post: 0 }
  let daemon: ChildProcess | null = null
  const start = () => {
    daemon = spawn('scripts/porchlight', ['run', '--config', file], {
      stdio: 'ignore',
    })
  }
  const pid = () => daemon?.pid as number
  const killDaemon = async () => {
    const gone = new Promise((done) => daemon?.once('exit', done))
    strike(pid())
    await gone
    start()
  }
  const posts = () => office.requests()['chat.postMessage'] ?? 0

  try {
    start()
    while ((office.requests()['conversations.history'] ?? 0) < 4) await wait(100)
    await wait(1_500)
    for (let i = 0; i < kills; i++) {
      const kind = (['daemon', 'post', 'daemon', 'model'] as const)[i % 4] as keyof typeof count
      count[kind]++
      say(`${i + 1}: ${kind}, ${posts()} posts so far`)
      if (kind === 'post') {
        office.faults.add({ method: 'chat.postMessage', kind: i % 8 === 1 ? 'reset' : 'late10' })
        const before = posts()
        for (let t = 0; t < 300 && posts() === before; t++) await wait(10)
        await killDaemon()
      } else if (kind === 'model') {
        for (let t = 0; t < 300 && modelsBelow(pid()).length === 0; t++) await wait(10)
        for (const child of modelsBelow(pid())) strike(child)
        await wait(500 + Math.random() * 1_000)
      } else {
        await wait(Math.random() * 3_500)
        await killDaemon()
      }
    }
    say(`${kills} kills done; waiting for the rest of the story`)
    const alerts = () => alertsOf(office)
    for (let t = 0; t < 180 && new Set(alerts()).size < crew; t++) await wait(1_000)
    // A copy that Slack showed late is replaced by a pointer within a minute or so.
    for (let t = 0; t < 90 && repeated(alerts()).length > 0; t++) await wait(1_000)
    const gone = new Promise((done) => (daemon as unknown as ChildProcess).once('exit', done))
    process.kill(pid(), 'SIGTERM')
    await gone
    const store = openStore(join(dir, 'porchlight.db'), createMasker(new Uint8Array(32)))
    const told = new Set(alerts())
    const missing = uids.filter((uid) => {
      const incident = store.findings
        .ofEvent(uid)
        .map((f) => store.findings.incidentOf(f.uid))
        .find(Boolean)
      return !incident || !told.has(`alert:${incident}`)
    })
    store.close()
    return { kills: count, expected: crew, missing, twice: repeated(alerts()) }
  } finally {
    if (daemon) for (const child of [pid(), ...below(pid())]) strike(child)
    await office.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Uids of the alerts that stand in the channel, one for each top message. */
const alertsOf = (office: Office): string[] =>
  office.posts().flatMap(({ thread_ts, metadata }) => {
    const uid = (metadata as { event_payload?: { uid?: string } } | null)?.event_payload?.uid ?? ''
    return thread_ts === null && /^alert:[^:]+$/.test(uid) ? [uid] : []
  })

const repeated = (list: string[]): string[] => list.filter((uid, i) => list.indexOf(uid) !== i)
