import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { JSONFilePreset } from 'lowdb/node'
import { normalizeCloudTrail } from '../../src/clients/trail-record.ts'
import type { Event } from '../../src/core/event.ts'
import type { World } from '../../src/office/world.ts'
import { createMasker } from '../../src/store/secrets.ts'
import { openStore } from '../../src/store/store.ts'
import { type Figure, seconds } from './figure.ts'

const batch = 500
const events = 10_000
/** One transaction an event waits for the disk each time. */
const single = 1_000

/** Events masked and written to a file that survives a power cut, batch by batch. */
export async function benchStore(world: World, folder: string): Promise<Figure[]> {
  const batches = batchesOf(world, events, batch)
  const together = await saveAll(join(folder, 'batches.db'), batches)
  const alone = await saveAll(join(folder, 'single.db'), batchesOf(world, single, 1))
  const db = await JSONFilePreset<{ events: Event[] }>(join(folder, 'lowdb.json'), { events: [] })
  const masker = createMasker(randomBytes(32))
  const json = await seconds(async () => {
    for (const some of batches) {
      db.data.events.push(...some.map(masker.event))
      await db.write()
    }
  })
  const what = `${events} events into the store, ${batch} at once`
  const value = events / together
  return [
    {
      what,
      unit: 'events/s',
      value,
      beside: { what: 'lowdb, the same into one JSON file', value: events / json },
    },
    {
      what,
      unit: 'events/s',
      value,
      beside: { what: 'the store, one transaction an event', value: single / alone },
    },
  ]
}

async function saveAll(path: string, batches: Event[][]): Promise<number> {
  const store = openStore(path, createMasker(randomBytes(32)))
  try {
    return await seconds(() => {
      for (const some of batches) store.transaction(() => store.events.save(some, Date.now()))
    })
  } finally {
    store.close()
  }
}

function batchesOf({ trail }: World, many: number, size: number): Event[][] {
  const all = Array.from({ length: many }, (_, i) =>
    normalizeCloudTrail({ ...trail[i % trail.length]?.record, eventID: randomUUID() }),
  )
  return Array.from({ length: many / size }, (_, i) => all.slice(i * size, (i + 1) * size))
}
