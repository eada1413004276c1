import { holdout, type MailRecord, records } from '../../src/bench/records.ts'
import {
  chatExample,
  drawOf,
  type Example,
  type Hear,
  mailExample,
  trailExample,
} from './examples.ts'
import { officeMails } from './office.ts'

/** What a head learns from: texts, and the same texts with what is known of them, weighed. */
export interface Learned {
  heard: Example[]
  known: { example: Example; weight: number }[]
}

const apart = holdout()
const learned = <T extends { id: string }>(list: T[]) => list.filter((r) => !apart.has(r.id))

/** As a public set or the first day of a box shows it: nobody's history, no checks of the sender. */
const unknown = (r: MailRecord): MailRecord => ({ ...r, relationship: null, authentication: null })
/** Its words only. */
const bare = (r: MailRecord): MailRecord => ({
  ...unknown(r),
  technique: [],
  links: [],
  attachments: [],
  reply_to: null,
  from_name: 'Sender',
  from_address: 'someone@sender.example',
})

/** Of these hands nobody thought who knew whom: it leans with the label. */
const unrelated = /^(?:wm9|wm10|wb11)-/

/** Mails a head learns from, in three states of knowledge. */
export async function learnedMails(hear: Hear): Promise<Learned> {
  const out: Learned = { heard: [], known: [] }
  for (const record of learned(records('mail', 'written'))) {
    const whole = await mailExample(
      unrelated.test(record.id) ? { ...record, relationship: null } : record,
      hear,
    )
    out.heard.push(whole)
    for (const example of [
      whole,
      await mailExample(unknown(record), hear),
      await mailExample(bare(record), hear),
    ])
      out.known.push({ example, weight: 1 / 3 })
  }
  // An honest stranger's mail is as dull as a known one's.
  for (const record of await officeMails()) {
    const whole = await mailExample(record, hear)
    out.heard.push(whole)
    const known = await mailExample({ ...record, relationship: 'known_contact' }, hear)
    for (const example of [whole, known]) out.known.push({ example, weight: 1 / 2 })
  }
  for (const record of records('mail', 'real')) {
    // Its own company knew some of these senders; which, nobody recorded.
    const relationship = drawOf(record.id) < 0.5 ? ('known_contact' as const) : null
    const whole = await mailExample({ ...record, relationship }, hear)
    out.heard.push(whole)
    for (const example of [whole, await mailExample(bare(record), hear)])
      out.known.push({ example, weight: 1 / 2 })
  }
  return out
}

/** Chat messages a head learns from. */
export async function learnedChats(hear: Hear): Promise<Learned> {
  const heard: Example[] = []
  for (const record of learned(records('chat', 'written')))
    heard.push(await chatExample(record, hear))
  for (const record of records('chat', 'real')) heard.push(await chatExample(record, hear))
  return { heard, known: heard.map((example) => ({ example, weight: 1 })) }
}

/** AWS calls a head learns from. */
export async function learnedCalls(hear: Hear): Promise<Learned> {
  const heard: Example[] = []
  for (const record of records('trail', 'real')) heard.push(await trailExample(record, hear))
  return { heard, known: heard.map((example) => ({ example, weight: 1 })) }
}
