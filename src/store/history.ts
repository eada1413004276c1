import type { DatabaseSync } from 'node:sqlite'
import type { Event } from '../core/event.ts'
import { lessons } from '../core/history.ts'
import type { History } from '../core/ports.ts'

/** What the store remembers; see core/history.ts for entities and kinds. */
export function historyTable(db: DatabaseSync) {
  const insert = db.prepare(
    'INSERT OR IGNORE INTO history (entity, kind, value, time, event_uid) VALUES (?, ?, ?, ?, ?)',
  )
  const first = db.prepare(
    'SELECT time FROM history WHERE entity = ? AND kind = ? AND value = ? AND time < ? LIMIT 1',
  )
  const countValue = db.prepare(
    `SELECT count(*) AS n FROM history
     WHERE entity = ? AND kind = ? AND value = ? AND time >= ? AND time <= ? AND event_uid <> ?`,
  )
  const countAny = db.prepare(
    `SELECT count(*) AS n FROM history
     WHERE entity = ? AND kind = ? AND time >= ? AND time <= ? AND event_uid <> ?`,
  )
  const distinctValues = db.prepare(
    `SELECT count(DISTINCT value) AS n FROM history
     WHERE entity = ? AND kind = ? AND time >= ? AND time <= ? AND event_uid <> ?`,
  )
  const people = db.prepare(
    `SELECT count(DISTINCT value) AS n FROM history WHERE entity = ? AND kind = 'person'`,
  )
  const n = (row: unknown) => (row as { n: number }).n

  return {
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
    /** How many people were ever seen with an observable. */
    peopleWith: ({ type, value }: { type: string; value: string }): number =>
      n(people.get(`${type}:${value}`)),
  }
}
