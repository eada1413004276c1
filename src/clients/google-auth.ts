import type { OAuth2Client } from 'google-auth-library'
import { z } from 'zod'
import { ServiceError } from '../core/error.ts'

/** How a mailbox is entered: by one of the two. */
export interface GoogleAuth {
  /** Text of the key file of a service account with domain-wide delegation. */
  service_account?: string | undefined
  /** The owner's consent to an OAuth app of user type Internal. */
  oauth?: { client_id: string; client_secret: string; refresh_token: string } | undefined
}

/** Who signs in, for what, and how an error speaks of it. */
export interface GoogleAccount {
  service: 'gmail' | 'workspace'
  /** The API as the Google Cloud console lists it: `Gmail API`. */
  api: string
  /** Mail address of the mailbox or administrator. */
  subject: string
  /** All that is ever asked for, read-only. */
  scopes: readonly string[]
}

const tokenHost = 'https://oauth2.googleapis.com'

const keyFile = z.object({
  client_email: z.string(),
  private_key: z.string(),
  private_key_id: z.string().optional(),
  client_id: z.string().optional(),
})

/**
 * A client that gets its own tokens for `account`. The JWT flow ignores every setting of its token
 * URL, so on loopback `fetch` itself is bent. `timeout`: ms for one request. @throws ServiceError
 */
export async function signIn(
  account: GoogleAccount,
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
    const { client_email, private_key, private_key_id } = keyIn(account, auth.service_account)
    return new JWT({
      email: client_email,
      key: private_key,
      ...(private_key_id ? { keyId: private_key_id } : {}),
      scopes: [...account.scopes],
      subject: account.subject,
      transporterOptions,
    })
  }
  if (auth.oauth === undefined)
    throw new ServiceError(account.service, `${account.subject}: no credentials`, {
      permanent: true,
    })
  const { client_id, client_secret, refresh_token } = auth.oauth
  const client = new Client({
    clientId: client_id,
    clientSecret: client_secret,
    transporterOptions,
  })
  client.setCredentials({ refresh_token })
  return client
}

function keyIn({ service }: GoogleAccount, text: string): z.infer<typeof keyFile> {
  try {
    return keyFile.parse(JSON.parse(text))
  } catch {
    // The cause would repeat the key.
    throw new ServiceError(service, 'service_account is not a key file', {
      permanent: true,
      mend: 'Make a JSON key for the service account and name its file in the config.',
    })
  }
}

/** The client id in a key file's text, as Google's records name the service account; null for none. */
export function clientIdOf(keyText: string): string | null {
  try {
    return keyFile.parse(JSON.parse(keyText)).client_id ?? null
  } catch {
    return null
  }
}
