import { bytesOf, linesOf, longestRecord, type Piece } from './bytes.ts'

/** Names of the lists that exports wrap their records in. */
const wrappers = ['Records', 'Events']

/** The JSON records of a file, as `recordsIn`. @throws where it can't be read */
export const jsonRecords = (path: string): AsyncGenerator<Piece> => recordsIn(bytesOf(path))

/**
 * The JSON records of an export, in order and without holding it whole: `{"Records": […]}`,
 * `{"Events": […]}`, a plain list, one record a line, or records one after the other.
 */
export async function* recordsIn(bytes: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  const chunks = bytes[Symbol.asyncIterator]()
  let head = Buffer.alloc(0)
  let done = false
  while (!done && head.length < headLength) {
    const next = await chunks.next()
    if (next.done) done = true
    else head = Buffer.concat([head, next.value])
  }
  const all = (async function* () {
    yield head
    if (!done) yield* { [Symbol.asyncIterator]: () => chunks }
  })()
  yield* isDocument(head) ? documentRecords(all) : lineRecords(all)
}

/** Bytes that show how an export is written. */
const headLength = 4096

/** Whether the records stand inside lists or over several lines, and not one a line. */
const isDocument = (head: Buffer): boolean =>
  /^\uFEFF?\s*(\[|\{\s*(\n|\r|"(Records|Events)"\s*:\s*\[|$))/.test(
    head.subarray(0, headLength).toString('utf8'),
  )

async function* lineRecords(bytes: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  for await (const { text, error } of linesOf(bytes)) {
    if (text.trim() === '') continue
    const list = !error && /"(Records|Events)"\s*:\s*\[/.test(text) ? wrapped(text) : null
    if (list) for (const item of list) yield { text: JSON.stringify(item), error: null }
    else yield { text, error } as Piece
  }
}

function wrapped(text: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(text)
    for (const name of wrappers) {
      const list = (value as Record<string, unknown> | null)?.[name]
      if (Array.isArray(list)) return list
    }
  } catch {
    // Broken, or no wrapper: reported as the line it is.
  }
  return null
}

const [quote, backslash, open, close, openList, closeList, comma, colon] = Buffer.from('"\\{}[],:')

/** Cuts out every record by counting brackets; what is inside them is for JSON.parse to judge. */
async function* documentRecords(bytes: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  let depth = 0
  /** Depth of the list whose entries are the records; 0 while outside one. */
  let list = 0
  /** In what is left of a wrapper after its list. */
  let skipping = false
  let inString = false
  let escaped = false
  /** The last string and the last key directly inside the outermost object. */
  let word = ''
  let key = ''
  let parts: Buffer[] = []
  let length = 0

  const take = (part: Buffer) => {
    if (skipping) return
    if (length <= longestRecord) parts.push(part)
    length += part.length
  }
  const cut = (broken: string | null = null): Piece[] => {
    const error = length > longestRecord ? 'longer than 16 MB' : broken
    const text = Buffer.concat(parts).subarray(0, longestRecord).toString('utf8').trim()
    parts = []
    length = 0
    return text === '' ? [] : [{ text, error } as Piece]
  }

  for await (const chunk of bytes) {
    let from = 0
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] as number
      if (inString) {
        if (escaped) escaped = false
        else if (byte === backslash) escaped = true
        else if (byte === quote) inString = false
        else if (depth === 1 && list === 0 && word.length < 16) word += String.fromCharCode(byte)
      } else if (byte === quote) {
        inString = true
        word = ''
      } else if (byte === colon) {
        if (depth === 1) key = word
      } else if (byte === open || byte === openList) {
        depth++
        const ofRecords = depth === 1 || (depth === 2 && wrappers.includes(key))
        if (byte === openList && list === 0 && ofRecords) {
          list = depth
          skipping = false
          cut()
          from = i + 1
        }
      } else if (byte === close || byte === closeList) {
        depth = Math.max(0, depth - 1)
        if (depth < list) {
          take(chunk.subarray(from, i))
          yield* cut()
          from = i + 1
          list = 0
          skipping = depth > 0
        } else if (depth === 0) {
          take(chunk.subarray(from, i + 1))
          yield* cut()
          from = i + 1
          skipping = false
        }
      } else if (byte === comma && depth === list && !skipping) {
        take(chunk.subarray(from, i))
        yield* cut()
        from = i + 1
      }
    }
    if (from < chunk.length) take(chunk.subarray(from))
  }
  yield* cut('the file ends inside this record')
}
