import { expect, test } from 'vitest'
import { walkSeed } from './seed.ts'

test.each([2, 20, 21])(
  'office %i: each attack is one incident of exactly its events',
  async (seed) => {
    const walk = await walkSeed(seed)
    try {
      expect(walk.attacks).toHaveLength(2)
      for (const attack of walk.attacks)
        expect(attack).toMatchObject({ exact: true, missed: [], extra: [] })
      expect(new Set(walk.attacks.map((a) => a.incident)).size).toBe(2)
      expect(walk.other).toEqual([])
    } finally {
      walk.close()
    }
  },
  120_000,
)
