import { z } from 'zod'
import type { Clock } from '../core/ports.ts'
import type { Log } from '../log.ts'
import { type GmailCall, type MailboxSettings, readSettings } from './gmail-settings.ts'
import { type GoogleAccount, type GoogleAuth, signIn } from './google-auth.ts'
import { createCall } from './google-call.ts'
import { isGone } from './google-error.ts'
import { createLimiter } from './limiter.ts'

/** Reads one mailbox; every call is paced, tried four times and `shape`d. */
export interface GmailClient {
  /** @throws ServiceError */
  profile(signal?: AbortSignal): Promise<{ emailAddress: string; historyId: string }>
  /** Messages added since `start`, every page; null when Google has forgotten that long ago. */
  added(start: string, signal?: AbortSignal): Promise<{ ids: string[]; historyId: string } | null>
  /** Ids that match Gmail's search `q`, spam and trash included, newest first, every page. */
  search(q: string, signal?: AbortSignal): Promise<string[]>
  /** One message whole, or null when it has gone meanwhile. */
  message(id: string, signal?: AbortSignal): Promise<RawMessage | null>
  /** Filters, forwarding, delegates and the like, as they are now. */
  settings(signal?: AbortSignal): Promise<MailboxSettings>
}

/** A message as it came over the wire. */
export interface RawMessage {
  id: string
  labels: string[]
  /** ms since 1970: when Google took it in, which the sender can't choose. */
  time: number
  raw: Uint8Array
}

const profile = z.object({ emailAddress: z.string(), historyId: z.string() })
const ids = z.object({ id: z.string(), labelIds: z.array(z.string()).optional() })
const list = z.object({
  messages: z.array(ids).default([]),
  nextPageToken: z.string().optional(),
})
const history = z.object({
  historyId: z.string(),
  nextPageToken: z.string().optional(),
  history: z
    .array(z.object({ messagesAdded: z.array(z.object({ message: ids })).default([]) }))
    .default([]),
})
/** A message that lacks a part is kept as it is: failing would hold up all those behind it. */
const message = z.object({
  id: z.string(),
  labelIds: z.array(z.string()).catch([]),
  internalDate: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .nullable()
    .catch(null),
  raw: z
    .string()
    .catch('')
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64url'))),
})

/**
 * Quota units; 6,000 in any minute for each mailbox, split into a full bucket and a minute's
 * filling: https://developers.google.com/workspace/gmail/api/reference/quota
 */
const cost = { profile: 1, history: 2, list: 5, message: 20 }
const quota = { perMinute: 4500, burst: 1500 }

/** Drafts and chats are neither sent nor received. */
const isMail = (labels: string[] = []) => !labels.includes('DRAFT') && !labels.includes('CHAT')

/**
 * Reads `mailbox`. The library's own defaults (no timeout, Retry-After and 403 rateLimitExceeded
 * ignored) are replaced by ours. `endpoint` is an origin on loopback that stands in for Google's.
 */
export function createGmail({
  mailbox,
  auth,
  endpoint,
  clock,
  log,
  timeout = 20_000,
}: {
  mailbox: string
  auth: GoogleAuth
  endpoint?: string | undefined
  clock: Clock
  log: Log
  /** ms of real time for one request. */
  timeout?: number
}): GmailClient {
  const account: GoogleAccount = {
    service: 'gmail',
    api: 'Gmail API',
    subject: mailbox,
    scopes: ['https://www.googleapis.com/auth/gmail.readonly'],
  }
  const open = async () => {
    const { gmail } = await import('@googleapis/gmail')
    const client = await signIn(account, auth, endpoint, timeout)
    const rootUrl = endpoint && new URL('/', endpoint).href
    return gmail({ version: 'v1', auth: client, ...(rootUrl ? { rootUrl } : {}) }).users
  }
  const limiter = createLimiter(clock, quota)
  const call: GmailCall = createCall({ account, open, limiter, clock, log, timeout })

  const userId = 'me'
  return {
    profile: (signal) =>
      call('profile', cost.profile, (users, o) => users.getProfile({ userId }, o), profile, signal),

    async added(startHistoryId, signal) {
      const found = new Set<string>()
      let pageToken: string | undefined
      let historyId = startHistoryId
      try {
        do {
          const page: z.infer<typeof history> = await call(
            'history',
            cost.history,
            (users, o) =>
              users.history.list(
                {
                  userId,
                  startHistoryId,
                  historyTypes: ['messageAdded'],
                  maxResults: 500,
                  ...(pageToken ? { pageToken } : {}),
                },
                o,
              ),
            history,
            signal,
          )
          for (const { messagesAdded } of page.history)
            for (const { message } of messagesAdded)
              if (isMail(message.labelIds)) found.add(message.id)
          historyId = page.historyId
          pageToken = page.nextPageToken
        } while (pageToken)
      } catch (error) {
        if (isGone(error)) return null
        throw error
      }
      return { ids: [...found], historyId }
    },

    async search(q, signal) {
      const found = new Set<string>()
      let pageToken: string | undefined
      do {
        const page: z.infer<typeof list> = await call(
          'list',
          cost.list,
          (users, o) =>
            users.messages.list(
              {
                userId,
                q,
                includeSpamTrash: true,
                maxResults: 500,
                ...(pageToken ? { pageToken } : {}),
              },
              o,
            ),
          list,
          signal,
        )
        for (const { id } of page.messages) found.add(id)
        pageToken = page.nextPageToken
      } while (pageToken)
      return [...found]
    },

    async message(id, signal) {
      try {
        const found = await call(
          'message',
          cost.message,
          (users, o) => users.messages.get({ userId, id, format: 'raw' }, o),
          message,
          signal,
        )
        if (!isMail(found.labelIds)) return null
        const { labelIds, internalDate, raw } = found
        return { id, labels: labelIds, time: internalDate ?? clock.now(), raw }
      } catch (error) {
        if (isGone(error)) return null
        throw error
      }
    },

    // Delegates are shown to service accounts alone:
    // https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.delegates
    settings: (signal) => readSettings(call, auth.service_account !== undefined, signal),
  }
}
