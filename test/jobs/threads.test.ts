import fc from 'fast-check'
import { expect, test } from 'vitest'
import { baseEvent, type Event } from '../../src/core/event.ts'
import { createThreads } from '../../src/jobs/threads.ts'
import { createMasker } from '../../src/store/secrets.ts'
import { openStore } from '../../src/store/store.ts'

const message = (ts: number, thread: number | null): Event =>
  baseEvent({
    uid: `slack:T1:C1:${ts}`,
    product: 'slack',
    tenant_uid: 'T1',
    activity_name: 'Message',
    time: ts,
    message: `said at ${ts}`,
    unmapped: {
      activity: 'message',
      secrets: [],
      channel: { uid: 'C1', name: 'general' },
      ...(thread === null ? {} : { thread: String(thread) }),
    },
  })

test('a replay hears with each reply what the store would hand over', () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.nat({ max: 3 }), { nil: null }), { minLength: 1, maxLength: 30 }),
      (parents) => {
        const store = openStore('', createMasker(new Uint8Array(32)))
        const threads = createThreads()
        // The first four messages start threads; the others reply to one of them or to none.
        const events = [null, null, null, null, ...parents].map((parent, ts) =>
          message(ts + 1, parent === null ? null : parent + 1),
        )
        for (const event of events) {
          store.events.save([event], 0)
          expect(threads.earlier(event)).toEqual(store.events.earlier(event))
        }
        store.close()
      },
    ),
    { numRuns: 50 },
  )
})
