import { createHash } from 'node:crypto'
import { seenChat, seenMail, seenTrail } from '../../src/bench/events.ts'
import type { ChatRecord, MailRecord, TrailRecord } from '../../src/bench/records.ts'
import { chatFactsOf } from '../../src/model/chat-facts.ts'
import { chatText, mailText } from '../../src/model/heads.ts'
import { mailFactsOf } from '../../src/model/mail-facts.ts'
import { trailFactsOf, trailText } from '../../src/model/trail-facts.ts'
import type { Vectors } from './vectors.ts'

/** A labelled text as a head reads it. */
export interface Example {
  id: string
  label: string
  language: string
  /** Where it is from: `written`, or the repository of a real record. */
  source: string
  facts: Record<string, number>
  vectors: Float32Array[]
  /** The windows the vectors are of, in one. */
  text: string
}

const sourceOf = (source: string) =>
  source.startsWith('written') ? 'written' : source.split(/[@:]/)[0]

/** First eight bytes of SHA-256 as a fraction of one: the same draw for the same id, everywhere. */
export const drawOf = (id: string): number =>
  Number(createHash('sha256').update(id).digest().readBigUInt64BE()) / 2 ** 64

export async function mailExample(record: MailRecord, vectors: Vectors): Promise<Example> {
  const seen = seenMail(record)
  const { email, message } = seen.event
  const texts = mailText({
    from: email?.from ?? { name: '', address: '' },
    subject: email?.subject ?? '',
    text: message,
  })
  return {
    id: record.id,
    label: record.label,
    language: record.language,
    source: sourceOf(record.source) ?? '',
    facts: mailFactsOf(seen.event, seen),
    vectors: await Promise.all(texts.map((t) => vectors.of(t))),
    text: texts.join(''),
  }
}

export async function chatExample(record: ChatRecord, vectors: Vectors): Promise<Example> {
  const seen = seenChat(record)
  const text = chatText(seen.event.message)
  return {
    id: record.id,
    label: record.label,
    language: '',
    source: sourceOf(record.source) ?? '',
    facts: chatFactsOf(seen.event, seen),
    vectors: [await vectors.of(text)],
    text,
  }
}

export async function trailExample(record: TrailRecord, vectors: Vectors): Promise<Example> {
  const seen = seenTrail(record)
  const text = trailText(seen.event)
  return {
    id: record.id,
    label: record.label,
    language: '',
    source: sourceOf(record.source) ?? '',
    facts: trailFactsOf(seen.event),
    vectors: [await vectors.of(text)],
    text,
  }
}
