import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** A record as it stands in a file, or why there is none to read. */
export type Piece = { text: string; error: null } | { text: string; error: string }

/** Longer records are reported as broken: nothing real comes near it. */
export const longestRecord = 16 * 1024 * 1024

/** The bytes of a file, unpacked where it is gzip, in chunks. @throws where it can't be read */
export async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  const file = await open(path)
  const start = Buffer.alloc(2)
  try {
    await file.read(start, 0, 2, 0)
  } finally {
    await file.close()
  }
  const stream = createReadStream(path, { highWaterMark: 256 * 1024 })
  const packed = start[0] === 0x1f && start[1] === 0x8b
  // compose() hands errors of either stream on, and ends both when the reader stops early.
  yield* packed ? stream.compose<NodeJS.ReadWriteStream & Readable>(createGunzip()) : stream
}

const newline = 0x0a

/** Lines without their ends; what is longer than `longestRecord` comes cut, marked as an error. */
export async function* linesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  let parts: Buffer[] = []
  let length = 0
  const piece = (): Piece => {
    const line = Buffer.concat(parts)
    const text = line.toString('utf8').replace(/\r$/, '')
    const error = length > longestRecord ? 'longer than 16 MB' : null
    parts = []
    length = 0
    return { text, error } as Piece
  }
  const add = (part: Buffer) => {
    if (length <= longestRecord) parts.push(part.subarray(0, longestRecord + 1 - length))
    length += part.length
  }
  for await (const chunk of bytes) {
    let from = 0
    for (let to = chunk.indexOf(newline); to >= 0; to = chunk.indexOf(newline, from)) {
      add(chunk.subarray(from, to))
      yield piece()
      from = to + 1
    }
    if (from < chunk.length) add(chunk.subarray(from))
  }
  if (length > 0) yield piece()
}
