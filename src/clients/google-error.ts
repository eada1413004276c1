import { z } from 'zod'
import { messageOf, ServiceError } from '../core/error.ts'
import type { GoogleAccount } from './google-auth.ts'

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

/** The Reports API says 401 where others say 403. */
const isNotAuthorized = (status: number | undefined, message: string | undefined): boolean =>
  status === 403 || (status === 401 && /not authorized/i.test(message ?? ''))

/** Google won't show this: the edition lacks it, or the account may not see it. */
export function isRefused(error: unknown): boolean {
  if (!(error instanceof ServiceError) || !error.permanent) return false
  const { response } = failure.catch({}).parse(error.cause)
  const said = body.safeParse(response?.data).data?.error
  // What fails to sign in is told in one word: https://www.rfc-editor.org/rfc/rfc6749#section-5.2
  if (typeof said === 'string') return false
  return response?.status === 400 || isNotAuthorized(response?.status, said?.message)
}

/** What Google's answer to `what` means for `account`. */
export function googleError(
  what: string,
  { service, api, subject, scopes }: GoogleAccount,
  cause: unknown,
): ServiceError {
  if (cause instanceof ServiceError) return cause
  const { response } = failure.catch({}).parse(cause)
  const error = body.safeParse(response?.data).data?.error
  const reason = typeof error === 'string' ? error : (error?.errors?.[0]?.reason ?? error?.status)
  const say = (
    text: string,
    rest: { permanent?: boolean; retryAfter?: number | null; mend?: string } = {},
  ) => new ServiceError(service, `${what} of ${subject}: ${text.slice(0, 200)}`, { ...rest, cause })

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
      mend: `Allow the client id and the ${scopeWords(scopes)} under domain-wide delegation in the Admin console.`,
    })
  if (status === 429 || /rateLimitExceeded|quotaExceeded/i.test(reason ?? ''))
    return say(reason ?? 'HTTP 429', { retryAfter: retryAfter ?? 5000 })
  if (status >= 500 || status === 408) return say(`HTTP ${status}`, { retryAfter })
  if (status === 404) return say('not found', { permanent: true })
  if (reason === 'failedPrecondition' && service === 'gmail')
    return say(reason, { permanent: true, mend: `${subject} has no Gmail: leave it out.` })
  const message = typeof error === 'string' ? undefined : error?.message
  const isDenied = isNotAuthorized(status, message)
  if (status === 401 && !isDenied)
    return say('signed out', { permanent: true, mend: `Give ${subject} new credentials.` })
  if (isDenied)
    return say(reason ?? 'forbidden', {
      permanent: true,
      mend:
        `Turn the ${api} on in the Google project and grant the ${scopeWords(scopes)}` +
        (service === 'workspace' ? `; ${subject} needs an admin role that may see it.` : '.'),
    })
  return say(`HTTP ${status} ${reason ?? ''}`.trim(), { permanent: true })
}

const scopeWords = (scopes: readonly string[]) =>
  `${scopes.length > 1 ? 'scopes' : 'scope'} ${scopes.join(', ')}`

/** Milliseconds of a Retry-After in seconds or as a date. */
function waitOf(header: string | null): number | null {
  if (header === null) return null
  if (/^\d+$/.test(header)) return Number(header) * 1000
  const until = Date.parse(header)
  return Number.isNaN(until) ? null : Math.max(0, until - Date.now())
}
