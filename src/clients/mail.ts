import { createHash } from 'node:crypto'
import PostalMime, { type Email as Mime, type Address as MimeAddress } from 'postal-mime'
import { messageOf } from '../core/error.ts'
import {
  type Address,
  baseEvent,
  type Email,
  type Event,
  type Link,
  type Observable,
  uniqueObservables,
} from '../core/event.ts'
import { authenticationOf } from './authentication.ts'
import { readHtml } from './html.ts'
import { inHost, inLinks, inText } from './joints.ts'

/** What a mail itself can't tell. */
export interface MailContext {
  uid: string
  /** Whose mailbox it lies in, lower case. */
  mailbox: string
  /** When the mailbox's host took it in, ms since 1970. */
  time: number
  /** The company's own mail domains, lower case. */
  domains: readonly string[]
  /** The host whose Authentication-Results is believed; default `mx.google.com`. */
  host?: string | undefined
  /** The mailbox's own host says that its owner sent it. */
  sent?: boolean | undefined
}

const longestBody = 100_000
const longestHeaders = 16 * 1024
const mostLinks = 200

/** An RFC 5322 message as an Event; what can't be parsed becomes a Base Event, never an error. */
export async function parseMail(raw: Uint8Array, context: MailContext): Promise<Event> {
  try {
    const mime = await PostalMime.parse(raw, { maxNestingDepth: 50 })
    if (mime.headers.length === 0) return broken(raw, context, 'no headers')
    return mailEvent(mime, headerBlock(raw), context)
  } catch (error) {
    return broken(raw, context, messageOf(error))
  }
}

const broken = (raw: Uint8Array, { uid, mailbox, time }: MailContext, error: string): Event =>
  baseEvent({
    uid,
    product: 'gmail',
    tenant_uid: mailbox,
    time,
    activity_name: 'Receive',
    raw_data: headerBlock(raw),
    unmapped: { activity: 'mail_received', secrets: [], error: error.slice(0, 200) },
  })

function mailEvent(mime: Mime, raw_data: string, context: MailContext): Event {
  const { uid, mailbox, time, domains } = context
  const { text, links, hidden } = bodyOf(mime)
  const [from = { name: '', address: '' }] = addresses(mime.from ? [mime.from] : [])
  const to = addresses(mime.to)
  const cc = addresses(mime.cc)
  const { authentication, ip } = authenticationOf(mime.headers, context.host ?? 'mx.google.com')
  const ours = (address: string) => domains.includes(domainOf(address))
  const sent = context.sent ?? from.address === mailbox
  const email: Email = {
    from,
    reply_to: addresses(mime.replyTo)[0] ?? null,
    to,
    cc,
    subject: (mime.subject ?? '').slice(0, 1000),
    message_uid: mime.messageId ?? null,
    authentication,
    links,
    files: mime.attachments.flatMap(({ filename }) => (filename ? [filename.slice(0, 255)] : [])),
    direction: directionOf(
      sent,
      ours(from.address),
      [...to, ...cc].map((a) => a.address).every(ours),
      authentication,
    ),
    fingerprint: fingerprintOf(mime.messageId ?? '', from.address, mime.subject ?? '', text),
  }
  return baseEvent({
    uid,
    product: 'gmail',
    tenant_uid: mailbox,
    class_name: 'Email Activity',
    activity_name: sent ? 'Send' : 'Receive',
    time,
    status: 'success',
    message: text,
    actor: {
      user: {
        uid: from.address || 'unknown',
        ...(from.name ? { name: from.name } : {}),
        ...(from.address ? { email_addr: from.address } : {}),
        type: ours(from.address) ? 'user' : 'external',
      },
    },
    src_endpoint: ip ? { ip } : null,
    email,
    file: email.files[0] ? { name: email.files[0] } : null,
    observables: observablesOf(mailbox, email, text, ip),
    raw_data,
    unmapped: {
      activity: sent ? 'mail_sent' : 'mail_received',
      secrets: [],
      ...(hidden ? { hidden_text: hidden } : {}),
    },
  })
}

/** A colleague's address alone makes no mail internal: anybody can write it. */
function directionOf(
  sent: boolean,
  fromUs: boolean,
  toUs: boolean,
  { spf, dkim, dmarc }: Email['authentication'],
): Email['direction'] {
  if (sent) return toUs ? 'internal' : 'outbound'
  const unchecked = spf === null && dkim === null && dmarc === null
  return fromUs && (unchecked || dmarc === 'pass') ? 'internal' : 'inbound'
}

/** Letters that take no space on the screen, and the invisible copy of ASCII in Unicode's tags. */
const zeroWidth = /\u00ad|\u200b|\u200c|\u200d|\u2060|\ufeff/g
const tags = /[\u{e0000}-\u{e007f}]+/gu

function bodyOf(mime: Mime): { text: string; links: Link[]; hidden: string } {
  const html = mime.html ? readHtml(mime.html) : null
  const seen = html?.text.trim() ? html.text : (mime.text ?? '')
  const smuggled = [...seen.matchAll(tags)].map((m) =>
    [...m[0]].map((c) => String.fromCharCode((c.codePointAt(0) as number) - 0xe0000)).join(''),
  )
  const text = seen.replace(tags, '').replace(zeroWidth, '').slice(0, longestBody).trim()
  const links = html?.links ?? []
  const written = new Set(links.flatMap((l) => [l.href, l.text]))
  for (const [href] of text.matchAll(/https?:\/\/[^\s<>"')\]]+/gi))
    if (!written.has(href)) {
      written.add(href)
      links.push({ text: href, href })
    }
  const hidden = [html?.hidden ?? '', ...smuggled].filter((t) => t.trim() !== '').join('\n')
  return { text, links: links.slice(0, mostLinks).map(shorten), hidden: hidden.slice(0, 4000) }
}

const shorten = ({ text, href }: Link): Link => ({
  text: text.slice(0, 500),
  href: href.slice(0, 2000),
})

function addresses(list: MimeAddress[] | undefined): Address[] {
  return (list ?? [])
    .flatMap((entry) => entry.group ?? [entry])
    .slice(0, 200)
    .map(({ name, address }) => ({
      name: name.slice(0, 200),
      address: (address ?? '').toLowerCase().slice(0, 320),
    }))
}

const domainOf = (address: string): string => address.split('@').at(-1) ?? ''

const fingerprintOf = (...parts: string[]): string =>
  createHash('sha256').update(parts.join('\0')).digest('hex')

function observablesOf(
  mailbox: string,
  email: Email,
  text: string,
  ip: string | null,
): Observable[] {
  const out: Observable[] = [{ type: 'mailbox', value: mailbox }]
  if (email.from.address.includes('@')) {
    out.push({ type: 'mailbox', value: email.from.address })
    out.push(...inHost(domainOf(email.from.address)))
  }
  for (const value of email.files) out.push({ type: 'file', value })
  out.push(...inLinks(email.links), ...inText(`${email.subject}\n${text}`))
  if (ip) out.push({ type: 'ip', value: ip })
  return uniqueObservables(out)
}

/** Everything before the first empty line. */
function headerBlock(raw: Uint8Array): string {
  const text = Buffer.from(raw.subarray(0, longestHeaders)).toString('utf8')
  return text.split(/\r?\n\r?\n/, 1)[0] as string
}
