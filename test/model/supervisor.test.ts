import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { createLlama, type Llama, type LlamaOptions } from '../../src/model/llama.ts'
import { until } from './until.ts'

// The child is a stand-in, started and watched exactly as the real one is: what is tested here is
// what the daemon does when a child misbehaves in ways a real model can't be made to.
const script = fileURLToPath(new URL('scripted-child.ts', import.meta.url))
let llama: Llama
let told: string[] = []

async function start(options: Partial<LlamaOptions> = {}) {
  told = []
  llama = createLlama({
    log: (_, msg, fields) => told.push(`${msg} ${JSON.stringify(fields)}`),
    script,
    timeouts: { embed: 1000 },
    backoff: { first: 20, most: 100 },
    watch: 50,
    ...options,
  })
  await llama.start()
}
const ready = () => until(() => llama.state().process?.status === 'ready')
afterEach(() => llama.stop())

test('[fault] a request that ended the child twice is quarantined, and others go on', async () => {
  await start()
  await expect(llama.embed('die')).rejects.toMatchObject({ service: 'model', permanent: false })
  await ready()
  await expect(llama.embed('die')).rejects.toMatchObject({ permanent: true })
  await ready()
  const { restarts } = llama.state().process ?? {}
  await expect(llama.embed('die')).rejects.toMatchObject({ permanent: true })
  expect(await llama.embed('hello')).toHaveLength(384)
  expect(llama.state().process).toMatchObject({ restarts, quarantined: 1 })
})

test('[fault] everything that waits is refused when the child ends, and until it is back', async () => {
  await start({ backoff: { first: 500, most: 500 } })
  const waiting = ['die', 'a', 'b'].map((text) => llama.embed(text))
  expect(llama.inFlight()).toBe(3)
  const ends = await Promise.allSettled(waiting)
  for (const end of ends) expect(end).toMatchObject({ reason: { service: 'model' } })
  expect(llama.inFlight()).toBe(0)
  await expect(llama.embed('c')).rejects.toSatisfy(
    (error: { retryAfter: number }) => error.retryAfter > 0 && error.retryAfter <= 500,
  )
  await ready()
  expect(await llama.embed('c')).toHaveLength(384)
})

test('[fault] a child that grows past its budget is killed and started again', async () => {
  await start({ memory: 250e6 })
  await llama.embed('grow').catch(() => {})
  await until(() => llama.state().process?.restarts === 1)
  await ready()
  expect(llama.state().process?.resident).toBeLessThan(250e6)
  expect(told.find((line) => line.startsWith('model process ended'))).toMatch(
    /it held \d+ MB of 250/,
  )
})

test.each(['garbage', 'wrong shape'])(
  '[fault] an answer that is %s ends the child',
  async (text) => {
    await start()
    await expect(llama.embed(text)).rejects.toMatchObject({ service: 'model', permanent: false })
    await ready()
    expect(llama.state().process?.restarts).toBe(1)
  },
)

test('an error the child tells of refuses that request only', async () => {
  await start()
  await expect(llama.embed('refuse')).rejects.toThrow('no')
  expect(await llama.embed('hello')).toHaveLength(384)
  expect(llama.state().process?.restarts).toBe(0)
})

test('[fault] a child that dies again and again is started ever more slowly', async () => {
  await start({ backoff: { first: 20, most: 80 } })
  for (let i = 0; i < 4; i++) {
    await llama.embed(i % 2 ? 'garbage' : 'wrong shape').catch(() => {})
    await ready()
  }
  const waits = told.flatMap((line) => /"retry_ms":(\d+)/.exec(line)?.[1] ?? [])
  expect(waits).toEqual(['20', '40', '80', '80'])
})

test('a request that is called off leaves the queue, and one under way is forgotten', async () => {
  await start()
  const stop = new AbortController()
  const running = llama.embed('slow', stop.signal)
  const queued = llama.embed('a', stop.signal)
  const other = llama.embed('b')
  stop.abort()
  await expect(running).rejects.toThrow('aborted')
  await expect(queued).rejects.toThrow('aborted')
  expect(await other).toHaveLength(384)
  expect(llama.inFlight()).toBe(0)
})

test('hearing does not wait for the analyst', async () => {
  await start({ timeouts: { embed: 1000, score: 300 } })
  const order: string[] = []
  const note = (name: string) => () => void order.push(name)
  await Promise.all([
    // The stand-in never answers the analyst's requests, so time-outs show whose turn came.
    llama.score('view', 'x').catch(note('score')),
    llama.embed('slow').then(note('embed')),
  ])
  expect(order).toEqual(['embed', 'score'])
})
