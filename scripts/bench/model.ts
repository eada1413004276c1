import { Worker } from 'node:worker_threads'
import { baseEvent, type Event } from '../../src/core/event.ts'
import { createAnalyst } from '../../src/model/analyst.ts'
import { type Feature, readCard, shippedCard, trusted } from '../../src/model/card.ts'
import { createEar } from '../../src/model/ear.ts'
import { createLlama, type Llama } from '../../src/model/llama.ts'
import type { World } from '../../src/office/world.ts'
import { examples } from '../../test/model/story.ts'
import { type Figure, seconds } from './figure.ts'

const lengths = [100, 500, 1_200]
const texts = 30

/** The model process: how soon it is there, texts a second, and the words of an alert. */
export async function benchModel(world: World): Promise<Figure[]> {
  const one = createLlama({ log: () => {} })
  const ready = await seconds(() => one.start())
  const slow = await embeddings(one, world)
  const alone = {
    quiet: await mails(one, world),
    busy: await besideNeighbour(() => mails(one, world)),
  }
  const telling = await words(one)
  await one.stop()
  const two = createLlama({ log: () => {}, threads: 2 })
  await two.start()
  try {
    const fast = await embeddings(two, world)
    const both = {
      quiet: await mails(two, world),
      busy: await besideNeighbour(() => mails(two, world)),
    }
    const ear = (name: string, value: number, other: number): Figure => ({
      what: `mails of about 300 tokens through the ear${name}`,
      unit: 'mails/s',
      value,
      beside: { what: '2 threads', value: other },
    })
    return [
      ear('', alone.quiet, both.quiet),
      ear(' beside a busy neighbour', alone.busy, both.busy),
      { what: 'start of the models', unit: 's', value: ready, beside: null },
      ...lengths.map((length, i) => ({
        what: `embeddings of ${length} characters, 2 threads`,
        unit: 'texts/s',
        value: fast[i] ?? 0,
        beside: { what: 'as it ships', value: slow[i] ?? 0 },
      })),
      telling,
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

/** Mails a second through encoder and heads. */
async function mails(llama: Llama, world: World): Promise<number> {
  const ear = createEar(llama)
  const prose = world.slack.messages.map(({ text }) => text).join(' ')
  const mail = (i: number): Event =>
    baseEvent({
      uid: `gmail:a@acme.example:${i}`,
      product: 'gmail',
      tenant_uid: 'a@acme.example',
      class_name: 'Email Activity',
      activity_name: 'Receive',
      message: prose.slice(i * 1100, (i + 1) * 1100),
      email: {
        from: { name: 'Ana', address: 'ana@other.example' },
        reply_to: null,
        to: [],
        cc: [],
        subject: 'What we spoke of',
        message_uid: null,
        authentication: { spf: null, dkim: null, dmarc: null },
        links: [],
        files: [],
        direction: 'inbound',
        fingerprint: '',
      },
    })
  await ear.hear(mail(0), [])
  const took = await seconds(async () => {
    for (let i = 1; i <= texts; i++) await ear.hear(mail(i), [])
  })
  return texts / took
}

/** Something that keeps one core busy meanwhile. */
async function besideNeighbour<T>(work: () => Promise<T>): Promise<T> {
  const neighbour = new Worker('for (;;);', { eval: true })
  await new Promise((resolve) => neighbour.once('online', resolve))
  try {
    return await work()
  } finally {
    await neighbour.terminate()
  }
}

/** The words of an alert as they ship: the median of nine; the first also loads what stays loaded. */
async function words(llama: Llama): Promise<Figure> {
  const story = examples()['three stages']
  if (!story) throw new Error('test/model/story.ts has no story of three stages')
  const trust = trusted([readCard(shippedCard)], llama.state())
  const may = (feature: Feature) => trust.some((t) => t.feature === feature && t.on)
  const analyst = createAnalyst(llama, { write: false, may })
  const all = createAnalyst(llama, { write: false })
  await analyst.summarize(story)
  const times: number[] = []
  for (let i = 0; i < 9; i++) times.push(await seconds(() => analyst.summarize(story)))
  await all.summarize(story)
  return {
    what: 'words of a three-stage alert',
    unit: 's',
    value: times.sort((a, b) => a - b)[4] ?? 0,
    beside: {
      what: 'the analyst asked for everything',
      value: await seconds(() => all.summarize(story)),
    },
  }
}
