import { type Xml, xmlAnswer } from './aws-xml.ts'
import type { Answer } from './serve.ts'

/** Why a call is turned away. */
export type Refusal = 'denied' | 'limited' | 'expired' | 'stranger'

/** The codes by which each service turns calls away. */
const codes: Record<string, Record<Refusal, [code: string, status: number]>> = {
  // https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
  iam: {
    denied: ['AccessDenied', 403],
    limited: ['Throttling', 400],
    expired: ['ExpiredToken', 403],
    stranger: ['InvalidClientTokenId', 403],
  },
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
  ec2: {
    denied: ['UnauthorizedOperation', 403],
    limited: ['RequestLimitExceeded', 503],
    expired: ['ExpiredToken', 400],
    stranger: ['AuthFailure', 401],
  },
  // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
  s3: {
    denied: ['AccessDenied', 403],
    limited: ['SlowDown', 503],
    expired: ['ExpiredToken', 400],
    stranger: ['InvalidAccessKeyId', 403],
  },
}

/** An error in the shape of the service that tells it. */
export function xmlFailure(
  service: string,
  code: string,
  status: number,
  headers: Record<string, string> = {},
): Answer {
  const error: Xml = { Code: code, Message: `The office says ${code}.` }
  const id = '4442587f-b7d0-4200-8000-000000000000'
  const more = { status, headers }
  if (service === 's3') return xmlAnswer('Error', { ...error, RequestId: id }, more)
  if (service === 'ec2') {
    return xmlAnswer('Response', { Errors: { Error: error }, RequestID: id }, more)
  }
  return xmlAnswer('ErrorResponse', { Error: { Type: 'Sender', ...error }, RequestId: id }, more)
}

/** A call turned away as its service does. */
export function xmlRefusal(service: string, refusal: Refusal): Answer {
  const [code, status] = (codes[service === 'sts' ? 'iam' : service] ?? codes.iam)?.[refusal] ?? [
    'ServiceFailure',
    500,
  ]
  return xmlFailure(service, code, status)
}
