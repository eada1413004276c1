import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Event } from '../core/event.ts'

/** Labels of each head: what a mail and what a chat message can be. */
export const headLabels = {
  mail: ['phishing', 'bec', 'spam', 'legitimate'],
  chat: ['malicious', 'risky', 'benign'],
} as const

export type HeadId = keyof typeof headLabels

const head = z.strictObject({
  labels: z.array(z.string()),
  /** One row of 384 a label. */
  weights: z.array(z.array(z.number()).length(384)),
  bias: z.array(z.number()),
})
const headsFile = z.strictObject({
  /** SHA-256 of the encoder file whose vectors the weights are for. */
  encoder: z.string(),
  mail: head,
  chat: head,
})

/** A multinomial logistic regression on a sentence vector. */
export type Head = z.infer<typeof head>
export type Heads = z.infer<typeof headsFile> & {
  /** Twelve hex digits of the file's SHA-256. */
  hash: string
}

/** The heads that ship, made by `scripts/train/heads.ts`. @throws if the file is damaged */
export function loadHeads(
  file: string | URL = new URL('../../models/heads.json', import.meta.url),
) {
  const text = readFileSync(file, 'utf8')
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12)
  return { ...headsFile.parse(JSON.parse(text)), hash } satisfies Heads
}

/** Probability of each label for a unit vector of 384 numbers. */
export function applyHead({ labels, weights, bias }: Head, vector: ArrayLike<number>) {
  const logits = weights.map((row, i) =>
    row.reduce((s, w, k) => s + w * (vector[k] ?? 0), bias[i] ?? 0),
  )
  const top = Math.max(...logits)
  const exp = logits.map((l) => Math.exp(l - top))
  const sum = exp.reduce((a, b) => a + b, 0)
  return Object.fromEntries(labels.map((label, i) => [label, (exp[i] ?? 0) / sum]))
}

/** What a head reads of a mail: neither addresses nor results of authentication, nor its date. */
export interface MailText {
  from: { name: string; address: string }
  subject: string
  text: string
}

/** The text the mail head was trained on, at most 1,200 characters. */
export function mailText({ from, subject, text }: MailText): string {
  const company = from.address.split('@')[1]?.split('.').at(-2) ?? ''
  return mask(`${subject}\n${text}`, [from.name, company])
}

/** The text the chat head was trained on, at most 1,200 characters. */
export const chatText = (text: string): string => mask(text, [])

/** Which head reads an event, and the text it reads; null where there is no text to read. */
export function readable(event: Event): { head: HeadId; text: string } | null {
  const { product } = event.metadata
  if (!event.message.trim() && !event.email?.subject.trim()) return null
  if (event.email)
    return {
      head: 'mail',
      text: mailText({
        from: event.email.from,
        subject: event.email.subject,
        text: event.message,
      }),
    }
  if (product.name !== 'slack' || !/^Message( Edit)?$/.test(event.activity_name)) return null
  return { head: 'chat', text: chatText(event.message) }
}

/**
 * Hides what gives a made-up text away and says nothing of its purpose: numbers, addresses, links,
 * defanging, and the sender's own names.
 */
function mask(text: string, names: string[]): string {
  let out = text
    .slice(0, 8000)
    .replace(/hxxp/gi, 'http')
    .replaceAll('[.]', '.')
    .replace(/https?:\/\/\S+/gi, 'link')
    .replace(/[^\s@<>()]{1,64}@[\w.-]{3,80}/g, 'address')
    .replace(/\p{Nd}/gu, '0')
    .replace(/\s+/g, ' ')
    .trim()
  for (const name of names.filter((n) => n.length >= 4))
    out = out.replace(new RegExp(name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gi'), 'name')
  return out.slice(0, 1200)
}
