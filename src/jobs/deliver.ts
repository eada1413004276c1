import type { App } from '../app.ts'
import { messageOf, ServiceError } from '../core/error.ts'
import type { OutboxRow, Ref } from '../core/message.ts'

/** How long Slack may take to show a post whose answer we never saw, in ms. */
const doubt = 60_000
/** How long after a doubtful post a late copy is still looked for, in ms. */
const sweepFor = 15 * 60_000

/**
 * Posts what the outbox holds. A call whose outcome is unknown is resolved by looking for the
 * message's id; only when it has not shown within 60 s is it posted again. Never lost, and a
 * late copy is replaced by a pointer to the one whose thread goes on.
 */
export async function deliver(app: App, signal: AbortSignal): Promise<number> {
  const { store, clock } = app
  let done = 0
  for (const row of store.outbox.takeDue(clock.now(), 20)) {
    if (signal.aborted) break
    try {
      if (await deliverOne(app, row)) done++
    } catch (error) {
      putOff(app, row, error)
    }
  }
  await sweep(app, signal)
  return done
}

async function deliverOne(app: App, row: OutboxRow): Promise<boolean> {
  const { store, clock, notifier } = app
  const later = (ms: number) => store.outbox.retry(row, clock.now() + ms, false)
  if (row.op === 'update') {
    const target = store.outbox.get(row.target)
    if (!target?.ref) {
      later(5_000)
      return false
    }
    await notifier.update(target.ref, row.body)
    store.outbox.markDone(row.uid, target.ref, clock.now())
    return true
  }
  const thread = row.thread ? (store.outbox.get(row.thread)?.ref ?? null) : null
  if (row.thread && !thread) {
    later(5_000)
    return false
  }
  if (row.attempt_time !== null) {
    const [first] = await notifier.find(row.uid, row.created_time - doubt, thread)
    if (first) return posted(app, row, first)
    if (clock.now() - row.attempt_time < doubt) {
      later(5_000)
      return false
    }
  }
  store.outbox.markAttempt(row.uid, clock.now())
  return posted(app, row, await notifier.post(row.body, thread))
}

function posted({ store, clock }: App, row: OutboxRow, ref: Ref): boolean {
  store.transaction(() => {
    store.outbox.markDone(row.uid, ref, clock.now())
    if (row.body.kind === 'alert') store.incidents.saveUrl(row.uid.slice('alert:'.length), ref.url)
  })
  return true
}

function putOff({ store, clock, log }: App, row: OutboxRow, error: unknown): void {
  const known = error instanceof ServiceError
  const wait =
    known && error.retryAfter !== null ? error.retryAfter : 5_000 * 2 ** Math.min(row.attempts, 6)
  const rejected = known && !error.ambiguous
  log('warn', 'not delivered', { uid: row.uid, error: messageOf(error), ambiguous: !rejected })
  store.outbox.retry(row, clock.now() + wait, rejected)
}

/** Looks for late copies of posts that took more than one attempt. */
async function sweep({ store, clock, notifier, log }: App, signal: AbortSignal): Promise<void> {
  const now = clock.now()
  for (const row of store.outbox.takeDoubtful(now - sweepFor, now - doubt)) {
    if (signal.aborted) break
    try {
      const thread = row.thread ? (store.outbox.get(row.thread)?.ref ?? null) : null
      for (const copy of await notifier.find(row.uid, row.created_time - doubt, thread))
        if (copy.ts !== row.ref?.ts)
          await notifier.update(copy, {
            uid: `${row.uid}:copy`,
            kind: 'pointer',
            title: 'The same message stands elsewhere in this channel',
            url: row.ref?.url ?? null,
          })
      store.outbox.markSwept(row.uid, clock.now())
    } catch (error) {
      log('warn', 'sweep failed', { uid: row.uid, error: messageOf(error) })
    }
  }
}
