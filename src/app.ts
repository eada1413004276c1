import type { Check } from './core/check.ts'
import type { Event, Observable } from './core/event.ts'
import type { People } from './core/people.ts'
import type { Analyst, Clock, Detector, Ear, Notifier, Source } from './core/ports.ts'
import type { Log } from './log.ts'
import type { Memory } from './store/memory.ts'
import type { Store } from './store/store.ts'

/** The parts each job is given. */
export interface App {
  clock: Clock
  log: Log
  store: Store
  memory: Memory
  sources: Source[]
  detectors: readonly Detector[]
  checks: readonly Check[]
  ear: Ear | null
  analyst: Analyst
  notifier: Notifier
  people: People
  decoys: readonly Observable[]
  /** Adds country, continent and network to an address: from a file on the box. */
  locate: (ip: string) => Event['src_endpoint']
  timeZone: string
  /** Days that words are kept: of events, and of those something was found in. */
  keep: { days: number; flagged_days: number }
  /** Whether an event must not be kept at all. */
  isExcluded: (event: Event) => boolean
  /** What the models may not do because they were found too weak on this box, a sentence each. */
  distrusted: () => string[]
}
