import type { Scores } from './event.ts'
import { type Finding, type Severity, severities, severityRank, worst } from './finding.ts'

/** Labels of the ear that speak of harm. */
const hostile = ['phishing', 'bec', 'malicious']

/** How harmful the ear finds a text, 0–1. */
export const hostility = (scores: Scores | null): number =>
  scores ? hostile.reduce((sum, label) => sum + (scores.labels[label] ?? 0), 0) : 0

/**
 * 0–100: 20 × the rank of the worst severity (low 20, medium 40, high 60, critical 80), and up to
 * 20 more for how sure and how many the findings are: 20 × (1 − Π(1 − cᵢ·wᵢ)), where cᵢ is the
 * confidence (0–1) and wᵢ = (rankᵢ + 1) / (worst rank + 1). Kept just below the next step.
 */
export function riskOf(findings: Finding[], level: Severity): number {
  if (findings.length === 0) return 0
  const top = severityRank(worst(findings.map((f) => f.severity)))
  const doubt = findings.reduce(
    (product, f) =>
      product * (1 - (f.confidence_score / 100) * ((severityRank(f.severity) + 1) / (top + 1))),
    1,
  )
  return Math.min(100, 20 * severityRank(level) + 19.9999 * (1 - doubt))
}

/** Risk of one event: its findings', or below 20 by what the ear alone thinks of it. */
export const eventRisk = (findings: Finding[], scores: Scores | null): number =>
  findings.length === 0
    ? 19.9999 * Math.min(1, hostility(scores))
    : riskOf(findings, worst(findings.map((f) => f.severity)))

/**
 * Level of an incident: the worst of its findings; one step more where findings at medium or above
 * stand in two or more accounts' products (a story, not a slip); evidence of models alone never
 * above medium.
 */
export function incidentLevel(findings: Finding[], productOf: (uid: string) => string): Severity {
  const level = worst(findings.map((f) => f.severity))
  if (findings.every((f) => f.analytic.type === 'Learning'))
    return severityRank(level) > 2 ? 'medium' : level
  const products = new Set(
    findings
      .filter((f) => severityRank(f.severity) >= 2)
      .flatMap((f) => f.event_uids.map(productOf)),
  )
  if (products.size < 2) return level
  return severities[Math.min(severityRank(level) + 1, severities.length - 1)] as Severity
}
