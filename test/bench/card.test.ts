import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { benchCommand } from '../../src/bench-command.ts'
import {
  type Card,
  featureIds,
  readCard,
  rubrics,
  shippedCard,
  trusted,
} from '../../src/model/card.ts'
import {
  shippedAdapter,
  shippedAnalyst,
  shippedEar,
  shippedEncoder,
  verify,
} from '../../src/model/files.ts'

const dir = mkdtempSync(join(tmpdir(), 'card-'))
afterAll(() => rmSync(dir, { recursive: true }))

const files = { analyst: 'a', encoder: 'e', adapter: '', ear: '' }
const measured = (feature: Card['measured'][number]['feature'], value: number) => ({
  feature,
  measure: 'share',
  value,
  floor: 0.5,
  cases: 10,
  seconds: 1,
})
const card = (more: Partial<Card>, ...list: Card['measured']): Card => ({
  made: '2026-12-01T00:00:00Z',
  files,
  rubrics: rubrics(),
  measured: list,
  ...more,
})
const on = (cards: (Card | null)[], now = files) =>
  trusted(cards, now)
    .filter((t) => t.on)
    .map((t) => t.feature)

test('what is below its floor is off, what reaches it is on', () => {
  expect(
    on([card({}, measured('view', 0.49), measured('step', 0.5), measured('mail', 0.1))]),
  ).toEqual(['chat', 'step'])
})

test('the box’s own card goes before the one that ships', () => {
  const own = card({}, measured('view', 0.2))
  const shipped = card({}, measured('view', 0.9))
  expect(on([own, shipped])).not.toContain('view')
  expect(on([null, shipped])).toContain('view')
})

test('a card of other files, an other adapter or other words does not count', () => {
  const all = measured('view', 0.9)
  expect(on([card({ rubrics: 'older' }, all)])).not.toContain('view')
  expect(on([card({}, all)], { ...files, analyst: 'bigger' })).not.toContain('view')
  expect(on([card({}, all)], { ...files, adapter: 'x' })).not.toContain('view')
  expect(on([])).toEqual(['mail', 'chat'])
})

test('a damaged card is none', () => {
  const file = join(dir, 'card.json')
  expect(readCard(file)).toBe(null)
  writeFileSync(file, '{"made":')
  expect(readCard(file)).toBe(null)
  writeFileSync(file, JSON.stringify(card({}, measured('view', 0.9))))
  expect(readCard(file)?.measured[0]?.value).toBe(0.9)
})

const shippedNow = async () => ({
  analyst: await verify(shippedAnalyst),
  encoder: await verify(shippedEncoder),
  adapter: await verify(shippedAdapter),
  ear: await verify(shippedEar),
})

test('the card that ships is about the files and words that ship', async () => {
  const all = trusted([readCard(shippedCard)], await shippedNow())
  expect(all.filter((t) => t.measured).map((t) => t.feature)).toEqual(featureIds)
  expect(all.filter((t) => t.on).map((t) => t.feature)).toEqual(
    expect.arrayContaining(['mail', 'chat', 'plan']),
  )
})

test('bench measures every feature and keeps a card that counts from then on', async () => {
  vi.stubEnv('STATE_DIRECTORY', dir)
  const counts = { mails: 6, chats: 6, stories: 3, questions: 2 }
  const { signal } = new AbortController()
  const print = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  expect(await benchCommand({ config: null, json: false, signal, counts })).toBe(0)
  const printed = print.mock.calls.map(([text]) => String(text)).join('')
  print.mockRestore()
  vi.unstubAllEnvs()
  const own = readCard(join(dir, 'model-card.json'))
  expect(own?.measured.map((m) => m.feature).sort()).toEqual([...featureIds].sort())
  const known = trusted([own], await shippedNow())
  for (const { on, measured: m } of known) expect(on).toBe((m?.value ?? 0) >= (m?.floor ?? 1))
  expect(printed).toContain('off  free sentences: ')
  expect(readFileSync(join(dir, 'model-card.md'), 'utf8')).toContain('| reading questions |')
})
