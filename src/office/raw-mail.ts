import type { Rng } from './rng.ts'

export interface Mailer {
  name: string
  address: string
}

export interface Body {
  text: string
  html?: string
  files?: { name: string; type: string }[]
  /** An iCalendar request, whole. */
  invite?: string
}

const crlf = (text: string) => text.replace(/\r?\n/g, '\r\n')
const bytes = (text: string) => Buffer.from(text, 'utf8')
const isPlain = (text: string) => /^[\t\r\n -~]*$/.test(text)

/** RFC 2047 words of at most 75 characters, whole characters each. */
export function encodeWords(rng: Rng, text: string): string {
  if (isPlain(text)) return text
  const quoted = rng.chance(0.5)
  const words: string[] = []
  let chunk = ''
  const encode = (part: string) =>
    quoted
      ? `=?UTF-8?Q?${[...bytes(part)]
          .map((b) => {
            const c = String.fromCharCode(b)
            if (c === ' ') return '_'
            return /[A-Za-z0-9]/.test(c) ? c : `=${b.toString(16).toUpperCase().padStart(2, '0')}`
          })
          .join('')}?=`
      : `=?UTF-8?B?${bytes(part).toString('base64')}?=`
  for (const c of text) {
    if (encode(chunk + c).length > 70) {
      words.push(encode(chunk))
      chunk = ''
    }
    chunk += c
  }
  words.push(encode(chunk))
  return words.join('\r\n ')
}

/** `"Name" <address>`, the name encoded where it must be. */
export const mailerText = (rng: Rng, { name, address }: Mailer): string => {
  if (!name) return address
  const shown = isPlain(name)
    ? /[^A-Za-z0-9 ]/.test(name)
      ? `"${name}"`
      : name
    : encodeWords(rng, name)
  return `${shown} <${address}>`
}

/** RFC 2045 quoted-printable. */
export function quotedPrintable(text: string): string {
  return crlf(text)
    .split('\r\n')
    .map((line) => {
      const atoms = [...line].map((c) =>
        /[\x20-\x3c\x3e-\x7e]/.test(c)
          ? c
          : [...bytes(c)].map((b) => `=${b.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
      )
      if (atoms.at(-1) === ' ') atoms[atoms.length - 1] = '=20'
      const lines: string[] = []
      let now = ''
      for (const atom of atoms) {
        if (now.length + atom.length > 75) {
          lines.push(`${now}=`)
          now = ''
        }
        now += atom
      }
      lines.push(now)
      return lines.join('\r\n')
    })
    .join('\r\n')
}

const wrap64 = (data: Uint8Array) =>
  (
    Buffer.from(data)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\r\n')

function part(rng: Rng, type: string, text: string): string {
  const short = crlf(text)
    .split('\r\n')
    .every((line) => line.length < 200)
  if (isPlain(text) && short && rng.chance(0.6))
    return `Content-Type: ${type}; charset="UTF-8"\r\nContent-Transfer-Encoding: 7bit\r\n\r\n${crlf(text)}`
  if (rng.chance(0.7))
    return `Content-Type: ${type}; charset="UTF-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(text)}`
  return `Content-Type: ${type}; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n${wrap64(bytes(crlf(text)))}`
}

const multi = (rng: Rng, kind: string, parts: string[]): string => {
  const boundary = `${rng.pick(['----=_Part_', '0000000000', '_000_', '--_NmP-'])}${rng.hex(18)}`
  const inner = parts.map((p) => `--${boundary}\r\n${p}\r\n`).join('')
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${inner}--${boundary}--\r\n`
}

const fileName = (name: string) =>
  isPlain(name) ? `filename="${name}"` : `filename*=UTF-8''${encodeURIComponent(name)}`

/** A file of its kind in name and first bytes, with noise for content. */
const attachment = (rng: Rng, file: { name: string; type: string }) => {
  const noise = Buffer.from(rng.hex(2 * rng.int(120, 500)), 'hex')
  const start = file.type === 'application/pdf' ? '%PDF-1.7\n' : 'PK\x03\x04'
  return [
    `Content-Type: ${file.type}`,
    `Content-Disposition: attachment; ${fileName(file.name)}`,
    'Content-Transfer-Encoding: base64',
    '',
    wrap64(Buffer.concat([bytes(start), noise])),
  ].join('\r\n')
}

/** MIME headers and body of a mail, as a sender's program would build it. */
export function mimeBody(rng: Rng, body: Body): string {
  const alternatives = [part(rng, 'text/plain', body.text)]
  if (body.html) alternatives.push(part(rng, 'text/html', body.html))
  if (body.invite)
    alternatives.push(
      `Content-Type: text/calendar; charset="UTF-8"; method=REQUEST\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(body.invite)}`,
    )
  const main =
    alternatives.length > 1 ? multi(rng, 'alternative', alternatives) : (alternatives[0] as string)
  if (!body.files?.length) return main
  return multi(rng, 'mixed', [main, ...body.files.map((file) => attachment(rng, file))])
}
