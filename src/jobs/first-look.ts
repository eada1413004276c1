import type { App } from '../app.ts'
import { severities, severityRank } from '../core/finding.ts'
import { look } from './look.ts'
import { alertFrom, isMuted } from './notify.ts'
import { headlineOf } from './story.ts'

/**
 * Once, when the first day of every reachable account has been read and judged: one message that
 * says what was found in it, instead of one alert each, and what is wrong with the accounts anyway.
 */
export function firstLook(app: App): number {
  const { store, clock, sources } = app
  if (store.meta.get('first_look') !== null) return 0
  const accounts = store.accounts.all()
  const polled = sources.every((s) => accounts.some((a) => a.name === s.name && a.polled_time))
  if (!polled || store.events.backfillWaiting() > 0 || store.findings.takeLoose(1).length > 0)
    return 0

  const now = clock.now()
  const untold = store.incidents
    .all()
    .filter((i) => !store.outbox.get(`alert:${i.uid}`))
    .filter((i) => !store.findings.ofIncident(i.uid).every((f) => isMuted(app, f)))
  const counts = severities
    .map((name) => ({ name, value: untold.filter((i) => i.risk_level === name).length }))
    .filter(({ value }) => value > 0)
    .reverse()
  store.transaction(() => {
    store.outbox.post(
      {
        uid: 'first_look',
        kind: 'first_look',
        title: 'First look: what is already there',
        counts: [{ name: 'events read', value: store.events.total() }, ...counts],
        found: untold
          .filter((i) => severityRank(i.risk_level) >= alertFrom)
          .sort((a, b) => b.risk_score - a.risk_score)
          .slice(0, 20)
          .map((i) => ({
            severity: i.risk_level,
            text: headlineOf(app, i),
          })),
        wrong: look(app).map(({ severity, text, mend }) => ({ severity, text, mend })),
      },
      now,
    )
    store.meta.set('first_look', String(now))
  })
  return 1
}
