import type { App } from '../app.ts'
import type { Event, Scores } from '../core/event.ts'
import type { Finding, Severity } from '../core/finding.ts'
import { worst } from '../core/finding.ts'
import type { Incident } from '../core/incident.ts'
import { judge } from '../core/judge.ts'
import { place } from '../core/place.ts'
import { eventRisk } from '../core/severity.ts'
import { correlateOne } from './correlate.ts'

/** What is said of one record, from it and the records before it. */
export interface Verdict {
  /** 0–100. */
  risk: number
  severity: Severity
  findings: Pick<Finding, 'uid' | 'title' | 'severity' | 'attacks'>[]
  /** Incident it belongs to at this moment, or null. */
  incident: string | null
}

export type ReplayParts = Pick<
  App,
  'store' | 'detectors' | 'people' | 'locate' | 'clock' | 'log' | 'decoys' | 'ear'
> & {
  mask: (event: Event) => Event
}

/** The walk without waiting, words or posts: each event is judged at once and never revised. */
export function createReplay(parts: ReplayParts) {
  const { store, detectors, people, locate, clock, log, decoys, ear, mask } = parts
  return {
    judge(raw: Event, heard: Scores | null = null): Verdict {
      const event = place(mask(raw), people, locate)
      return store.transaction(() => {
        const history = store.history.before(event)
        const scores = ear?.weigh(event, heard, { history, people }) ?? null
        const context = { history, people, decoys: [...decoys], scores }
        const findings = judge(event, detectors, context, (detector) =>
          log('error', 'detector failed', { detector, uid: event.metadata.uid }),
        )
        if (findings.length > 0) store.events.save([event], clock.now())
        const incidents = findings.map((finding) => {
          store.findings.save(finding, clock.now())
          const whole = store.findings.get(finding.uid) ?? finding
          return correlateOne(parts, whole)
        })
        store.history.learn(event)
        return {
          risk: eventRisk(findings, scores),
          severity: worst(findings.map((f) => f.severity)),
          findings: findings.map(({ uid, title, severity, attacks }) => ({
            uid,
            title,
            severity,
            attacks,
          })),
          incident: incidents.at(-1) ?? null,
        }
      })
    },
    /** Incidents as they stand, with the uids of their events. */
    incidents: (): (Incident & { events: string[] })[] =>
      store.incidents.all().map((incident) => ({
        ...incident,
        events: [
          ...new Set(store.findings.ofIncident(incident.uid).flatMap((f) => f.event_uids)),
        ].sort(),
      })),
  }
}
