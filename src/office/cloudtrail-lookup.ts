import { createHash } from 'node:crypto'
import { firstIndex } from './first-index.ts'
import type { TrailItem } from './world.ts'

type TrailRecord = TrailItem['record']

interface Row {
  /** Time with a little disorder: the order that LookupEvents answers in. */
  key: number
  time: number
  visible: number
  event: TrailRecord
}

/** How far the order of answers may be wrong, ms. */
const disorder = 60_000
const retention = 90 * 86_400_000

/** An answer, or the name of the error that the call earned. */
export type Lookup = { Events: unknown[]; NextToken?: string } | string

/**
 * LookupEvents of one Region: 90 days, newest first in no exact order, a page token good for the
 * same question only. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export function createLookup(items: TrailItem[]): (body: string, now: number) => Lookup {
  const rows = items.flatMap(rowsOf).sort((a, b) => a.key - b.key)
  return (body, now) => {
    const input = questionOf(body)
    if (typeof input === 'string') return input
    const { token, ...question } = input
    const asked = createHash('sha256').update(JSON.stringify(question)).digest('hex').slice(0, 32)
    const to = Math.min(question.to, now)
    const from = Math.max(question.from, now - retention)
    const first = firstIndex(rows, (row) => row.key < from)
    const end = firstIndex(rows, (row) => row.key <= to + disorder)
    const [bound, place] = token === null ? [asked, end] : readToken(token)
    if (bound !== asked || !(place >= 0 && place <= rows.length)) return 'InvalidNextTokenException'
    const found: Row[] = []
    let i = place - 1
    for (; i >= first && found.length < question.most; i -= 1) {
      const row = rows[i] as Row
      const isInside = row.visible <= now && row.time >= from && row.time <= to
      if (isInside && isWanted(row.event, question.attribute)) found.push(row)
    }
    return {
      Events: found.map(({ event }) => eventShape(event)),
      ...(i >= first ? { NextToken: writeToken(asked, i + 1) } : {}),
    }
  }
}

/** A record that is delivered twice is two rows. */
function rowsOf({ visible, again, record }: TrailItem): Row[] {
  const time = Date.parse(record.eventTime)
  return [visible, ...(again === undefined ? [] : [again])].map((at, n) => {
    const drift = createHash('sha256').update(`${n} ${record.eventID}`).digest().readUInt16BE()
    return { key: time + (drift % disorder), time, visible: at, event: record }
  })
}

function questionOf(body: string) {
  const input = JSON.parse(body || '{}') as Record<string, unknown>
  const most = Number(input.MaxResults ?? 50)
  const from = Number(input.StartTime ?? 0) * 1000
  const to = input.EndTime === undefined ? Number.MAX_SAFE_INTEGER : Number(input.EndTime) * 1000
  const attributes = (input.LookupAttributes ?? []) as Record<string, unknown>[]
  if (!Number.isInteger(most) || most < 1 || most > 50) return 'InvalidMaxResultsException'
  if (!(from <= to)) return 'InvalidTimeRangeException'
  const [first] = attributes
  const attribute = first
    ? { key: String(first.AttributeKey), value: String(first.AttributeValue) }
    : null
  if (attributes.length > 1 || (attribute && !(attribute.key in readers))) {
    return 'InvalidLookupAttributesException'
  }
  const token = input.NextToken === undefined ? null : String(input.NextToken)
  return { most, from, to, attribute, token }
}

const readers: Record<string, (event: TrailRecord) => (string | undefined)[]> = {
  EventId: (event) => [event.eventID],
  EventName: (event) => [event.eventName],
  EventSource: (event) => [event.eventSource],
  ReadOnly: (event) => [String(event.readOnly)],
  Username: (event) => [userName(event)],
  AccessKeyId: (event) => [accessKey(event)],
  ResourceName: (event) => resources(event).map(({ ResourceName }) => ResourceName),
  ResourceType: (event) => resources(event).map(({ ResourceType }) => ResourceType),
}

const isWanted = (event: TrailRecord, attribute: { key: string; value: string } | null) =>
  !attribute || (readers[attribute.key]?.(event) ?? []).includes(attribute.value)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

const identity = (event: TrailRecord) => (isObject(event.userIdentity) ? event.userIdentity : {})

const accessKey = (event: TrailRecord) => text(identity(event).accessKeyId)

/** A role's session name stands behind the last slash of its ARN. */
const userName = (event: TrailRecord) => {
  const { type, userName: name, arn } = identity(event)
  return type === 'Root' ? 'root' : (text(name) ?? text(arn)?.split('/').at(-1))
}

const resources = (event: TrailRecord) =>
  (Array.isArray(event.resources) ? event.resources : []).filter(isObject).map((resource) => ({
    ResourceType: text(resource.type),
    ResourceName: text(resource.ARN),
  }))

const eventShape = (event: TrailRecord) => ({
  EventId: event.eventID,
  EventName: event.eventName,
  ReadOnly: String(event.readOnly ?? false),
  AccessKeyId: accessKey(event),
  EventTime: Date.parse(event.eventTime) / 1000,
  EventSource: event.eventSource,
  Username: userName(event),
  Resources: resources(event),
  CloudTrailEvent: JSON.stringify(event),
})

const writeToken = (asked: string, place: number) =>
  Buffer.from(JSON.stringify([asked, place])).toString('base64')

function readToken(token: string): [string, number] {
  try {
    const [asked, place] = JSON.parse(Buffer.from(token, 'base64').toString('utf8'))
    return [String(asked), Number(place)]
  } catch {
    return ['', -1]
  }
}
