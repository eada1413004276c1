import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How one request is answered; without any of these, as a good server does. */
export interface Answer {
  bytes: Buffer
  etag?: string
  /** Answers every request with the whole file. */
  noRange?: boolean
  /** Sends the asked-for range of the file as it is now, whatever If-Range says. */
  noIfRange?: boolean
  /** Sends no length. */
  chunked?: boolean
  /** Breaks the connection after so many bytes of the body. */
  cutAfter?: number
  /** Sends that many bytes and then nothing more. */
  silentAfter?: number
  /** Bytes at a time, a few milliseconds apart. */
  slow?: number
  status?: number
  headers?: Record<string, string>
}

/** A web server with one file on this machine; `next` says how each request is answered, in turn. */
export async function startFileServer(next: (request: number) => Answer, port = 0) {
  const asked: { range: string | undefined; ifRange: string | undefined }[] = []
  const server = createServer((request, response) => {
    asked.push({ range: request.headers.range, ifRange: request.headers['if-range'] as string })
    void answer(request, response, next(asked.length))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const at = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${at.port}/some/model.gguf`,
    asked,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, a: Answer) {
  const total = a.bytes.length
  const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')
  const stale =
    !a.noIfRange && request.headers['if-range'] && request.headers['if-range'] !== a.etag
  const from = asked && !a.noRange && !stale ? Number(asked[1]) : null
  const past = from !== null && from >= total
  const body = past ? Buffer.alloc(0) : a.bytes.subarray(from ?? 0)
  response.writeHead(a.status ?? (past ? 416 : from === null ? 200 : 206), {
    ...(a.etag && { etag: a.etag }),
    ...(!a.chunked && { 'content-length': body.length }),
    ...(past && { 'content-range': `bytes */${total}` }),
    ...(from !== null && !past && { 'content-range': `bytes ${from}-${total - 1}/${total}` }),
    ...a.headers,
  })
  const end = a.cutAfter ?? a.silentAfter ?? body.length
  const piece = a.slow ?? 65_536
  for (let at = 0; at < Math.min(end, body.length) && !response.destroyed; at += piece) {
    response.write(body.subarray(at, Math.min(at + piece, end)))
    if (a.slow) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  if (a.silentAfter !== undefined) return
  if (a.cutAfter === undefined) response.end()
  // What was written goes out first, and then the connection breaks.
  else setTimeout(() => response.destroy(), a.cutAfter > 1000 ? 50 : 2)
}
