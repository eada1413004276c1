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
  if (typeof inner !== 'string') return { text, record: outer, error: null }
  const record = objectIn(inner)
  return record
    ? { text: inner, record, error: null }
    : { text: inner, record: null, error: 'CloudTrailEvent holds no JSON object' }
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
