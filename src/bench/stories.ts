import { type Severity, severities } from '../core/finding.ts'
import type { Model } from '../core/ports.ts'
import { actionsIn } from '../model/actions.ts'
import {
  firstView,
  levelOf,
  stepsByModel,
  stepsToTake,
  toldByRules,
  toldByWeight,
  weightsByModel,
} from '../model/analyst.ts'
import type { Fact } from '../model/facts.ts'
import type { Telling } from '../model/naming.ts'
import { parseFacts, readingOf } from '../model/reading.ts'
import {
  keysByWords,
  levelByWords,
  type StoryHead,
  type StoryLine,
  stepsByWords,
  viewByWords,
} from '../model/story-head.ts'
import { macroF1 } from './measure.ts'
import type { StoryRecord } from './records.ts'

const telling: Telling = { time_zone: 'UTC', shortName: (n) => n, dated: false }

/** A story's lines, read. */
export const linesOf = (story: StoryRecord): StoryLine[] =>
  parseFacts(story.facts).map((parts, i) => ({ line: story.facts[i] ?? '', parts }))

/** A story's lines as facts, `f0` the first. */
export const factsOf = (story: StoryRecord): Fact[] =>
  linesOf(story).map((line, i) => ({ ...line, id: `f${i}`, event_uids: [], findings: [] }))

/** Share of the facts a hand-written gist names that these sentences rest on. */
function kept(story: StoryRecord, said: readonly { facts: string[] }[]): number {
  const ids = said.flatMap((s) => s.facts)
  return story.key_facts.filter((k) => ids.includes(`f${k}`)).length / story.key_facts.length
}

/** Whether one of the actions is among those of the hand-written steps. */
const matches = (story: StoryRecord, said: readonly string[]): boolean => {
  const wanted: readonly string[] = story.next_steps.flatMap(actionsIn)
  return said.some((action) => wanted.includes(action))
}

/** What is said of a story, and how well. */
export interface Told {
  view: string
  level: Severity
  /** Share of key facts in at most 60 words. */
  kept: number
  /** Whether a next step does what a hand-written one does. */
  step: boolean
}

/** What the model says of a story. @throws ServiceError */
export async function tellByModel(model: Model, story: StoryRecord): Promise<Told> {
  const facts = factsOf(story)
  const reading = readingOf(facts.map((f) => f.parts))
  const { text } = reading
  const view = await firstView(model, text)
  return {
    view,
    level: await levelOf(model, text),
    kept: kept(
      story,
      toldByWeight(facts, telling, await weightsByModel(model, reading, facts.length)),
    ),
    step: matches(story, await stepsByModel(model, text)),
  }
}

/** What the words of a story say by the head that ships, told in the rules' order. */
export function tellByHead(head: StoryHead, story: StoryRecord): Told {
  const lines = linesOf(story)
  return {
    view: viewByWords(head, lines),
    level: levelByWords(head, lines),
    kept: kept(story, toldByWeight(factsOf(story), telling, keysByWords(head, lines))),
    step: matches(story, stepsToTake(stepsByWords(head, lines))),
  }
}

/** What can be said without a model: the commonest view, level and steps, the rules' order. */
export const tellByRules = (story: StoryRecord): Told => ({
  view: 'attack',
  level: 'high',
  kept: kept(story, toldByRules(factsOf(story), telling)),
  step: matches(story, ['ask', 'session', 'check']),
})

/** Figures over many stories, each 0 to 1. */
export interface Figures {
  /** Macro F1 of the first view. */
  view: number
  /** Share of levels at most one step off. */
  level: number
  kept: number
  step: number
}

const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length

export const figuresOf = (list: readonly (readonly [StoryRecord, Told])[]): Figures => ({
  view: macroF1(list.map(([story, told]) => [story.verdict, told.view] as const)),
  level: mean(
    list.map(([story, told]) =>
      Number(Math.abs(severities.indexOf(story.level) - severities.indexOf(told.level)) <= 1),
    ),
  ),
  kept: mean(list.filter(([s]) => s.key_facts.length > 0).map(([, told]) => told.kept)),
  step: mean(list.filter(([s]) => s.next_steps.length > 0).map(([, t]) => Number(t.step))),
})
