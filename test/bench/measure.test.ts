import { expect, test } from 'vitest'
import {
  above,
  area,
  calibrationError,
  interval,
  macroF1,
  recallAt,
  thresholdAt,
} from '../../src/bench/measure.ts'

test('the area counts how often the bad stand above the good', () => {
  expect(area([3, 4], [1, 2])).toBe(1)
  expect(area([1, 2], [3, 4])).toBe(0)
  expect(area([1, 1], [1, 1])).toBe(0.5)
  expect(area([2], [1, 2, 3])).toBe(0.5)
})

test('a threshold lets no more than its share of the good pass', () => {
  const good = Array.from({ length: 1000 }, (_, i) => i / 1000)
  for (const share of [0, 0.001, 0.01, 0.15])
    expect(above(good, thresholdAt(good, share))).toBeLessThanOrEqual(share)
  expect(recallAt([0.9895, 0.5], good, 0.01)).toBe(0.5)
})

test('intervals hold the share and narrow with more', () => {
  const [low, high] = interval(1, 100)
  expect(low).toBeLessThan(0.01)
  expect(high).toBeGreaterThan(0.01)
  const [, closer] = interval(100, 10_000)
  expect(closer).toBeLessThan(high)
  expect(interval(0, 0)).toEqual([0, 1])
})

test('calibration and F1 of the right and the wrong', () => {
  expect(calibrationError([1, 0], [true, false])).toBe(0)
  expect(calibrationError([1, 0], [false, true])).toBe(1)
  expect(
    macroF1([
      ['a', 'a'],
      ['b', 'b'],
    ]),
  ).toBe(1)
  expect(
    macroF1([
      ['a', 'a'],
      ['b', 'a'],
    ]),
  ).toBeCloseTo(1 / 3, 9)
})
