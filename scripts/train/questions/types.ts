import type { Plan } from '../../../src/core/plan.ts'

export type Activity = NonNullable<Plan['activities']>[number]
export type Source = NonNullable<Plan['sources']>[number]
export type Dimension = NonNullable<Plan['group_by']>

/** A value as the plan holds it and as a question says it; `own` is its possessive. */
export interface Value {
  value: string
  shown: string
  own: string
  /** The asker: `I` as a subject. */
  me?: true
  /** The system its name gives away. */
  source?: Source
}

export type WhoKind = 'staff' | 'cloud' | 'sender'
export type TargetKind =
  | 'account'
  | 'newcomer'
  | 'file'
  | 'folder'
  | 'bucket'
  | 'app'
  | 'channel'
  | 'policy'
  | 'trail'
  | 'log'
  | 'firewall'
  | 'instance'
  | 'secret'
  | 'mailbox'
  | 'outsider'
  | 'decoy'
  | 'group'
  | 'key'
  | 'setting'
export type TextKind = 'topic' | 'subject' | 'link' | 'port' | 'machine' | 'region' | 'client'

/**
 * Ways of saying an activity. `{a,b}` in a noun is its singular and plural ending, `*` is `{,s}`.
 * Verbs are `base/past/participle/ing rest`. Passives are `subject|participle`, a plural subject led
 * by `+`. A phrase may end in ` @source` and ` ~text` it implies. `{T}` is the target, `{O}` its
 * possessive.
 */
export interface Act {
  id: string
  activities: Activity[]
  weight?: number
  nouns: string[]
  /** Nouns that can't be counted. */
  mass?: string[]
  does?: string[]
  done?: string[]
  /** Passives that ask for the thing: `whose password|reset`. */
  which?: string[]
  /** Actives that ask for the thing: `which files|download/downloaded/downloaded/downloading`. */
  dids?: string[]
  /** `what did Ana …` alone, without the thing, means this act and no other. */
  alone?: true
  /** Nouns of the things it can be grouped by. */
  things?: string[]
  targets?: { kinds: TargetKind[]; of: string[]; does?: string[]; done?: string[] }[]
  who: WhoKind
  /** Prepositions before who acted; `by` where absent. */
  by?: string[]
  /** The acting person may stand as a possessive. */
  own?: boolean
  /** Nouns for those who act, where `user` is wrong. */
  actors?: string[]
  systems: Source[]
  /** Names that stand for a system with this activity, besides its own. */
  names?: Partial<Record<Source, string[]>>
  texts?: TextKind[]
  outcomes?: true
  unusual?: false
}
