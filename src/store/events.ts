import type { DatabaseSync } from 'node:sqlite'
import {
  baseEvent,
  type Event,
  type HeardEvent,
  isBackfill,
  mostEarlier,
  type Scores,
  threadOf,
} from '../core/event.ts'
import { withoutWords } from '../core/privacy.ts'
import type { Masker } from './secrets.ts'

interface Row {
  data: string
  scores: string | null
}

const parse = (row: unknown): HeardEvent => {
  const { data, scores } = row as Row
  return { event: JSON.parse(data) as Event, scores: scores ? JSON.parse(scores) : null }
}

/** Who an event is about, for looking at their other events: the actor, or the mailbox. */
const actorOf = (event: Event): string =>
  event.email ? event.metadata.tenant_uid : (event.actor?.user.uid ?? event.metadata.tenant_uid)

/** Events and their stages: placed (who and where), heard (the ear), detected. */
export function eventsTable(db: DatabaseSync, masker: Masker) {
  const insert = db.prepare(
    `INSERT OR IGNORE INTO events
       (uid, product, tenant_uid, activity, actor, time, backfill, stored_time, data, thread)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const replies = db.prepare(
    'SELECT data, scores FROM events WHERE thread = ? AND time < ? ORDER BY time DESC, uid LIMIT ?',
  )
  // What was said before a message is part of how it is heard.
  const rehear = db.prepare(
    `UPDATE events SET heard_time = NULL, detected_time = NULL
     WHERE thread = ? AND time > ? AND placed_time IS NOT NULL`,
  )
  const known = db.prepare('SELECT 1 FROM events WHERE uid = ?')
  const unplaced = db.prepare(
    'SELECT data, scores FROM events WHERE placed_time IS NULL ORDER BY stored_time LIMIT ?',
  )
  const place = db.prepare(
    'UPDATE events SET data = ?, placed_time = ?, heard_time = ? WHERE uid = ?',
  )
  const unheard = db.prepare(
    `SELECT data, scores FROM events
     WHERE heard_time IS NULL AND placed_time IS NOT NULL ORDER BY backfill, time DESC LIMIT ?`,
  )
  // Scores that come after the verdict ask for a second one.
  const hear = db.prepare(
    'UPDATE events SET scores = ?, heard_time = ?, detected_time = NULL WHERE uid = ?',
  )
  const undetected = db.prepare(
    `SELECT data, scores FROM events
     WHERE detected_time IS NULL AND placed_time IS NOT NULL
       AND (heard_time IS NOT NULL OR stored_time <= ?)
     ORDER BY time, uid LIMIT ?`,
  )
  const detected = db.prepare('UPDATE events SET detected_time = ? WHERE uid = ?')
  // A late event changes what was known when the same actor's later events were judged.
  const reopen = db.prepare(
    `UPDATE events SET detected_time = NULL
     WHERE actor = ? AND time > ? AND time <= ? AND detected_time IS NOT NULL`,
  )
  const get = db.prepare('SELECT data, scores FROM events WHERE uid = ?')
  const all = db.prepare('SELECT data, scores FROM events ORDER BY time, uid')
  const counts = db.prepare(
    `SELECT product, count(*) AS n FROM events WHERE stored_time >= ? GROUP BY product`,
  )
  const waiting = db.prepare(
    'SELECT count(*) AS n FROM events WHERE detected_time IS NULL AND backfill = 1',
  )
  const oldestWaiting = db.prepare(
    'SELECT min(stored_time) AS t FROM events WHERE detected_time IS NULL',
  )
  const total = db.prepare('SELECT count(*) AS n FROM events')
  const worded = db.prepare(
    `SELECT uid, data FROM events
     WHERE bare_time IS NULL AND time < ?1 AND detected_time IS NOT NULL
       AND (time < ?2 OR NOT EXISTS (SELECT 1 FROM finding_events f WHERE f.event_uid = events.uid))
     ORDER BY time LIMIT ?3`,
  )
  const bare = db.prepare('UPDATE events SET data = ?, bare_time = ? WHERE uid = ?')

  const ofAccounts = db.prepare(
    `SELECT data, scores FROM events
     WHERE lower(actor) IN (SELECT value FROM json_each(?1)) OR lower(tenant_uid) IN (SELECT value FROM json_each(?1))
       OR json_extract(data, '$.actor.user.person') = ?2
     ORDER BY time, uid`,
  )
  const erase = db.prepare(
    'UPDATE events SET data = ?, actor = NULL, scores = NULL, bare_time = ? WHERE uid = ?',
  )

  return {
    /** Events somebody made, or of their mailbox. `accounts` in lower case. */
    ofPerson: (name: string, accounts: string[]): Event[] =>
      ofAccounts.all(JSON.stringify(accounts), name).map((row) => parse(row).event),
    /** Leaves of an event only that there was one, so that it is not read again. */
    erase({ metadata, class_name, activity_name, time }: Event, now: number): void {
      const { uid, product, labels } = metadata
      const empty = baseEvent({
        uid,
        product: product.name,
        tenant_uid: '',
        class_name,
        activity_name,
        time,
      })
      erase.run(JSON.stringify({ ...empty, metadata: { ...empty.metadata, labels } }), now, uid)
    },
    /** Saves events not yet known, secrets masked; returns how many were new. */
    save(events: Event[], now: number): number {
      let added = 0
      for (const raw of events) {
        if (known.get(raw.metadata.uid)) continue
        const event = masker.event(raw)
        insert.run(
          event.metadata.uid,
          event.metadata.product.name,
          event.metadata.tenant_uid,
          event.unmapped.activity,
          actorOf(event),
          event.time,
          isBackfill(event) ? 1 : 0,
          now,
          JSON.stringify(event),
          threadOf(event),
        )
        if (event.unmapped.activity === 'message')
          rehear.run(threadOf(event) ?? event.metadata.uid, event.time)
        added++
      }
      return added
    },
    takeUnplaced: (limit: number): Event[] => unplaced.all(limit).map((r) => parse(r).event),
    /** Saves an event with who and where added; `silent` ones have nothing for the ear. */
    savePlaced(event: Event, silent: boolean, now: number): void {
      place.run(JSON.stringify(event), now, silent ? now : null, event.metadata.uid)
    },
    takeUnheard: (limit: number): Event[] => unheard.all(limit).map((r) => parse(r).event),
    saveHeard(uid: string, scores: Scores | null, now: number): void {
      hear.run(scores && JSON.stringify(scores), now, uid)
    },
    /** What was said in the thread before a reply, oldest first. */
    earlier(event: Event): string[] {
      const thread = threadOf(event)
      if (!thread) return []
      const parent = get.get(thread)
      return [...replies.all(thread, event.time, mostEarlier), ...(parent ? [parent] : [])]
        .slice(0, mostEarlier)
        .map((row) => parse(row).event.message)
        .reverse()
    },
    /** Events to judge, oldest first: heard ones, and those stored before `patience` anyway. */
    takeUndetected: (patience: number, limit: number): HeardEvent[] =>
      undetected.all(patience, limit).map(parse),
    saveDetected: (event: Event, now: number): void => {
      detected.run(now, event.metadata.uid)
    },
    /** Asks for the same actor's events of the `reach` ms after this one to be judged again. */
    reopenAfter: (event: Event, reach: number): void => {
      reopen.run(actorOf(event), event.time, event.time + reach)
    },
    get(uid: string): HeardEvent | null {
      const row = get.get(uid)
      return row ? parse(row) : null
    },
    /** Every event. */
    all: (): HeardEvent[] => all.all().map(parse),
    /** Events stored since, by product. */
    counts: (since: number): Record<string, number> =>
      Object.fromEntries(
        counts.all(since).map((r) => {
          const { product, n } = r as { product: string; n: number }
          return [product, n]
        }),
      ),
    /** When the longest waiting event that is not judged was stored, or null. */
    oldestWaiting: (): number | null => (oldestWaiting.get() as { t: number | null }).t,
    /** Back-filled events not yet judged. */
    backfillWaiting: (): number => (waiting.get() as { n: number }).n,
    /** Lets go of the words of old events: `plain` ones earlier (ms since 1970) than flagged ones. */
    letGo(plain: number, flagged: number, limit: number): number {
      const rows = worded.all(plain, flagged, limit) as { uid: string; data: string }[]
      for (const { uid, data } of rows)
        bare.run(JSON.stringify(withoutWords(JSON.parse(data) as Event)), plain, uid)
      return rows.length
    },
    total: (): number => (total.get() as { n: number }).n,
  }
}
