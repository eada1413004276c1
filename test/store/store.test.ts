import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { openMemory } from '../../src/store/memory.ts'
import { createMasker } from '../../src/store/secrets.ts'
import { openStore } from '../../src/store/store.ts'
import { folder, minute, said, start } from '../support.ts'

const masker = createMasker(new Uint8Array(32))
const user = { actor: { user: { uid: 'U1' } } }

test('the database is private, in WAL, and knows its schema', () => {
  const file = join(folder(), 'porchlight.db')
  openStore(file, masker).close()
  expect(statSync(file).mode & 0o077).toBe(0)
  const db = new DatabaseSync(file)
  expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 })
})

test('a database from a newer version is left alone, with a readable word', () => {
  const file = join(folder(), 'porchlight.db')
  const db = new DatabaseSync(file)
  db.exec('PRAGMA user_version = 999')
  db.close()
  expect(() => openStore(file, masker)).toThrow(/newer Porchlight/)
})

test('a failed transaction leaves nothing behind', () => {
  const store = openStore('', masker)
  expect(() =>
    store.transaction(() => {
      store.events.save([said('alarm', start)], start)
      throw new Error('stop')
    }),
  ).toThrow('stop')
  expect(store.events.total()).toBe(0)
})

test('history answers as of the event’s time and without it', () => {
  const store = openStore('', masker)
  const seen = (time: number, person: string) =>
    said(
      `x ${person}`,
      time,
      [
        { type: 'ip', value: '198.51.100.7' },
        { type: 'person', value: person },
      ],
      user,
    )
  const [early, now, later] = [
    seen(start - minute, 'Ana'),
    seen(start, 'Ben'),
    seen(start + minute, 'Cleo'),
  ]
  for (const event of [later, now, early]) store.history.learn(event)
  const history = store.history.before(now)
  const ip = 'ip:198.51.100.7'
  expect(history.firstSeen(ip, 'person', 'Ana')).toBe(start - minute)
  expect(history.firstSeen(ip, 'person', 'Ben')).toBeNull()
  expect(history.firstSeen(ip, 'person', 'Cleo')).toBeNull()
  expect(history.count(ip, 'person', null, 10 * minute)).toBe(1)
  expect(history.distinct(ip, 'person', 10 * minute)).toBe(1)
  expect(store.history.learn(now)).toBe(false)
})

test('memory.json is made, read again after an edit, and a broken one is set aside, not lost', async () => {
  const file = join(folder(), 'memory.json')
  const memory = await openMemory(file)
  expect(memory.taught.mutes).toEqual([])
  writeFileSync(file, JSON.stringify({ mutes: [{ detector: '*', reason: 'holiday' }], notes: [] }))
  expect(await memory.reload()).toBeNull()
  expect(memory.taught.mutes).toHaveLength(1)
  writeFileSync(file, '{ broken')
  expect(await memory.reload()).toEqual(expect.any(String))
  expect(memory.taught.mutes).toHaveLength(1)
  expect((await openMemory(file)).taught.mutes).toEqual([])
  expect(readFileSync(`${file}.broken`, 'utf8')).toBe('{ broken')
})
