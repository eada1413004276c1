import { executable, parsePlan, planText } from '../core/plan.ts'
import type { Model } from '../core/ports.ts'
import type { Feature } from '../model/card.ts'
import type { createEar } from '../model/ear.ts'
import { readQuestion } from '../model/questions.ts'
import { loadStoryHead } from '../model/story-head.ts'
import { corruptions, passes } from './contrast.ts'
import { type Seen, seenChat, seenMail } from './events.ts'
import { area } from './measure.ts'
import { holdout, records, type StoryRecord } from './records.ts'
import { figuresOf, type Told, tellByHead, tellByModel } from './stories.ts'

/**
 * The models as the suites ask them. Of an incident, the floor is what its words tell without a model.
 */
export interface Parts {
  model: Model
  ear: ReturnType<typeof createEar>
  signal: AbortSignal
}

/** What a suite found. */
export interface Found {
  feature: Feature
  measure: string
  value: number
  floor: number
  cases: number
}

/** One pass over held-out records that measures one or more features. */
export interface Suite {
  name: string
  /** Cases in all, for the bar. */
  size: number
  /** `step` is called after each case. @throws ServiceError */
  run(parts: Parts, step: () => void): Promise<Found[]>
}

const apart = holdout()
/** Every n-th of the held-out ones, the same ones always: `count` of them, or all. */
function sample<T extends { id: string }>(all: readonly T[], count: number): T[] {
  const held = all.filter((r) => apart.has(r.id))
  const every = Math.max(1, held.length / count)
  return held.filter((_, i) => Math.floor(i / every) !== Math.floor((i - 1) / every))
}

/** The moment at which all written questions are asked. */
export const asked = Date.parse('2026-11-23T09:00:00Z')

/** Hostile texts against honest ones that look alike. */
function earSuite(
  name: string,
  feature: 'mail' | 'chat',
  floor: number,
  texts: readonly (Seen & { hostile: boolean })[],
  harm: readonly string[],
): Suite {
  return {
    name,
    size: texts.length,
    async run({ ear, signal }, step) {
      const scores: { hostile: boolean; score: number }[] = []
      for (const { event, history, people, earlier = [], hostile } of texts) {
        const said = await ear.hear(event, earlier, signal)
        const heard = ear.weigh(event, said, { history, people })
        const score = harm.reduce((sum, label) => sum + (heard?.labels[label] ?? 0), 0)
        scores.push({ hostile, score })
        step()
      }
      const of = (wanted: boolean) => scores.filter((s) => s.hostile === wanted).map((s) => s.score)
      return [
        {
          feature,
          measure: 'area under the ROC curve, hostile against honest look-alikes',
          value: area(of(true), of(false)),
          floor,
          cases: texts.length,
        },
      ]
    },
  }
}

const mailSuite = (count: number): Suite =>
  earSuite(
    'mails',
    'mail',
    0.85,
    sample(
      records('mail', 'written').filter((r) => r.label !== 'spam'),
      count,
    ).map((r) => ({ ...seenMail(r), hostile: r.label !== 'legitimate' })),
    ['phishing', 'bec'],
  )

const chatSuite = (count: number): Suite =>
  earSuite(
    'Slack messages',
    'chat',
    0.65,
    sample(
      records('chat', 'written').filter((r) => r.label !== 'risky'),
      count,
    ).map((r) => ({ ...seenChat(r), hostile: r.label === 'malicious' })),
    ['malicious'],
  )

function storySuite(count: number): Suite {
  const stories = sample(records('stories', 'written'), count)
  return {
    name: 'stories',
    size: stories.length,
    async run({ model, signal }, step) {
      const told: [StoryRecord, Told][] = []
      for (const story of stories) {
        signal.throwIfAborted()
        told.push([story, await tellByModel(model, story)])
        step()
      }
      const ours = figuresOf(told)
      const head = loadStoryHead()
      const words = figuresOf(stories.map((s) => [s, tellByHead(head, s)]))
      const cases = stories.length
      return [
        { feature: 'view', measure: 'macro F1', value: ours.view, floor: words.view, cases },
        {
          feature: 'level',
          measure: 'share within one step',
          value: ours.level,
          floor: words.level,
          cases,
        },
        {
          feature: 'order',
          measure: 'share of key facts told',
          value: ours.kept,
          floor: words.kept,
          cases,
        },
        {
          feature: 'step',
          measure: 'share of stories with a step that people wrote too',
          value: ours.step,
          floor: words.step,
          cases,
        },
      ]
    },
  }
}

function planSuite(count: number): Suite {
  const questions = sample(records('questions', 'written'), count)
  return {
    name: 'questions',
    size: questions.length,
    async run({ model, signal }, step) {
      let exact = 0
      for (const { question, plan } of questions) {
        const said = await readQuestion(model, question, asked, signal)
        const runs = said === null || executable(said, asked) === null
        if (runs && planText(said) === planText(parsePlan(JSON.stringify(plan)))) exact++
        step()
      }
      return [
        {
          feature: 'plan',
          measure: 'share of questions read exactly',
          value: exact / questions.length,
          floor: 0.5,
          cases: questions.length,
        },
      ]
    },
  }
}

/** The check of free sentences: lets true ones pass and refuses false ones of the same words. */
function writeSuite(): Suite {
  const stories = sample(records('stories', 'written'), Number.POSITIVE_INFINITY)
  return {
    name: 'checking sentences',
    size: stories.length,
    async run(_, step) {
      let [trues, passed, falses, refused] = [0, 0, 0, 0]
      for (const story of stories) {
        for (const { text, facts } of story.sentences) {
          trues++
          if (passes(story, text, facts)) passed++
        }
        for (const { text, facts } of corruptions(story)) {
          falses++
          if (!passes(story, text, facts)) refused++
        }
        step()
      }
      // Both must hold: the worse of the two, each against what is asked of it.
      const value = Math.min(passed / trues / 0.9, refused / falses / 0.97)
      return [
        {
          feature: 'write',
          measure: 'true sentences let pass of 90 %, or false ones refused of 97 %, the worse',
          value,
          floor: 1,
          cases: trues + falses,
        },
      ]
    },
  }
}

/** How many cases of each kind. */
export interface Counts {
  mails: number
  chats: number
  stories: number
  questions: number
}

/** The suites that ship: a few minutes on a small machine. */
export const suites = ({
  mails = 200,
  chats = 150,
  stories = 60,
  questions = 60,
}: Partial<Counts> = {}): Suite[] => [
  mailSuite(mails),
  chatSuite(chats),
  storySuite(stories),
  planSuite(questions),
  writeSuite(),
]
