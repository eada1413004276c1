import type { gmail_v1 } from '@googleapis/gmail'
import type { OAuth2Client } from 'google-auth-library'
import { z } from 'zod'
import { messageOf, ServiceError } from '../core/error.ts'
import type { Clock } from '../core/ports.ts'
import type { Log } from '../log.ts'
import { createLimiter } from './limiter.ts'
import { retry, stopIfAborted } from './retry.ts'

/** How a mailbox is entered: by one of the two. */
export interface GoogleAuth {
  /** Text of the key file of a service account with domain-wide delegation. */
  service_account?: string | undefined
  /** The owner's consent to an OAuth app of user type Internal. */
  oauth?: { client_id: string; client_secret: string; refresh_token: string } | undefined
}

const keyFile = z.object({
  client_email: z.string(),
  private_key: z.string(),
  private_key_id: z.string().optional(),
})

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
const message = z.object({
  id: z.string(),
  labelIds: z.array(z.string()).default([]),
  internalDate: z.string().regex(/^\d+$/).transform(Number),
  raw: z.string().transform((text) => new Uint8Array(Buffer.from(text, 'base64url'))),
})

/**
 * Quota units; 6,000 in any minute for each mailbox, split into a full bucket and a minute's
 * filling: https://developers.google.com/workspace/gmail/api/reference/quota
 */
const cost = { profile: 1, history: 2, list: 5, message: 20 }
const quota = { perMinute: 4500, burst: 1500 }

const scope = 'https://www.googleapis.com/auth/gmail.readonly'
const tokenHost = 'https://oauth2.googleapis.com'

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
  const limiter = createLimiter(clock, quota)
  let api: Promise<gmail_v1.Gmail> | null = null

  const open = async () => {
    const { gmail } = await import('@googleapis/gmail')
    const client = await signIn(mailbox, auth, endpoint, timeout)
    return gmail({
      version: 'v1',
      auth: client,
      ...(endpoint ? { rootUrl: new URL('/', endpoint).href } : {}),
    })
  }

  const call = <T>(
    what: string,
    units: number,
    send: (
      users: gmail_v1.Resource$Users,
      options: { signal?: AbortSignal; timeout: number; retry: boolean },
    ) => Promise<{ data: unknown }>,
    shape: z.ZodType<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> =>
    retry(
      async () => {
        await limiter.take(units, signal)
        stopIfAborted('gmail', signal)
        api ??= open()
        let data: unknown
        try {
          const { users } = await api
          data = (await send(users, { ...plain, timeout, ...(signal ? { signal } : {}) })).data
        } catch (cause) {
          const error = googleError(what, mailbox, cause)
          if (error.retryAfter !== null) {
            limiter.pause(error.retryAfter)
            log('warn', 'gmail asks us to wait', { what, mailbox, ms: error.retryAfter })
          }
          throw error
        }
        const parsed = shape.safeParse(data)
        if (parsed.success) return parsed.data
        throw new ServiceError('gmail', `${what}: answer not understood`, { cause: parsed.error })
      },
      { clock, service: 'gmail', signal, tries: 4 },
    )

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
        return { id, labels: found.labelIds, time: found.internalDate, raw: found.raw }
      } catch (error) {
        if (isGone(error)) return null
        throw error
      }
    },
  }
}

/** Our own retries honour Retry-After and run on the Clock. */
const plain = { retry: false }

