import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ChatRecord, MailRecord, TrailRecord } from '../../src/bench/records.ts'

type Line = Record<string, unknown>

/** Lines of DIR/NAME.jsonl.xz; none where the file is missing. */
function unpack(dir: string, name: string): Line[] {
  const file = join(dir, `${name}.jsonl.xz`)
  if (!existsSync(file)) return []
  const text = execFileSync('xz', ['-dc', file], { maxBuffer: 1 << 30, encoding: 'utf8' })
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
}

const origin = (line: Line) => ({
  id: String(line.id),
  source: (line.source as { repo: string }).repo,
  licence: String(line.licence),
})

/** Public mails: phishing, spam and ham as `legitimate`. */
export const publicMails = (dir: string): MailRecord[] =>
  unpack(dir, 'email').map((line) => ({
    ...origin(line),
    label: (line.label === 'ham' ? 'legitimate' : line.label) as MailRecord['label'],
    technique: [],
    language: '',
    from_name: String(line.from_name ?? ''),
    from_address: line.from_domain ? `someone@${line.from_domain}` : '',
    reply_to: addressIn((line.headers as Line | undefined)?.reply_to),
    subject: String((line.headers as Line | undefined)?.subject ?? ''),
    text: String(line.text).slice(0, 20_000),
    links: [
      ...((line.link_text as [string, string][] | undefined) ?? []).map(([href, text]) => ({
        text,
        href,
      })),
      ...((line.urls as string[] | undefined) ?? []).map((href) => ({ text: '', href })),
    ].slice(0, 60),
    attachments: (line.attachments as unknown[] | undefined) ?? [],
    authentication: resultsIn((line.headers as Line | undefined)?.auth),
    relationship: null,
  }))

const addressIn = (header: unknown): string | null =>
  /[^\s<>@]+@[^\s<>@]+/.exec(String(header ?? ''))?.[0] ?? null
const resultsIn = (auth: unknown): MailRecord['authentication'] => {
  const { spf, dkim, dmarc } = (auth ?? {}) as Record<string, string | undefined>
  return spf || dkim || dmarc
    ? { spf: spf ?? 'none', dkim: dkim ?? 'none', dmarc: dmarc ?? 'none' }
    : null
}

/** A mail without what tells its corpus: results of checks, recipient, and whether it has a sender. */
export const neutralMail = (record: MailRecord): MailRecord => ({
  ...record,
  from_name: record.from_name || 'Sender',
  from_address: record.from_address || 'someone@sender.example',
  authentication: null,
  relationship: null,
})

/** Public chat: real archives, all benign. */
export const publicChats = (dir: string): ChatRecord[] =>
  unpack(dir, 'chat').map((line) => ({
    ...origin(line),
    label: 'benign',
    category: '',
    channel: '#general',
    author_role: 'member',
    text: String(line.text),
    thread: [],
  }))

const trailLabels: Record<string, TrailRecord['label']> = {
  malicious: 'attack',
  suspicious: 'odd',
  benign: 'ordinary',
}

/** Public CloudTrail records. */
export const publicTrail = (dir: string): TrailRecord[] =>
  unpack(dir, 'cloudtrail').flatMap((line) => {
    const label = trailLabels[String(line.label)]
    if (!label) return []
    return { ...origin(line), label, group: String(line.group), event: line.event as Line }
  })

const regions = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-southeast-1']
const agents = ['aws-cli/2.15', 'Boto3/1.34', 'aws-sdk-go-v2/1.24', 'console.amazonaws.com']

/** A record without fields that tell its corpus; accounts, addresses, Regions and agents drawn anew. */
export function neutralTrail(record: TrailRecord): TrailRecord {
  const bytes = createHash('sha256').update(record.id).digest()
  const accounts = new Map<string, string>()
  const account = (id: string) => {
    const known = accounts.get(id)
    if (known) return known
    const hash = createHash('sha256').update(`${record.id} ${id}`).digest().readUIntBE(0, 6)
    const drawn = String(100_000_000_000 + (hash % 900_000_000_000))
    accounts.set(id, drawn)
    return drawn
  }
  const text = JSON.stringify(record.event).replace(/(?<![\d.])\d{12}(?![\d.])/g, account)
  const event = JSON.parse(text) as Line
  for (const field of ['tlsDetails', 'eventCategory', 'managementEvent', 'eventVersion'])
    delete event[field]
  delete event.sessionCredentialFromConsole
  event.awsRegion = regions[(bytes[0] as number) % regions.length]
  event.userAgent = agents[(bytes[1] as number) % agents.length]
  if (/^[\d.:a-f]+$/i.test(String(event.sourceIPAddress)))
    event.sourceIPAddress = `198.51.${bytes[2]}.${bytes[3]}`
  return { ...record, event }
}
