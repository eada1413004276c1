import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ServiceError } from '../../src/core/error.ts'
import { views } from '../../src/core/incident.ts'
import type { Model, Story } from '../../src/core/ports.ts'
import { createAnalyst } from '../../src/model/analyst.ts'
import { checkSentence } from '../../src/model/check.ts'
import { facts } from '../../src/model/facts.ts'
import { sentencesOf } from '../../src/model/gist.ts'
import { createLlama, type Llama } from '../../src/model/llama.ts'
import { shortNames } from '../../src/model/naming.ts'
import { candidates } from '../../src/model/sentences.ts'
import { chat, examples, finding, mail, people, story } from './story.ts'

const known = examples()
const three = known['three stages'] as Story

describe('rule text', () => {
  const { plain, summarize } = createAnalyst(null, { write: false })

  test('tells three stages as one story', () => {
    expect(plain(three)).toMatchObject({
      headline: 'Ana’s AWS key was posted in Slack and then used from Romania',
      sentences: expect.arrayContaining([
        'Lou posted an AWS access key ending 7Q2F in #dev on Slack at 10:12.',
        'Ana’s AWS key ending 7Q2F was used from a new network in Romania at 10:40.',
      ]),
      next_steps: [
        'Switch the key ending 7Q2F off in the AWS console.',
        'Ask Ana whether this was them.',
        'Delete the message, and tell everybody not to answer it.',
      ],
      view: 'attack',
      words: { by: 'rules', written: 0, refused: 0 },
    })
  })

  test('without a model, summarize gives the same', async () => {
    expect(await summarize(three)).toEqual(plain(three))
  })

  test('every example has a headline and at most 60 words', () => {
    for (const s of Object.values(known)) {
      const { headline, sentences } = plain(s)
      expect(headline).toMatch(/^\p{Lu}.{8,140}[^.]$/u)
      expect(sentences.length).toBeGreaterThan(0)
      expect(sentences.join(' ').split(' ').length).toBeLessThanOrEqual(60)
    }
  })

  test('what a mail wants is quoted in its own words, and who says so', () => {
    const text = 'Dear Dana,\n\nHope all is well.\nPlease change the bank details today.\n\nThanks'
    const m = mail(0, { name: 'Greg', from: 'greg@post.example', text })
    const { quotes } = plain(story([m], [finding('payment-redirect', [m])]))
    expect(quotes[0]?.said_by).toBe('Greg (greg@post.example)')
    expect(quotes.map((q) => q.text)).toContain('Please change the bank details today.')
  })

  test.each([
    ['Das ist ein Test. Bitte überweisen Sie heute 4.500 € auf das neue Konto!', 2],
    ['これは重要なお知らせです。今すぐパスワードを確認してください。', 2],
    ['لقد تم إيقاف حسابك مؤقتا. يرجى تأكيد كلمة المرور الآن؟', 2],
    ['one\u0000two \u202ethree four five', 1],
    ['', 0],
  ])('splits %s', (text, n) => expect(sentencesOf(text)).toHaveLength(n))

  test('a huge text is bounded', () => {
    const e = chat(0, { text: 'Please send the password now. '.repeat(20_000) })
    const { quotes } = plain(story([e], [finding('gift-cards', [e])]))
    expect(quotes.length).toBeLessThanOrEqual(3)
    for (const q of quotes) expect(q.text.length).toBeLessThanOrEqual(200)
  })
})

describe('with the shipped model', () => {
  let llama: Llama
  beforeAll(async () => {
    llama = createLlama({ log: () => {} })
    await llama.start()
  }, 60_000)
  afterAll(() => llama.stop())

  test('what is said is chosen among true sentences, the same each time', async () => {
    const told = known.impersonation as Story
    const analyst = createAnalyst(llama, { write: false })
    const first = await analyst.summarize(told)
    expect(await analyst.summarize(told)).toEqual(first)
    const shortName = shortNames(people.list.map((p) => p.name))
    const telling = { time_zone: 'UTC', dated: false, shortName }
    const offered = candidates(facts(told), telling).map((c) => c.text)
    for (const sentence of first.sentences) expect(offered).toContain(sentence)
    expect(first.sentences.length).toBeGreaterThan(1)
    expect(first.quotes.length).toBeGreaterThan(0)
    expect(views).toContain(first.view)
    expect(first.words).toMatchObject({ by: 'analyst', chosen: first.sentences.length, refused: 0 })
  })

  test('what it writes itself is said only where the facts bear it out', async () => {
    const small = known['password in chat'] as Story
    const { sentences } = await createAnalyst(llama, { write: true }).summarize(small)
    for (const sentence of sentences) expect(checkSentence(sentence, facts(small)).ok).toBe(true)
  })
}, 90_000)

test('true sentences of a writing model are told, false ones counted', async () => {
  const model: Model = {
    embed: async () => new Float32Array(384),
    intent: async () => new Float32Array(384),
    score: async (_, text) => ({
      labels: { A: text.length % 7, attack: 0.4 },
      off_label: 0,
      model: '',
      rubric: '',
    }),
    ask: async (_task, _input, { schema }) =>
      schema.parse({
        sentences: [
          { text: 'Lou posted an AWS access key in #dev.', facts: [3] },
          { text: 'Lou stole an AWS access key.', facts: [3] },
        ],
      }),
  }
  const { sentences, words } = await createAnalyst(model, { write: true }).summarize(three)
  expect(sentences).toContain('Lou posted an AWS access key in #dev.')
  expect(sentences.join(' ')).not.toContain('stole')
  expect(words).toMatchObject({ written: 1, refused: 1 })
})

test('[fault] a model that is away is the caller’s to handle', async () => {
  const away = async () => {
    throw new ServiceError('model', 'restarting')
  }
  const analyst = createAnalyst(
    { embed: away, intent: away, score: away, ask: away },
    { write: true },
  )
  await expect(analyst.summarize(three)).rejects.toThrow(ServiceError)
  expect(analyst.plain(three).headline).not.toBe('')
})
