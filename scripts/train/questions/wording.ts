import type { Source } from './types.ts'

/** Adjectives and adverbs of systems. */
export const systems: Record<Source, { names: string[]; places: string[] }> = {
  slack: { names: ['Slack'], places: ['in Slack', 'on Slack', 'in our Slack'] },
  gmail: { names: ['Gmail'], places: ['in Gmail', 'on Gmail'] },
  workspace: {
    names: ['Google', 'Google Workspace', 'Workspace'],
    places: ['in Google', 'in Google Workspace', 'in Workspace', 'on Google Workspace'],
  },
  cloudtrail: {
    names: ['AWS', 'Amazon'],
    places: ['in AWS', 'on AWS', 'in our AWS account', 'in CloudTrail', 'in Amazon'],
  },
  files: {
    names: ['server'],
    places: [
      'on the server',
      'in the log files',
      'in the syslog',
      'on our server',
      'in the server logs',
    ],
  },
}

/** What is unusual, before a noun. */
export const odd = [
  'unusual',
  'unusual',
  'strange',
  'weird',
  'odd',
  'abnormal',
  'out-of-the-ordinary',
]
/** The same, behind it. */
export const oddBehind = [
  'that look odd',
  'that look unusual',
  'that seem strange',
  'out of the ordinary',
  'never seen before',
  'that are out of the ordinary',
]
/** The same, of an activity only: elsewhere they speak of findings. */
export const oddAct = ['suspicious', 'suspicious', 'first-time', 'suspicious-looking']
/** The same, of sign-ins. */
export const newPlace = [
  'from a new device',
  'from a new place',
  'from an unusual place',
  'from somewhere never seen before',
]
/** How an outcome is said before and behind a noun. */
export const outcomes = {
  failure: {
    before: ['failed', 'denied', 'refused', 'blocked'],
    behind: ['that failed', 'that were denied', 'that were refused', 'that got blocked'],
  },
  success: {
    before: ['successful'],
    behind: ['that worked', 'that went through', 'that succeeded', 'that were successful'],
  },
}
/** How a floor of severity is said before and behind a noun. */
export const grades = {
  critical: { before: ['critical'], behind: ['rated critical'] },
  high: {
    before: ['serious', 'high-severity', 'severe', 'urgent', 'important'],
    behind: ['of high severity', 'at high or above', 'high or critical'],
  },
  medium: {
    before: ['medium-or-worse'],
    behind: ['of medium severity or worse', 'at medium and above', 'medium or higher'],
  },
  low: { before: [], behind: ['low and up', 'of low severity or higher', 'at low or above'] },
  informational: { before: [], behind: ['informational and above', 'from informational up'] },
}
/** Nouns of findings and incidents; `*` is the plural. */
export const reports = {
  findings: ['alert*', 'alert*', 'warning*', 'detection*', 'finding*', 'red flag*'],
  incidents: ['incident*', 'incident*', 'case*', 'security incident*', 'breach{,es}', 'attack*'],
}
/** Adjectives of continents. */
export const continental: Record<string, string> = {
  Africa: 'African',
  Asia: 'Asian',
  Europe: 'European',
  'North America': 'North American',
  'South America': 'South American',
}
/** Nouns that name a deed, which alone can fail or succeed. */
export const deed =
  /\b(change|reset|creation|removal|deletion|launch|download|export|read|install|installation|share|grant|edit|update|attempt|access|start|wipe|upload|mail|email|forward|rule|filter|consent|suspension|deactivation|authorisation|authorization|fetch|lookup|retrieval|assignment|modification|call|request)(\*|\{| @|$)/

const ending = /\{([a-z]*),([a-z]*)\}/
/** `deletion* of data` → `deletions of data`. */
export const plural = (noun: string): string => noun.replace('*', '{,s}').replace(ending, '$2')
/** `entr{y,ies}` → `entry`. */
export const singular = (noun: string): string => noun.replace('*', '{,s}').replace(ending, '$1')
