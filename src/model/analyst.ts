import { z } from 'zod'
import { type Severity, severities, severityRank } from '../core/finding.ts'
import { type Summary, type View, views } from '../core/incident.ts'
import type { Analyst, Model, Story } from '../core/ports.ts'
import { type ActionId, actionIds, actions, actionsIn } from './actions.ts'
import type { Candidate } from './candidate.ts'
import type { Feature } from './card.ts'
import { checkSentence } from './check.ts'
import { type Fact, facts } from './facts.ts'
import { gist, plainGist } from './gist.ts'
import { headline } from './headlines.ts'
import { localTime, shortNames, type Telling } from './naming.ts'
import { type ReadingText, readingOf } from './reading.ts'
import { candidates } from './sentences.ts'
import { fillSteps } from './steps.ts'
import {
  keysByWords,
  levelByWords,
  loadStoryHead,
  type StoryHead,
  stepsByWords,
  viewByWords,
} from './story-head.ts'

/** Words in all sentences together. */
const wordLimit = 60
const stepLimit = 3
/** Facts and characters of each that a model which writes freely is given. */
const factLines = 8
const lineChars = 200
/** Sentences in a summary at most, and the rank from which a sentence is background. */
const most = 6
const background = 6

const words = (text: string) => text.split(/\s+/).length

function tellingOf(story: Story): Telling {
  const days = story.events.map((e) => localTime(e.time, story.time_zone).day)
  return {
    time_zone: story.time_zone,
    shortName: shortNames(story.people.list.map((p) => p.name)),
    dated: new Set(days).size > 1,
  }
}

/** The worst finding's title: a detector's own words. */
const titleOf = (story: Story): string =>
  story.findings.toSorted((a, b) => severityRank(b.severity) - severityRank(a.severity))[0]
    ?.title ?? 'Something unusual happened'

/** Takes sentences in order of weight while they fit and say something new, told in order of time. */
function fitting(ordered: Candidate[]): Candidate[] {
  const kept: Candidate[] = []
  let left = wordLimit
  for (const c of ordered) {
    const told = kept.some((k) => k.topic === c.topic)
    if (told || kept.length === most || words(c.text) > left) continue
    kept.push(c)
    left -= words(c.text)
  }
  return kept.sort((a, b) => a.time - b.time || a.rank - b.rank)
}

const byRank = (list: Candidate[]) => list.toSorted((a, b) => a.rank - b.rank || a.time - b.time)

interface Prepared {
  known: Fact[]
  telling: Telling
  options: Candidate[]
  summary: Summary
}

/** What can be said without a language model. */
function prepare(story: Story, head: StoryHead): Prepared {
  const known = facts(story)
  const telling = tellingOf(story)
  const options = sayable(known, telling)
  const sentences = fitting(inOrder(options, known, keysByWords(head, known))).map((c) => c.text)
  return {
    known,
    telling,
    options,
    summary: {
      headline: headline(known, telling, story.people, titleOf(story)).text,
      sentences,
      next_steps: stepsOf(story, known, telling, stepsToTake(stepsByWords(head, known))),
      quotes: plainGist(story),
      view: viewByWords(head, known),
      level: levelByWords(head, known),
      words: { by: 'rules', chosen: sentences.length, written: 0, refused: 0 },
    },
  }
}

const likeliest = (labels: Record<string, number>, names: readonly string[]): string[] =>
  names.toSorted((a, b) => (labels[b] ?? 0) - (labels[a] ?? 0))

/** What the model takes a story for. @throws ServiceError */
export async function firstView(model: Asked, text: string, signal?: AbortSignal): Promise<View> {
  const { labels } = await model.score('view', text, signal)
  return likeliest(labels, views)[0] as View
}

/** How grave the model finds a story: the middle of what it thinks. @throws ServiceError */
export async function levelOf(model: Asked, text: string, signal?: AbortSignal): Promise<Severity> {
  const { labels } = await model.score('level', text, signal)
  let sum = 0
  const total = severities.reduce((all, level) => all + (labels[level] ?? 0), 0)
  return severities.find((level) => {
    sum += labels[level] ?? 0
    return sum >= total / 2
  }) as Severity
}

/** What the model would do next, the likeliest first. @throws ServiceError */
export async function stepsByModel(
  model: Asked,
  text: string,
  signal?: AbortSignal,
): Promise<ActionId[]> {
  const { labels } = await model.score('step', text, signal)
  return stepsToTake(likeliest(labels, actionIds) as ActionId[])
}

/** The first few. */
export const stepsToTake = (ranked: readonly ActionId[]): ActionId[] => ranked.slice(0, stepLimit)

type Asked = Pick<Model, 'score'>

const written = z.object({
  sentences: z
    .array(z.object({ text: z.string().max(240), facts: z.array(z.number().int()).max(6) }))
    .max(4),
})

