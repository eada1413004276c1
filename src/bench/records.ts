import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { fillSecrets } from './secrets.ts'

/** Where the committed records live. */
export const dataDir = fileURLToPath(new URL('../../models/data/', import.meta.url))

const origin = { id: z.string(), source: z.string(), licence: z.string() }

/** A mail, its label and what the company knew of its sender. */
export const mailRecord = z.object({
  ...origin,
  label: z.enum(['phishing', 'bec', 'spam', 'legitimate']),
  technique: z.array(z.string()).default([]),
  language: z.string().default('en'),
  from_name: z.string(),
  from_address: z.string(),
  reply_to: z.string().nullable().default(null),
  subject: z.string(),
  text: z.string(),
  links: z.array(z.object({ text: z.string(), href: z.string() })).default([]),
  attachments: z.array(z.unknown()).default([]),
  authentication: z.object({ spf: z.string(), dkim: z.string(), dmarc: z.string() }).nullish(),
  relationship: z.enum(['first_contact', 'known_contact', 'internal', 'list']).nullish(),
})
export type MailRecord = z.infer<typeof mailRecord>

/** A chat message, its label and up to three messages before it. */
export const chatRecord = z.object({
  ...origin,
  label: z.enum(['malicious', 'risky', 'benign']),
  category: z.string().default(''),
  channel: z.string().default('#general'),
  author_role: z.string().default('member'),
  text: z.string(),
  thread: z.array(z.object({ author_role: z.string(), text: z.string() })).default([]),
})
export type ChatRecord = z.infer<typeof chatRecord>

/** A question and the query plan it means, or null. */
export const questionRecord = z.object({
  ...origin,
  question: z.string(),
  plan: z.record(z.string(), z.unknown()).nullable(),
})
export type QuestionRecord = z.infer<typeof questionRecord>

/** An incident's facts and what a careful analyst writes of them. */
export const storyRecord = z.object({
  ...origin,
  facts: z.array(z.string()),
  verdict: z.enum(['attack', 'mistake', 'expected', 'unclear']),
  level: z.enum(['informational', 'low', 'medium', 'high', 'critical']),
  headline: z.string(),
  gist: z.string(),
  next_steps: z.array(z.string()),
  key_facts: z.array(z.number().int()),
  sentences: z.array(z.object({ text: z.string(), facts: z.array(z.number().int()) })),
  distractors: z.array(z.object({ text: z.string(), wrong: z.string() })),
})
export type StoryRecord = z.infer<typeof storyRecord>

/** A CloudTrail record and whether it belongs to an attack. */
export const trailRecord = z.object({
  ...origin,
  label: z.enum(['attack', 'odd', 'ordinary']),
  group: z.string(),
  event: z.record(z.string(), z.unknown()),
})
export type TrailRecord = z.infer<typeof trailRecord>

const parsers = {
  mail: mailRecord,
  chat: chatRecord,
  questions: questionRecord,
  stories: storyRecord,
  trail: trailRecord,
}

/** Lines of a `.jsonl` or `.jsonl.gz` file. */
export function readLines(file: string): unknown[] {
  const bytes = readFileSync(file)
  const text = file.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString()
  return text
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line))
}

/** All committed records of a kind, placeholders of secrets filled from their id. */
export function records<K extends keyof typeof parsers>(
  kind: K,
  folder: 'written' | 'real',
): z.infer<(typeof parsers)[K]>[] {
  return globSync(join(dataDir, folder, `${kind}-*.jsonl*`))
    .sort()
    .flatMap(readLines)
    .map((line) => {
      const record = parsers[kind].parse(line)
      return fillSecrets(record, record.id)
    }) as z.infer<(typeof parsers)[K]>[]
}

/** Ids of `models/data/holdout.txt`: never trained on. */
export const holdout = (): Set<string> =>
  new Set(readFileSync(join(dataDir, 'holdout.txt'), 'utf8').split('\n').filter(Boolean))
