import { expect, test } from 'vitest'
import { killWalk } from './walk.ts'

const kills = 20

test(`[kill ${kills}] killed at random moments, nothing is missing and no alert stands twice`, async () => {
  const result = await killWalk(kills, () => {})
  expect(result.missing).toEqual([])
  expect(result.twice).toEqual([])
  expect(result.kills.daemon + result.kills.model + result.kills.post).toBe(kills)
}, 400_000)
