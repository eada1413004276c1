import { type SpawnOptions, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One measured figure and, from the same run, what it is to be seen beside. */
export interface Figure {
  what: string
  /** `MB`, `s`, `events/s` … */
  unit: string
  value: number
  beside: { what: string; value: number } | null
}

/** The repository's folder, ending in `/`. */
export const root = fileURLToPath(new URL('../..', import.meta.url))
export const launcher = `${root}scripts/porchlight`
export const node = `${root}scripts/node`

/** Seconds that `work` takes. */
export async function seconds(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/**
 * Runs a program to its end, its output thrown away.
 * @throws Error with its stderr where it ends with another code than the `expected`
 */
export async function runToEnd(
  command: string,
  args: string[],
  expected = [0],
  options: SpawnOptions = {},
): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], ...options })
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-2000)
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve)
  })
  if (code === null || !expected.includes(code))
    throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${stderr}`)
}

/** All processes below `pid`, from /proc. */
export function below(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    return children ? children.split(' ').flatMap((c) => [Number(c), ...below(Number(c))]) : []
  } catch {
    // Gone, and its children with it.
    return []
  }
}

/** Resident memory now and at most, MB of 10⁶ bytes: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html */
export function memoryOf(pid: number): { rest: number; peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mb = (name: string) =>
    (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024) / 1e6
  return { rest: mb('VmRSS'), peak: mb('VmHWM') }
}
