import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { rubricHash, tasks } from './tasks.ts'

const byWords = 'its words tell it instead'
/** What models do here, in words, and what is done instead where one is too weak; null for nothing. */
export const features = {
  mail: { name: 'hearing fraud in mails', instead: null },
  chat: { name: 'hearing fraud in messages', instead: null },
  view: { name: 'the first view of an incident', instead: byWords },
  level: { name: 'how grave an incident is', instead: byWords },
  order: { name: 'which facts are told first', instead: byWords },
  step: { name: 'what to do next', instead: byWords },
  plan: { name: 'reading questions', instead: null },
  write: { name: 'free sentences', instead: 'sentences are made by code' },
} as const
export type Feature = keyof typeof features
export const featureIds = Object.keys(features) as Feature[]

const files = z.strictObject({
  /** SHA-256 of the model files, hex; '' for no adapter. */
  analyst: z.string(),
  encoder: z.string(),
  adapter: z.string(),
  ear: z.string(),
})
export type Files = z.infer<typeof files>

const measured = z.strictObject({
  feature: z.enum(featureIds),
  /** What the value counts. */
  measure: z.string(),
  value: z.number(),
  /** Below this value the feature stays off. */
  floor: z.number(),
  cases: z.int(),
  /** Seconds one case took. */
  seconds: z.number(),
})
export type Measured = z.infer<typeof measured>

const card = z.strictObject({
  /** ISO 8601, UTC. */
  made: z.string(),
  files,
  /** Of the words of all tasks: other words, other answers. */
  rubrics: z.string(),
  measured: z.array(measured),
})
/** How well model files did what they are asked here, as `porchlight bench` found it. */
export type Card = z.infer<typeof card>

export const rubrics = (): string =>
  createHash('sha256')
    .update(Object.values(tasks).map(rubricHash).join(' '))
    .digest('hex')
    .slice(0, 12)

/** The card in a file; null where there is none, or none that can be read. */
export function readCard(file: string | URL): Card | null {
  if (!existsSync(file)) return null
  try {
    return card.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

/** The card of the files that ship, measured before they were. */
export const shippedCard = new URL('../../models/card.json', import.meta.url)

/** Whether a feature may be used, and why. */
export interface Trust {
  feature: Feature
  on: boolean
  /** What was measured; null where nobody measured these files. */
  measured: Measured | null
}

/**
 * What these files may do by the first card that is about them. Of files that nobody measured, the
 * analyst may do nothing; heads that belong to the encoder are its measure.
 */
export function trusted(cards: readonly (Card | null)[], now: Files): Trust[] {
  const known = cards.find(
    (c) =>
      c !== null &&
      c.rubrics === rubrics() &&
      c.files.analyst === now.analyst &&
      c.files.encoder === now.encoder &&
      c.files.adapter === now.adapter &&
      c.files.ear === now.ear,
  )
  return featureIds.map((feature) => {
    const found = known?.measured.find((m) => m.feature === feature) ?? null
    const heard = feature === 'mail' || feature === 'chat'
    return { feature, on: found ? found.value >= found.floor : heard, measured: found }
  })
}

const round = (x: number) => x.toFixed(2)

/** `0.41 where 0.55 is wanted (macro F1, 48 cases)`. */
export const measuredText = ({ value, floor, measure, cases }: Measured): string =>
  `${round(value)} where ${round(floor)} is wanted (${measure}, ${cases} cases)`
