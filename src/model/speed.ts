import { readFileSync, statSync } from 'node:fs'
import { z } from 'zod'
import { shippedShape } from './catalogue.ts'
import type { Range, Speed } from './estimate.ts'
import { shippedAnalyst } from './files.ts'
import { createLlama } from './llama.ts'
import { coreWait, mostThreads } from './threads.ts'

/** Bytes that have to be free to start the models that ship. */
const enough = 600e6

/** How fast this machine is now: by timing the models that ship, else by its memory and processor. */
export async function measureSpeed(
  threads: number | undefined,
  signal: AbortSignal,
): Promise<Speed> {
  if (process.availableMemory() > enough) {
    try {
      return await timeShipped(threads, signal)
    } catch {
      signal.throwIfAborted()
    }
  }
  return guessSpeed(mostThreads(threads))
}

/**
 * Larger models use a processor better than the small one that is timed here: by up to a third while
 * reading and by up to half while writing, as measured from 0.1 to 7 billion weights.
 */
const larger = { read: 1.35, write: 1.5 } as const

async function timeShipped(threads: number | undefined, signal: AbortSignal): Promise<Speed> {
  const llama = createLlama({ log: () => {}, threads })
  const text = 'A mail that says it is from the bank reached Ana at ten. '.repeat(15)
  const schema = z.strictObject({ text: z.string().max(100) })
  try {
    await llama.start()
    await llama.score('view', text, signal)
    // Cut off in the middle it is no JSON, and timed all the same.
    await llama.ask('write', text, { schema, signal }).catch(() => null)
    const { speed, threads: used } = llama.state().process ?? {}
    if (!speed?.read || !speed.written) throw new Error('nothing was timed')
    const read = speed.read * 2 * (shippedShape.parameters - shippedShape.embedding)
    const write = speed.written * statSync(shippedAnalyst).size
    return {
      read: [read, read * larger.read],
      write: [write, write * larger.write],
      how: [
        `by timing the analyst that ships: ${Math.round(speed.read)} tokens a second read`,
        `${Math.round(speed.written)} written`,
        used === 1 ? 'one thread' : `${used} threads`,
        ...(coreWait() > 25 ? ['while other programs kept the processor busy'] : []),
      ].join(', '),
    }
  } finally {
    await llama.stop()
  }
}

/** Operations a second and thread of llama.cpp, by what the processor's flags offer. */
const processors: [RegExp, Range, string][] = [
  [/\bavx512_vnni\b|\bavx_vnni\b/, [60e9, 130e9], 'VNNI'],
  [/\bavx2\b/, [20e9, 70e9], 'AVX2'],
  [/\basimddp\b|\bi8mm\b/, [20e9, 80e9], 'dot products'],
]

/** By the kind of processor, and by how fast it compares 64 MB of memory with another 64 MB. */
export function guessSpeed(threads: number): Speed {
  const flags = cpuFlags()
  const kind = processors.find(([flag]) => flag.test(flags))
  const [low, high] = kind?.[1] ?? [3e9, 30e9]
  const bandwidth = memoryBandwidth()
  return {
    read: [low * threads, high * threads],
    write: [0.5 * bandwidth, 0.75 * bandwidth * threads],
    how: `from the kind of processor (${kind?.[2] ?? 'unknown'}) and its memory, ${(bandwidth / 1e9).toFixed(0)} GB a second: a rough guess`,
  }
}

function cpuFlags(): string {
  try {
    return /^(?:flags|Features)\s*:.*$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[0] ?? ''
  } catch {
    return ''
  }
}

/** Bytes a second that one thread reads, at best of five. */
function memoryBandwidth(): number {
  const [a, b] = [Buffer.alloc(64e6, 1), Buffer.alloc(64e6, 1)]
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now()
    a.equals(b)
    return performance.now() - start
  })
  return (2 * a.length * 1000) / Math.min(...times)
}
