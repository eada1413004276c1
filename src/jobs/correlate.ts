import { createHash } from 'node:crypto'
import type { App } from '../app.ts'
import { joints } from '../core/correlate.ts'
import type { Finding } from '../core/finding.ts'
import { incidentLevel, riskOf } from '../core/severity.ts'

type Parts = Pick<App, 'store' | 'clock' | 'people'>

/**
 * Puts loose findings into incidents: into the open one that shares a joint within its window,
 * into a new one otherwise. A finding that belongs to several makes them one: the older uid
 * survives. The result does not depend on the order of arrival.
 */
export function correlate(app: Parts): number {
  const loose = app.store.findings.takeLoose(200)
  app.store.transaction(() => {
    for (const finding of loose) correlateOne(app, finding)
  })
  return loose.length
}

/** As `correlate`, for one finding; returns its incident's uid. */
export function correlateOne(app: Parts, finding: Finding): string {
  const { store, clock, people } = app
  const joining = joints(finding, people, store.history.peopleWith)
  const own = store.findings.incidentOf(finding.uid)
  const candidates = new Set(store.findings.sharing(finding, joining))
  if (own) candidates.add(own)
  const uid =
    candidates.size > 0 ? store.incidents.oldest([...candidates]) : newIncident(app, finding)
  store.findings.place(finding, joining, uid, clock.now())
  for (const other of candidates) if (other !== uid) merge(app, other, uid)
  refresh(app, uid)
  return uid
}

function newIncident({ store, clock }: Parts, finding: Finding): string {
  const hash = createHash('sha256').update(finding.uid).digest('hex')
  const uid = `INC-${hash.slice(0, 8).toUpperCase()}`
  const now = clock.now()
  store.incidents.save({
    uid,
    status: 'new',
    verdict: finding.is_drill ? 'test' : 'unknown',
    attacks: [],
    start_time: finding.time,
    end_time: finding.time,
    modified_time: now,
    summary: null,
    risk_level: finding.severity,
    risk_score: 0,
    src_url: null,
    merged_into: null,
    is_drill: finding.is_drill,
  })
  return uid
}

function merge({ store, clock }: Parts, younger: string, older: string): void {
  store.findings.move(younger, older)
  const incident = store.incidents.get(younger)
  if (!incident) return
  store.incidents.save({
    ...incident,
    status: 'closed',
    merged_into: older,
    modified_time: clock.now(),
  })
}

/** Computes an incident anew from its findings; one without any left is gone. */
export function refresh({ store, clock }: Parts, uid: string): void {
  const incident = store.incidents.get(uid)
  if (!incident) return
  const tallies = store.findings.tally(uid)
  if (tallies.length === 0) {
    store.incidents.remove(uid)
    return
  }
  const risk_level = incidentLevel(tallies)
  store.incidents.save({
    ...incident,
    attacks: [...new Set(tallies.flatMap((t) => t.attacks))].sort(),
    start_time: Math.min(...tallies.map((t) => t.start)),
    end_time: Math.max(...tallies.map((t) => t.end)),
    risk_level,
    risk_score: riskOf(tallies, risk_level),
    modified_time: clock.now(),
  })
}
