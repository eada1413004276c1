import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type Card, readCard, rubrics, trusted } from '../../src/model/card.ts'

const dir = mkdtempSync(join(tmpdir(), 'card-'))
afterAll(() => rmSync(dir, { recursive: true }))

const files = { analyst: 'a', encoder: 'e', adapter: '' }
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
