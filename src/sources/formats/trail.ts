import { createHash } from 'node:crypto'
import type { Piece } from './bytes.ts'

/** A CloudTrail record and the text it stands in, or why there is none. */
export type TrailPiece =
  | { text: string; record: Record<string, unknown>; error: null }
  | { text: string; record: null; error: string }

/** Reads a record as the trail's files hold it, or as LookupEvents wraps it in text. */
export function trailRecord({ text, error }: Piece): TrailPiece {
  if (error !== null) return { text, record: null, error }
  const outer = objectIn(text)
  if (!outer) return { text, record: null, error: 'no JSON object' }
  const inner = outer.CloudTrailEvent
  if (typeof inner !== 'string') return { text, record: timed(outer), error: null }
  const record = objectIn(inner)
  return record
    ? { text: inner, record: timed(record), error: null }
    : { text: inner, record: null, error: 'CloudTrailEvent holds no JSON object' }
}

/**
 * Exports that went through other tools write times their own way, or none: the start of 1970 then
 * stands for “unknown”, so that the rest of the record is judged all the same.
 */
function timed(record: Record<string, unknown>): Record<string, unknown> {
  const written = typeof record.eventTime === 'string' ? record.eventTime : ''
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(written)) return record
  const time = Date.parse(/^\d{4}-\d\d-\d\d [\d:.]+$/.test(written) ? `${written}Z` : written)
  const eventTime = new Date(Number.isNaN(time) ? 0 : time).toISOString()
  const hash = () => createHash('sha256').update(JSON.stringify(record)).digest('hex')
  return { ...record, eventID: record.eventID || hash(), eventTime }
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    // Its message would repeat the text, which may hold a secret.
    return null
  }
}
