import { mailDate } from './calendar.ts'
import { type Body, encodeWords, type Mailer, mailerText, mimeBody } from './raw-mail.ts'
import type { Rng } from './rng.ts'
import type { MailItem } from './world.ts'

type Result = 'pass' | 'fail' | 'softfail' | 'none'

export interface Draft extends Body {
  at: number
  from: Mailer
  to: Mailer[]
  cc?: Mailer[]
  reply_to?: Mailer
  subject: string
  /** Message-ID of the mail answered, and of all before it. */
  after?: Letter
  /** Time zone of the sender. */
  time_zone: string
  list?: { id: string; unsubscribe: string }
  /** More headers of the sender's own, in order. */
  headers?: [string, string][]
  /** What Google found out about the sender; all pass if left out. */
  checks?: { spf: Result; dkim: Result; dmarc: Result }
  /** Address of the server that brought it. */
  ip?: string
  labels?: string[]
}

/** A mail that was sent, in as many copies as mailboxes of ours hold it. */
export interface Letter {
  message_id: string
  references: string[]
  draft: Draft
  copies: MailItem[]
}

/** The company's Gmail: every mail goes through here. */
export interface Post {
  items: MailItem[]
  /** Puts a copy in each of these mailboxes; a sender of ours also keeps one. */
  send(draft: Draft, mailboxes: string[]): Letter
}

const domainOf = (address: string) => address.slice(address.indexOf('@') + 1)

/** An address for a sending server out of the documentation ranges, the same for a domain always. */
const serverIp = (domain: string) => {
  let sum = 7
  for (const c of domain) sum = (sum * 31 + c.charCodeAt(0)) % 65_521
  return `${sum % 2 ? '192.0.2' : '198.51.100'}.${1 + ((sum >> 1) % 254)}`
}

const google = (rng: Rng) => `2002:a05:${rng.hex(4)}:${rng.hex(3)}:b0:${rng.hex(3)}:${rng.hex(4)}`

/** Lines that Google's servers put on top of what comes in. */
function received(rng: Rng, draft: Draft, mailbox: string): string[] {
  const domain = domainOf(draft.from.address)
  const free = domain === 'gmail.com'
  const host = free ? 'mail-sor-f41.google.com' : `mail.${domain}`
  const ip = draft.ip ?? (free ? '209.85.220.41' : serverIp(domain))
  const checks = draft.checks ?? { spf: 'pass', dkim: 'pass', dmarc: 'pass' }
  const date = mailDate(draft.at + 1000, 'America/Los_Angeles')
  const sender = draft.from.address
  const spfNote =
    checks.spf === 'pass'
      ? `domain of ${sender} designates ${ip} as permitted sender`
      : `${checks.spf === 'none' ? '' : 'domain of '}${sender} does not designate permitted sender hosts`
  const results = [
    ...(checks.dkim === 'none'
      ? []
      : [
          `dkim=${checks.dkim} header.i=@${domain} header.s=s${rng.int(1, 9)} header.b=${rng.hex(8)}`,
        ]),
    `spf=${checks.spf} (google.com: ${spfNote}) smtp.mailfrom=${sender}`,
    `dmarc=${checks.dmarc} (p=${rng.pick(['NONE', 'REJECT', 'QUARANTINE'])} dis=NONE) header.from=${domain}`,
  ]
  return [
    `Delivered-To: ${mailbox}`,
    `Received: by ${google(rng)} with SMTP id ${rng.hex(12)}csp${rng.int(100_000, 999_999)};\r\n        ${date}`,
    `Return-Path: <${sender}>`,
    `Received: from ${host} (${host}. [${ip}])\r\n        by mx.google.com with ESMTPS id ${rng.hex(24)}\r\n        for <${mailbox}>\r\n        (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256 bits=128/128);\r\n        ${date}`,
    `Received-SPF: ${checks.spf} (google.com: ${spfNote}) client-ip=${ip};`,
    `Authentication-Results: mx.google.com;\r\n       ${results.join(';\r\n       ')}`,
    ...(checks.dkim === 'none'
      ? []
      : [
          `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=s1;\r\n        h=from:to:subject:date:message-id; bh=${Buffer.from(rng.hex(64), 'hex').toString('base64')};\r\n        b=${Buffer.from(rng.hex(160), 'hex').toString('base64')}`,
        ]),
  ]
}

/** Opens the post office for the people with these addresses. */
export function createPost(rng: Rng, owners: readonly string[]): Post {
  const items: MailItem[] = []
  const taken = new Set<string>()
  const send = (draft: Draft, mailboxes: string[]): Letter => {
    const { from, after, at } = draft
    const host = domainOf(from.address)
    const message_id = `<${rng.pick([rng.uuid(), `CA${rng.hex(28)}`, rng.hex(20)])}@${host}>`
    const references = after ? [...after.references, after.message_id] : []
    const list = (people: Mailer[]) => people.map((p) => mailerText(rng, p)).join(',\r\n ')
    const own = [
      ...(draft.headers ?? []).map(([name, value]) => `${name}: ${value}`),
      `Date: ${mailDate(at, draft.time_zone)}`,
      `From: ${mailerText(rng, from)}`,
      ...(draft.reply_to ? [`Reply-To: ${mailerText(rng, draft.reply_to)}`] : []),
      `To: ${list(draft.to)}`,
      ...(draft.cc?.length ? [`Cc: ${list(draft.cc)}`] : []),
      `Message-ID: ${message_id}`,
      ...(after
        ? [`In-Reply-To: ${after.message_id}`, `References: ${references.join('\r\n ')}`]
        : []),
      `Subject: ${encodeWords(rng, draft.subject)}`,
      ...(draft.list
        ? [`List-Id: <${draft.list.id}>`, `List-Unsubscribe: <${draft.list.unsubscribe}>`]
        : []),
      'MIME-Version: 1.0',
    ]
    const content = `${own.join('\r\n')}\r\n${mimeBody(rng, draft)}`
    const copies = new Set(owners.includes(from.address) ? [from.address, ...mailboxes] : mailboxes)
    const letter: Letter = { message_id, references, draft, copies: [] }
    for (const mailbox of copies) {
      const sent = mailbox === from.address
      const top = sent ? [] : received(rng, draft, mailbox)
      // Gmail's ids grow with time: milliseconds, then 20 bits.
      let id: string
      do id = ((BigInt(Math.floor(at)) << 20n) | BigInt(rng.int(0, 0xfffff))).toString(16)
      while (taken.has(mailbox + id))
      taken.add(mailbox + id)
      const before = after?.copies.find((copy) => copy.mailbox === mailbox)
      const time = Math.floor(at) + (sent ? 0 : 1000)
      const item: MailItem = {
        mailbox,
        id,
        thread_id: before?.thread_id ?? id,
        time,
        visible: time + rng.int(1000, 20_000),
        labels: sent ? ['SENT'] : ['UNREAD', 'INBOX', ...(draft.labels ?? [])],
        raw: `${[...top, content].join('\r\n').trimEnd()}\r\n`,
      }
      letter.copies.push(item)
      items.push(item)
    }
    return letter
  }
  return { items, send }
}
