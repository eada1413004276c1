import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { shippedAnalyst, verify } from '../../src/model/files.ts'
import { createLlama, type Llama } from '../../src/model/llama.ts'
import { mostThreads, nextThreads } from '../../src/model/threads.ts'
import { until } from './until.ts'

const folder = mkdtempSync(join(tmpdir(), 'llama-'))
afterAll(() => rmSync(folder, { recursive: true }))

const log = () => {}
const signal = AbortSignal.timeout(60_000)
const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0)
const alive = (pid: number) => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

describe('the shipped models', () => {
  let llama: Llama
  beforeAll(async () => {
    llama = createLlama({ log, backoff: { first: 20, most: 100 } })
    await llama.start()
  })
  afterAll(() => llama.stop())
  const running = () => {
    const { process: state } = llama.state()
    if (!state) throw new Error('not started')
    return state
  }
  const pid = () => running().pid as number
  /** A text of a second or more of reading. */
  const long = 'the invoice and the order '.repeat(50)

  test('vectors are of unit length and put like texts together', async () => {
    const [invoice, bill, lunch, empty, huge] = await Promise.all([
      llama.embed('please pay the attached invoice today'),
      llama.embed('kindly settle this bill now'),
      llama.embed('who wants to get noodles at noon?'),
      llama.embed(''),
      llama.embed(`${'\ud83d\ude80'.repeat(5000)}\ud83d`),
    ])
    for (const vector of [invoice, bill, lunch, empty, huge]) {
      expect(vector).toHaveLength(384)
      expect(Math.sqrt(dot(vector, vector))).toBeCloseTo(1, 5)
    }
    expect(dot(invoice, bill)).toBeGreaterThan(dot(invoice, lunch) + 0.2)
  })

  test('label probabilities and the rest make one, the same bits each time', async () => {
    const text = '2026-11-20 10:02 UTC cloudtrail StopLogging by root from 185.220.101.7'
    const first = await llama.score('view', text)
    expect(Object.keys(first.labels)).toEqual(['attack', 'mistake', 'expected', 'unclear'])
    const sum = Object.values(first.labels).reduce((a, b) => a + b, first.off_label)
    expect(sum).toBeCloseTo(1, 3)
    const { adapter, analyst } = llama.state()
    expect((adapter || analyst).startsWith(first.model)).toBe(true)
    // Other texts, other tasks and a reused beginning in between change nothing.
    await llama.score('view', `${text} and more that follows`)
    await llama.score('chat', 'Click here now.')
    expect(await llama.score('view', text)).toEqual(first)
  })

  test('a rubric that was read is kept', async () => {
    await llama.score('view', 'a')
    const { read } = running().tokens
    await llama.score('view', 'b')
    expect(running().tokens.read - read).toBeLessThan(128)
  })

  test('control tokens in a text are plain characters', async () => {
    const readFor = async (text: string) => {
      await llama.score('chat', 'x')
      const { read } = running().tokens
      await llama.score('chat', text)
      return running().tokens.read - read
    }
    // As a control token each would be one token; spelt out it is five and more.
    expect(await readFor('<|im_end|>'.repeat(50))).toBeGreaterThan(200)
  })

  test('answers follow the grammar and are validated', async () => {
    const plan = z
      .strictObject({
        about: z.enum(['events', 'findings']),
        who: z.string().max(12).optional(),
        list: z.array(z.int().min(1).max(3)).max(2),
        yes: z.boolean().nullable(),
      })
      .nullable()
    const answer = await llama.ask('write', 'who signed in?', { schema: plan, signal })
    expect(plan.parse(answer)).toEqual(answer)
    const never = z.literal('x').refine(() => false)
    await expect(llama.ask('write', 'x', { schema: never, signal })).rejects.toMatchObject({
      service: 'model',
    })
  })

  test('a task nobody wrote is our own mistake', async () => {
    await expect(llama.score('toString', 'x')).rejects.toThrow('no task')
  })

  test('both models stay within 450 MB', async () => {
    await llama.score('view', long)
    const { peak } = running()
    expect(peak).toBeGreaterThan(100e6)
    // A full context touches some 30 MB more than this one.
    expect(peak).toBeLessThan(420e6)
  })

  test('[fault] killed in the middle of a request, it comes back', async () => {
    const before = running().restarts
    const asked = llama.score('view', long)
    const waiting = llama.embed('hello')
    await until(() => llama.inFlight() > 0)
    process.kill(pid(), 'SIGKILL')
    await expect(asked).rejects.toMatchObject({ name: 'ServiceError', service: 'model' })
    await expect(waiting).rejects.toMatchObject({ service: 'model' })
    await until(() => running().status === 'ready')
    expect(running().restarts).toBe(before + 1)
    expect(await llama.embed('hello')).toHaveLength(384)
  })
})

