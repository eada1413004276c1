import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import type { Item } from '../../src/core/inventory.ts'
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
  expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 2 })
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

const reply = (text: string, ts: number, thread?: number) =>
  said(text, start + ts * minute, [], {
    metadata: {
      uid: `slack:T1:C1:${ts}`,
      product: { name: 'slack' },
      tenant_uid: 'T1',
      labels: [],
    },
    activity_name: 'Message',
    unmapped: {
      activity: 'message',
      secrets: [],
      channel: { uid: 'C1', name: 'general' },
      ...(thread ? { thread: String(thread) } : {}),
    },
  })

test('a reply knows what was said before it in its thread, and is heard again when that comes late', () => {
  const store = openStore('', masker)
  const [parent, one, two, other] = [
    reply('who has the invoice?', 1),
    reply('I do', 2, 1),
    reply('send it to me', 4, 1),
    reply('lunch?', 3),
  ]
  const settle = () => {
    for (const event of store.events.takeUnplaced(9)) store.events.savePlaced(event, false, start)
    for (const event of store.events.takeUnheard(9))
      store.events.saveHeard(event.metadata.uid, null, start)
  }
  store.events.save([two, other, parent], start)
  settle()
  expect(store.events.earlier(two)).toEqual(['who has the invoice?'])
  expect(store.events.earlier(other)).toEqual([])
  store.events.save([one], start)
  const waiting = [...store.events.takeUnplaced(9), ...store.events.takeUnheard(9)]
  expect(waiting.map((e) => e.message).sort()).toEqual(['I do', 'send it to me'])
  expect(store.events.earlier(two)).toEqual(['who has the invoice?', 'I do'])
  expect(store.events.earlier(parent)).toEqual([])
})

const forwarding = (to: string, enabled = true): Item => ({
  uid: `gmail:ana@acme.example:forwarding:${to}`,
  kind: 'forwarding',
  product: 'gmail',
  tenant_uid: 'ana@acme.example',
  name: to,
  holder: 'ana@acme.example',
  facts: { to, enabled },
})

test('the inventory of a scope is replaced whole, and says what changed', () => {
  const store = openStore('', masker)
  const scope = 'gmail:ana@acme.example'
  const [a, b] = [forwarding('a@x.example'), forwarding('b@x.example')]
  expect(store.inventory.replace({ scope, items: [a, b] }, start)).toBeNull()
  expect(store.inventory.replace({ scope: 'gmail:ben@acme.example', items: [] }, start)).toBeNull()
  const off = forwarding('b@x.example', false)
  expect(store.inventory.replace({ scope, items: [off] }, start)).toEqual({
    added: [],
    removed: [a],
    changed: [{ before: b, after: off }],
  })
  expect(store.inventory.all()).toEqual([off])
  expect(store.inventory.ofKind('bucket')).toEqual([])
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
