import type { CloudTrailClientConfig } from '@aws-sdk/client-cloudtrail'

/** How an account is entered: keys, a profile, or else the default chain; then perhaps a role. */
export interface AwsAuth {
  access_key_id?: string | undefined
  secret_access_key?: string | undefined
  profile?: string | undefined
  role_arn?: string | undefined
  external_id?: string | undefined
}

/** How we call ourselves in an assumed role. */
export const sessionName = 'porchlight'

/** What the SDK's clients sign with: keys, or a function that fetches them. */
export type Credentials = NonNullable<CloudTrailClientConfig['credentials']>

/** Without `throwOnRequestTimeout` a hung request is only warned of. */
const handler = (timeout: number) => ({
  requestTimeout: timeout,
  connectionTimeout: 5_000,
  throwOnRequestTimeout: true,
})

/** What every client of one account is made with, and its credentials, found when first asked for. */
export function openAws({
  auth,
  endpoint,
  timeout,
}: {
  auth: AwsAuth
  endpoint: string | undefined
  /** ms of real time for one request. */
  timeout: number
}) {
  const base = {
    // Our own retries run on the Clock.
    maxAttempts: 1,
    requestHandler: handler(timeout),
    ...(endpoint ? { endpoint } : {}),
  }
  let credentials: Promise<Credentials> | null = null
  const enter = () => {
    credentials ??= credentialsOf(auth, base)
    return credentials
  }
  return { base, enter }
}

async function credentialsOf(
  auth: AwsAuth,
  base: Pick<CloudTrailClientConfig, 'maxAttempts' | 'endpoint'>,
): Promise<Credentials> {
  const { access_key_id, secret_access_key, profile, role_arn, external_id } = auth
  const fixed =
    access_key_id && secret_access_key
      ? { accessKeyId: access_key_id, secretAccessKey: secret_access_key }
      : null
  if (fixed && !role_arn) return fixed
  const { fromIni, fromNodeProviderChain, fromTemporaryCredentials } = await import(
    '@aws-sdk/credential-providers'
  )
  const own = fixed ?? (profile ? fromIni({ profile }) : fromNodeProviderChain())
  if (!role_arn) return own
  const role = fromTemporaryCredentials({
    masterCredentials: own,
    params: {
      RoleArn: role_arn,
      RoleSessionName: sessionName,
      ...(external_id ? { ExternalId: external_id } : {}),
    },
    clientConfig: { ...base, region: 'us-east-1' },
  })
  // Each Region's client would assume the role for itself.
  let last: ReturnType<typeof role> | null = null
  return async () => {
    const current = await last?.catch(() => null)
    const left = (current?.expiration?.getTime() ?? 0) - Date.now()
    if (current && left > 300_000) return current
    last = role()
    return last
  }
}
