import type { App } from '../app.ts'
import { messageOf } from '../core/error.ts'
import type { HeardEvent } from '../core/event.ts'
import { judge } from '../core/judge.ts'
import { refresh } from './correlate.ts'

/** How long detection waits for the ear, in ms. */
const earPatience = 5_000
/** How far a late event makes the same actor's later events be judged again, in ms. */
const lateReach = 6 * 3_600_000

/**
 * Judges events, oldest first: findings, what history learns, and the mark on each event in one
 * transaction. A second judgement replaces the first: what no longer holds is retracted, unless
 * people were already told.
 */
export function detect(app: App): number {
  const { store, clock } = app
  const batch = store.events.takeUndetected(clock.now() - earPatience, 500)
  store.transaction(() => {
    for (const item of batch) detectOne(app, item)
  })
  return batch.length
}

/** When the ear's time for an event runs out, or null. */
export function detectDue({ store }: App): number | null {
  const stored = store.events.oldestWaiting()
  return stored === null ? null : stored + earPatience
}

function detectOne(app: App, { event, scores: heard }: HeardEvent): void {
  const { store, clock, detectors, people, decoys, ear, log } = app
  const now = clock.now()
  const history = store.history.before(event)
  const scores = ear?.weigh(event, heard, { history, people }) ?? null
  const findings = judge(
    event,
    detectors,
    { history, people, decoys: [...decoys], scores },
    (id, e) =>
      log('error', 'detector failed', {
        detector: id,
        uid: event.metadata.uid,
        error: messageOf(e),
      }),
  )
  for (const finding of findings) store.findings.save(finding, now)
  const said = new Set(findings.map((f) => f.uid))
  for (const old of store.findings.ofEvent(event.metadata.uid)) {
    if (said.has(old.uid)) continue
    const incident = store.findings.incidentOf(old.uid)
    if (incident && store.outbox.get(`alert:${incident}`)) continue
    store.findings.retract(old, event.metadata.uid, now)
    if (incident) refresh(app, incident)
  }
  if (store.history.learn(event)) store.events.reopenAfter(event, lateReach)
  store.events.saveDetected(event, now)
}
