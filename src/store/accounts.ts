import type { DatabaseSync } from 'node:sqlite'

/** How an account that is polled is doing. */
export interface AccountState {
  name: string
  polled_time: number | null
  ok_time: number | null
  error: string | null
  failing_since: number | null
  disabled: boolean
}

const columns = 'name, polled_time, ok_time, error, failing_since, disabled'

const parse = (row: unknown): AccountState => {
  const state = row as Omit<AccountState, 'disabled'> & { disabled: number }
  return { ...state, disabled: state.disabled === 1 }
}

/** Cursors and health of the polled accounts. */
export function accountsTable(db: DatabaseSync) {
  const cursor = db.prepare('SELECT cursor FROM sources WHERE name = ?')
  const ok = db.prepare(
    `INSERT INTO sources (name, cursor, polled_time, ok_time) VALUES (?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET cursor = excluded.cursor, polled_time = excluded.polled_time,
       ok_time = excluded.ok_time, error = NULL, failing_since = NULL, disabled = 0`,
  )
  const failed = db.prepare(
    `INSERT INTO sources (name, polled_time, error, failing_since, disabled) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET polled_time = excluded.polled_time, error = excluded.error,
       failing_since = coalesce(sources.failing_since, excluded.failing_since),
       disabled = excluded.disabled`,
  )
  const all = db.prepare(`SELECT ${columns} FROM sources ORDER BY name`)
  const one = db.prepare(`SELECT ${columns} FROM sources WHERE name = ?`)
  const enable = db.prepare('UPDATE sources SET disabled = 0')

  return {
    cursor(name: string): unknown {
      const row = cursor.get(name) as { cursor: string | null } | undefined
      return row?.cursor ? JSON.parse(row.cursor) : null
    },
    saveOk: (name: string, value: unknown, now: number): void => {
      ok.run(name, JSON.stringify(value), now, now)
    },
    saveFailed: (name: string, error: string, permanent: boolean, now: number): void => {
      failed.run(name, now, error, now, permanent ? 1 : 0)
    },
    get(name: string): AccountState | null {
      const row = one.get(name)
      return row ? parse(row) : null
    },
    all: (): AccountState[] => all.all().map(parse),
    /** A fresh start gives every account another chance. */
    enableAll: (): void => {
      enable.run()
    },
  }
}
