import { z } from 'zod'
import { messageOf, ServiceError } from '../core/error.ts'

const failure = z.object({
  name: z.string(),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional(),
})

/** Errors that stay until somebody acts: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/CommonErrors.html */
const mends: Record<string, string> = {
  AccessDeniedException: 'Attach the policy of the README to the user or role.',
  UnauthorizedOperation: 'Attach the policy of the README to the user or role.',
  AccessDenied: 'Attach the policy of the README, and let the user assume the role.',
  UnrecognizedClientException: 'The access key does not exist any more: make a new one.',
  AuthFailure: 'The access key does not exist any more: make a new one.',
  InvalidAccessKeyId: 'The access key does not exist any more: make a new one.',
  InvalidClientTokenId: 'The access key does not exist any more: make a new one.',
  SignatureDoesNotMatch: 'The secret access key does not belong to the access key id.',
  InvalidSignatureException: 'Check the secret access key, and the clock of this box.',
  ExpiredTokenException: 'The session has run out: sign in again, or use a role.',
  ExpiredToken: 'The session has run out: sign in again, or use a role.',
  OptInRequired: 'Activate the account or leave the Region out.',
  CredentialsProviderError: 'Give the account keys, a profile or a role.',
}

/** What a failed call means. */
export function awsError(what: string, region: string, cause: unknown): ServiceError {
  if (cause instanceof ServiceError) return cause
  const { name } = failure.catch({ name: 'Error' }).parse(cause)
  const where = `${what} in ${region}`
  const mend = mends[name]
  if (mend)
    return new ServiceError('cloudtrail', `${where}: ${name}`, { permanent: true, mend, cause })
  if (/Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/.test(name))
    return new ServiceError('cloudtrail', `${where}: ${name}`, { retryAfter: 2000, cause })
  const text = messageOf(cause).slice(0, 200)
  return new ServiceError('cloudtrail', `${where}: ${name}: ${text}`, {
    permanent: name === 'ValidationException',
    cause,
  })
}
