import type { Clock } from '../core/ports.ts'
import { firstIndex } from './first-index.ts'
import { parseQuery } from './gmail-query.ts'
import { partsOf, snippetOf } from './mime.ts'
import type { MailItem, World } from './world.ts'

/** Quota units of each method served: https://developers.google.com/workspace/gmail/api/reference/quota */
export const gmailCosts: Record<string, number> = {
  getProfile: 1,
  'labels.list': 1,
  'labels.get': 1,
  'history.list': 2,
  'messages.list': 5,
  'messages.get': 20,
}

const day = 86_400_000
/** Google promises about as long. */
const historyLife = 7 * day
const systemLabels = [
  'INBOX',
  'SENT',
  'DRAFT',
  'SPAM',
  'TRASH',
  'UNREAD',
  'STARRED',
  'IMPORTANT',
  'CHAT',
  'CATEGORY_PERSONAL',
]

interface Row extends MailItem {
  historyId: bigint
}

interface Mailbox {
  /** By `historyId`, which follows the order in which they become visible. */
  arrivals: Row[]
  /** By `internalDate`. */
  byTime: Row[]
  byId: Map<string, Row>
}

/** History ids are 21 digits, as Google's are: too long for a number. */
const historyIdAt = (ms: number, n = 0) => 10n ** 20n + BigInt(Math.ceil(ms)) * 100_000n + BigInt(n)

/** Either an answer's body, `notFound`, or what is wrong with an argument. */
type Result = Record<string, unknown> | string

