import { readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'

/**
 * Threads the model may use at most. llama.cpp's prebuilt threads spin while they wait, so one more
 * than there are cores, or one busy neighbour, costs a factor of ten and more.
 */
export function mostThreads(configured: number | undefined): number {
  const cores = availableParallelism()
  return Math.max(1, Math.min(configured ?? cores - 1, cores))
}

/** Threads from now on: one fewer while others wait for a core, one more once nobody does. */
export function nextThreads(now: number, most: number, waiting: number): number {
  const next = waiting > 25 ? now - 1 : waiting < 5 ? now + 1 : now
  return Math.max(1, Math.min(next, most))
}

/**
 * Per cent of the last 10 s in which something waited for a core, from
 * https://docs.kernel.org/accounting/psi.html, or judged by the load where the kernel has no PSI.
 */
export function coreWait(): number {
  try {
    const line = /^some avg10=([\d.]+)/m.exec(readFileSync('/proc/pressure/cpu', 'utf8'))
    if (line) return Number(line[1])
  } catch {
    // No PSI in this kernel or container.
  }
  const [load = 0] = loadavg()
  return load > availableParallelism() + 0.5 ? 100 : 0
}
