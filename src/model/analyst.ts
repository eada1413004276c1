import { z } from 'zod'
import { severityRank } from '../core/finding.ts'
import { type Summary, type View, views } from '../core/incident.ts'
import type { Analyst, Model, Story } from '../core/ports.ts'
import type { Candidate } from './candidate.ts'
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
      words: { by: 'rules', chosen: sentences.length, written: 0, refused: 0 },
    },
  }
}

/** A story that says nothing: what the model answers here is its habit, not its view. */
const nullStory = '2026-01-05 09:00 UTC slack message by staff in #general text "ok"'

/**
 * The first view: the likeliest label. A model that mostly answers with something else was not tuned
 * for this; of it, the label that gains most over what it says of a story that says nothing.
 * @throws ServiceError
 */
async function viewOf(
  model: Model,
  text: string,
  habit: Habit,
  signal?: AbortSignal,
): Promise<View> {
  const { labels, off_label } = await model.score('view', text, signal)
  const likeliest = (weight: (v: View) => number) =>
    views.reduce((best, v) => (weight(v) > weight(best) ? v : best), views[0])
  if (off_label < 0.5) return likeliest((v) => labels[v] ?? 0)
  const base = await habit(signal)
  const gain = (v: View) => Math.log((labels[v] ?? 0) + 1e-6) - Math.log((base[v] ?? 0) + 1e-6)
  return likeliest(gain)
}

type Habit = (signal?: AbortSignal) => Promise<Record<string, number>>

/** Asks once, and again only where asking failed. */
function habitOf(model: Model): Habit {
  let known: Record<string, number> | null = null
  return async (signal) => {
    known ??= (await model.score('view', nullStory, signal)).labels
    return known
  }
}

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
  model: Model,
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
  model: Model,
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
 * The analyst: facts become true sentences in code; the model, where there is one, gives a first
 * view and chooses among them, and with `write` adds sentences of its own that the facts bear out.
 */
export function createAnalyst(model: Model | null, options: { write: boolean }): Analyst {
  const habit = model && habitOf(model)
  return {
    plain: (story) => prepare(story).summary,
    async summarize(story, signal = new AbortController().signal) {
      const prepared = prepare(story)
      if (!model || !habit) return prepared.summary
      const reading = readingOf(prepared.known.map((f) => f.parts))
      const view = await viewOf(model, reading.text, habit, signal)
      const quotes = await gist(model, story, signal)
      const own = options.write ? await write(model, prepared, signal) : []
      const good = own.filter((c) => c.ok)
      const chosen = await weighed(model, reading, prepared.known, prepared.options, signal)
      const sentences = fitting([...good, ...chosen])
      return {
        ...prepared.summary,
        sentences: sentences.map((c) => c.text),
        quotes,
        view,
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
