import type { Rng } from '../../../src/office/rng.ts'

/** One of a list by its members' weights, 1 where they have none. */
export function weighted<T extends { weight?: number }>(rng: Rng, list: readonly T[]): T {
  let left = rng.next() * list.reduce((sum, { weight = 1 }) => sum + weight, 0)
  for (const one of list) {
    left -= one.weight ?? 1
    if (left < 0) return one
  }
  return list[0] as T
}
