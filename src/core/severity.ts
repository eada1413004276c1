import type { Scores } from './event.ts'
import { type Finding, type Severity, severities, severityRank, worst } from './finding.ts'

/** Labels of the ear that speak of harm. */
const hostile = ['phishing', 'bec', 'malicious', 'attack']

/** Below this hostility the ear finds a text harmless. */
export const doubt = 0.3

/** How harmful the ear finds a text, 0–1. */
export const hostility = (scores: Scores | null): number =>
  scores ? hostile.reduce((sum, label) => sum + (scores.labels[label] ?? 0), 0) : 0

/** The same against what is honest: that a mail is unwanted says nothing of fraud. */
export const suspicion = (scores: Scores | null): number =>
  hostility(scores) / Math.max(1e-9, 1 - (scores?.labels.spam ?? 0))

/** Findings of one incident that weigh the same, counted together. */
export interface Tally {
  severity: Severity
  /** 0–100. */
  confidence_score: number
  type: Finding['analytic']['type']
  product: string
  attacks: string[]
  n: number
}

const tallyOf = (f: Finding): Tally => ({ ...f, type: f.analytic.type, product: '', n: 1 })

const worstOf = (tallies: Tally[]): Severity => worst(tallies.map((t) => t.severity))

/**
 * 0–100: 20 × the rank of the level (low 20, medium 40, high 60, critical 80), and up to 20 more
 * for how sure and how many the findings are: 20 × (1 − Π(1 − cᵢ·wᵢ)), where cᵢ is the confidence
 * (0–1) and wᵢ = (rankᵢ + 1) / (worst rank + 1). Kept just below the next step.
 */
export function riskOf(tallies: Tally[], level: Severity): number {
  if (tallies.length === 0) return 0
  const top = severityRank(worstOf(tallies))
  const doubt = tallies.reduce((product, { confidence_score, severity, n }) => {
    const weight = (confidence_score / 100) * ((severityRank(severity) + 1) / (top + 1))
    return product * (1 - weight) ** n
  }, 1)
  return Math.min(100, 20 * severityRank(level) + 19.9999 * (1 - doubt))
}

/** Risk of one event: its findings', or below 20 by what the ear alone thinks of it. */
export function eventRisk(findings: Finding[], scores: Scores | null): number {
  const tallies = findings.map(tallyOf)
  return tallies.length === 0
    ? 19.9999 * Math.min(1, suspicion(scores))
    : riskOf(tallies, worstOf(tallies))
}

/**
 * Level of an incident: the worst of its findings; one step more where findings at medium or above
 * stand in two or more accounts' products (a story, not a slip); evidence of models alone never
 * above medium.
 */
export function incidentLevel(tallies: Tally[]): Severity {
  const level = worstOf(tallies)
  if (tallies.every((t) => t.type === 'Learning')) return severityRank(level) > 2 ? 'medium' : level
  const products = new Set(
    tallies.filter((t) => severityRank(t.severity) >= 2).map((t) => t.product),
  )
  if (products.size < 2) return level
  return severities[Math.min(severityRank(level) + 1, severities.length - 1)] as Severity
}
