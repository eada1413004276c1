import type { DatabaseSync } from 'node:sqlite'
import { crowd } from '../core/correlate.ts'
import type { Event } from '../core/event.ts'
import { lessons } from '../core/history.ts'
import type { History } from '../core/ports.ts'

/** Counting stops here: no rule asks for more. */
const most = 1_000

/** What the store remembers; see core/history.ts for entities and kinds. */
export function historyTable(db: DatabaseSync) {
  const insert = db.prepare(
    'INSERT OR IGNORE INTO history (entity, kind, value, time, event_uid) VALUES (?, ?, ?, ?, ?)',
  )
  const first = db.prepare(
    'SELECT time FROM history WHERE entity = ? AND kind = ? AND value = ? AND time < ? LIMIT 1',
  )
  const countValue = db.prepare(
    `SELECT count(*) AS n FROM (SELECT 1 FROM history
     WHERE entity = ? AND kind = ? AND value = ? AND time >= ? AND time <= ? AND event_uid <> ?
     LIMIT ${most})`,
  )
  const countAny = db.prepare(
    `SELECT count(*) AS n FROM (SELECT 1 FROM history
     WHERE entity = ? AND kind = ? AND time >= ? AND time <= ? AND event_uid <> ? LIMIT ${most})`,
  )
  const distinctValues = db.prepare(
    `SELECT count(DISTINCT value) AS n FROM history
     WHERE entity = ? AND kind = ? AND time >= ? AND time <= ? AND event_uid <> ?`,
  )
  const people = db.prepare(
    // Steps from value to value in the key's order: a busy address has rows by the thousand.
    `WITH RECURSIVE step (entity, value, n) AS (
       SELECT ?1, min(value), 1 FROM history WHERE entity = ?1 AND kind = 'person'
       UNION ALL
       SELECT entity, (SELECT min(h.value) FROM history h
         WHERE h.entity = step.entity AND h.kind = 'person' AND h.value > step.value), n + 1
       FROM step WHERE value IS NOT NULL AND n <= ${crowd}
     ) SELECT count(value) AS n FROM step`,
  )
  const n = (row: unknown) => (row as { n: number }).n

  const about = db.prepare(
    `SELECT entity, kind, value, time FROM history
     WHERE lower(value) IN (SELECT value FROM json_each(?1))
       OR lower(substr(entity, instr(entity, ':') + 1)) IN (SELECT value FROM json_each(?1))
     ORDER BY time`,
  )
  const forget = db.prepare(
    `DELETE FROM history WHERE lower(value) IN (SELECT value FROM json_each(?1))
       OR lower(substr(entity, instr(entity, ':') + 1)) IN (SELECT value FROM json_each(?1))`,
  )

  return {
    /** What is remembered of these accounts and names, in lower case. */
    about: (names: string[]) => about.all(JSON.stringify(names)) as Record<string, unknown>[],
    /** Forgets it; returns how many rows. */
    forget: (names: string[]): number => Number(forget.run(JSON.stringify(names)).changes),
    /** Remembers what an event teaches; twice is once. True where something was new. */
    learn(event: Event): boolean {
      let learned = false
      for (const { entity, kind, value } of lessons(event))
        if (insert.run(entity, kind, value, event.time, event.metadata.uid).changes) learned = true
      return learned
    },
    /** History as of the event's time and without it. */
    before(event: Event): History {
      const { time } = event
      const { uid } = event.metadata
      return {
        firstSeen: (entity, kind, value) => {
          const row = first.get(entity, kind, value, time) as { time: number } | undefined
          return row?.time ?? null
        },
        count: (entity, kind, value, sinceMs) =>
          value === null
            ? n(countAny.get(entity, kind, time - sinceMs, time, uid))
            : n(countValue.get(entity, kind, value, time - sinceMs, time, uid)),
        distinct: (entity, kind, sinceMs) =>
          n(distinctValues.get(entity, kind, time - sinceMs, time, uid)),
      }
    },
    /** How many people were ever seen with an observable; counted no further than a crowd. */
    peopleWith: ({ type, value }: { type: string; value: string }): number =>
      n(people.get(`${type}:${value}`)),
  }
}
