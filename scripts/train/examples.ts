import { createHash } from 'node:crypto'
import { seenChat, seenMail, seenTrail } from '../../src/bench/events.ts'
import type { ChatRecord, MailRecord, TrailRecord } from '../../src/bench/records.ts'
import { chatFactsOf } from '../../src/model/chat-facts.ts'
import { chatText, earlierText, mailText } from '../../src/model/heads.ts'
import { mailFactsOf } from '../../src/model/mail-facts.ts'
import { trailFactsOf, trailText } from '../../src/model/trail-facts.ts'

/** A labelled text as a head reads it. */
export interface Example {
  id: string
  /** Texts of one group are heard by what learned from none of them. */
  group: string
  label: string
  language: string
  /** Where it is from: `written`, or the repository of a real record. */
  source: string
  facts: Record<string, number>
  windows: string[]
  /** One a window, by the encoder that hears; none where nobody asked for them. */
  vectors: Float32Array[]
  /** The windows the vectors are of, in one. */
  text: string
}

/** A text's vector; null where none is wanted. */
export type Hear = ((text: string) => Promise<Float32Array>) | null

const heardBy = (hear: Hear, windows: string[]): Promise<Float32Array[]> =>
  hear ? Promise.all(windows.map(hear)) : Promise.resolve([])

const sourceOf = (source: string) =>
  source.startsWith('written') ? 'written' : source.split(/[@:]/)[0]

/** First eight bytes of SHA-256 as a fraction of one: the same draw for the same id, everywhere. */
export const drawOf = (id: string): number =>
  Number(createHash('sha256').update(id).digest().readBigUInt64BE()) / 2 ** 64

export async function mailExample(record: MailRecord, hear: Hear): Promise<Example> {
  const seen = seenMail(record)
  const { email, message } = seen.event
  const windows = mailText({
    from: email?.from ?? { name: '', address: '' },
    subject: email?.subject ?? '',
    text: message,
  })
  return {
    id: record.id,
    group: record.id,
    label: record.label,
    language: record.language,
    source: sourceOf(record.source) ?? '',
    facts: mailFactsOf(seen.event, seen),
    windows,
    vectors: await heardBy(hear, windows),
    text: windows.join(''),
  }
}

/** Twins stand next to each other: twenty neighbours of one hand are a group. */
const neighbours = (id: string): string => {
  const [, hand, number] = /^(w[a-z]+\d+)-(\d+)$/.exec(id) ?? []
  return hand ? `${hand}/${Math.floor((Number(number) - 1) / 20)}` : id
}

export async function chatExample(record: ChatRecord, hear: Hear): Promise<Example> {
  const seen = seenChat(record)
  const text = chatText(seen.event.message)
  const windows = [text + earlierText(record.thread.map((t) => t.text))]
  return {
    id: record.id,
    group: neighbours(record.id),
    label: record.label,
    language: '',
    source: sourceOf(record.source) ?? '',
    facts: chatFactsOf(seen.event, seen),
    windows,
    vectors: await heardBy(hear, windows),
    text,
  }
}

export async function trailExample(record: TrailRecord, hear: Hear): Promise<Example> {
  const seen = seenTrail(record)
  const text = trailText(seen.event)
  return {
    id: record.id,
    group: record.id,
    label: record.label,
    language: '',
    source: sourceOf(record.source) ?? '',
    facts: trailFactsOf(seen.event),
    windows: [text],
    vectors: await heardBy(hear, [text]),
    text,
  }
}
