import { chatExample, drawOf, type Example, mailExample, trailExample } from './examples.ts'
import { holdout, type MailRecord, records } from './records.ts'
import type { Vectors } from './vectors.ts'

const apart = holdout()
const learned = <T extends { id: string }>(list: T[]) => list.filter((r) => !apart.has(r.id))

/** What a public set or the first day of a box shows: nobody's history, no checks of the sender. */
const unknown = (r: MailRecord): MailRecord => ({ ...r, relationship: null, authentication: null })

/** Mails a head learns from, written ones also as a box meets them on its first day. */
export async function learnedMails(vectors: Vectors): Promise<Example[]> {
  const out: Example[] = []
  for (const record of learned(records('mail', 'written'))) {
    out.push(await mailExample(record, vectors))
    out.push(await mailExample(unknown(record), vectors))
  }
  for (const record of records('mail', 'real')) {
    // Its own company knew some of these senders; which, nobody recorded.
    const known = drawOf(record.id) < 0.5 ? ('known_contact' as const) : null
    out.push(await mailExample({ ...record, relationship: known }, vectors))
  }
  return out
}

/** Chat messages a head learns from. */
export async function learnedChats(vectors: Vectors): Promise<Example[]> {
  const out: Example[] = []
  for (const record of learned(records('chat', 'written')))
    out.push(await chatExample(record, vectors))
  for (const record of records('chat', 'real')) out.push(await chatExample(record, vectors))
  return out
}

/** AWS calls a head learns from. */
export async function learnedCalls(vectors: Vectors): Promise<Example[]> {
  const out: Example[] = []
  for (const record of records('trail', 'real')) out.push(await trailExample(record, vectors))
  return out
}
