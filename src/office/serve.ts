import type { IncomingHttpHeaders } from 'node:http'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Fault, Faults } from './faults.ts'

export interface Request {
  /** HTTP method. */
  verb: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: string
}

export interface Answer {
  status: number
  headers?: Record<string, string>
  /** JSON value, or text as it is. */
  body: unknown
  /** Reset the connection in place of answering. */
  reset?: boolean
}

/** One vendor's protocol, synchronous: everything it knows is in memory. */
export interface Vendor {
  /** The API method's name, as faults and counts use it; null where there is none. */
  method(request: Request): string | null
  /** @param fault one that only this vendor knows how to commit (`denied`, `late10`, …) */
  answer(method: string | null, request: Request, fault: Fault | null): Answer
}

export interface Served {
  /** `http://127.0.0.1:PORT/` */
  url: string
  /** Requests being worked on, without those that hang on purpose. */
  inFlight(): number
  close(): Promise<void>
}

const page = '<!DOCTYPE html><html><head><title>Service unavailable</title></head></html>'

/** Serves a vendor on a free loopback port. `count` hears every call's method. */
export async function serve(
  vendor: Vendor,
  { faults, count }: { faults: Faults; count: (method: string) => void },
): Promise<Served> {
  let working = 0

  const respond = (request: Request, response: ServerResponse, release: () => void) => {
    const method = vendor.method(request)
    count(method ?? 'unknown')
    const fault = method ? faults.take(method) : null
    // `release` twice is once: a hanging request stops counting long before it is closed.
    if (fault?.kind === 'hang') return release()
    if (fault?.kind === 'drop') return reset(response)
    if (fault?.kind === 'html') return send(response, { status: 200, body: page })
    if (fault?.kind === '500') return send(response, { status: 500, body: 'Internal error' })
    const answer = vendor.answer(method, request, fault)
    if (answer.reset || fault?.kind === 'reset') return reset(response)
    send(response, answer)
  }

  const server = createServer((incoming, response) => {
    working += 1
    let counted = true
    const release = () => {
      if (counted) working -= 1
      counted = false
    }
    response.once('close', release)
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.once('end', () => {
      const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
      const request: Request = {
        verb: incoming.method ?? 'GET',
        path: url.pathname,
        query: url.searchParams,
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      }
      try {
        respond(request, response, release)
      } catch (cause) {
        send(response, { status: 500, body: String(cause instanceof Error ? cause.stack : cause) })
      }
    })
  })
  // A keep-alive connection that Node closed while the client reused it would look like a fault.
  server.keepAliveTimeout = 600_000
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(0, '127.0.0.1', done)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    inFlight: () => working,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function send(response: ServerResponse, { status, headers = {}, body }: Answer) {
  const isText = typeof body === 'string'
  response.writeHead(status, {
    'content-type': isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
    ...headers,
  })
  response.end(isText ? body : JSON.stringify(body))
}

const reset = (response: ServerResponse) => {
  const socket: Socket | null = response.socket
  socket?.resetAndDestroy()
}
