import { drillOf, type Event, uniqueObservables } from './event.ts'
import { type Finding, severityRank } from './finding.ts'
import type { DetectContext, Detector } from './ports.ts'

/**
 * What the detectors say of one event. A detector that throws is reported through `failed` and
 * the others go on: one broken rule must not blind the rest.
 */
export function judge(
  event: Event,
  detectors: readonly Detector[],
  context: DetectContext,
  failed: (detector: string, error: unknown) => void,
): Finding[] {
  return detectors.flatMap((detector) => {
    try {
      const match = detector.match(event, context)
      if (!match) return []
      const severity = match.severity ?? detector.level
      return {
        uid: `${detector.id}:${match.key ?? event.metadata.uid}`,
        title: detector.title,
        severity: detector.type === 'Learning' && severityRank(severity) > 2 ? 'medium' : severity,
        confidence_score: match.confidence_score ?? 80,
        analytic: { uid: detector.id, type: detector.type },
        attacks: detector.attacks,
        event_uids: [event.metadata.uid],
        time: event.time,
        observables: uniqueObservables([...event.observables, ...(match.observables ?? [])]),
        evidence: match.evidence ?? [],
        is_drill: drillOf(event) !== null,
      } satisfies Finding
    } catch (error) {
      failed(detector.id, error)
      return []
    }
  })
}