/** The JWT flow ignores every setting of its token URL, so on loopback `fetch` itself is bent. */
async function signIn(
  mailbox: string,
  auth: GoogleAuth,
  endpoint: string | undefined,
  timeout: number,
): Promise<OAuth2Client> {
  const { JWT, OAuth2Client: Client } = await import('google-auth-library')
  const bent: typeof fetch = (input, init) => {
    const url = String(input)
    const local = endpoint && url.startsWith(tokenHost)
    return fetch(local ? new URL(url.slice(tokenHost.length), endpoint) : input, init)
  }
  const transporterOptions = {
    timeout,
    ...(endpoint ? { fetchImplementation: bent } : {}),
  }
  if (auth.service_account !== undefined) {
    const { client_email, private_key, private_key_id } = keyIn(auth.service_account)
    return new JWT({
      email: client_email,
      key: private_key,
      ...(private_key_id ? { keyId: private_key_id } : {}),
      scopes: [scope],
      subject: mailbox,
      transporterOptions,
    })
  }
  if (auth.oauth === undefined)
    throw new ServiceError('gmail', `${mailbox}: no credentials`, { permanent: true })
  const { client_id, client_secret, refresh_token } = auth.oauth
  const client = new Client({
    clientId: client_id,
    clientSecret: client_secret,
    transporterOptions,
  })
  client.setCredentials({ refresh_token })
  return client
}

function keyIn(text: string): z.infer<typeof keyFile> {
  try {
    return keyFile.parse(JSON.parse(text))
  } catch {
    // The cause would repeat the key.
    throw new ServiceError('gmail', 'service_account is not a key file', {
      permanent: true,
      mend: 'Make a JSON key for the service account and name its file in the config.',
    })
  }
}

const failure = z.object({
  response: z
    .object({
      status: z.number(),
      headers: z.instanceof(Headers).optional(),
      data: z.unknown(),
    })
    .optional(),
})
const body = z.object({
  error: z.union([
    z.string(),
    z.object({
      message: z.string().optional(),
      status: z.string().optional(),
      errors: z.array(z.object({ reason: z.string().optional() })).optional(),
    }),
  ]),
})

const isGone = (error: unknown): boolean =>
  error instanceof ServiceError && failure.catch({}).parse(error.cause).response?.status === 404

function googleError(what: string, mailbox: string, cause: unknown): ServiceError {
  if (cause instanceof ServiceError) return cause
  const { response } = failure.catch({}).parse(cause)
  const error = body.safeParse(response?.data).data?.error
  const reason = typeof error === 'string' ? error : (error?.errors?.[0]?.reason ?? error?.status)
  const say = (
    text: string,
    rest: { permanent?: boolean; retryAfter?: number | null; mend?: string } = {},
  ) => new ServiceError('gmail', `${what} of ${mailbox}: ${text}`, { ...rest, cause })

  if (!response) return say(messageOf(cause))
  const { status } = response
  const retryAfter = waitOf(response.headers?.get('retry-after') ?? null)
  if (reason === 'invalid_grant')
    return say('invalid_grant', {
      permanent: true,
      mend:
        'The refresh token was revoked or has run out: with user type External in Testing they ' +
        'last 7 days, so make the OAuth app Internal and consent again.',
    })
  if (reason === 'unauthorized_client' || reason === 'invalid_client')
    return say(reason, {
      permanent: true,
      mend: `Allow the client id and the scope ${scope} under domain-wide delegation in the Admin console.`,
    })
  if (status === 429 || /rateLimitExceeded|quotaExceeded/i.test(reason ?? ''))
    return say(reason ?? 'HTTP 429', { retryAfter: retryAfter ?? 5000 })
  if (status >= 500 || status === 408) return say(`HTTP ${status}`, { retryAfter })
  if (status === 404) return say('not found', { permanent: true })
  if (reason === 'failedPrecondition')
    return say(reason, { permanent: true, mend: `${mailbox} has no Gmail: leave it out.` })
  if (status === 401)
    return say('signed out', { permanent: true, mend: 'Give the mailbox new credentials.' })
  if (status === 403)
    return say(reason ?? 'forbidden', {
      permanent: true,
      mend: `Turn the Gmail API on in the Google project and grant ${scope}.`,
    })
  return say(`HTTP ${status} ${reason ?? ''}`.trim(), { permanent: true })
}

/** Milliseconds of a Retry-After in seconds or as a date. */
function waitOf(header: string | null): number | null {
  if (header === null) return null
  if (/^\d+$/.test(header)) return Number(header) * 1000
  const until = Date.parse(header)
  return Number.isNaN(until) ? null : Math.max(0, until - Date.now())
}
