import type { App } from '../app.ts'

const day = 86_400_000
const batch = 500

/**
 * Lets go of words that are no longer kept: first those of events nothing was found in, later those
 * of flagged ones, of what was said about them, and of the posts. Returns how many rows changed.
 */
export function retain({ store, clock, keep }: App): number {
  const now = clock.now()
  const plain = now - keep.days * day
  const flagged = now - Math.max(keep.days, keep.flagged_days) * day
  const changed = store.transaction(
    () =>
      store.events.letGo(plain, flagged, batch) +
      store.findings.letGo(flagged, batch) +
      store.incidents.letGo(flagged, batch) +
      store.outbox.letGo(flagged, batch),
  )
  // Old pages linger in the write-ahead log until it is emptied.
  if (changed > 0) store.tidy()
  return changed
}
