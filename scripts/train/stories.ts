/**
 * Trains models/stories.json from the stories of models/data: `scripts/node scripts/train/stories.ts`.
 * Same data, same file; some seconds. With `--folds`, says instead how well each fifth is judged by
 * the rest, of hands one to five.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { holdout, records, type StoryRecord } from '../../src/bench/records.ts'
import { figuresOf, linesOf, tellByHead } from '../../src/bench/stories.ts'
import { actionsIn } from '../../src/model/actions.ts'
import {
  keyWords,
  type StoryHead,
  type StoryQuestion,
  storyBuckets,
  storyLabels,
  storyWords,
} from '../../src/model/story-head.ts'
import { drawOf } from './examples.ts'
import { fitLogistic } from './logistic.ts'
import { quantized } from './quantized.ts'

const sizes: Record<StoryQuestion, number> = {
  view: 2 ** 13,
  level: 2 ** 13,
  step: 2 ** 12,
  key: 2 ** 12,
}

/** Right answers and their weights. */
const answers: Record<Exclude<StoryQuestion, 'key'>, (story: StoryRecord) => string[]> = {
  view: (s) => [s.verdict],
  level: (s) => [s.level],
  step: (s) => [...new Set(s.next_steps.flatMap(actionsIn))],
}

function fitQuestion(question: StoryQuestion, stories: readonly StoryRecord[]) {
  const labels: readonly string[] = storyLabels[question]
  const size = sizes[question]
  const told =
    question === 'key'
      ? stories.flatMap((s) =>
          keyWords(linesOf(s)).map((words, i) => ({
            words,
            right: [s.key_facts.includes(i) ? 'yes' : 'no'],
          })),
        )
      : stories.map((s) => ({ words: storyWords(linesOf(s)), right: answers[question](s) }))
  const share = (label: string) => told.filter(({ right }) => right.includes(label)).length
  const rows = told.flatMap(({ words, right }) => {
    const at = storyBuckets(words, size)
    const x = new Float64Array(at.length).fill(1 / (Math.sqrt(at.length) || 1))
    return right.map((label) => ({
      x,
      at,
      label: labels.indexOf(label),
      // Each view weighs the same: most stories are attacks.
      weight: question === 'view' ? told.length / labels.length / share(label) : 1 / right.length,
    }))
  })
  const { bytes, scale, bias } = quantized(
    fitLogistic(rows, labels.length, { rounds: 1200, size, freedom: 30 }),
  )
  return { words: bytes, scale, bias }
}

const headFrom = (stories: readonly StoryRecord[]): StoryHead => ({
  view: fitQuestion('view', stories),
  level: fitQuestion('level', stories),
  step: fitQuestion('step', stories),
  key: fitQuestion('key', stories),
})

const apart = holdout()
const stories = records('stories', 'written').filter((s) => !apart.has(s.id))
if (process.argv.includes('--folds')) {
  const folds = 5
  // Four stories of hand five tell the same events with other endings.
  const group = ({ id }: StoryRecord) =>
    id.startsWith('ws5') ? `ws5 ${Math.ceil(Number(id.slice(4)) / 4)}` : id
  const fold = (s: StoryRecord) => Math.floor(drawOf(group(s)) * folds)
  const told = Array.from({ length: folds }, (_, f) => {
    const head = headFrom(stories.filter((s) => fold(s) !== f))
    return stories.filter((s) => fold(s) === f).map((s) => [s, tellByHead(head, s)] as const)
  }).flat()
  for (const hand of ['ws1', 'ws2', 'ws3', 'ws4', 'ws5'])
    console.log(hand, figuresOf(told.filter(([s]) => s.id.startsWith(hand))))
} else {
  const file = fileURLToPath(new URL('../../models/stories.json', import.meta.url))
  const packed = Object.entries(headFrom(stories)).map(([name, { words, scale, bias }]) => [
    name,
    { words: Buffer.from(words.buffer).toString('base64'), scale, bias },
  ])
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(packed), null, 2)}\n`)
}
