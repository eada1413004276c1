import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { WorkspaceClient } from './workspace.ts'
import { activityId } from './workspace-record.ts'

const hour = 3_600_000
/** Records come late: https://support.google.com/a/answer/7061566 */
const lookBack = 6 * hour
/** What lies further back is read in steps, so that one poll stays small. */
const step = 6 * hour

/** How far one application's records are read. */
export const trailMark = z.object({
  /** All before this has been asked for, ms. */
  end: z.number(),
  /** When it was last asked, ms. */
  read: z.number(),
  /** What was told that the next look-back will bring again, by hash. */
  seen: z.array(z.string()),
})
export type TrailMark = z.infer<typeof trailMark>

const hashOf = (id: string): string =>
  createHash('sha256').update(id).digest('base64url').slice(0, 12)

/**
 * Records of an application that were not told before, oldest first, and how far it is now read:
 * one step, or up to `now`.
 * @throws ServiceError
 */
export async function readTrail(
  workspace: WorkspaceClient,
  application: string,
  was: TrailMark,
  now: number,
  signal: AbortSignal,
): Promise<{ records: unknown[]; mark: TrailMark }> {
  const end = Math.min(was.end + step, now)
  // What happened before `end` may turn up as long as `lookBack` after we asked.
  const start = Math.min(was.end, was.read - lookBack)
  const found = await workspace.activities(application, { start, end }, signal)
  const seen = new Set(was.seen)
  const records: unknown[] = []
  const ids: string[] = []
  for (const record of found) {
    const id = activityId(record)
    const hash = id === null ? null : hashOf(id)
    if (hash !== null) ids.push(hash)
    if (hash !== null && seen.has(hash)) continue
    if (hash !== null) seen.add(hash)
    records.push(record)
  }
  return {
    records: records.reverse(),
    mark: { end, read: now, seen: [...new Set(ids)] },
  }
}
