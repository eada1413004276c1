import { createVerify } from 'node:crypto'
import type { Credentials } from './credentials.ts'
import type { Answer, Request } from './serve.ts'

const base = 'https://www.googleapis.com/auth/'
/** All that an administrator may allow the monitor's service account. */
export const googleScopes = [
  'gmail.readonly',
  'admin.reports.audit.readonly',
  'admin.directory.user.readonly',
  'admin.directory.user.security',
  'admin.directory.group.readonly',
  'admin.directory.group.member.readonly',
]
/** Seconds. */
const lifetime = 3599

/** What a token opens. */
export interface Leave {
  owner: string
  /** Without their common beginning: `gmail.readonly`. */
  scopes: string[]
  /** Whether a service account holds it. */
  isDelegated: boolean
}

/**
 * The token endpoint: refresh tokens of single mailboxes, and a service account that may act for
 * any of them within the scopes `allowed`. Lifetimes run in real time, as they do for the clients.
 * https://developers.google.com/identity/protocols/oauth2/service-account
 */
export function createTokens(
  credentials: Credentials,
  mailboxes: string[],
  allowed: readonly string[] = googleScopes,
) {
  const issued = new Map<string, Leave & { until: number }>()

  const issue = (owner: string, scopes: string[], isDelegated: boolean): Answer => {
    const access_token = `ya29.${issued.size}.${Buffer.from(owner).toString('base64url')}`
    const until = Date.now() + lifetime * 1000
    issued.set(access_token, { owner, scopes, isDelegated, until })
    const scope = scopes.map((one) => base + one).join(' ')
    return {
      status: 200,
      body: { access_token, expires_in: lifetime, scope, token_type: 'Bearer' },
    }
  }

  const refresh = (form: URLSearchParams) => {
    const { client_id, client_secret, refreshToken } = credentials.google
    if (form.get('client_id') !== client_id || form.get('client_secret') !== client_secret) {
      return failure(401, 'invalid_client', 'The OAuth client was not found.')
    }
    const owner = mailboxes.find((address) => refreshToken(address) === form.get('refresh_token'))
    return owner
      ? issue(owner, ['gmail.readonly'], false)
      : failure(400, 'invalid_grant', 'Token has been expired or revoked.')
  }

  const assert = (form: URLSearchParams) => {
    const account = credentials.serviceAccount()
    const [head = '', body = '', signature = ''] = (form.get('assertion') ?? '').split('.')
    const claims = part(body)
    const isSigned =
      part(head).alg === 'RS256' &&
      createVerify('RSA-SHA256')
        .update(`${head}.${body}`)
        .verify(account.public_key, signature, 'base64url')
    if (!isSigned || claims.iss !== account.client_email) {
      return failure(400, 'invalid_grant', 'Invalid JWT Signature.')
    }
    if (!(Number(claims.exp) * 1000 > Date.now())) {
      return failure(400, 'invalid_grant', 'Invalid JWT: Token must be a short-lived token.')
    }
    const wanted = String(claims.scope)
      .split(' ')
      .map((one) => one.replace(base, ''))
    if (!wanted.every((one) => allowed.includes(one))) {
      return failure(
        401,
        'unauthorized_client',
        'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.',
      )
    }
    const owner = mailboxes.find((address) => address === claims.sub)
    return owner
      ? issue(owner, wanted, true)
      : failure(400, 'invalid_grant', 'Invalid email or User ID')
  }

  return {
    /** What a token opens, or null. */
    leave(token: string): Leave | null {
      const known = issued.get(token)
      return known && known.until > Date.now() ? known : null
    },

    grant({ body }: Request, isRevoked: boolean): Answer {
      if (isRevoked) return failure(400, 'invalid_grant', 'Token has been expired or revoked.')
      const form = new URLSearchParams(body)
      if (form.get('grant_type') === 'refresh_token') return refresh(form)
      if (form.get('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer') {
        return assert(form)
      }
      return failure(400, 'unsupported_grant_type', 'Invalid grant_type')
    },
  }
}

function part(text: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) ?? {}
  } catch {
    return {}
  }
}

const failure = (status: number, error: string, error_description: string): Answer => ({
  status,
  body: { error, error_description },
})
