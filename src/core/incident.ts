import type { Severity } from './finding.ts'

/** The analyst's first view. */
export const views = ['attack', 'mistake', 'expected', 'unclear'] as const
/** One of the analyst's first views. */
export type View = (typeof views)[number]

/** The words of an alert, true by construction (`chosen`), written and checked, or rule text only. */
export interface Summary {
  headline: string
  /** At most 60 words. */
  sentences: string[]
  next_steps: string[]
  /** Sentences of the mail or message itself, shown as quotations. */
  quotes: { said_by: string; text: string }[]
  /** What the model takes it for and how grave it finds it; null where it isn't trusted with that. */
  view: View | null
  level: Severity | null
  /** Who chose the words: the analyst, or the rules alone (model absent), and how many were refused. */
  words: { by: 'analyst' | 'rules'; chosen: number; written: number; refused: number }
}

/** Findings that share entities and time; each finding's row says which incident it is in. */
export interface Incident {
  uid: string
  status: 'new' | 'in_progress' | 'resolved' | 'closed'
  verdict: 'unknown' | 'true_positive' | 'false_positive' | 'benign' | 'test'
  attacks: string[]
  start_time: number
  end_time: number
  modified_time: number
  summary: Summary | null
  /** Computed in code, see severity.ts. */
  risk_level: Severity
  /** 0–100. */
  risk_score: number
  /** Link to the Slack message, once posted. */
  src_url: string | null
  /** The older incident that took this one's findings. */
  merged_into: string | null
  is_drill: boolean
}
