import { z } from 'zod'
import type { Credentials } from './aws-auth.ts'
import type { RequestLog } from './request-log.ts'

/** One call on a service of AWS that answers in XML. */
export interface SignedRequest {
  /** As it is signed for: `iam`, `sts`, `ec2`, `s3`. */
  service: string
  region: string
  host: string
  /** Default `/`; its parts are encoded already. */
  path?: string
  query?: Record<string, string>
  headers?: Record<string, string>
  /** Fields of the query protocol; without them the call is a GET. */
  form?: Record<string, string>
}

const longest = 20_000_000

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and its two older shapes. */
const detail = z.object({ Code: z.string(), Message: z.string().catch('') })
const failure = z.union([
  z.object({ Error: detail }).transform((a) => a.Error),
  z.object({ ErrorResponse: z.object({ Error: detail }) }).transform((a) => a.ErrorResponse.Error),
  z
    .object({ Response: z.object({ Errors: z.object({ Error: detail }) }) })
    .transform((a) => a.Response.Errors.Error),
])

const encode = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/**
 * Sends a call, signed by the SDK's own signer, and gives the answer's XML as a value. The vendor's
 * clients for these few calls would be 40 MB. A refusal is thrown as the SDK throws it: by `name`
 * the code, in `$metadata` the status.
 */
export async function sendSigned(
  { service, region, host, path = '/', query = {}, headers = {}, form }: SignedRequest,
  {
    credentials,
    endpoint,
    signal,
    requests,
  }: {
    credentials: Credentials
    endpoint: string | undefined
    signal: AbortSignal
    requests?: RequestLog | undefined
  },
): Promise<unknown> {
  const { SignatureV4 } = await import('@smithy/signature-v4')
  const { Sha256 } = await import('@smithy/core/checksum')
  const { parseXML } = await import('@aws-sdk/xml-builder')
  const url = new URL(endpoint ?? `https://${host}`)
  const body = form && new URLSearchParams(form).toString()
  const method = form ? 'POST' : 'GET'
  const signer = new SignatureV4({
    service,
    region,
    credentials,
    sha256: Sha256,
    // https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
    uriEscapePath: service !== 's3',
  })
  const { headers: signed } = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path,
    query,
    headers: {
      ...headers,
      host: url.host,
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    body,
  })
  const { host: _, ...sent } = signed
  const pairs = Object.entries(query).map(([name, value]) => `${encode(name)}=${encode(value)}`)
  const answer = await fetch(`${url.origin}${path}${pairs.length ? `?${pairs.join('&')}` : ''}`, {
    method,
    headers: { ...sent, 'user-agent': 'porchlight' },
    redirect: 'manual',
    signal,
    ...(body === undefined ? {} : { body }),
  })
  // S3 calls it otherwise: https://docs.aws.amazon.com/AmazonS3/latest/API/RESTCommonResponseHeaders.html
  requests?.add(answer.headers.get('x-amzn-requestid') ?? answer.headers.get('x-amz-request-id'))
  const text = (await answer.text()).slice(0, longest)
  if (answer.ok) return parseXML(text)
  throw refusal(answer.status, text, parseXML)
}

function refusal(status: number, text: string, parseXML: (xml: string) => unknown): Error {
  const { Code, Message } = failure
    .catch({ Code: `HTTP ${status}`, Message: '' })
    .parse(treeOf(text, parseXML))
  return Object.assign(new Error(Message || 'no reason given'), {
    name: Code,
    $metadata: { httpStatusCode: status },
  })
}

function treeOf(text: string, parseXML: (xml: string) => unknown): unknown {
  try {
    return parseXML(text)
  } catch {
    return null
  }
}
