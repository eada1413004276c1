import { expect, test } from 'vitest'
import { systemClock } from '../src/clock.ts'

test('the real clock sleeps for as long as asked, and less when aborted', async () => {
  const before = systemClock.now()
  await systemClock.sleep(30)
  expect(systemClock.now() - before).toBeGreaterThanOrEqual(29)
  const abort = new AbortController()
  const sleeping = systemClock.sleep(2 ** 31 * 3, abort.signal)
  setTimeout(() => abort.abort(), 10)
  await sleeping
  expect(systemClock.now() - before).toBeLessThan(5000)
})
