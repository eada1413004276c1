import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '../../src/clock.ts'
import { officeConfig } from '../../src/demo/config.ts'
import { startOffice } from '../../src/office/servers.ts'
import type { World } from '../../src/office/world.ts'
import { below, type Figure, launcher, memoryOf, node, root, runToEnd, seconds } from './figure.ts'

const still = 20_000
const longest = 180_000
const runs = 5

/** `porchlight version` beside Node doing nothing, the middle of five runs. */
export async function benchStart(): Promise<Figure> {
  const middle = async (command: string, args: string[]) => {
    const took: number[] = []
    for (let i = 0; i < runs; i++) took.push(await seconds(() => runToEnd(command, args)))
    return took.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0
  }
  return {
    what: 'start-up: porchlight version',
    unit: 's',
    value: await middle(launcher, ['version']),
    beside: { what: 'Node with an empty program', value: await middle(node, ['-e', '0']) },
  }
}

/** Memory of the real daemon and its model process once a day has been read and nothing is left to do. */
export async function benchDaemon(world: World, folder: string): Promise<Figure[]> {
  const today = shift(world, Date.now() - world.end)
  const office = await startOffice(today, { clock: systemClock })
  const file = join(folder, 'config.json')
  writeFileSync(file, JSON.stringify(officeConfig(today, office, folder)), { mode: 0o600 })
  const daemon = spawn(launcher, ['run', '--config', file], { stdio: 'ignore' })
  try {
    const pid = daemon.pid
    if (pid === undefined) throw new Error('the daemon did not start')
    const read = await untilStill(join(folder, 'porchlight.db'), daemon)
    const own = memoryOf(pid)
    const model = below(pid).filter(isModel).at(-1)
    if (model === undefined) throw new Error('the daemon has no model process')
    const bare = await idleNode()
    const figure = (what: string, memory: { rest: number; peak: number }): Figure => ({
      what,
      unit: 'MB',
      value: memory.rest,
      beside: { what: 'at its peak', value: memory.peak },
    })
    const resting = `daemon at rest, ${read} events read`
    return [
      figure(resting, own),
      { what: resting, unit: 'MB', value: own.rest, beside: { what: 'idle Node', value: bare } },
      figure('model process at rest', memoryOf(model)),
    ]
  } finally {
    await end(daemon)
    await office.close()
  }
}

const isModel = (pid: number): boolean => {
  // unshare and sh name the script too, as an argument of Node.
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  return words.at(-2)?.endsWith('model/child.ts') === true && /\bnode$/.test(words[0] ?? '')
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await gone
}

async function idleNode(): Promise<number> {
  const child = spawn(node, ['-e', 'setInterval(() => {}, 1e6)'], { cwd: root, stdio: 'ignore' })
  await wait(1_000)
  const { rest } = memoryOf(child.pid as number)
  await end(child)
  return rest
}

/** Waits until no event has come or waited for 20 s. Resolves to the number of events. */
async function untilStill(database: string, daemon: ChildProcess): Promise<number> {
  const start = Date.now()
  let since = Date.now()
  let seen = 0
  while (Date.now() - since < still) {
    await wait(1_000)
    if (daemon.exitCode !== null) throw new Error(`the daemon ended with ${daemon.exitCode}`)
    if (Date.now() - start > longest)
      throw new Error(`the daemon was still reading after ${longest / 1000} s, ${seen} events`)
    const { events, waiting } = progress(database)
    if (events !== seen || waiting > 0 || events === 0) since = Date.now()
    seen = events
  }
  return seen
}

function progress(database: string): { events: number; waiting: number } {
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(database, { readOnly: true })
    const row = db
      .prepare('SELECT count(*) AS events, count(*) - count(heard_time) AS waiting FROM events')
      .get()
    return { events: Number(row?.events), waiting: Number(row?.waiting) }
  } catch {
    // Not there yet, or being made.
    return { events: 0, waiting: 1 }
  } finally {
    db?.close()
  }
}

/** The same world, `by` ms later. What mails say of their own date stays. */
function shift(world: World, by: number): World {
  const ts = (old: string) => {
    const [s = '0', rest = '000000'] = old.split('.')
    return `${Number(s) + Math.round(by / 1000)}.${rest}`
  }
  return {
    ...world,
    start: world.start + by,
    attackDay: world.attackDay + by,
    end: world.end + by,
    slack: {
      ...world.slack,
      messages: world.slack.messages.map((item) => ({
        ...item,
        ts: ts(item.ts),
        ...(item.thread_ts && { thread_ts: ts(item.thread_ts) }),
        visible: item.visible + by,
        ...(item.edits && { edits: item.edits.map((e) => ({ ...e, at: e.at + by })) }),
        ...(item.deleted_at && { deleted_at: item.deleted_at + by }),
      })),
    },
    mail: world.mail.map((item) => ({ ...item, time: item.time + by, visible: item.visible + by })),
    trail: world.trail.map((item) => ({
      ...item,
      visible: item.visible + by,
      ...(item.again && { again: item.again + by }),
      record: {
        ...item.record,
        eventTime: new Date(Date.parse(item.record.eventTime) + by).toISOString(),
      },
    })),
  }
}
