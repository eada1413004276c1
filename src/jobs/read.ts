import type { App } from '../app.ts'
import { messageOf, ServiceError } from '../core/error.ts'
import { place } from '../core/place.ts'

/** Adds who and where to new events. Returns how many. */
export function placeEvents(app: App): number {
  const { store, people, locate, clock, ear } = app
  const events = store.events.takeUnplaced(500)
  store.transaction(() => {
    for (const event of events) {
      const silent =
        ear === null || !(event.api || event.email || event.unmapped.activity === 'message')
      store.events.savePlaced(place(event, people, locate), silent, clock.now())
    }
  })
  return events.length
}

/** Lets the ear hear a few texts, newest first. While it is away the texts wait; detection does not. */
export async function hearEvents(app: App, signal: AbortSignal): Promise<number> {
  const { store, ear, clock, log } = app
  if (!ear) return 0
  const events = store.events.takeUnheard(16)
  let heard = 0
  for (const event of events) {
    if (signal.aborted) break
    try {
      const scores = await ear.hear(event, store.events.earlier(event), signal)
      store.events.saveHeard(event.metadata.uid, scores, clock.now())
      heard++
    } catch (error) {
      const away = error instanceof ServiceError && !error.permanent
      log('warn', 'not heard', { uid: event.metadata.uid, error: messageOf(error) })
      if (away) break
      store.events.saveHeard(event.metadata.uid, null, clock.now())
    }
  }
  return heard
}
