import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from '../src/app.ts'
import { ServiceError } from '../src/core/error.ts'
import { baseEvent, type Event, type Observable } from '../src/core/event.ts'
import type { Message, Ref } from '../src/core/message.ts'
import { createPeople } from '../src/core/people.ts'
import type { Analyst, Detector, Notifier, Source } from '../src/core/ports.ts'
import { openMemory } from '../src/store/memory.ts'
import { createMasker } from '../src/store/secrets.ts'
import { openStore } from '../src/store/store.ts'

export const start = Date.UTC(2026, 2, 10, 9, 0, 0)
export const minute = 60_000

/** A fresh folder of the test's own. */
export const folder = (): string => mkdtempSync(join(tmpdir(), 'porchlight-test-'))

/** A clock that stands still until it is moved. */
export function handClock(at = start) {
  let time = at
  return {
    now: () => time,
    sleep: async () => {},
    move: (ms: number) => {
      time += ms
    },
  }
}

/** A channel in memory that fails as told: the outbox's contract without a network. */
export function memoryChannel() {
  const posts: { ref: Ref; message: Message; thread: string | null }[] = []
  const held: { ref: Ref; message: Message; thread: string | null }[] = []
  const plan: ('ok' | 'refused' | 'reset' | 'late')[] = []
  let n = 0
  const notifier: Notifier = {
    async post(message, thread) {
      const outcome = plan.shift() ?? 'ok'
      if (outcome === 'refused') throw new ServiceError('slack', 'refused')
      const post = {
        ref: { channel: 'C1', ts: String(++n).padStart(4, '0'), url: `https://slack.example/${n}` },
        message,
        thread: thread?.ts ?? null,
      }
      if (outcome === 'late') held.push(post)
      else posts.push(post)
      if (outcome !== 'ok') throw new ServiceError('slack', 'reset', { ambiguous: true })
      return post.ref
    },
    async update(ref, message) {
      const post = posts.find((p) => p.ref.ts === ref.ts)
      if (post) post.message = message
    },
    async find(uid) {
      return posts
        .filter((p) => p.message.uid === uid)
        .map((p) => p.ref)
        .sort((a, b) => a.ts.localeCompare(b.ts))
    },
  }
  return {
    notifier,
    posts,
    plan,
    /** Late posts show. */
    showHeld: () => posts.push(...held.splice(0)),
    tops: () => posts.filter((p) => p.thread === null),
  }
}

/** An analyst that only has rule text. */
const plainAnalyst: Analyst = {
  plain: (story) => ({
    headline: story.findings.map((f) => f.title).join(' and '),
    sentences: ['Something happened.'],
    next_steps: story.steps.slice(0, 1),
    quotes: [],
    view: null,
    level: null,
    words: { by: 'rules', chosen: 0, written: 0, refused: 0 },
  }),
  summarize: async (story) => ({
    ...plainAnalyst.plain(story),
    words: { by: 'analyst', chosen: 1, written: 0, refused: 0 },
  }),
}

/** Fires on events whose message begins with the word, at the level given. */
export const wordDetector = (word: string, level: Detector['level'] = 'high'): Detector => ({
  id: word,
  title: `The word ${word}`,
  level,
  type: 'Rule',
  attacks: ['T1566'],
  falsepositives: [],
  next_step: `Look into ${word}.`,
  match: (event) => (event.message.startsWith(word) ? {} : null),
  examples: { match: [], ignore: [] },
})

/** An event that says `message` at `time`, with these observables. */
export const said = (
  message: string,
  time: number,
  observables: Observable[] = [],
  more: Partial<Event> = {},
): Event => {
  const event = baseEvent({
    uid: `slack:T1:C1:${message.replaceAll(' ', '-')}@${time}`,
    product: 'slack',
    tenant_uid: 'T1',
    message,
    time,
    observables,
    status: 'success',
    ...more,
  })
  return event
}

/** A source that hands out these events, once. */
export const listSource = (name: string, events: Event[]): Source => ({
  name,
  interval: minute,
  poll: async (cursor) => ({ events: cursor ? [] : events, cursor: { done: true } }),
  check: async () => [],
})

/** The parts, with a real store in a fresh folder and everything else plain. */
export async function testApp(parts: Partial<App> = {}) {
  const clock = handClock()
  const channel = memoryChannel()
  const dir = folder()
  const logged: string[] = []
  const app: App & { clock: ReturnType<typeof handClock> } = {
    log: (level, msg) => logged.push(`${level} ${msg}`),
    store: openStore(join(dir, 'porchlight.db'), createMasker(new Uint8Array(32))),
    memory: await openMemory(join(dir, 'memory.json')),
    sources: [],
    detectors: [wordDetector('alarm'), wordDetector('note', 'low')],
    checks: [],
    ear: null,
    analyst: plainAnalyst,
    notifier: channel.notifier,
    people: createPeople(
      ['Ana', 'Ben', 'Cleo', 'Dan', 'Eve', 'Fay', 'Gus'].map((name) => ({
        name,
        emails: [`${name.toLowerCase()}@acme.example`],
        role: 'staff',
        approver: name === 'Ana',
        accounts: [],
      })),
      { domains: ['acme.example'], networks: ['203.0.113.0/24'] },
    ),
    decoys: [],
    locate: () => null,
    timeZone: 'Europe/Berlin',
    keep: { days: 7, flagged_days: 90 },
    isExcluded: () => false,
    distrusted: () => [],
    ...parts,
    clock,
  }
  return { app, clock, channel, logged, dir }
}
