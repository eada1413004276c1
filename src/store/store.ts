import { chmodSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { accountsTable } from './accounts.ts'
import { eventsTable } from './events.ts'
import { findingsTable } from './findings.ts'
import { historyTable } from './history.ts'
import { incidentsTable } from './incidents.ts'
import { inventoryTable } from './inventory.ts'
import { outboxTable } from './outbox.ts'
import { migrate } from './schema.ts'
import type { Masker } from './secrets.ts'

/** The open store. */
export type Store = ReturnType<typeof openStore>

/**
 * Everything that must survive, in one SQLite file (the empty path: a private one that ends with the process). Secrets are masked at
 * this door. Each stage's rows are the next one's queue: an empty column is still to do.
 * @throws Error with a readable message where the file can't be used
 */
export function openStore(path: string, masker: Masker) {
  const db = new DatabaseSync(path)
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA busy_timeout = 5000;
    PRAGMA secure_delete = ON;
  `)
  if (path && path !== ':memory:') chmodSync(path, 0o600)
  migrate(db)
  const getMeta = db.prepare('SELECT value FROM meta WHERE name = ?')
  const setMeta = db.prepare(
    `INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  )
  let depth = 0

  return {
    accounts: accountsTable(db),
    events: eventsTable(db, masker),
    history: historyTable(db),
    findings: findingsTable(db),
    incidents: incidentsTable(db),
    inventory: inventoryTable(db, masker),
    outbox: outboxTable(db),
    /** All or nothing; may be nested. */
    transaction<T>(work: () => T): T {
      if (depth > 0) return work()
      db.exec('BEGIN IMMEDIATE')
      depth++
      try {
        const result = work()
        db.exec('COMMIT')
        return result
      } catch (error) {
        db.exec('ROLLBACK')
        throw error
      } finally {
        depth--
      }
    },
    meta: {
      get: (name: string): string | null =>
        (getMeta.get(name) as { value: string } | undefined)?.value ?? null,
      set: (name: string, value: string): void => {
        setMeta.run(name, value)
      },
    },
    /** Empties the write-ahead log, and with it what deleted rows held. */
    tidy: (): void => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'),
    close: (): void => db.close(),
  }
}
