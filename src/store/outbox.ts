import type { DatabaseSync } from 'node:sqlite'
import type { Message, OutboxRow, Ref } from '../core/message.ts'

const parse = (row: unknown): OutboxRow => {
  const r = row as Omit<OutboxRow, 'body' | 'ref'> & { body: string; ref: string | null }
  return {
    ...r,
    body: JSON.parse(r.body) as Message,
    ref: r.ref ? (JSON.parse(r.ref) as Ref) : null,
  }
}

/** What is to be said, written down before it is said. */
export function outboxTable(db: DatabaseSync) {
  const insert = db.prepare(
    `INSERT OR IGNORE INTO outbox (uid, op, target, thread, body, created_time, next_time)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  // A newer state replaces one not yet shown, or asks for another update.
  const restate = db.prepare(
    `INSERT INTO outbox (uid, op, target, thread, body, created_time, next_time)
     VALUES (?, 'update', ?, NULL, ?, ?, ?)
     ON CONFLICT (uid) DO UPDATE SET body = excluded.body, done_time = NULL, attempts = 0,
       created_time = excluded.created_time, next_time = excluded.next_time
     WHERE outbox.body <> excluded.body`,
  )
  const get = db.prepare('SELECT * FROM outbox WHERE uid = ?')
  const todo = db.prepare(
    'SELECT * FROM outbox WHERE done_time IS NULL AND next_time <= ? ORDER BY seq LIMIT ?',
  )
  const attempt = db.prepare(
    'UPDATE outbox SET attempt_time = ?, attempts = attempts + 1 WHERE uid = ?',
  )
  const retry = db.prepare('UPDATE outbox SET next_time = ?, attempt_time = ? WHERE uid = ?')
  const done = db.prepare('UPDATE outbox SET ref = ?, done_time = ? WHERE uid = ?')
  const swept = db.prepare('UPDATE outbox SET swept_time = ? WHERE uid = ?')
  const doubtful = db.prepare(
    `SELECT * FROM outbox WHERE op = 'post' AND attempts > 1 AND done_time IS NOT NULL
       AND done_time >= ? AND (swept_time IS NULL OR swept_time <= ?)`,
  )
  const next = db.prepare('SELECT min(next_time) AS n FROM outbox WHERE done_time IS NULL')

  const worded = db.prepare(
    'SELECT * FROM outbox WHERE bare_time IS NULL AND done_time < ? ORDER BY seq LIMIT ?',
  )
  const bare = db.prepare('UPDATE outbox SET body = ?, bare_time = ? WHERE uid = ?')

  return {
    /** Lets go of what was posted before `before`, ms since 1970; that it was posted stays known. */
    letGo(before: number, limit: number): number {
      const rows = worded.all(before, limit).map(parse)
      for (const { uid } of rows) {
        const nothing: Message = { kind: 'notice', uid, title: '', text: '' }
        bare.run(JSON.stringify(nothing), before, uid)
      }
      return rows.length
    },
    get(uid: string): OutboxRow | null {
      const row = get.get(uid)
      return row ? parse(row) : null
    },
    /** Writes a message down once; saying it again changes nothing. */
    post(message: Message, now: number, thread: string | null = null): void {
      const { uid } = message
      insert.run(uid, 'post', uid, thread, JSON.stringify(message), now, now)
    },
    /** Writes down the newest state of a message that was posted or is about to be. */
    update(target: string, message: Message, now: number): void {
      restate.run(`update:${target}`, target, JSON.stringify(message), now, now)
    },
    takeDue: (now: number, limit: number): OutboxRow[] => todo.all(now, limit).map(parse),
    /** Noted before the call is made. */
    markAttempt: (uid: string, now: number): void => {
      attempt.run(now, uid)
    },
    /** Try again at `at`; `clear` when it is certain that nothing was posted. */
    retry(row: OutboxRow, at: number, clear: boolean): void {
      const current = parse(get.get(row.uid))
      retry.run(at, clear ? null : current.attempt_time, row.uid)
    },
    markDone: (uid: string, ref: Ref | null, now: number): void => {
      done.run(ref && JSON.stringify(ref), now, uid)
    },
    /** Posts that took several attempts, done since `since` and not looked over since `before`. */
    takeDoubtful: (since: number, before: number): OutboxRow[] =>
      doubtful.all(since, before).map(parse),
    markSwept: (uid: string, now: number): void => {
      swept.run(now, uid)
    },
    /** When the next row wants attention, or null. */
    nextTime: (): number | null => (next.get() as { n: number | null }).n,
  }
}
