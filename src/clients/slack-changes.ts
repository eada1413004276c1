import { type SlackMessage, slackMessage } from './slack-message.ts'

/** How messages looked when last seen, by `ts`: `own`, `gone`, or the `ts` of the last edit, or ''. */
export type Known = Record<string, string>

/** What became of a message since it was last seen. */
export interface Change {
  kind: 'new' | 'edit' | 'delete'
  /** The record as it came; of a message that is no longer there, only its `ts`. */
  record: unknown
}

/**
 * Slack tells pollers of edits and deletions only through what is there now. Compares all `records`
 * after `since` with what was `before`; messages up to `floor` are forgotten. `isOwn` posts are known
 * but make no change.
 */
export function changesOf(
  before: Known,
  records: unknown[],
  {
    since,
    floor,
    isOwn,
  }: { since: string; floor: string; isOwn: (message: SlackMessage) => boolean },
): { changes: Change[]; known: Known } {
  const changes: Change[] = []
  const known: Known = {}
  for (const record of records) {
    const message = slackMessage.safeParse(record).data
    if (!message) {
      changes.push({ kind: 'new', record })
      continue
    }
    const { ts } = message
    if (ts <= since || ts in known) continue
    const was = before[ts]
    const is = isOwn(message) ? 'own' : lookOf(message)
    known[ts] = is
    if (is === 'own' || is === was) continue
    changes.push({ kind: is === 'gone' ? 'delete' : was === undefined ? 'new' : 'edit', record })
  }
  for (const [ts, was] of Object.entries(before)) {
    if (ts in known) continue
    if (ts <= since || was === 'gone') known[ts] = was
    else if (was !== 'own') {
      known[ts] = 'gone'
      changes.push({ kind: 'delete', record: { ts } })
    }
  }
  for (const ts of Object.keys(known)) if (ts <= floor) delete known[ts]
  return { changes, known }
}

const lookOf = ({ subtype, edited }: SlackMessage): string =>
  subtype === 'tombstone' ? 'gone' : (edited?.ts ?? '')
