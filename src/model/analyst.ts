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

/** Words in all sentences together. */
const wordLimit = 60
const stepLimit = 3
/** Facts and characters of each that a model which writes freely is given. */
const factLines = 8
const lineChars = 200
/** Sentences in a summary at most, and the rank from which a sentence is background. */
const most = 4
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

function prepare(story: Story): Prepared {
  const known = facts(story)
  const telling = tellingOf(story)
  const options = sayable(known, telling)
  const sentences = fitting(options).map((c) => c.text)
  return {
    known,
    telling,
    options,
    summary: {
      headline: headline(known, telling, story.people, titleOf(story)).text,
      sentences,
      next_steps: fillSteps(story.steps, known, telling).slice(0, stepLimit),
      quotes: plainGist(story),
      view: null,
      level: null,
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

/** What the model would do next, the likeliest first; never to leave it at that. @throws ServiceError */
export async function stepsByModel(
  model: Asked,
  text: string,
  signal?: AbortSignal,
): Promise<ActionId[]> {
  const { labels } = await model.score('step', text, signal)
  return (likeliest(labels, actionIds) as ActionId[])
    .filter((id) => id !== 'leave')
    .slice(0, stepLimit)
}

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

/** What is said when the model weighs the facts: at most 60 words. @throws ServiceError */
export const toldByModel = async (
  model: Asked,
  known: Fact[],
  telling: Telling,
  signal?: AbortSignal,
): Promise<Candidate[]> =>
  fitting(
    await weighed(
      model,
      readingOf(known.map((f) => f.parts)),
      known,
      sayable(known, telling),
      signal,
    ),
  )

/**
 * Orders what may be said by how much the facts it rests on matter to the model; a step of the
 * rules' rank counts a factor of e. @throws ServiceError
 */
async function weighed(
  model: Asked,
  reading: ReadingText,
  known: Fact[],
  options: Candidate[],
  signal?: AbortSignal,
): Promise<Candidate[]> {
  if (options.length < 2) return options
  const { labels } = await model.score('fact', reading.text, signal)
  const shares = Object.values(labels)
  const share = new Map(reading.facts.map((fact, i) => [known[fact]?.id, shares[i] ?? 0]))
  const weight = (c: Candidate) =>
    Math.log(c.facts.reduce((sum, id) => sum + (share.get(id) ?? 0), 0.001)) - c.rank
  return options
    .map((c) => ({ c, w: weight(c) }))
    .sort((a, b) => b.w - a.w)
    .map(({ c }) => c)
}

/**
 * Steps of the detectors' library as they are; then, where there is room, what the model would do
 * besides, in our words.
 */
function withSteps(
  { summary, known, telling }: Prepared,
  wanted: readonly ActionId[],
): Summary['next_steps'] {
  const covered = new Set(summary.next_steps.flatMap(actionsIn))
  const more = wanted.filter((id) => !covered.has(id)).map((id) => actions[id].step)
  return fillSteps([...summary.next_steps, ...more], known, telling).slice(0, stepLimit)
}

/**
 * The analyst: facts become true sentences in code; the model, where there is one, gives a first
 * view, weighs the facts and adds steps, and with `write` sentences of its own that the facts bear
 * out. It does only what it `may`.
 */
export function createAnalyst(
  model: Model | null,
  { write: writes, may = () => true }: { write: boolean; may?: (feature: Feature) => boolean },
): Analyst {
  return {
    plain: (story) => prepare(story).summary,
    async summarize(story, signal = new AbortController().signal) {
      const prepared = prepare(story)
      if (!model) return prepared.summary
      const reading = readingOf(prepared.known.map((f) => f.parts))
      const { text } = reading
      const quotes = await gist(model, story, signal)
      const view = may('view') ? await firstView(model, text, signal) : null
      const level = may('level') ? await levelOf(model, text, signal) : null
      const steps = may('step') ? await stepsByModel(model, text, signal) : []
      const own = writes && may('write') ? await write(model, prepared, signal) : []
      const good = own.filter((c) => c.ok)
      const chosen = may('order')
        ? await weighed(model, reading, prepared.known, prepared.options, signal)
        : prepared.options
      const sentences = fitting([...good, ...chosen])
      return {
        ...prepared.summary,
        sentences: sentences.map((c) => c.text),
        next_steps: withSteps(prepared, steps),
        quotes,
        view,
        level,
        words: {
          by: may('order') ? 'analyst' : 'rules',
          chosen: sentences.filter((c) => !good.includes(c as Candidate & { ok: boolean })).length,
          written: good.length,
          refused: own.length - good.length,
        },
      }
    },
  }
}
