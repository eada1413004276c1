/** Record types we know: https://www.iana.org/assignments/dns-parameters */
export const recordTypes = { A: 1, NS: 2, CNAME: 5, MX: 15, TXT: 16, OPT: 41 } as const
export type RecordType = Exclude<keyof typeof recordTypes, 'OPT'>

/** One question as a client sends it. */
export interface DnsQuery {
  id: number
  /** Lower case, without the dot at the end. */
  name: string
  type: number
  /** The question as it came, to be sent back. */
  question: Buffer
  /** The longest answer that the client takes by UDP, in bytes (RFC 6891). */
  size: number
}

/** One record of an answer. */
export interface DnsRecord {
  name: string
  type: RecordType
  data: Buffer
}

/** Reads a query of one question; null for anything else. https://www.rfc-editor.org/rfc/rfc1035#section-4 */
export function readQuery(message: Buffer): DnsQuery | null {
  if (message.length < 17 || message.readUInt16BE(4) !== 1 || (message[2] as number) & 0x80)
    return null
  const labels: string[] = []
  let at = 12
  for (;;) {
    const length = message[at] ?? 64
    if (length > 63 || at + 1 + length > message.length) return null
    at += 1
    if (length === 0) break
    labels.push(message.toString('latin1', at, at + length))
    at += length
  }
  if (at + 4 > message.length) return null
  const end = at + 4
  const hasOptions =
    message.length >= end + 5 && message[end] === 0 && message.readUInt16BE(end + 1) === 41
  return {
    id: message.readUInt16BE(0),
    name: labels.join('.').toLowerCase(),
    type: message.readUInt16BE(at),
    question: message.subarray(12, end),
    size: hasOptions ? Math.max(512, message.readUInt16BE(end + 3)) : 512,
  }
}

/** An answer to `query`; cut to nothing and marked so where it is longer than `size`. */
export function writeAnswer(
  query: DnsQuery,
  records: readonly DnsRecord[],
  { code, size }: { code: number; size: number },
): Buffer {
  const body = records.map(({ name, type, data }) => {
    const head = Buffer.alloc(10)
    head.writeUInt16BE(recordTypes[type], 0)
    head.writeUInt16BE(1, 2)
    head.writeUInt32BE(300, 4)
    head.writeUInt16BE(data.length, 8)
    return Buffer.concat([nameBytes(name), head, data])
  })
  const isCut = 12 + query.question.length + Buffer.concat(body).length > size
  const header = Buffer.alloc(12)
  header.writeUInt16BE(query.id, 0)
  // Response, authoritative, recursion wanted and offered; 0x0200 says that it was cut.
  header.writeUInt16BE(0x8580 | (isCut ? 0x0200 : 0) | code, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(isCut ? 0 : body.length, 6)
  return Buffer.concat([header, query.question, ...(isCut ? [] : body)])
}

/** A host name as labels; `''` and `.` are the root. */
export function nameBytes(name: string): Buffer {
  const labels = name.split('.').filter(Boolean)
  return Buffer.concat([
    ...labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ])
}

/** A text as parts of at most 255 bytes. */
export function textBytes(text: string): Buffer {
  const bytes = Buffer.from(text)
  const parts: Buffer[] = []
  for (let at = 0; at === 0 || at < bytes.length; at += 255) {
    const part = bytes.subarray(at, at + 255)
    parts.push(Buffer.from([part.length]), part)
  }
  return Buffer.concat(parts)
}
