import { messageOf, ServiceError } from '../core/error.ts'

/** What a web server sends of a file. */
export interface Offer {
  /** First byte that follows: 0, or the one asked for. */
  from: number
  /** Bytes of the whole file, or null where the server doesn't say. */
  total: number | null
  /** Strong ETag of this version of the file, or null. */
  etag: string | null
  /** The host it comes from, after redirects. */
  host: string
  body: AsyncIterable<Uint8Array>
}

const mostRedirects = 5
const redirects = [301, 302, 303, 307, 308]
/** States that pass, of https://www.rfc-editor.org/rfc/rfc9110#name-status-codes */
const passing = [408, 425, 429, 500, 502, 503, 504]

const permanent = (message: string, mend: string) =>
  new ServiceError('model', message, { permanent: true, mend })
const elsewhere = 'Name another address with --url.'

/** An address files may be fetched from: https, or this network. @throws ServiceError, permanent */
export function sourceUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isInside(url))))
    throw permanent(`${text.slice(0, 200)} is no https address`, 'Write https://HOST/FILE.gguf.')
  if (url.username || url.password)
    throw permanent('the address holds a name or password', 'Leave them out of the address.')
  return url
}

/** This machine or its network, by the look of the name. */
const isInside = ({ hostname }: URL) =>
  /^[\d.]+$|^\[|^[^.]+$|\.(?:local|internal|localhost)$/.test(hostname)

/**
 * Asks for a file from byte `from` on, if it still is the version `etag`. `complete`: nothing
 * follows; `changed`: only another version could be had. @throws ServiceError
 */
export async function ask(
  url: URL,
  from: number,
  etag: string | null,
  signal: AbortSignal,
): Promise<Offer | 'complete' | 'changed'> {
  const headers = {
    // A compressed answer has other bytes and another length.
    'accept-encoding': 'identity',
    'user-agent': 'porchlight',
    ...(from > 0 && { range: `bytes=${from}-` }),
    ...(from > 0 && etag !== null && { 'if-range': etag }),
  }
  let at = url
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const response = await request(at, headers, signal)
    const answer = redirects.includes(response.status)
      ? next(at, url, response.headers.get('location'))
      : read(response, at.host, from, etag)
    if (answer instanceof ServiceError || typeof answer === 'string' || answer instanceof URL)
      await response.body?.cancel()
    if (answer instanceof ServiceError) throw answer
    if (!(answer instanceof URL)) return answer
    at = answer
  }
  throw permanent(`${url.host} sends on more than ${mostRedirects} times`, elsewhere)
}

async function request(url: URL, headers: Record<string, string>, signal: AbortSignal) {
  try {
    return await fetch(url, { headers, redirect: 'manual', signal })
  } catch (cause) {
    signal.throwIfAborted()
    const why = cause instanceof Error && cause.cause ? messageOf(cause.cause) : messageOf(cause)
    throw new ServiceError('model', `${url.host} can’t be reached: ${why}`, { cause })
  }
}

/** Who redirects chooses the host, but not a way in: neither plain http nor this network. */
function next(at: URL, start: URL, location: string | null): URL | ServiceError {
  const to = location !== null && URL.canParse(location, at.href) ? new URL(location, at) : null
  if (!to) return permanent(`${at.host} sends on to nowhere`, elsewhere)
  if (to.protocol !== 'https:')
    return permanent(`${at.host} sends on to ${to.host} without https`, elsewhere)
  if (isInside(to) && !isInside(start))
    return permanent(`${at.host} sends on to ${to.host}, inside this network`, elsewhere)
  return to
}

function read(
  response: Response,
  host: string,
  from: number,
  wanted: string | null,
): Offer | 'complete' | 'changed' | ServiceError {
  const { status, headers, body } = response
  if (status !== 200 && status !== 206 && status !== 416) return refusal(response, host)
  const tag = headers.get('etag')
  const etag = tag?.startsWith('"') ? tag : null
  const same = wanted === null || etag === null || etag === wanted
  const range = contentRange(headers.get('content-range'))
  if (status === 416) return same && range?.total === from ? 'complete' : 'changed'
  if (status === 206 && !(same && range?.from === from)) return 'changed'
  if (/^text\/html/i.test(headers.get('content-type') ?? ''))
    return permanent(`${host} answered with a web page`, elsewhere)
  if (!body || !/^identity$/i.test(headers.get('content-encoding') ?? 'identity'))
    return permanent(`${host} sends nothing, or sends it compressed`, elsewhere)
  // Taken hold of now: fetch empties a body that nobody reads once its response is collected.
  const bytes = body.values()
  if (status === 206)
    return { from, total: range?.total ?? null, etag: etag ?? wanted, host, body: bytes }
  const length = headers.get('content-length')
  return { from: 0, total: length === null ? null : Number(length), etag, host, body: bytes }
}

function refusal({ status, headers }: Response, host: string): ServiceError {
  if (passing.includes(status))
    return new ServiceError('model', `${host} answered ${status}`, {
      retryAfter: Math.min(60, Number(headers.get('retry-after')) || 0) * 1000,
    })
  return status === 401 || status === 403
    ? permanent(`${host} wants a login for this file (${status})`, elsewhere)
    : permanent(`${host} answered ${status}`, elsewhere)
}

/** Of `bytes 0-9/10`, https://www.rfc-editor.org/rfc/rfc9110#field.content-range; `*` is null. */
function contentRange(text: string | null): { from: number | null; total: number | null } | null {
  const found = /^bytes (?:(\d{1,15})-\d{1,15}|\*)\/(?:(\d{1,15})|\*)$/.exec(text ?? '')
  if (!found) return null
  const number = (digits: string | undefined) => (digits === undefined ? null : Number(digits))
  return { from: number(found[1]), total: number(found[2]) }
}
