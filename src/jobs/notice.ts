import type { App } from '../app.ts'

/** Says something about the monitor itself, once for the same `about`, however often it is asked. */
export function noticeOnce(app: App, about: string, title: string, text: string): void {
  app.store.outbox.post({ uid: `notice:${about}`, kind: 'notice', title, text }, app.clock.now())
}

/** As `noticeOnce`, and again when an hour has passed. */
export function notice(app: App, about: string, title: string, text: string): void {
  const hour = Math.floor(app.clock.now() / 3_600_000)
  noticeOnce(app, `${about}:${hour}`, title, text)
}
