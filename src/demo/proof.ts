import type { App } from '../app.ts'
import type { HeardEvent } from '../core/event.ts'
import { severityRank } from '../core/finding.ts'
import { correlate } from '../jobs/correlate.ts'
import { detect } from '../jobs/detect.ts'
import { alertFrom } from '../jobs/notify.ts'
import { placeEvents } from '../jobs/read.ts'
import { createRng } from '../office/rng.ts'
import type { Truth } from '../office/world.ts'
import { openStore } from '../store/store.ts'

/** The walk over events already masked, in a store of its own that is forgotten afterwards. */
function openWalk(app: App) {
  const store = openStore('', { text: (text) => ({ text, secrets: [] }), event: (e) => e })
  // What was heard is given; only its weighing is done again.
  const ear: App['ear'] = app.ear && { ...app.ear, hear: async () => null }
  const parts: App = { ...app, store, ear }
  const now = app.clock.now()
  return {
    store,
    take(heard: HeardEvent[]): void {
      store.transaction(() => {
        store.events.save(
          heard.map((h) => h.event),
          now,
        )
        while (placeEvents(parts) > 0);
        for (const { event, scores } of heard)
          store.events.saveHeard(event.metadata.uid, scores, now)
        while (detect(parts) > 0);
        while (correlate(parts) > 0);
      })
    },
    /** Finding uid → the events it cites. */
    findings: (): Map<string, string[]> =>
      new Map(
        store.incidents
          .all()
          .flatMap((i) => store.findings.ofIncident(i.uid))
          .map((f) => [f.uid, f.event_uids]),
      ),
    /** Incidents that alert, as sorted lists of event uids. */
    incidents: (): string[] =>
      store.incidents
        .all()
        .filter((i) => severityRank(i.risk_level) >= alertFrom)
        .map((i) =>
          [...new Set(store.findings.ofIncident(i.uid).flatMap((f) => f.event_uids))]
            .sort()
            .join(' '),
        )
        .sort(),
  }
}

const byTime = (a: HeardEvent, b: HeardEvent) =>
  a.event.time - b.event.time || (a.event.metadata.uid < b.event.metadata.uid ? -1 : 1)

/** Whether each attack event, taken out, takes its findings with it. */
export function withoutEach(app: App, truth: Truth[]) {
  const all = app.store.events.all().sort(byTime)
  const full = openWalk(app)
  full.take(all)
  const findings = full.findings()
  full.store.close()
  return truth.flatMap(({ name, events }) =>
    events.map((uid) => {
      const its = [...findings].filter(([, cited]) => cited.includes(uid)).map(([id]) => id)
      const walk = openWalk(app)
      walk.take(all.filter((h) => h.event.metadata.uid !== uid))
      const left = walk.findings()
      walk.store.close()
      return { attack: name, event: uid, findings: its, gone: its.every((id) => !left.has(id)) }
    }),
  )
}

/**
 * Lets what happened from `since` on arrive in `tries` random orders, in polls of random size, and
 * counts how many end in the same incidents as the order of time.
 */
export function inRandomOrders(app: App, since: number, tries: number, seed: number) {
  const all = app.store.events.all().sort(byTime)
  const before = all.filter((h) => h.event.time < since)
  const after = all.filter((h) => h.event.time >= since)
  const endOf = (polls: HeardEvent[][]): string => {
    const walk = openWalk(app)
    walk.take(before)
    for (const poll of polls) walk.take(poll)
    const result = JSON.stringify(walk.incidents())
    walk.store.close()
    return result
  }
  const expected = endOf([after])
  const rng = createRng(seed)
  let same = 0
  for (let i = 0; i < tries; i++) {
    const order = rng.sample(after, after.length)
    const polls: HeardEvent[][] = []
    while (order.length > 0) polls.push(order.splice(0, rng.int(1, 20)))
    if (endOf(polls) === expected) same++
  }
  return { tried: tries, same, events: after.length }
}