/** Sentences the model writes freely, and which of them the facts bear out. */
async function write(model: Model, { known, telling }: Prepared, signal: AbortSignal) {
  const shown = known.slice(0, factLines)
  const input = shown.map((f, i) => `[${i + 1}] ${f.line.slice(0, lineChars)}`).join('\n')
  const answer = await model.ask('write', input, { schema: written, signal })
  return answer.sentences.map(({ text, facts: cited }): Candidate & { ok: boolean } => {
    const rests = shown.filter((_, i) => cited.includes(i + 1))
    const { ok } = checkSentence(text, rests, telling.time_zone)
    const time = Math.min(...rests.map((f) => (f.parts.kind === 'event' ? f.parts.event.time : 0)))
    return { text, facts: rests.map((f) => f.id), topic: text, rank: 0, time, ok }
  })
}

/** Sentences that may be said of facts, the weightiest first, without what is background. */
const sayable = (known: Fact[], telling: Telling): Candidate[] =>
  byRank(candidates(known, telling)).filter((c) => c.rank < background)

/** What the rules would say of facts: at most 60 words. */
export const toldByRules = (known: Fact[], telling: Telling): Candidate[] =>
  fitting(sayable(known, telling))

/** What is said when each fact, in order, matters so much: at most 60 words. */
export const toldByWeight = (
  known: Fact[],
  telling: Telling,
  weights: readonly number[],
): Candidate[] => fitting(inOrder(sayable(known, telling), known, weights))

/** How much each fact matters to the model, in order. @throws ServiceError */
export async function weightsByModel(
  model: Asked,
  reading: ReadingText,
  facts: number,
  signal?: AbortSignal,
): Promise<number[]> {
  const { labels } = await model.score('fact', reading.text, signal)
  const shares = Object.values(labels)
  const out = new Array<number>(facts).fill(0)
  reading.facts.forEach((fact, i) => {
    out[fact] = shares[i] ?? 0
  })
  return out
}

/**
 * What may be said, by how much the facts it rests on matter; a step of the rules' rank counts as much
 * as a factor of 1.5.
 */
function inOrder(options: Candidate[], known: Fact[], weights: readonly number[]): Candidate[] {
  const share = new Map(known.map((fact, i) => [fact.id, weights[i] ?? 0]))
  const weight = (c: Candidate) =>
    Math.log(c.facts.reduce((sum, id) => sum + (share.get(id) ?? 0), 0.001)) - 0.4 * c.rank
  return options
    .map((c) => ({ c, w: weight(c) }))
    .sort((a, b) => b.w - a.w)
    .map(({ c }) => c)
}

/**
 * Steps of the detectors' library as they are; then, where there is room, what else is to do, in our
 * words.
 */
function stepsOf(
  story: Story,
  known: Fact[],
  telling: Telling,
  wanted: readonly ActionId[],
): Summary['next_steps'] {
  const covered = new Set(story.steps.slice(0, stepLimit).flatMap(actionsIn))
  const more = wanted.filter((id) => !covered.has(id)).map((id) => actions[id].step)
  return fillSteps([...story.steps, ...more], known, telling).slice(0, stepLimit)
}

/**
 * The analyst: facts become true sentences in code. What comes first, a first view and steps are by
 * the words of the story, or by the model in what it `may`: where it was found to do better. With
 * `write` it adds sentences of its own that the facts bear out.
 */
export function createAnalyst(
  model: Model | null,
  {
    write: writes,
    may = () => true,
    head = loadStoryHead(),
  }: { write: boolean; may?: (feature: Feature) => boolean; head?: StoryHead },
): Analyst {
  return {
    plain: (story) => prepare(story, head).summary,
    async summarize(story, signal = new AbortController().signal) {
      const prepared = prepare(story, head)
      const { known, telling, options, summary } = prepared
      if (!model) return summary
      const reading = readingOf(known.map((f) => f.parts))
      const { text } = reading
      const quotes = await gist(model, story, signal)
      const view = may('view') ? await firstView(model, text, signal) : summary.view
      const level = may('level') ? await levelOf(model, text, signal) : summary.level
      const next_steps = may('step')
        ? stepsOf(story, known, telling, await stepsByModel(model, text, signal))
        : summary.next_steps
      const own = writes && may('write') ? await write(model, prepared, signal) : []
      const good = own.filter((c) => c.ok)
      const weights = may('order')
        ? await weightsByModel(model, reading, known.length, signal)
        : keysByWords(head, known)
      const sentences = fitting([...good, ...inOrder(options, known, weights)])
      return {
        ...summary,
        sentences: sentences.map((c) => c.text),
        next_steps,
        quotes,
        view,
        level,
        words: {
          by: 'analyst',
          chosen: sentences.filter((c) => !good.includes(c as Candidate & { ok: boolean })).length,
          written: good.length,
          refused: own.length - good.length,
        },
      }
    },
  }
}
