import type { DatabaseSync } from 'node:sqlite'
import type { Inventory, Item, ItemKind } from '../core/inventory.ts'
import type { Changes } from '../core/item-events.ts'
import type { Masker } from './secrets.ts'

const parse = (row: unknown): Item => JSON.parse((row as { data: string }).data) as Item

/** What the accounts hold now. */
export function inventoryTable(db: DatabaseSync, masker: Masker) {
  const known = db.prepare('SELECT 1 FROM scopes WHERE name = ?')
  const seen = db.prepare(
    `INSERT INTO scopes VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET seen_time = excluded.seen_time`,
  )
  const ofScope = db.prepare('SELECT data FROM items WHERE scope = ? ORDER BY uid')
  const put = db.prepare(
    `INSERT INTO items VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (uid) DO UPDATE SET scope = excluded.scope, kind = excluded.kind, data = excluded.data`,
  )
  const drop = db.prepare('DELETE FROM items WHERE uid = ? AND scope = ?')
  const ofKind = db.prepare('SELECT data FROM items WHERE kind = ? ORDER BY uid')
  const all = db.prepare('SELECT data FROM items ORDER BY uid')
  const scopes = db.prepare('SELECT name, seen_time FROM scopes ORDER BY name')

  const masked = (item: Item): Item => ({
    ...item,
    name: masker.text(item.name).text,
    facts: Object.fromEntries(
      Object.entries(item.facts).map(([name, value]) => [
        name,
        typeof value === 'string' ? masker.text(value).text : value,
      ]),
    ),
  })

  const take = db.prepare('DELETE FROM items WHERE uid = ?')

  return {
    /** Forgets items until an account is read again that still has them. */
    forget(items: readonly Item[]): void {
      for (const { uid } of items) take.run(uid)
    },
    /** Takes a scope's new state, secrets masked; null where it was never seen before. */
    replace({ scope, items }: Inventory, now: number): Changes | null {
      const first = !known.get(scope)
      const before = new Map(ofScope.all(scope).map((row) => [parse(row).uid, parse(row)]))
      const changes: Changes = { added: [], removed: [], changed: [] }
      for (const raw of items) {
        const item = masked(raw)
        const old = before.get(item.uid)
        before.delete(item.uid)
        const data = JSON.stringify(item)
        if (old && JSON.stringify(old) === data) continue
        if (old) changes.changed.push({ before: old, after: item })
        else changes.added.push(item)
        put.run(item.uid, scope, item.kind, now, data)
      }
      for (const item of before.values()) {
        drop.run(item.uid, scope)
        changes.removed.push(item)
      }
      seen.run(scope, now)
      return first ? null : changes
    },
    ofKind: (kind: ItemKind): Item[] => ofKind.all(kind).map(parse),
    all: (): Item[] => all.all().map(parse),
    scopes: () => scopes.all() as unknown as { name: string; seen_time: number }[],
  }
}
