import { z } from 'zod'
import { messageOf, ServiceError } from '../core/error.ts'
import { scope } from './google-auth.ts'

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

/** What was asked for does not exist (any more). */
export const isGone = (error: unknown): boolean =>
  error instanceof ServiceError && failure.catch({}).parse(error.cause).response?.status === 404

/** What Google's answer to `what` means for `mailbox`. */
export function googleError(what: string, mailbox: string, cause: unknown): ServiceError {
  if (cause instanceof ServiceError) return cause
  const { response } = failure.catch({}).parse(cause)
  const error = body.safeParse(response?.data).data?.error
  const reason = typeof error === 'string' ? error : (error?.errors?.[0]?.reason ?? error?.status)
  const say = (
    text: string,
    rest: { permanent?: boolean; retryAfter?: number | null; mend?: string } = {},
  ) => new ServiceError('gmail', `${what} of ${mailbox}: ${text.slice(0, 200)}`, { ...rest, cause })

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
