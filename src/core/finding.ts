import type { Observable } from './event.ts'
import type { Provenance } from './fact.ts'

/** Every severity, in rising order. */
export const severities = ['informational', 'low', 'medium', 'high', 'critical'] as const
/** OCSF severity, in rising order. */
export type Severity = (typeof severities)[number]

/** 0 for informational to 4 for critical. */
export const severityRank = (severity: Severity): number => severities.indexOf(severity)

/** The highest of a list; informational for none. */
export const worst = (list: Severity[]): Severity =>
  list.reduce((a, b) => (severityRank(b) > severityRank(a) ? b : a), 'informational')

/** One reason a detector gives. Text of outside people stays marked as such for ever. */
export interface Evidence {
  /** What is being told, in the detector's words: `lookalike of`, `link goes to`. */
  name: string
  value: string
  provenance: Provenance
}

/** What a detector says of one event, or of several. */
export interface Finding {
  /** `detector:key`; saying it twice changes nothing. */
  uid: string
  title: string
  severity: Severity
  /** 0–100. */
  confidence_score: number
  /** The detector and what it judges by. */
  analytic: { uid: string; type: 'Rule' | 'Behavioral' | 'Learning' }
  /** MITRE ATT&CK ids, e.g. `T1566.002`. */
  attacks: string[]
  event_uids: string[]
  /** Time of the newest event in it, ms since 1970. */
  time: number
  observables: Observable[]
  evidence: Evidence[]
  is_drill: boolean
}
