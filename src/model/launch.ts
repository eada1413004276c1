import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants, setPriority } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))
const packages = join(
  dirname(createRequire(import.meta.url).resolve('node-llama-cpp')).split('/node-llama-cpp/')[0] ??
    root,
)

/**
 * Files a shared library and libc detection need, besides code and models; without them
 * node-llama-cpp says "glibc is not detected".
 */
const system = ['/lib', '/lib64', '/usr/lib', '/etc/os-release', '/etc/ld.so.cache']

/** Own user, network, process and IPC namespaces: no network, no signal to the daemon. */
const namespaces = ['/usr/bin/unshare', '-r', '-n', '-p', '-i', '-f', '--kill-child', '--']

/** What keeps the child in, beyond Node's permission model, on this machine. */
export type Isolation = 'namespaces' | 'none'

/** Whether an ordinary user may make namespaces here: Docker and some distributions refuse. */
export async function detectIsolation(): Promise<Isolation> {
  const [file, ...args] = namespaces as [string, ...string[]]
  try {
    readFileSync(`/proc/${process.pid}/task/${process.pid}/children`)
    await promisify(execFile)(file, [...args, '/bin/true'], { env: {}, timeout: 5000 })
    return 'namespaces'
  } catch {
    return 'none'
  }
}

export interface LaunchOptions {
  /** The TypeScript file to run. */
  script: string
  /** Model files it may read. */
  files: string[]
  isolation: Isolation
  /** Resident bytes it is meant to stay under. */
  memory: number
}

/** The one other file of ours that child.ts loads. */
const frame = fileURLToPath(new URL('frame.ts', import.meta.url))

/** A child process that can be talked to in lines. */
export interface Child {
  /** Of the Node process itself, as the daemon sees it; null once it has gone. */
  pid(): number | null
  /** Resident memory in bytes, or 0 once it has gone. */
  resident(): number
  send(line: string): void
  kill(): void
}

/**
 * Starts `script` under this Node with an empty environment, reading only its code and `files`, no
 * core dump, low priority, first to go when memory runs out. `onLine` gets each line of its stdout,
 * `onExit` is called once with the reason and the start of what it wrote to stderr.
 */
export function launch(
  { script, files, isolation, memory }: LaunchOptions,
  onLine: (line: string) => void,
  onExit: (reason: string, stderr: string) => void,
): Child {
  const readable = [script, frame, join(root, 'package.json'), packages, ...files, ...system]
  const node = [
    process.execPath,
    '--permission',
    '--allow-addons',
    '--disable-warning=PERM0001',
    '--max-old-space-size=128',
    ...readable.map((path) => `--allow-fs-read=${path}`),
    script,
  ]
  // Node itself reserves 0.6 GB of data and touches a tenth; a burst beyond is refused by the kernel
  // before the supervisor looks. Where sh is bash it adds PWD and SHLVL to an empty environment.
  const limits = [
    'ulimit -c 0',
    `ulimit -d ${Math.round((memory + 1e9) / 1024)}`,
    'echo 800 2>/dev/null >/proc/self/oom_score_adj',
    'exec /usr/bin/env -i "$@"',
  ].join('; ')
  const command = isolation === 'namespaces' ? [...namespaces, ...node] : node
  const child = spawn('/bin/sh', ['-c', limits, 'sh', ...command], {
    env: {},
    cwd: '/',
    // Its own group, so that Ctrl-C reaches only the daemon, which then stops it.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stderr = ''
  let buffer = ''
  let gone = false
  const pid = () => (gone ? null : nodePid(child, isolation))
  const kill = () => {
    const target = pid()
    if (target === null) return
    try {
      process.kill(target, 'SIGKILL')
    } catch {
      // It has just gone; 'close' says so.
    }
  }
  const end = (reason: string) => {
    if (gone) return
    gone = true
    onExit(reason, stderr)
  }

  child.on('error', (error) => end(error.message))
  child.on('close', (code, signal) => end(signal ? `killed by ${signal}` : `exit code ${code}`))
  child.stdin.on('error', () => {
    // EPIPE: 'close' follows and says why.
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(0, 2000)
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    buffer += text
    const lines = buffer.split('\n')
    buffer = lines.pop() ?? ''
    for (const line of lines) onLine(line)
    if (buffer.length > 1_000_000) kill()
  })
  if (child.pid !== undefined) {
    try {
      setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL)
    } catch {
      // It died at once; 'close' says so.
    }
  }
  return {
    pid,
    resident: () => residentBytes(pid()),
    send: (line) => {
      child.stdin.write(`${line}\n`)
    },
    kill,
  }
}

/** Under namespaces the spawned process is `unshare`, and Node its only child. */
function nodePid(child: ChildProcess, isolation: Isolation): number | null {
  if (child.pid === undefined || isolation === 'none') return child.pid ?? null
  try {
    const list = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')
    return Number(list.trim().split(' ')[0]) || child.pid
  } catch {
    return null
  }
}

/** `VmRSS` of https://man7.org/linux/man-pages/man5/proc_pid_status.5.html, which is in kB. */
function residentBytes(pid: number | null): number {
  if (pid === null) return 0
  try {
    const line = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return Number(line?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
