import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { catalogue, type KnownModel, shippedShape } from '../../src/model/catalogue.ts'
import { alertTokens, memoryOf, type Range, secondsOf } from '../../src/model/estimate.ts'
import { shippedAnalyst } from '../../src/model/files.ts'
import { createLlama } from '../../src/model/llama.ts'
import { guessSpeed, measureSpeed } from '../../src/model/speed.ts'

const known = (id: string) => catalogue.find((model) => model.id === id) as KnownModel
const holds = ([low, high]: Range, value: number) => value >= low && value <= high

test('times that were measured on a machine of known speed lie within the estimate', () => {
  // Two Zen 4 cores: 125 billion operations a second each, 52 GB a second; the best rates measured.
  const speed = { read: [230e9, 260e9], write: [0.5 * 52e9, 0.75 * 52e9], how: '' } as const
  const measured = [
    ['llama-3.2-1b', 129, 44.5],
    ['llama-3.2-3b', 44.9, 19.3],
    ['mistral-7b-v0.3', 17.4, 8.2],
  ] as const
  for (const [id, read, written] of measured) {
    const { shape, size } = known(id)
    expect(holds(secondsOf(shape, size ?? 0, speed), alertTokens.read / read), id).toBe(true)
    const both = alertTokens.read / read + alertTokens.written / written
    expect(holds(secondsOf(shape, size ?? 0, speed, alertTokens.written), both), id).toBe(true)
  }
})

test('the memory that the shipped models take lies within the estimate', async () => {
  const llama = createLlama({ log: () => {} })
  await llama.start()
  await llama.score('view', 'the invoice and the order '.repeat(100))
  const peak = llama.state().process?.peak ?? 0
  await llama.stop()
  const [low, high] = memoryOf(shippedShape, statSync(shippedAnalyst).size)
  expect(peak).toBeGreaterThan(low * 0.9)
  expect(peak).toBeLessThan(high * 1.1)
})

test('a machine that can’t start the models is guessed from what it is', () => {
  const { read, write, how } = guessSpeed(2)
  expect(how).toContain('guess')
  expect(read[0]).toBeLessThan(read[1])
  // From the slowest boards to the fastest servers.
  expect(write[0]).toBeGreaterThan(0.3e9)
  expect(write[1]).toBeLessThan(500e9)
})

test('the guess and the timing are of one size', async () => {
  const timed = await measureSpeed(1, AbortSignal.timeout(60_000))
  const guessed = guessSpeed(1)
  expect(timed.how).toContain('timing')
  // A busy machine is slower than its kind promises.
  expect(timed.read[0]).toBeLessThan(guessed.read[1] * 3)
  expect(timed.read[1]).toBeGreaterThan(guessed.read[0] / 30)
})
