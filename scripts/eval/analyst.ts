import { corruptions, falsehoods, passes } from '../../src/bench/contrast.ts'
import { area, interval, recallAt } from '../../src/bench/measure.ts'
import { holdout, records, type StoryRecord } from '../../src/bench/records.ts'
import {
  figuresOf,
  type Told,
  tellByHead,
  tellByModel,
  tellByRules,
} from '../../src/bench/stories.ts'
import { asked } from '../../src/bench/suites.ts'
import { severities } from '../../src/core/finding.ts'
import { views } from '../../src/core/incident.ts'
import { executable, parsePlan, planText } from '../../src/core/plan.ts'
import { createLlama, type Llama } from '../../src/model/llama.ts'
import { chatReading } from '../../src/model/prompts.ts'
import { readQuestion } from '../../src/model/questions.ts'
import { loadStoryHead } from '../../src/model/story-head.ts'
import { fitLogistic, probabilities } from '../train/logistic.ts'
import { percent, type Table } from './table.ts'

const signal = new AbortController().signal
const apart = holdout()

async function withModel<T>(
  adapter: string | null | undefined,
  work: (m: Llama) => Promise<T>,
): Promise<T> {
  const llama = createLlama({ log: () => {}, adapter })
  await llama.start()
  try {
    return await work(llama)
  } finally {
    await llama.stop()
  }
}

const size = 4096
function wordsOf(story: StoryRecord): Float64Array {
  const x = new Float64Array(size)
  for (const word of story.facts
    .join(' ')
    .toLowerCase()
    .match(/\p{L}{2,}/gu) ?? []) {
    let h = 0
    for (const c of word) h = (h * 31 + (c.codePointAt(0) as number)) >>> 0
    x[h % size] = 1
  }
  const length = Math.sqrt(x.reduce((s, v) => s + v, 0)) || 1
  return x.map((v) => (3 * v) / length)
}

/** Stories: first view, level and which facts are told, by the tuned analyst and what stands beside. */
export async function wordTables(adapter?: string): Promise<Table[]> {
  const all = records('stories', 'written')
  const held = all.filter((s) => apart.has(s.id))
  const learned = all.filter((s) => !apart.has(s.id))
  const counted = <L extends string>(names: readonly L[], of: (s: StoryRecord) => string) => {
    const rows = learned.map((s) => ({
      x: wordsOf(s),
      label: names.indexOf(of(s) as L),
      weight: 1,
    }))
    const weights = fitLogistic(rows, names.length, { rounds: 150 })
    return (s: StoryRecord) => {
      const p = probabilities(weights, wordsOf(s))
      return names[p.indexOf(Math.max(...p))] as L
    }
  }
  const byWords = {
    view: counted(views, (s) => s.verdict),
    level: counted(severities, (s) => s.level),
  }
  const byModel = (tuned: string | null | undefined) =>
    withModel(tuned, async (model) => {
      const out: Told[] = []
      for (const story of held) out.push(await tellByModel(model, story))
      return out
    })
  const head = loadStoryHead()
  const nothing = { kept: Number.NaN, step: false }
  const sayers: [string, Told[]][] = [
    ['majority, rules’ order, fixed steps', held.map(tellByRules)],
    [
      'word counts',
      held.map((s) => ({ ...nothing, view: byWords.view(s), level: byWords.level(s) })),
    ],
    ['words of the story (ships)', held.map((s) => tellByHead(head, s))],
    ['untuned analyst', await byModel(null)],
    ['tuned analyst', await byModel(adapter)],
  ]
  const parts: [string, (s: StoryRecord) => boolean][] = [
    ['short stories', (s) => s.id.startsWith('ws1')],
    ['long stories', (s) => s.id.startsWith('ws2')],
  ]
  return [
    {
      title: 'Words: held-out stories',
      note: 'Level: within one step. Key facts: share of those a hand-written gist names that stand in at most 60 words. Steps: share of stories where one of three does what a hand-written one does.',
      columns: ['', 'by', 'stories', 'first view, macro F1', 'level', 'key facts', 'steps'],
      rows: parts.flatMap(([name, of]) =>
        sayers.map(([sayer, said]) => {
          const mine = held.flatMap((s, i) => (of(s) ? [[s, said[i] as Told] as const] : []))
          const { view, level, kept, step } = figuresOf(mine)
          return [
            name,
            sayer,
            mine.length,
            view,
            percent(level),
            ...(Number.isNaN(kept) ? ['', ''] : [percent(kept), percent(step)]),
          ]
        }),
      ),
    },
  ]
}

/** The check of free sentences, on true ones and on false ones made of the same words. */
export function contrastTables(): Table[] {
  const held = records('stories', 'written').filter((s) => apart.has(s.id))
  const rows: Table['rows'] = falsehoods.map((kind) => {
    const made = held.flatMap((story) =>
      corruptions(story).flatMap((c) => (c.kind === kind ? [passes(story, c.text, c.facts)] : [])),
    )
    const refused = made.filter((passed) => !passed).length
    return [kind, made.length, percent(refused / made.length)]
  })
  const trues = held.flatMap((story) => story.sentences.map((s) => passes(story, s.text, s.facts)))
  const refused = trues.filter((passed) => !passed).length
  return [
    {
      title: 'The check of free sentences, held-out stories',
      note: 'Free writing stays off unless at least 97 % of the false ones are refused and at most 10 % of the true ones.',
      columns: ['sentences', 'tried', 'refused'],
      rows: [...rows, ['true, hand-written', trues.length, percent(refused / trues.length)]],
    },
  ]
}

