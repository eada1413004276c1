import type { Clock } from '../core/ports.ts'
import type { Credentials } from './credentials.ts'
import { createGmail, gmailCosts } from './gmail-methods.ts'
import { gmailSetting, gmailSettings } from './gmail-settings-api.ts'
import { createTokens, type Leave } from './google-tokens.ts'
import { createQuotas } from './quota.ts'
import type { Answer, Request, Vendor } from './serve.ts'
import { createWorkspaceApi, workspaceRoute, workspaceScopes } from './workspace-server.ts'
import type { World } from './world.ts'

/** https://developers.google.com/workspace/gmail/api/reference/quota */
const unitsPerMinute = 6000
/** https://developers.google.com/workspace/admin/reports/v1/limits */
const adminPerMinute = 2400

/**
 * Gmail under `/gmail/v1/`, the Directory and Reports APIs under `/admin/`, and the token endpoint
 * under `/token` and `/oauth2/token`.
 */
export function googleServer(
  world: World,
  { clock, credentials, limits }: { clock: Clock; credentials: Credentials; limits: boolean },
): Vendor {
  const gmail = createGmail(world, clock)
  const workspace = createWorkspaceApi(world, clock)
  const users = world.google?.users.map((u) => u.primaryEmail) ?? []
  const subjects = [...new Set([...gmail.mailboxes, ...users])]
  const tokens = createTokens(credentials, subjects, world.google?.scopes)
  const quota = createQuotas(unitsPerMinute, 60_000)
  const adminQuota = createQuotas(adminPerMinute, 60_000)

  const refusedMail = (method: string, request: Request, leave: Leave): Answer | null => {
    const { user } = routeOf(request)
    if (user !== 'me' && user !== leave.owner)
      return forbidden(`Delegation denied for ${leave.owner}`)
    if (!leave.scopes.includes('gmail.readonly')) return missingScope
    if (method === 'settings.delegates' && !leave.isDelegated)
      return forbidden('Access restricted to service accounts that have been delegated authority')
    const waiting = limits ? quota(leave.owner, clock.now(), costOf(method)) : 0
    return waiting > 0 ? tooMany(403) : null
  }

  const refusedAdmin = (method: string, { owner, scopes }: Leave): Answer | null => {
    if (!workspaceScopes[method]?.some((scope) => scopes.includes(scope))) return missingScope
    if (!workspace.isAdmin(owner))
      return method === 'activities.list'
        ? notAuthorized
        : forbidden('Not Authorized to access this resource/api')
    return limits && adminQuota(owner, clock.now()) > 0 ? tooMany(403) : null
  }

  return {
    method(request) {
      if (request.path === '/token' || request.path === '/oauth2/token') return 'oauth2.token'
      const { method } = routeOf(request)
      return isServed(method) ? method : (workspaceRoute(request.path)?.method ?? null)
    },

    answer(method, request, fault) {
      if (method === 'oauth2.token') return tokens.grant(request, fault?.kind === 'denied')
      if (!method) return googleError(404, 'notFound', 'Not Found', 'NOT_FOUND')
      if (fault?.kind === 'limited') return tooMany(429, fault.retryAfter ?? 1)
      if (fault?.kind === 'quota') return tooMany(403)
      const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
      const leave = bearer ? tokens.leave(bearer) : null
      if (!leave || fault?.kind === 'denied') return unauthorized
      const admin = workspaceRoute(request.path)
      const refusal = admin ? refusedAdmin(method, leave) : refusedMail(method, request, leave)
      if (refusal) return refusal
      if (fault?.kind === 'expired' || fault?.kind === 'gone') return notFound
      if (admin) {
        const body = workspace.call(method, admin.key, request.query)
        return 'failure' in body
          ? googleError(...(body.failure as [number, string, string]), 'FAILED')
          : { status: 200, body }
      }
      const { kind, id } = routeOf(request)
      if (kind === 'settings') return { status: 200, body: gmailSetting(world, leave.owner, id) }
      const body = gmail.call(method, leave.owner, id, request.query)
      if (body === 'notFound') return notFound
      if (typeof body === 'string') {
        return googleError(400, 'invalidArgument', body, 'INVALID_ARGUMENT')
      }
      return { status: 200, body }
    },
  }
}

/** `/gmail/v1/users/{user}/messages/{id}` is `messages.get`, `…/settings/imap` is `settings.imap`. */
function routeOf({ path }: Request) {
  const [, , , , user = '', kind = '', id = ''] = path.split('/').map(decodeURIComponent)
  const verb = kind === 'settings' ? id : id ? 'get' : 'list'
  const method = kind === 'profile' ? 'getProfile' : `${kind}.${verb}`
  return { user, kind, id, method: path.startsWith('/gmail/v1/users/') ? method : '' }
}

const isSetting = (method: string) => method.replace(/^settings\./, '') in gmailSettings
const isServed = (method: string) => method in gmailCosts || isSetting(method)
const costOf = (method: string) => gmailCosts[method] ?? 1

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

const forbidden = (message: string): Answer =>
  googleError(403, 'forbidden', message, 'PERMISSION_DENIED')

const missingScope = googleError(
  403,
  'insufficientPermissions',
  'Request had insufficient authentication scopes.',
  'PERMISSION_DENIED',
)

/** The Reports API's own way of saying 403. */
const notAuthorized = googleError(
  401,
  'authError',
  'Access denied. You are not authorized to read activity records.',
  'UNAUTHENTICATED',
)

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
