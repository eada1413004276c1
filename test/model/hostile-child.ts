/**
 * A model child gone bad: tries to get at everything it should not have, and reports each try as a
 * JSON line. It is told where to look by one line on stdin, and started as the real child is.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { Worker } from 'node:worker_threads'

export interface Targets {
  config: string
  database: string
  /** A folder anyone may write to. */
  folder: string
  port: number
  /** The daemon's process id. */
  daemon: number
}

const attempts: [string, (t: Targets) => unknown][] = [
  ['environment', () => Object.keys(process.env).join() || refused('empty')],
  ['read the config file', (t) => readFileSync(t.config)],
  ['read the database', (t) => readFileSync(t.database)],
  ['look whether the database is there', (t) => statSync(t.database)],
  ['list the state folder', (t) => readdirSync(t.folder)],
  ['read /etc/passwd', () => readFileSync('/etc/passwd')],
  ["read the daemon's environment", (t) => readFileSync(`/proc/${t.daemon}/environ`)],
  ["read the daemon's memory", (t) => readFileSync(`/proc/${t.daemon}/mem`)],
  ["read the daemon's memory map", (t) => readFileSync(`/proc/${t.daemon}/maps`)],
  ['write a file', (t) => writeFileSync(`${t.folder}/mine`, 'x')],
  ['link to the config file', (t) => symlinkSync(t.config, `${t.folder}/link`)],
  ['start a process', () => spawned(spawnSync('/bin/cat', ['/etc/passwd']))],
  ['start a worker thread', () => new Worker('0', { eval: true })],
  ['signal the daemon', (t) => process.kill(t.daemon, 0)],
  ["reach a port of the daemon's host", (t) => dial('127.0.0.1', t.port)],
  ['reach the internet', () => dial('192.0.2.1', 443)],
]

function refused(why: string): never {
  throw Object.assign(new Error(why), { code: why })
}

function spawned({ error }: { error?: Error }) {
  if (error) throw error
}

const dial = (host: string, port: number) =>
  new Promise<void>((resolve, reject) => {
    const socket = connect({ host, port, timeout: 1500 })
    socket.on('connect', () => resolve())
    socket.on('timeout', () => reject(Object.assign(new Error('no answer'), { code: 'no answer' })))
    socket.on('error', reject)
  })

createInterface({ input: process.stdin }).on('line', (line) => {
  void run(JSON.parse(line) as Targets)
})

async function run(targets: Targets) {
  for (const [what, attempt] of attempts) {
    let how: string | null = null
    try {
      await attempt(targets)
    } catch (error) {
      how = (error as NodeJS.ErrnoException).code ?? String(error)
    }
    process.stdout.write(`${JSON.stringify({ what, refused: how })}\n`)
  }
  process.exit(0)
}
