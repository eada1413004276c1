import { readFile, stat } from 'node:fs/promises'
import { bytesOf } from './bytes.ts'

/** An RFC 5322 message and where it stands. */
export interface MailPiece {
  raw: Buffer
  /** The path as given; inside a mailbox file `box.mbox#17`, counted from 1. */
  uid: string
  error: string | null
}

/** Whether a file holds many messages and not one. */
export const isMbox = (path: string): boolean => /\.mbox$/i.test(path)

const longestMail = 64 * 1024 * 1024

/** The one message of an `.eml` file. @throws where it can't be read */
export async function* emlMail(path: string): AsyncGenerator<MailPiece> {
  const { size } = await stat(path)
  const tooLong = size > longestMail
  yield {
    raw: tooLong ? Buffer.alloc(0) : await readFile(path),
    uid: path,
    error: tooLong ? 'longer than 64 MB' : null,
  }
}

/** The messages of an mbox file, one at a time (RFC 4155). @throws where it can't be read */
export async function* mboxMail(path: string): AsyncGenerator<MailPiece> {
  let parts: Buffer[] = []
  let length = 0
  let count = 0
  const cut = (): MailPiece => {
    const error = length > longestMail ? 'longer than 64 MB' : null
    const raw = error ? Buffer.alloc(0) : Buffer.concat(parts)
    parts = []
    length = 0
    return { raw, uid: `${path}#${count}`, error }
  }
  for await (const line of wholeLines(bytesOf(path))) {
    if (starts(line, 'From ')) {
      if (count > 0) yield cut()
      count++
    } else if (count > 0) {
      // Writers put > before a line of the text that begins like a separator.
      const quoted = /^>+From /.test(line.subarray(0, 64).toString('latin1'))
      length += line.length
      if (length <= longestMail) parts.push(quoted ? line.subarray(1) : line)
    }
  }
  if (count > 0) yield cut()
}

const starts = (line: Buffer, word: string): boolean =>
  line.subarray(0, word.length).toString('latin1') === word

/** Lines with their ends. */
async function* wholeLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = []
  for await (const chunk of bytes) {
    let from = 0
    for (let to = chunk.indexOf(0x0a); to >= 0; to = chunk.indexOf(0x0a, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, to + 1)])
      rest = []
      from = to + 1
    }
    if (from < chunk.length) rest.push(chunk.subarray(from))
  }
  if (rest.length > 0) yield Buffer.concat(rest)
}

/**
 * Whose mailbox a stored message lay in, and when it came: what the receiving host wrote on top,
 * else what the sender says.
 */
export function envelopeOf(raw: Buffer): { mailbox: string; time: number } {
  const head = raw
    .subarray(0, 64 * 1024)
    .toString('latin1')
    .split(/\r?\n\r?\n/, 1)[0] as string
  const unfolded = head.replace(/\r?\n[ \t]+/g, ' ')
  const header = (name: string) => new RegExp(`^${name}:(.*)$`, 'im').exec(unfolded)?.[1] ?? ''
  const address = (text: string) => /[^\s<>,;:"()]+@[^\s<>,;:"()]+/.exec(text)?.[0]?.toLowerCase()
  const times = [header('Received').split(';').at(-1), header('Date')].map((text) =>
    Date.parse((text ?? '').replace(/\(.*\)/, '').trim()),
  )
  return {
    mailbox: address(header('Delivered-To')) ?? address(header('To')) ?? '',
    time: times.find((time) => time > 0) ?? 0,
  }
}
