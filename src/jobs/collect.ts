import type { App } from '../app.ts'
import { messageOf, ServiceError } from '../core/error.ts'
import { changeEvents } from '../core/item-events.ts'
import type { Source } from '../core/ports.ts'
import { weaknessesOf } from './look.ts'
import { noticeOnce } from './notice.ts'

/** How long an account may fail before people are told, in ms. */
const patience = 30 * 60_000

/**
 * Polls one account and saves its events together with its cursor. Returns how many were new.
 * A failure is noted and told in Slack once: at once where only a person can mend it.
 */
export async function collect(app: App, source: Source, signal: AbortSignal): Promise<number> {
  const { store, clock, log } = app
  const { name } = source
  try {
    const polled = await source.poll(store.accounts.cursor(name), signal)
    const now = clock.now()
    return store.transaction(() => {
      const before = store.accounts.get(name)
      const changed = (polled.inventory ?? []).flatMap((inventory) => {
        const changes = store.inventory.replace(inventory, now)
        return changes ? changeEvents(changes, now, (items) => weaknessesOf(app, items)) : []
      })
      const kept = polled.events.filter((event) => !app.isExcluded(event))
      const added = store.events.save([...kept, ...changed], now)
      store.accounts.saveOk(name, polled.cursor, now)
      if (before && told(before, now))
        noticeOnce(
          app,
          `recovered:${name}:${before.failing_since}`,
          `${name} works again`,
          'Reading goes on where it stopped.',
        )
      if (added > 0) log('info', 'collected', { source: name, events: added })
      return added
    })
  } catch (error) {
    if (signal.aborted) return 0
    const permanent = error instanceof ServiceError && error.permanent
    const mend = error instanceof ServiceError ? error.mend : null
    const now = clock.now()
    log('warn', 'collect failed', { source: name, permanent, error: messageOf(error) })
    store.transaction(() => {
      store.accounts.saveFailed(name, messageOf(error), permanent, now)
      const state = store.accounts.get(name)
      if (state && told(state, now))
        noticeOnce(
          app,
          `failing:${name}:${state.failing_since}`,
          `${name} can't be read`,
          `${messageOf(error)}${mend ? ` ${mend}` : ''} Until then nothing of it is watched; it is tried again on its own.`,
        )
    })
    throw error
  }
}

const told = (state: { disabled: boolean; failing_since: number | null }, now: number): boolean =>
  state.disabled || (state.failing_since !== null && now - state.failing_since >= patience)

/** Milliseconds until the next poll after a failure: what the service asks, or doubling to 10 min. */
export function pause(error: unknown, failures: number, interval: number): number {
  if (error instanceof ServiceError && error.permanent) return 3_600_000
  if (error instanceof ServiceError && error.retryAfter !== null) return error.retryAfter
  return Math.min(600_000, Math.max(5_000, interval / 4) * 2 ** Math.min(failures, 8))
}