const europe = [
  'Show me all unusual login attempts from Europe in the last 24 hours',
  'show unusual login attempts from europe over the last 24 hours',
  'List every unusual sign-in attempt from Europe in the past 24 hours.',
  'unusual logins from Europe, last 24h',
  'Were there any strange sign-in attempts from Europe in the last day? List them.',
  'Can you show me all odd login attempts out of Europe from the last 24 hours?',
  'Give me the unusual log-in attempts coming from Europe during the last 24 hours',
  'all weird logins from Europe in the past 24 hours please',
  'Pull up unusual sign-ins and failed sign-ins from Europe, last 24 hours',
  'I want to see unusual login attempts from Europe within the last 24 hours',
  'which unusual login attempts came from Europe in the last 24 hours?',
  'Please list unusual attempts to log in from Europe in the last 24 hours.',
  'Show all out of the ordinary login attempts from Europe in the last 24 hours',
  'unusual sign in attempts europe past 24 hours',
  'Show me every unusual attempt to sign in from Europe over the past 24 hours',
  'What unusual login attempts from Europe have we had in the last 24 hours?',
  'Display unusual log in attempts from Europe for the last 24 hours',
  'any unusual login attempts from Europe in the last 24 hours - show me all of them',
  'Zeig mir alle ungewöhnlichen Anmeldeversuche aus Europa in den letzten 24 Stunden',
  'Montre-moi toutes les tentatives de connexion inhabituelles depuis l’Europe ces dernières 24 heures',
]
const wanted = planText({
  about: 'events',
  activities: ['sign_in', 'sign_in_failed'],
  continent: 'Europe',
  unusual: true,
  since: '24h',
  answer: 'list',
})

/** Questions to plans: held-out written ones, and paraphrases of one. */
export async function planTables(full: boolean, adapter?: string): Promise<Table[]> {
  const held = records('questions', 'written').filter((r) => apart.has(r.id))
  const some = full ? held : held.slice(0, 400)
  const rows: Table['rows'] = []
  for (const [name, tuned] of [['tuned analyst', adapter]] as [string, string | null | undefined][])
    await withModel(tuned, async (model) => {
      let exact = 0
      let accepted = 0
      let runs = 0
      let none = 0
      const wrong: Record<string, number> = {}
      const began = performance.now()
      for (const { question, plan } of some) {
        const truth = planText(parsePlan(JSON.stringify(plan)))
        const said = await readQuestion(model, question, asked, signal)
        if (said) accepted++
        if (said && executable(said, asked) === null) runs++
        if (planText(said) === truth) exact++
        else if (plan === null || said === null) none++
        else
          for (const key of new Set([...Object.keys(plan), ...Object.keys(said)]))
            if (
              JSON.stringify(plan[key]) !== JSON.stringify((said as Record<string, unknown>)[key])
            )
              wrong[key] = (wrong[key] ?? 0) + 1
      }
      const seconds = (performance.now() - began) / 1000 / some.length
      const [low, high] = interval(exact, some.length)
      rows.push([
        name,
        some.length,
        percent(exact / some.length),
        `${percent(low)} to ${percent(high)}`,
        `${runs} of ${accepted}`,
        seconds,
        `null ${none}, ${Object.entries(wrong)
          .sort((a, b) => b[1] - a[1])
          .slice(0, 6)
          .map(([k, n]) => `${k} ${n}`)
          .join(', ')}`,
      ])
      let right = 0
      for (const question of europe)
        if (planText(await readQuestion(model, question, asked, signal)) === wanted) right++
      rows.push([
        `${name}: 20 paraphrases of one question`,
        europe.length,
        percent(right / europe.length),
        '',
        '',
        '',
        '',
      ])
    })
  return [
    {
      title: 'Questions to plans, held-out',
      columns: [
        '',
        'questions',
        'exactly right',
        '95 %',
        'can be run, of those accepted',
        'seconds each',
        'wrong in',
      ],
      rows,
    },
  ]
}

/** Slack messages by the analyst alone, held-out. */
export async function readingTables(adapter?: string): Promise<Table[]> {
  const chats = records('chat', 'written').filter((r) => apart.has(r.id))
  const rows: Table['rows'] = []
  for (const [name, tuned] of [
    ['untuned analyst', null],
    ['tuned analyst', adapter],
  ] as [string, string | null | undefined][])
    await withModel(tuned, async (model) => {
      const heard: [string, number][] = []
      for (const { label, text, thread } of chats) {
        const reading = chatReading(
          text,
          thread.map((t) => t.text),
        )
        heard.push([label, (await model.score('chat', reading)).labels.malicious ?? 0])
      }
      const of = (wanted: string) => heard.filter(([l]) => l === wanted).map(([, p]) => p)
      const [bad, good] = [of('malicious'), of('benign')]
      rows.push([
        name,
        bad.length,
        good.length,
        area(bad, good),
        percent(recallAt(bad, good, 0.15)),
      ])
    })
  return [
    {
      title: 'Slack messages by the analyst alone, held-out: malicious against look-alikes',
      columns: ['by', 'bad', 'good', 'area', 'recall at 15 %'],
      rows,
    },
  ]
}
