import type { DatabaseSync } from 'node:sqlite'
import type { Incident, Summary } from '../core/incident.ts'

const parse = (row: unknown): Incident => JSON.parse((row as { data: string }).data) as Incident

/** Incidents; `rev` counts changes, and each later stage notes the `rev` it has dealt with. */
export function incidentsTable(db: DatabaseSync) {
  const get = db.prepare('SELECT data FROM incidents WHERE uid = ?')
  const insert = db.prepare(
    `INSERT INTO incidents (uid, status, is_drill, created_time, modified_time, merged_into, data)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const update = db.prepare(
    `UPDATE incidents SET status = ?, modified_time = ?, merged_into = ?, data = ?, rev = rev + 1
     WHERE uid = ?`,
  )
  const remove = db.prepare('DELETE FROM incidents WHERE uid = ?')
  const seqOf = db.prepare('SELECT seq FROM incidents WHERE uid = ?')
  const unassessed = db.prepare(
    `SELECT data, rev FROM incidents WHERE rev > assessed_rev AND merged_into IS NULL
     ORDER BY json_extract(data, '$.risk_score') DESC, seq LIMIT ?`,
  )
  const setData = db.prepare('UPDATE incidents SET data = ? WHERE uid = ?')
  const assessed = db.prepare(
    `UPDATE incidents SET assessed_rev = max(assessed_rev, ?),
       notified_rev = min(notified_rev, rev - 1) WHERE uid = ?`,
  )
  const unnotified = db.prepare(
    'SELECT data, rev FROM incidents WHERE rev > notified_rev ORDER BY seq LIMIT ?',
  )
  const notified = db.prepare(
    'UPDATE incidents SET notified_rev = max(notified_rev, ?) WHERE uid = ?',
  )
  const since = db.prepare(
    'SELECT data FROM incidents WHERE modified_time >= ? AND merged_into IS NULL ORDER BY seq',
  )
  const all = db.prepare('SELECT data FROM incidents WHERE merged_into IS NULL ORDER BY seq')

  const worded = db.prepare(
    `SELECT data FROM incidents WHERE bare_time IS NULL AND modified_time < ?
       AND rev = assessed_rev AND rev = notified_rev ORDER BY seq LIMIT ?`,
  )
  const bare = db.prepare('UPDATE incidents SET data = ?, bare_time = ? WHERE uid = ?')

  return {
    /** Lets go of sentences and quotations of incidents not changed since `before`, ms since 1970. */
    letGo(before: number, limit: number): number {
      const rows = worded.all(before, limit).map(parse)
      for (const incident of rows) {
        const summary = incident.summary && { ...incident.summary, sentences: [], quotes: [] }
        bare.run(JSON.stringify({ ...incident, summary }), before, incident.uid)
      }
      return rows.length
    },
    get(uid: string): Incident | null {
      const row = get.get(uid)
      return row ? parse(row) : null
    },
    /** Saves a new or changed incident; the stages after it have it to do again. */
    save(incident: Incident): void {
      const data = JSON.stringify(incident)
      const { status, modified_time, merged_into, uid } = incident
      if (get.get(uid)) update.run(status, modified_time, merged_into, data, uid)
      else
        insert.run(
          uid,
          status,
          incident.is_drill ? 1 : 0,
          modified_time,
          modified_time,
          merged_into,
          data,
        )
    },
    remove: (uid: string): void => {
      remove.run(uid)
    },
    /** The one that was there first. */
    oldest: (uids: string[]): string =>
      uids
        .map((uid) => ({ uid, seq: (seqOf.get(uid) as { seq: number }).seq }))
        .reduce((a, b) => (b.seq < a.seq ? b : a)).uid,
    takeUnassessed: (limit: number): { incident: Incident; rev: number }[] =>
      unassessed
        .all(limit)
        .map((row) => ({ incident: parse(row), rev: (row as { rev: number }).rev })),
    /** Adds the words found for revision `rev`; the notifier has them still to show. */
    saveAssessed(uid: string, rev: number, summary: Summary): void {
      const incident = parse(get.get(uid))
      setData.run(JSON.stringify({ ...incident, summary }), uid)
      assessed.run(rev, uid)
    },
    takeUnnotified: (limit: number): { incident: Incident; rev: number }[] =>
      unnotified
        .all(limit)
        .map((row) => ({ incident: parse(row), rev: (row as { rev: number }).rev })),
    markNotified: (uid: string, rev: number): void => {
      notified.run(rev, uid)
    },
    /** Notes where the incident's message stands. */
    saveUrl(uid: string, url: string | null): void {
      const row = get.get(uid)
      if (row) setData.run(JSON.stringify({ ...parse(row), src_url: url }), uid)
    },
    since: (time: number): Incident[] => since.all(time).map(parse),
    all: (): Incident[] => all.all().map(parse),
  }
}
