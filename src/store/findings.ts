import type { DatabaseSync } from 'node:sqlite'
import type { Joint } from '../core/correlate.ts'
import type { Observable } from '../core/event.ts'
import { uniqueObservables } from '../core/event.ts'
import { type Finding, worst } from '../core/finding.ts'
import type { Tally } from '../core/severity.ts'

const parse = (row: unknown): Finding => JSON.parse((row as { data: string }).data) as Finding

/** Two sayings of one finding are one: all its events, the worse severity, the surer confidence. */
export function mergeFindings(a: Finding, b: Finding): Finding {
  const newer = b.time >= a.time ? b : a
  const evidence = new Map([...a.evidence, ...b.evidence].map((e) => [JSON.stringify(e), e]))
  return {
    ...newer,
    severity: worst([a.severity, b.severity]),
    confidence_score: Math.max(a.confidence_score, b.confidence_score),
    event_uids: [...new Set([...a.event_uids, ...b.event_uids])].sort(),
    observables: uniqueObservables([...a.observables, ...b.observables]),
    evidence: [...evidence.keys()].sort().map((key) => evidence.get(key) as (typeof a.evidence)[0]),
  }
}

/** Findings, the events they cite, and the joints by which they may be correlated. */
export function findingsTable(db: DatabaseSync) {
  const get = db.prepare('SELECT data FROM findings WHERE uid = ?')
  const save = db.prepare(
    `INSERT INTO findings (uid, time, created_time, is_drill, severity, confidence_score, type,
       product, attacks, start_time, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (uid) DO UPDATE SET time = excluded.time, severity = excluded.severity,
       confidence_score = excluded.confidence_score, data = excluded.data,
       start_time = min(start_time, excluded.start_time), correlated_time = NULL`,
  )
  const cite = db.prepare('INSERT OR IGNORE INTO finding_events VALUES (?, ?)')
  const uncite = db.prepare('DELETE FROM finding_events WHERE finding_uid = ? AND event_uid = ?')
  const citing = db.prepare(
    `SELECT f.data FROM finding_events e JOIN findings f ON f.uid = e.finding_uid
     WHERE e.event_uid = ? ORDER BY f.uid`,
  )
  const remove = db.prepare('DELETE FROM findings WHERE uid = ?')
  const removeJoints = db.prepare('DELETE FROM joints WHERE finding_uid = ?')
  const loose = db.prepare(
    'SELECT data FROM findings WHERE correlated_time IS NULL ORDER BY time, uid LIMIT ?',
  )
  const addJoint = db.prepare('INSERT OR IGNORE INTO joints VALUES (?, ?, ?, ?)')
  // Joints with one value that lie within the window of each other stand in one incident already,
  // so the nearest on either side speak for all.
  const nearest = (order: 'ASC' | 'DESC') =>
    db.prepare(
      `SELECT f.incident_uid AS uid FROM joints j
         JOIN findings f ON f.uid = j.finding_uid JOIN incidents i ON i.uid = f.incident_uid
       WHERE j.type = ? AND j.value = ? AND j.time BETWEEN ? AND ? AND f.is_drill = ?
         AND f.uid <> ? AND i.status IN ('new', 'in_progress')
       ORDER BY j.time ${order} LIMIT 1`,
    )
  const earlier = nearest('DESC')
  const later = nearest('ASC')
  const tallies = db.prepare(
    `SELECT severity, confidence_score, type, product, attacks, count(*) AS n,
       min(start_time) AS start, max(time) AS end
     FROM findings WHERE incident_uid = ?
     GROUP BY severity, confidence_score, type, product, attacks`,
  )
  const place = db.prepare(
    'UPDATE findings SET incident_uid = ?, correlated_time = ? WHERE uid = ?',
  )
  const move = db.prepare('UPDATE findings SET incident_uid = ? WHERE incident_uid = ?')
  const incidentOf = db.prepare('SELECT incident_uid AS uid FROM findings WHERE uid = ?')
  const ofIncident = db.prepare(
    'SELECT data FROM findings WHERE incident_uid = ? ORDER BY time, uid',
  )
  const counts = db.prepare(
    `SELECT json_extract(data, '$.severity') AS severity, count(*) AS n
     FROM findings WHERE created_time >= ? GROUP BY severity`,
  )

  const write = (finding: Finding, now: number) =>
    save.run(
      finding.uid,
      finding.time,
      now,
      finding.is_drill ? 1 : 0,
      finding.severity,
      finding.confidence_score,
      finding.analytic.type,
      (finding.event_uids[0] ?? '').split(':', 1)[0] as string,
      JSON.stringify(finding.attacks),
      finding.time,
      JSON.stringify(finding),
    )

  const worded = db.prepare(
    `SELECT data FROM findings WHERE bare_time IS NULL AND time < ? AND correlated_time IS NOT NULL
     ORDER BY time LIMIT ?`,
  )
  const bare = db.prepare('UPDATE findings SET data = ?, bare_time = ? WHERE uid = ?')

  const table = {
    /** Lets go of what outsiders wrote in findings older than `before`, ms since 1970. */
    letGo(before: number, limit: number): number {
      const rows = worded.all(before, limit).map(parse)
      for (const finding of rows) {
        const evidence = finding.evidence.filter((e) => e.provenance !== 'outside')
        bare.run(JSON.stringify({ ...finding, evidence }), before, finding.uid)
      }
      return rows.length
    },
    get(uid: string): Finding | null {
      const row = get.get(uid)
      return row ? parse(row) : null
    },
    /** Saves what one detector says, joined with what it said before under the same uid. */
    save(finding: Finding, now: number): void {
      const before = table.get(finding.uid)
      const merged = before ? mergeFindings(before, finding) : finding
      if (before && JSON.stringify(before) === JSON.stringify(merged)) return
      write(merged, now)
      for (const uid of merged.event_uids) cite.run(finding.uid, uid)
    },
    ofEvent: (uid: string): Finding[] => citing.all(uid).map(parse),
    /**
     * Takes an event out of a finding it no longer gives rise to, and the finding away when that
     * was its last; returns the incident to be looked at again.
     */
    retract(finding: Finding, eventUid: string, now: number): string | null {
      uncite.run(finding.uid, eventUid)
      const incident = table.incidentOf(finding.uid)
      const left = finding.event_uids.filter((uid) => uid !== eventUid)
      if (left.length > 0) write({ ...finding, event_uids: left }, now)
      else {
        remove.run(finding.uid)
        removeJoints.run(finding.uid)
      }
      return incident
    },
    takeLoose: (limit: number): Finding[] => loose.all(limit).map(parse),
    /** Open incidents that share one of the joints within its window. */
    sharing(finding: Finding, joints: Joint[]): string[] {
      const found = new Set<string>()
      const { uid, time } = finding
      const drill = finding.is_drill ? 1 : 0
      for (const { type, value, window } of joints)
        for (const row of [
          earlier.get(type, value, time - window, time, drill, uid),
          later.get(type, value, time, time + window, drill, uid),
        ])
          if (row) found.add((row as { uid: string }).uid)
      return [...found]
    },
    /** Puts a finding into its incident. */
    place(finding: Finding, joints: Observable[], incident: string, now: number): void {
      removeJoints.run(finding.uid)
      for (const { type, value } of joints) addJoint.run(type, value, finding.time, finding.uid)
      place.run(incident, now, finding.uid)
    },
    move: (from: string, to: string): void => {
      move.run(to, from)
    },
    incidentOf: (uid: string): string | null =>
      (incidentOf.get(uid) as { uid: string | null } | undefined)?.uid ?? null,
    /** What an incident is computed from: its findings, alike ones counted together. */
    tally: (uid: string): (Tally & { start: number; end: number })[] =>
      tallies.all(uid).map((row) => {
        const tally = row as unknown as Tally & { start: number; end: number; attacks: unknown }
        return { ...tally, attacks: JSON.parse(tally.attacks as unknown as string) }
      }),
    ofIncident: (uid: string): Finding[] => ofIncident.all(uid).map(parse),
    counts: (since: number): Record<string, number> =>
      Object.fromEntries(
        counts.all(since).map((r) => {
          const { severity, n } = r as { severity: string; n: number }
          return [severity, n]
        }),
      ),
  }
  return table
}
