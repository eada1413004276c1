import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Event, mostEarlier } from '../core/event.ts'
import { withoutMonitorTalk } from '../core/monitor-talk.ts'
import type { Context } from '../core/ports.ts'
import { chatFacts, chatFactsOf } from './chat-facts.ts'
import { mailFacts, mailFactsOf } from './mail-facts.ts'
import { trailFacts, trailFactsOf, trailText } from './trail-facts.ts'

/** Labels of each head: what a mail, a chat message and an AWS call can be. */
export const headLabels = {
  mail: ['phishing', 'bec', 'spam', 'legitimate'],
  chat: ['malicious', 'risky', 'benign'],
  trail: ['attack', 'odd', 'ordinary'],
} as const

export type HeadId = keyof typeof headLabels

/** Numbers of a sentence vector. */
export const vectorSize = 384

/** A landmark's numbers are kept as whole ones, this many to the unit. */
export const landmarkScale = 400
/** How fast nearness to a landmark fades with the square of the distance. */
const fading = 2
/** Brings what is left of it at an ordinary distance to the size of the other features. */
const stretch = Math.exp(0.6 * fading)

const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'))
const floats = base64.transform((b) => new Float32Array(new Uint8Array(b).buffer))
const head = z.strictObject({
  labels: z.array(z.string()),
  /** Typical texts of each kind: 384 signed bytes each. */
  landmarks: base64.transform(unpackLandmarks),
  /** One row a label: 384 numbers for the vector, one for nearness to each landmark, the bias. */
  weights: floats,
  /** One row of signed bytes a label, a power of two long: what a word in that bucket says. May be empty. */
  words: base64.transform((b) => new Int8Array(b)),
  /** One a label: what a byte is worth, and what no word says. */
  word_scale: z.array(z.number()),
  word_bias: z.array(z.number()),
  /** Names of the facts. */
  facts: z.array(z.string()),
  /** One row a label: what the text says of each label, then each fact, then the bias. */
  mix: z.array(z.array(z.number())),
  /** Probability of harm above which the ear speaks by itself; 1 for never. */
  raise: z.number(),
})
const headsFile = z.strictObject({
  /** SHA-256 of the encoder file whose vectors the weights are for, and of what tunes it for chat. */
  encoder: z.string(),
  ear: z.string(),
  mail: head,
  chat: head,
  trail: head,
})

/**
 * Three logistic regressions: on a sentence vector, on the words, and on what these say together and
 * on facts.
 */
export type Head = z.infer<typeof head>
type VectorPart = Pick<Head, 'labels' | 'landmarks' | 'weights'>
type WordPart = Pick<Head, 'labels' | 'words' | 'word_scale' | 'word_bias'>
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

/** Unit vectors out of signed bytes. */
export function unpackLandmarks(bytes: Uint8Array): Float32Array[] {
  const numbers = new Int8Array(bytes)
  return Array.from({ length: numbers.length / vectorSize }, (_, i) =>
    unit(Float32Array.from(numbers.subarray(i * vectorSize, (i + 1) * vectorSize))),
  )
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0
  for (let k = 0; k < vectorSize; k++) sum += (a[k] ?? 0) * (b[k] ?? 0)
  return sum
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector)) || 1
  return vector.map((x) => x / length)
}

/** What the first regression sees of a text: its windows' mean direction, and the landmarks near it. */
export function textFeatures(
  landmarks: readonly Float32Array[],
  windows: readonly ArrayLike<number>[],
): Float32Array {
  const sum = new Float32Array(vectorSize)
  for (const window of windows)
    for (let k = 0; k < vectorSize; k++) sum[k] = (sum[k] as number) + (window[k] ?? 0)
  const mean = unit(sum)
  const out = new Float32Array(vectorSize + landmarks.length)
  out.set(mean)
  landmarks.forEach((landmark, i) => {
    out[vectorSize + i] = stretch * Math.exp(fading * (2 * dot(mean, landmark) - 2))
  })
  return out
}

type Facts = Record<string, number>
type Probabilities = Record<string, number>

/** Logits as probabilities by label. */
export function softmax(labels: readonly string[], logits: readonly number[]): Probabilities {
  const top = Math.max(...logits)
  const exp = logits.map((l) => Math.exp(l - top))
  const sum = exp.reduce((a, b) => a + b, 0)
  return Object.fromEntries(labels.map((label, i) => [label, (exp[i] ?? 0) / sum]))
}

/** How much the words count beside the vector: by experiment on writers left out of training. */
export const wordShare = 0.75

/** A word's bucket, of `size` in all: FNV-1a. */
export function bucketOf(word: string, size: number): number {
  let hash = 0x811c9dc5
  for (const c of word) hash = Math.imul(hash ^ (c.codePointAt(0) as number), 0x01000193)
  return (hash >>> 0) % size
}

/** Buckets of the different words of a text, without digits and case. */
export const wordBuckets = (text: string, size: number): number[] => [
  ...new Set(
    [...text.toLowerCase().matchAll(/\p{L}{2,40}/gu)].map(([word]) => bucketOf(word, size)),
  ),
]

/** Logits of the labels by the words alone: zeros where the head knows no words. */
export function wordLogits(
  { labels, words, word_scale, word_bias }: WordPart,
  text: string,
): number[] {
  const size = words.length / labels.length
  if (size === 0) return labels.map(() => 0)
  const buckets = wordBuckets(text, size)
  const length = Math.sqrt(buckets.length) || 1
  return labels.map((_, i) => {
    const sum = buckets.reduce((all, b) => all + (words[i * size + b] ?? 0), 0)
    return (sum * (word_scale[i] ?? 0)) / length + (word_bias[i] ?? 0)
  })
}

