import { createAnalyst } from '../../src/model/analyst.ts'
import { createLlama, type Llama } from '../../src/model/llama.ts'
import type { World } from '../../src/office/world.ts'
import { examples } from '../../test/model/story.ts'
import { type Figure, seconds } from './figure.ts'

const lengths = [100, 500, 1_200]
const texts = 30

/** The model process: how soon it is there, texts a second, and the words of an alert. */
export async function benchModel(world: World): Promise<Figure[]> {
  const one = createLlama({ log: () => {}, threads: 1 })
  const ready = await seconds(() => one.start())
  const slow = await embeddings(one, world).finally(() => one.stop())
  const two = createLlama({ log: () => {}, threads: 2 })
  await two.start()
  try {
    const fast = await embeddings(two, world)
    return [
      { what: 'start of the models', unit: 's', value: ready, beside: null },
      ...lengths.map((length, i) => ({
        what: `embeddings of ${length} characters, 2 threads`,
        unit: 'texts/s',
        value: fast[i] ?? 0,
        beside: { what: '1 thread', value: slow[i] ?? 0 },
      })),
      await words(two),
    ]
  } finally {
    await two.stop()
  }
}

async function embeddings(llama: Llama, world: World): Promise<number[]> {
  const prose = world.slack.messages.map(({ text }) => text).join(' ')
  const rates: number[] = []
  for (const length of lengths) {
    await llama.embed(prose.slice(0, length))
    const took = await seconds(async () => {
      for (let i = 1; i <= texts; i++) await llama.embed(prose.slice(i * length, (i + 1) * length))
    })
    rates.push(texts / took)
  }
  return rates
}

/** The second telling: the first also pays for reading the rubric, which then stays read. */
async function words(llama: Llama): Promise<Figure> {
  const story = examples()['three stages']
  if (!story) throw new Error('test/model/story.ts has no story of three stages')
  const analyst = createAnalyst(llama, { write: true })
  await analyst.summarize(story)
  const value = await seconds(() => analyst.summarize(story))
  const plain = await seconds(() => analyst.plain(story))
  return {
    what: 'words of a three-stage alert',
    unit: 's',
    value,
    beside: { what: 'rule text only', value: plain },
  }
}
