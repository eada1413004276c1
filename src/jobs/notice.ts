import type { App } from '../app.ts'

/** Says something about the monitor itself, at most once an hour for the same `about`. */
export function notice(app: App, about: string, title: string, text: string): void {
  const now = app.clock.now()
  const hour = Math.floor(now / 3_600_000)
  app.store.outbox.post({ uid: `notice:${about}:${hour}`, kind: 'notice', title, text }, now)
}