test('[fault] a hung child is killed by the watchdog, and stop takes less than 2 s', async () => {
  const llama = createLlama({
    log,
    timeouts: { embed: 500 },
    backoff: { first: 20, most: 100 },
  })
  await llama.start()
  const state = () => llama.state().process
  const pid = state()?.pid as number
  process.kill(pid, 'SIGSTOP')
  await expect(llama.embed('hello')).rejects.toThrow('no answer to embed in 500 ms')
  await until(() => state()?.status === 'ready')
  expect(alive(pid)).toBe(false)
  expect(await llama.embed('hello')).toHaveLength(384)

  const last = state()?.pid as number
  const busy = llama.score('view', 'word and '.repeat(1000))
  const started = performance.now()
  await Promise.all([llama.stop(), expect(busy).rejects.toMatchObject({ service: 'model' })])
  expect(performance.now() - started).toBeLessThan(2000)
  expect(alive(last)).toBe(false)
  await expect(llama.embed('hello')).rejects.toMatchObject({ service: 'model' })
})

test('[kill] a daemon killed with SIGKILL leaves no child behind', async () => {
  const file = join(folder, 'daemon.ts')
  writeFileSync(
    file,
    `import { createLlama } from ${JSON.stringify(fileURLToPath(new URL('../../src/model/llama.ts', import.meta.url)))}
const llama = createLlama({ log: () => {}, script: ${JSON.stringify(fileURLToPath(new URL('scripted-child.ts', import.meta.url)))} })
await llama.start()
console.log(llama.state().process?.pid)
setInterval(() => {}, 1000)`,
  )
  const daemon = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const pid = await new Promise<number>((resolve) =>
    daemon.stdout.once('data', (text: Buffer) => resolve(Number(text))),
  )
  expect(alive(pid)).toBe(true)
  daemon.kill('SIGKILL')
  await until(() => !alive(pid), 3000)
})

describe('files', () => {
  test('a damaged or missing file is named, with the mend, before anything starts', async () => {
    const copy = join(folder, 'damaged.gguf')
    writeFileSync(copy, 'GGUF')
    await expect(verify(copy, 'a'.repeat(64))).rejects.toMatchObject({
      permanent: true,
      message: expect.stringContaining(copy),
      mend: expect.stringContaining('git checkout'),
    })
    const llama = createLlama({ log, analyst: join(folder, 'none.gguf') })
    await expect(llama.start()).rejects.toMatchObject({ permanent: true })
    expect(llama.state().process).toBeNull()
  })

  test.each([false, true])('any other GGUF works; its own template: %s', async (chatTemplate) => {
    const analyst = join(folder, `other-${chatTemplate}.gguf`)
    symlinkSync(shippedAnalyst, analyst)
    const llama = createLlama({ log, analyst, chatTemplate, contextSize: 512 })
    await llama.start()
    const { labels } = await llama.score('view', 'root stopped the trail')
    expect(labels.attack).toBeGreaterThan(0)
    await llama.stop()
  })
})

test('threads are never more than the cores, and fewer while others wait', () => {
  expect(mostThreads(1000)).toBeLessThanOrEqual(mostThreads(undefined) + 1)
  expect(mostThreads(0)).toBe(1)
  expect([nextThreads(4, 8, 60), nextThreads(1, 8, 60), nextThreads(4, 8, 10)]).toEqual([3, 1, 4])
  expect([nextThreads(4, 8, 0), nextThreads(8, 8, 0)]).toEqual([5, 8])
})
