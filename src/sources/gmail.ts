import { z } from 'zod'
import { gmailItems } from '../clients/gmail-items.ts'
import { createGmail, type RawMessage } from '../clients/google.ts'
import { parseMail } from '../clients/mail.ts'
import { messageOf } from '../core/error.ts'
import type { Event } from '../core/event.ts'
import type { Inventory } from '../core/inventory.ts'
import type { Source } from '../core/ports.ts'
import type { SourceDeps } from './index.ts'

/** Mailboxes read through a service account with delegation, or one through an Internal OAuth app. */
export const options = z.strictObject({
  name: z.string().min(1),
  mailboxes: z.array(z.email().toLowerCase()).min(1),
  service_account: z.string().min(1).optional(),
  oauth: z
    .strictObject({
      client_id: z.string().min(1),
      client_secret: z.string().min(1),
      refresh_token: z.string().min(1),
    })
    .optional(),
  poll_seconds: z.number().min(10).max(3600).default(30),
})

const day = 86_400_000
/** 20 units each of 6,000 a minute: what one poll fetches at most. */
const most = 250
/** How often a mailbox's settings are read. */
const settingsEvery = 15 * 60_000

const cursorShape = z.object({
  historyId: z.string(),
  /** When the history was last read, ms. */
  read: z.number(),
  /** Ids still to be fetched, oldest last. */
  pending: z.array(z.string()),
  /** Those of them that came with the first day. */
  backfill: z.array(z.string()),
  /** When the settings were last asked for, ms; older cursors have none. */
  settings: z.number().default(0),
})
type Cursor = z.infer<typeof cursorShape>

/** One source for each mailbox: https://developers.google.com/workspace/gmail/api/guides/sync */
export function create(entry: z.infer<typeof options>, deps: SourceDeps): Source[] {
  return entry.mailboxes.map((mailbox) => mailboxSource(mailbox, entry, deps))
}

function mailboxSource(
  mailbox: string,
  entry: z.infer<typeof options>,
  { clock, log, endpoint, domains }: SourceDeps,
): Source {
  const gmail = createGmail({ mailbox, auth: entry, endpoint, clock, log })

  /** All mail since `from`, and the point of history that precedes the search. */
  const searched = async (from: number, signal: AbortSignal) => {
    const { historyId } = await gmail.profile(signal)
    const ids = await gmail.search(`after:${Math.floor(from / 1000)}`, signal)
    return { historyId, ids }
  }

  const advance = async (stored: unknown, signal: AbortSignal): Promise<Cursor> => {
    const now = clock.now()
    const was = cursorShape.safeParse(stored).data
    if (!was) {
      const { historyId, ids } = await searched(now - day, signal)
      return { historyId, read: now, pending: ids, backfill: ids, settings: 0 }
    }
    let found = await gmail.added(was.historyId, signal)
    if (!found) {
      log('warn', 'gmail forgot its history; searching again', { mailbox })
      found = await searched(Math.min(was.read, now) - day, signal)
    }
    const pending = [...new Set([...found.ids, ...was.pending])]
    return { ...was, historyId: found.historyId, read: now, pending }
  }

  /** A mailbox that shows its mail alone is still worth reading. */
  const inventory = async (signal: AbortSignal): Promise<Inventory | null> => {
    try {
      const settings = await gmail.settings(signal)
      return { scope: `gmail:${mailbox}`, items: gmailItems(mailbox, settings) }
    } catch (error) {
      log('warn', 'gmail settings not read', { mailbox, error: messageOf(error) })
      return null
    }
  }

  const toEvent = async ({ id, labels, time, raw }: RawMessage, isBackfill: boolean) => {
    const sent = labels.includes('SENT')
    const uid = `gmail:${mailbox}:${id}`
    const event = await parseMail(raw, { uid, mailbox, time, domains, sent })
    if (isBackfill) event.metadata.labels.push('backfill')
    return event
  }

  return {
    name: `gmail:${mailbox}`,
    interval: entry.poll_seconds * 1000,

    async poll(stored, signal) {
      const cursor = await advance(stored, signal)
      const backfill = new Set(cursor.backfill)
      const events: Event[] = []
      const done = new Set<string>()
      try {
        for (const id of cursor.pending.slice(0, most)) {
          const message = await gmail.message(id, signal)
          if (message) events.push(await toEvent(message, backfill.has(id)))
          done.add(id)
        }
      } catch (error) {
        // What was fetched is kept; the rest stays pending.
        if (events.length === 0) throw error
        log('warn', 'gmail poll cut short', { mailbox, error: messageOf(error) })
      }
      const now = clock.now()
      const isDue = now - cursor.settings >= settingsEvery
      const held = isDue ? await inventory(signal) : null
      const left = (list: string[]) => list.filter((id) => !done.has(id))
      return {
        events: events.toReversed(),
        cursor: {
          ...cursor,
          pending: left(cursor.pending),
          backfill: left(cursor.backfill),
          settings: isDue ? now : cursor.settings,
        },
        ...(held ? { inventory: [held] } : {}),
      }
    },

    async check(signal) {
      const { emailAddress } = await gmail.profile(signal)
      return [
        {
          name: mailbox,
          ok: emailAddress.toLowerCase() === mailbox,
          text:
            emailAddress.toLowerCase() === mailbox
              ? 'reachable, read-only'
              : `the token opens ${emailAddress}: name that mailbox, or consent again as ${mailbox}.`,
        },
      ]
    },
  }
}
