import type { Dimension } from '../types.ts'

/** A frame of another language; `{n}` a noun phrase, `{v}`, `{o}` and `{p}` a verb, `{t}` the time. */
export interface Frame {
  answer: 'list' | 'count' | 'top' | 'timeline' | 'yes_no'
  group?: Dimension
  limit?: 1
  says: string[]
}

/** What a language needs to ask about everything. */
export interface Tongue {
  /**
   * By act: plural nouns (`noun|f` with their gender where adjectives follow it), and what somebody
   * did: a finite phrase, or in German and Dutch `object|participle`.
   */
  acts: Record<string, { n: string[]; v?: string[] }>
  /** Nouns of findings and incidents, and adjectives before or behind them. */
  findings: string[]
  incidents: string[]
  severe: { critical: string; high: string }
  /** Adjectives for what is unusual, plural, before the noun or behind it by gender. */
  odd: { before: string[] } | { m: string[]; f: string[] }
  /** `from {country}` as it is said. */
  countries: Record<string, string>
  continents: Record<string, string>
  /** In Slack, in Gmail, in Google, in AWS, on the server. */
  places: Record<'slack' | 'gmail' | 'workspace' | 'cloudtrail' | 'files', string[]>
  /** Before who acted, behind a noun; before an address. */
  by: string
  /** `how many`, where it follows the gender. */
  many?: { m: string; f: string }
  from: string
  /** Plan words and how they are said. `weekday` names are Sunday first. */
  times: [string, string | undefined, string[]][]
  weekdays: string[]
  /** Since and on a weekday (on each, Sunday first, where they differ). */
  since: string
  on: string | string[]
  /** On and since a date: `%d` the day, `%m` the month. */
  onDate: string
  sinceDate: string
  /** Back by `%`. */
  hours: string
  days: string
  weeks: string
  months: string
  /** Names of the months, and in and since one. */
  monthNames: string[]
  inMonth: string
  sinceMonth: string
  lastNight: string[]
  yesterdayEvening: string[]
  thisYear: string[]
  nouns: Frame[]
  /** Built around what somebody did; `{W}` is who did it. */
  someone: Frame[]
  person: Frame[]
  /** Fixed ones: what somebody did, what happened, whether we were attacked. */
  doings: string[]
  happened: string[]
  hacked: string[]
  suspicious: string[]
  summary: string[]
}