/** The Gmail API of the world's mailboxes (of everybody who has an address). */
export function createGmail(world: World, clock: Clock) {
  const addresses = [
    ...new Set([...world.people.map(({ email }) => email), ...world.mail.map((m) => m.mailbox)]),
  ]
  const items = Map.groupBy(world.mail, ({ mailbox }) => mailbox)
  const boxes = new Map(addresses.map((address) => [address, mailboxOf(items.get(address) ?? [])]))

  /** Grows with every mail, and once a day whatever happens. */
  const latest = ({ arrivals }: Mailbox, now: number) => {
    const last = arrivals[firstIndex(arrivals, (row) => row.visible <= now) - 1]
    const today = historyIdAt(now - (now % day))
    return last && last.historyId > today ? last.historyId : today
  }

  const profile = (box: Mailbox, owner: string, now: number): Result => {
    const shown = firstIndex(box.arrivals, (row) => row.visible <= now)
    return {
      emailAddress: owner,
      messagesTotal: shown,
      threadsTotal: shown,
      historyId: String(latest(box, now)),
    }
  }

  const list = (box: Mailbox, query: URLSearchParams, now: number): Result => {
    const matches = parseQuery(query.get('q') ?? '')
    if (typeof matches === 'string') return matches
    const most = Math.min(Number(query.get('maxResults') ?? 100), 500)
    const labels = query.getAll('labelIds')
    const hidden = query.get('includeSpamTrash') === 'true' ? [] : ['SPAM', 'TRASH']
    const token = query.get('pageToken')
    const found: Row[] = []
    const end = firstIndex(box.byTime, (row) => row.time <= now)
    let i = (token === null ? end : Math.min(end, pageStart(token))) - 1
    if (Number.isNaN(i)) return 'Invalid pageToken'
    for (; i >= 0 && found.length < most; i -= 1) {
      const row = box.byTime[i] as Row
      const isHidden = row.labels.some((label) => hidden.includes(label))
      if (row.visible > now || isHidden || !matches(row)) continue
      if (labels.every((label) => row.labels.includes(label))) found.push(row)
    }
    return {
      ...(found.length > 0
        ? { messages: found.map(({ id, thread_id }) => ({ id, threadId: thread_id })) }
        : {}),
      ...(i >= 0 ? { nextPageToken: pageToken(i + 1) } : {}),
      resultSizeEstimate: found.length,
    }
  }

  const get = (box: Mailbox, id: string, query: URLSearchParams, now: number): Result => {
    const row = box.byId.get(id)
    if (!row || row.visible > now) return 'notFound'
    const part = partsOf(row.raw)
    const base = {
      id: row.id,
      threadId: row.thread_id,
      labelIds: row.labels,
      snippet: snippetOf(part),
      historyId: String(row.historyId),
      internalDate: String(Math.floor(row.time)),
      sizeEstimate: Buffer.byteLength(row.raw),
    }
    const format = (query.get('format') ?? 'full').toLowerCase()
    if (format === 'minimal') return base
    if (format === 'raw') return { ...base, raw: Buffer.from(row.raw).toString('base64url') }
    if (format === 'full') return { ...base, payload: part }
    if (format !== 'metadata') return `Invalid value at 'format': ${format}`
    const wanted = query.getAll('metadataHeaders').map((name) => name.toLowerCase())
    const headers = part.headers.filter(
      ({ name }) => wanted.length === 0 || wanted.includes(name.toLowerCase()),
    )
    return { ...base, payload: { mimeType: part.mimeType, headers } }
  }

  const history = (box: Mailbox, query: URLSearchParams, now: number): Result => {
    const given = query.get('startHistoryId') ?? ''
    if (!/^\d+$/.test(given)) return "Invalid value at 'startHistoryId'"
    const start = BigInt(given)
    if (start < historyIdAt(now - historyLife) || start > latest(box, now)) return 'notFound'
    const types = query.getAll('historyTypes')
    const most = Math.min(Number(query.get('maxResults') ?? 100), 500)
    const token = query.get('pageToken')
    const after = firstIndex(box.arrivals, (row) => row.historyId <= start)
    const from = token === null ? after : pageStart(token)
    const end = firstIndex(box.arrivals, (row) => row.visible <= now)
    if (Number.isNaN(from)) return 'Invalid pageToken'
    const rows =
      types.length === 0 || types.includes('messageAdded')
        ? box.arrivals.slice(from, Math.min(end, from + most))
        : []
    return {
      ...(rows.length > 0 ? { history: rows.map(historyShape) } : {}),
      ...(from + most < end && rows.length > 0 ? { nextPageToken: pageToken(from + most) } : {}),
      historyId: String(latest(box, now)),
    }
  }

  return {
    mailboxes: addresses,

    /** @param owner the mailbox, already proved */
    call(method: string, owner: string, id: string, query: URLSearchParams): Result {
      const now = clock.now()
      const box = boxes.get(owner)
      if (!box) return 'notFound'
      if (method === 'getProfile') return profile(box, owner, now)
      if (method === 'messages.list') return list(box, query, now)
      if (method === 'messages.get') return get(box, id, query, now)
      if (method === 'history.list') return history(box, query, now)
      if (method === 'labels.list') return { labels: systemLabels.map(labelShape) }
      return systemLabels.includes(id) ? labelShape(id) : 'notFound'
    },
  }
}

function mailboxOf(items: MailItem[]): Mailbox {
  const arrivals = items
    .toSorted((a, b) => a.visible - b.visible)
    .map((item, n) => ({ ...item, historyId: historyIdAt(item.visible, n) }))
  return {
    arrivals,
    byTime: arrivals.toSorted((a, b) => a.time - b.time),
    byId: new Map(arrivals.map((row) => [row.id, row])),
  }
}

const historyShape = ({ id, thread_id, labels, historyId }: Row) => {
  const message = { id, threadId: thread_id, labelIds: labels }
  return {
    id: String(historyId),
    messages: [{ id, threadId: thread_id }],
    messagesAdded: [{ message }],
  }
}

const labelShape = (id: string) => ({ id, name: id, type: 'system' })

const pageToken = (index: number) => String(10 ** 12 + index)
const pageStart = (token: string) =>
  /^1\d{12}$/.test(token) ? Number(token) - 10 ** 12 : Number.NaN
