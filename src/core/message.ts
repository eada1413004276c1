import type { Severity } from './finding.ts'

/**
 * What a notifier shows. All strings are plain text: the notifier escapes and defangs them for its
 * medium, so nothing here may already hold markup. `quotes` and `evidence` may hold outside text;
 * `headline`, `step` and `title` never do.
 */
export type Message =
  | AlertMessage
  | ReplyMessage
  | DigestMessage
  | FirstLookMessage
  | NoticeMessage
  | PointerMessage

interface Common {
  /** The outbox row's id, carried in the post's metadata so that it can be found again. */
  uid: string
}

/** The one top message of an incident. */
export interface AlertMessage extends Common {
  kind: 'alert'
  severity: Severity
  headline: string
  what: string
  who: string
  where: string
  /** Times as people of the company read them, and UTC. */
  when: string
  /** At most 50 words. */
  why: string
  /** One recommended step. */
  step: string
  /** Set while the words are the rule's own, because the model is away. */
  note: string | null
  is_drill: boolean
}

/** A reply in an alert's thread: the evidence and the timeline, or what came later. */
export interface ReplyMessage extends Common {
  kind: 'reply'
  /** Uid of the alert it belongs under. */
  thread: string
  title: string
  paragraphs: string[]
  quotes: { said_by: string; text: string }[]
  evidence: { name: string; value: string }[]
  timeline: { when: string; text: string }[]
  steps: string[]
}

/** What happened in a day, once a morning. */
export interface DigestMessage extends Common {
  kind: 'digest'
  title: string
  counts: { name: string; value: number }[]
  /** Open incidents that wait for somebody. */
  needs_you: string[]
  handled: string[]
  sources: { name: string; healthy: boolean; text: string }[]
  /** Said outright when nothing happened. */
  nothing_happened: boolean
}

/** What the first day held when the monitor was switched on. */
export interface FirstLookMessage extends Common {
  kind: 'first_look'
  title: string
  counts: { name: string; value: number }[]
  /** What the events of that day held. */
  found: { severity: Severity; text: string }[]
  /** What is wrong with the accounts as they stand, worst first. */
  wrong: { severity: Severity; text: string; mend: string }[]
}

/** Health of the monitor itself: a source disabled, the model away. */
export interface NoticeMessage extends Common {
  kind: 'notice'
  title: string
  text: string
}

/** What a merged or repeated alert is replaced with: where the story goes on. */
export interface PointerMessage extends Common {
  kind: 'pointer'
  title: string
  /** Permalink of the surviving message, or null where the notifier has none. */
  url: string | null
}

/** A posted message, as its notifier finds it again. */
export interface Ref {
  channel: string
  ts: string
  url: string | null
}

/** A message to post, or the newest state of one already posted (`target`). */
export interface OutboxRow {
  uid: string
  op: 'post' | 'update'
  /** Uid of the posted message that an update changes; its own for a post. */
  target: string
  /** Uid of the message it belongs under. */
  thread: string | null
  body: Message
  created_time: number
  /** Set before the call: a row with this and without `done_time` may or may not be posted. */
  attempt_time: number | null
  attempts: number
  ref: Ref | null
  done_time: number | null
}
