import type { Clock } from '../core/ports.ts'
import type { Credentials } from './credentials.ts'
import type { Fault } from './faults.ts'
import { createGmail, gmailCosts } from './gmail-methods.ts'
import { createTokens } from './google-tokens.ts'
import { createQuotas } from './quota.ts'
import type { Answer, Request, Vendor } from './serve.ts'
import type { World } from './world.ts'

/** https://developers.google.com/workspace/gmail/api/reference/quota */
const unitsPerMinute = 6000

/** Gmail under `/gmail/v1/` and the token endpoint under `/token` and `/oauth2/token`. */
export function googleServer(
  world: World,
  { clock, credentials, limits }: { clock: Clock; credentials: Credentials; limits: boolean },
): Vendor {
  const gmail = createGmail(world, clock)
  const tokens = createTokens(credentials, gmail.mailboxes)
  const quota = createQuotas(unitsPerMinute, 60_000)

  const refused = (method: string, request: Request, fault: Fault | null): Answer | null => {
    if (fault?.kind === 'limited') return tooMany(429, fault.retryAfter ?? 1)
    if (fault?.kind === 'quota') return tooMany(403)
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    const owner = bearer ? tokens.owner(bearer) : null
    if (!owner || fault?.kind === 'denied') return unauthorized
    const { user } = routeOf(request)
    if (user !== 'me' && user !== owner) {
      return googleError(403, 'forbidden', `Delegation denied for ${owner}`, 'PERMISSION_DENIED')
    }
    const waiting = limits ? quota(owner, clock.now(), gmailCosts[method]) : 0
    return waiting > 0 ? tooMany(403) : null
  }

  return {
    method(request) {
      if (request.path === '/token' || request.path === '/oauth2/token') return 'oauth2.token'
      const { method } = routeOf(request)
      return method in gmailCosts ? method : null
    },

    answer(method, request, fault) {
      if (method === 'oauth2.token') return tokens.grant(request, fault?.kind === 'denied')
      if (!method) return googleError(404, 'notFound', 'Not Found', 'NOT_FOUND')
      const answer = refused(method, request, fault)
      if (answer) return answer
      if (fault?.kind === 'expired' || fault?.kind === 'gone') return notFound
      const bearer = request.headers.authorization?.slice('Bearer '.length) ?? ''
      const { id } = routeOf(request)
      const body = gmail.call(method, tokens.owner(bearer) ?? '', id, request.query)
      if (body === 'notFound') return notFound
      if (typeof body === 'string') {
        return googleError(400, 'invalidArgument', body, 'INVALID_ARGUMENT')
      }
      return { status: 200, body }
    },
  }
}

/** `/gmail/v1/users/{user}/messages/{id}` is `messages.get`. */
function routeOf({ path }: Request) {
  const [, , , , user = '', kind = '', id = ''] = path.split('/').map(decodeURIComponent)
  const verb = kind === 'profile' || id ? 'get' : 'list'
  const method = kind === 'profile' ? 'getProfile' : `${kind}.${verb}`
  return { user, id, method: path.startsWith('/gmail/v1/users/') ? method : '' }
}

const googleError = (
  code: number,
  reason: string,
  message: string,
  status: string,
  domain = 'global',
  headers: Record<string, string> = {},
): Answer => ({
  status: code,
  headers,
  body: { error: { code, message, errors: [{ message, domain, reason }], status } },
})

const notFound = googleError(404, 'notFound', 'Requested entity was not found.', 'NOT_FOUND')

const unauthorized: Answer = googleError(
  401,
  'authError',
  'Request had invalid authentication credentials.',
  'UNAUTHENTICATED',
)

const tooMany = (code: 403 | 429, retryAfter?: number): Answer =>
  googleError(
    code,
    'rateLimitExceeded',
    "Quota exceeded for quota metric 'Queries' and limit 'Units per minute per user' of service 'gmail.googleapis.com'.",
    code === 429 ? 'RESOURCE_EXHAUSTED' : 'PERMISSION_DENIED',
    'usageLimits',
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) },
  )