/** A text as the encoder and a head read it. */
export interface HeardText {
  /** A unit vector of 384 numbers for each window. */
  vectors: readonly ArrayLike<number>[]
  /** What the words are counted in. */
  text: string
}

/** Logits of the labels by the vectors alone. */
export function vectorLogits(
  { labels, landmarks, weights }: VectorPart,
  vectors: readonly ArrayLike<number>[],
): number[] {
  const x = textFeatures(landmarks, vectors)
  const row = x.length + 1
  return labels.map((_, i) =>
    x.reduce((sum, v, k) => sum + v * (weights[i * row + k] ?? 0), weights[i * row + row - 1] ?? 0),
  )
}

/** What vectors and words say together. */
export const saidTogether = (
  labels: readonly string[],
  byVector: readonly number[],
  byWords: readonly number[],
): Probabilities =>
  softmax(
    labels,
    byVector.map((logit, i) => logit + wordShare * (byWords[i] ?? 0)),
  )

/** Probability of each label by the text alone. */
export const textScores = (
  head: VectorPart & WordPart,
  { vectors, text }: HeardText,
): Probabilities => saidTogether(head.labels, vectorLogits(head, vectors), wordLogits(head, text))

/** What the last regression sees: how likely the text makes each label, in logarithms, and facts. */
export const mixFeatures = (
  { labels, facts: names }: Pick<Head, 'labels' | 'facts'>,
  said: Probabilities,
  facts: Facts,
): number[] => [
  ...labels.map((label) => Math.log(Math.max(1e-4, said[label] ?? 0))),
  ...names.map((name) => facts[name] ?? 0),
]

/** What the text says, weighed with facts. */
export function withFacts(head: Head, said: Probabilities, facts: Facts): Probabilities {
  const x = mixFeatures(head, said, facts)
  return softmax(
    head.labels,
    head.mix.map((row) => x.reduce((sum, v, k) => sum + v * (row[k] ?? 0), row.at(-1) ?? 0)),
  )
}

/** Facts each head knows of an event, and their names in order. */
export const factsFor = {
  mail: { names: mailFacts, of: mailFactsOf },
  chat: { names: chatFacts, of: chatFactsOf },
  trail: { names: trailFacts, of: (event: Event, _context: Context) => trailFactsOf(event) },
} as const

/** What a head reads of a mail: neither addresses nor results of authentication, nor its date. */
export interface MailText {
  from: { name: string; address: string }
  subject: string
  text: string
}

/** Characters of a window: about 300 tokens; windows read of one mail. */
const windowChars = 1200
const mostWindows = 3

/** The windows of a mail that the mail head reads: at most three of 1,200 characters. */
export function mailText({ from, subject, text }: MailText): string[] {
  const company = from.address.split('@')[1]?.split('.').at(-2) ?? ''
  const masked = mask(`${subject}\n${text}`, [from.name, company], windowChars * mostWindows)
  const windows: string[] = []
  for (let at = 0; at < masked.length && windows.length < mostWindows; at += windowChars)
    if (at === 0 || masked.length - at > windowChars / 4)
      windows.push(masked.slice(at, at + windowChars))
  return windows.length > 0 ? windows : ['']
}

/** A message as the chat head reads it, at most 1,200 characters. */
export const chatText = (text: string): string => mask(text, [], windowChars)

/** Characters of each message of a thread that is read beside another. */
const earlierChars = 200

/** What was said in the thread before, as it stands behind the message; '' where nothing was. */
export const earlierText = (texts: readonly string[]): string =>
  texts.length === 0
    ? ''
    : `\nEarlier: ${texts
        .slice(-mostEarlier)
        .map((text) => mask(text, [], earlierChars))
        .join(' / ')}`

/** What a head reads of an event. */
export interface Readable {
  head: HeadId
  /** What the encoder reads. */
  windows: string[]
  /** What the words are counted in. */
  text: string
}

/**
 * What is read of an event, and by which head; null where there is nothing to read. `earlier`: what
 * was said before it in its thread.
 */
export function readable(event: Event, earlier: readonly string[] = []): Readable | null {
  const { email, message, api, metadata } = event
  if (api) {
    const text = trailText(event)
    return { head: 'trail', windows: [text], text }
  }
  if (!message.trim() && !email?.subject.trim()) return null
  if (email) {
    const windows = mailText({ from: email.from, subject: email.subject, text: message })
    return { head: 'mail', windows, text: windows.join('') }
  }
  if (metadata.product.name !== 'slack' || !/^Message( Edit)?$/.test(event.activity_name))
    return null
  const text = chatText(message)
  return { head: 'chat', windows: [text + earlierText(earlier)], text }
}

/**
 * Hides what says nothing of a text's purpose and gives a made-up one away (numbers, addresses, links,
 * defanging, the sender's own names), and what it says to whoever judges it.
 */
function mask(text: string, names: string[], limit: number): string {
  let out = withoutMonitorTalk(text.slice(0, 8000))
    .replace(/hxxp/gi, 'http')
    .replaceAll('[.]', '.')
    .replace(/https?:\/\/\S+/gi, 'link')
    .replace(/[^\s@<>()]{1,64}@[\w.-]{3,80}/g, 'address')
    .replace(/\p{Nd}/gu, '0')
    .replace(/\s+/g, ' ')
    .trim()
  for (const name of names.filter((n) => n.length >= 4))
    out = out.replace(new RegExp(name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gi'), 'name')
  return out.slice(0, limit)
}
