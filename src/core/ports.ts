import type { ZodType } from 'zod'
import type { Event, Observable, Scores } from './event.ts'
import type { Evidence, Finding, Severity } from './finding.ts'
import type { Incident, Summary } from './incident.ts'
import type { Inventory } from './inventory.ts'
import type { Message, Ref } from './message.ts'
import type { People } from './people.ts'

/** Time. Passed in by `main`, shared with the office in demos. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number
  /** Resolves after `ms`, or at once when `signal` aborts (it never rejects). */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** An account that is polled. Never sees the queue or another source. */
export interface Source {
  /** Which account: `slack:acme`, `gmail:ana@acme.example`, `cloudtrail:prod`. */
  readonly name: string
  /** Milliseconds between polls. */
  readonly interval: number
  /**
   * What happened since `cursor` (null at first: 24 hours back, labelled `backfill`). Cursor is
   * opaque JSON; it is stored in one transaction with the events, so a poll may be repeated.
   * `inventory`: what the account holds now, each scope whole.
   * @throws ServiceError
   */
  poll(
    cursor: unknown,
    signal: AbortSignal,
  ): Promise<{ events: Event[]; cursor: unknown; inventory?: Inventory[] }>
  /** Reachable, and with which scopes? One line each for `doctor`. @throws ServiceError */
  check(signal: AbortSignal): Promise<{ name: string; ok: boolean; text: string }[]>
}

/** What the store remembers, as of the event's time and without the event itself. */
export interface History {
  /** Time the value was first seen with the entity, or null. */
  firstSeen(entity: string, kind: string, value: string): number | null
  /** Events with the value (null: any value) in the `sinceMs` before the event, up to 1,000. */
  count(entity: string, kind: string, value: string | null, sinceMs: number): number
  /** Different values in the `sinceMs` before the event. */
  distinct(entity: string, kind: string, sinceMs: number): number
}

/** What the company knows of people and of the past. */
export interface Context {
  history: History
  people: People
}

/** What a detector may know beside the event. */
export interface DetectContext extends Context {
  /** What the ear said, or null while it has not. */
  scores: Scores | null
  decoys: Observable[]
}

/** What a detector says when its behaviour is met. */
export interface Match {
  /** Defaults to the event's uid; `entity:window_start` for what spans events. */
  key?: string
  severity?: Severity
  /** 0–100, default 80. */
  confidence_score?: number
  /** Beyond the event's own. */
  observables?: Observable[]
  evidence?: Evidence[]
}

/** One event and the context it is judged in, for a detector's own examples. */
export interface Example {
  name: string
  event: Event
  /** Earlier events, learned from in order. */
  before?: Event[]
  scores?: Scores
}

/** One behaviour. Header words are Sigma's: https://sigmahq.io/docs/basics/rules.html */
export interface Detector {
  id: string
  title: string
  level: Severity
  type: 'Rule' | 'Behavioral' | 'Learning'
  /** MITRE ATT&CK ids. */
  attacks: string[]
  /** Who else does this, and why it may be fine. */
  falsepositives: string[]
  /** One recommended step for the owner: a full sentence. */
  next_step: string
  /** Pure and synchronous: an opinion, or null. */
  match(event: Event, context: DetectContext): Match | null
  examples: { match: Example[]; ignore: Example[] }
}

/** How a grammar-bound answer is to look. */
export interface AskOptions<T> {
  /** JSON schema subset that becomes the grammar; the answer is validated again by `parse`. */
  schema: ZodType<T>
  /** GBNF instead of what the schema compiles to, where it says more. */
  grammar?: string
  signal: AbortSignal
}

/** The models on the box. Every call may throw ServiceError('model', …) while they are away. */
export interface Model {
  /** A unit vector of 384 numbers. Text is bounded here. */
  embed(text: string, signal?: AbortSignal): Promise<Float32Array>
  /** The same, by the encoder tuned to tell what a text is after. */
  intent(text: string, signal?: AbortSignal): Promise<Float32Array>
  /** Probabilities over the labels of a task (`model/tasks.ts`) for one text. */
  score(task: string, text: string, signal?: AbortSignal): Promise<Scores>
  /** A grammar-bound answer. */
  ask<T>(task: string, input: string, options: AskOptions<T>): Promise<T>
}

/** Reads single texts: the encoder and its heads. */
export interface Ear {
  /**
   * What a mail, message or call says; null for events without text. `earlier`: the texts before it
   * in its thread, oldest first. Depends on these alone, so it may be asked at any time.
   * @throws ServiceError
   */
  hear(event: Event, earlier: readonly string[], signal?: AbortSignal): Promise<Scores | null>
  /** The same, weighed with what the company knows by now. Pure and quick. */
  weigh(event: Event, heard: Scores | null, context: Context): Scores | null
}

/** Everything a summary may speak of. */
export interface Story {
  incident: Incident
  findings: Finding[]
  /** The events cited by the findings, by time. */
  events: Event[]
  people: People
  /** `history: …`, `memory: …`, `person: …` lines of the fact grammar, computed by us. */
  context: string[]
  /** Next steps of the detectors that spoke, most severe first: the vetted library. */
  steps: string[]
  /** IANA time zone of the company, for times in words. */
  time_zone: string
}

/** Finds the words for an incident. */
export interface Analyst {
  /** Rule text only: pure code, always available. */
  plain(story: Story): Summary
  /** The same facts, chosen and ordered by the model. @throws ServiceError */
  summarize(story: Story, signal?: AbortSignal): Promise<Summary>
}

/** Where people read. */
export interface Notifier {
  /** @throws ServiceError; `ambiguous` failures are resolved through `find`. */
  post(message: Message, thread: Ref | null): Promise<Ref>
  update(ref: Ref, message: Message): Promise<void>
  /**
   * Posts that carry this uid in their metadata since `sinceMs` (absolute), oldest first; replies are
   * looked for in `thread`.
   */
  find(uid: string, sinceMs: number, thread?: Ref | null): Promise<Ref[]>
}

/** Something a human may approve; dry run is another object of the same shape. */
export interface Responder<P = Record<string, unknown>, R = unknown> {
  draft(incident: Incident): {
    params: P
    effect: string
    affected: string[]
  } | null
  script(params: P): string
  run(params: P, signal: AbortSignal): Promise<R>
  undo(receipt: R, signal: AbortSignal): Promise<void>
}
