interface Header {
  name: string
  value: string
}

/** A MIME part as `messages.get` shows it: https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages#MessagePart */
export interface Part {
  partId: string
  mimeType: string
  filename: string
  headers: Header[]
  body: { size: number; data?: string }
  parts?: Part[]
}

/** Headers and parts of a well-formed message (the office writes them itself). */
export function partsOf(raw: string, partId = ''): Part {
  const gap = raw.indexOf('\r\n\r\n')
  const head = gap === -1 ? raw : raw.slice(0, gap)
  const body = gap === -1 ? '' : raw.slice(gap + 4)
  const headers = head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => {
      const colon = line.indexOf(':')
      return { name: line.slice(0, colon), value: line.slice(colon + 1).trim() }
    })
  const type = headerOf(headers, 'content-type') ?? 'text/plain'
  const part = {
    partId,
    mimeType: type.split(';')[0]?.trim().toLowerCase() ?? 'text/plain',
    filename:
      /filename="?([^";]+)/i.exec(headerOf(headers, 'content-disposition') ?? '')?.[1] ?? '',
    headers,
  }
  const boundary = /boundary="?([^";]+)/i.exec(type)?.[1]
  if (!boundary || !part.mimeType.startsWith('multipart/')) {
    const data = decode(body, headerOf(headers, 'content-transfer-encoding') ?? '7bit')
    return { ...part, body: { size: data.length, data: data.toString('base64url') } }
  }
  const parts = `\r\n${body}`
    .split(`\r\n--${boundary}`)
    .slice(1)
    .filter((text) => !text.startsWith('--'))
    .map((text, i) => partsOf(text.replace(/^[ \t]*\r\n/, ''), partId ? `${partId}.${i}` : `${i}`))
  return { ...part, body: { size: 0 }, parts }
}

/** The first plain text of a message, in one line of at most 200 characters. */
export function snippetOf(part: Part): string {
  const text = plain(part) ?? ''
  return text.replace(/\s+/g, ' ').trim().slice(0, 200)
}

const plain = (part: Part): string | undefined =>
  part.mimeType === 'text/plain'
    ? Buffer.from(part.body.data ?? '', 'base64url').toString('utf8')
    : part.parts?.map(plain).find((text) => text !== undefined)

const headerOf = (headers: Header[], name: string) =>
  headers.find((header) => header.name.toLowerCase() === name)?.value

function decode(body: string, encoding: string): Buffer {
  if (/base64/i.test(encoding)) return Buffer.from(body, 'base64')
  if (!/quoted-printable/i.test(encoding)) return Buffer.from(body, 'utf8')
  const text = body.replace(/=\r\n/g, '')
  const bytes = [...text.matchAll(/=([0-9A-F]{2})|([^=]|=)/gi)].map(([, hex, char]) =>
    hex ? Buffer.from(hex, 'hex') : Buffer.from(char ?? ''),
  )
  return Buffer.concat(bytes)
}
