import { randomBytes } from 'node:crypto'
import { appendFileSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createLog, type Log } from './log.ts'

const logLimit = 10_000_000

/** Log lines to a file in the state folder, one older file kept. */
export function fileLog(stateDir: string, now: () => number): Log {
  const file = join(stateDir, 'porchlight.log')
  return createLog((line) => {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > logLimit)
      renameSync(file, `${file}.1`)
    appendFileSync(file, line, { mode: 0o600 })
  }, now)
}

/** The key of this box, by which equal secrets are recognised; made once. */
export function boxKey(stateDir: string): Uint8Array {
  const file = join(stateDir, 'box.key')
  try {
    writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file)
}

/** Held until the process ends, however it ends. @throws Error when another process holds it */
export function lock(
  stateDir: string,
  busy = `Another Porchlight is running with the state folder ${stateDir}. Stop it first.`,
): DatabaseSync {
  const db = new DatabaseSync(join(stateDir, 'lock.db'))
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch {
    db.close()
    throw new Error(busy)
  }
  return db
}
