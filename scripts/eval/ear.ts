import { type Seen, seenChat, seenMail, seenTrail } from '../../src/bench/events.ts'
import {
  above,
  area,
  calibrationError,
  interval,
  recallAt,
  thresholdAt,
} from '../../src/bench/measure.ts'
import { holdout, type MailRecord, records } from '../../src/bench/records.ts'
import type { Event } from '../../src/core/event.ts'
import { severityRank } from '../../src/core/finding.ts'
import { judge } from '../../src/core/judge.ts'
import { detectors } from '../../src/detectors/index.ts'
import { chatFactSets } from '../../src/model/chat-facts.ts'
import { type HeadId, loadHeads, textScores, withFacts } from '../../src/model/heads.ts'
import { mailFactSets } from '../../src/model/mail-facts.ts'
import { trailFactSets } from '../../src/model/trail-facts.ts'
import { chatExample, type Example, mailExample, trailExample } from '../train/examples.ts'
import { learnedCalls, learnedChats, learnedMails } from '../train/learned.ts'
import type { Vectors } from '../train/vectors.ts'
import { trainBayes } from './bayes.ts'
import { neutralMail, neutralTrail, publicChats, publicMails, publicTrail } from './public.ts'
import {
  encoderReader,
  factsReader,
  type Reader,
  shippedReader,
  textReader,
  withoutSet,
} from './readers.ts'
import { percent, type Table } from './table.ts'

/** A record as it was read, and the text that word counts see. */
interface Read {
  example: Example
  seen: Seen
  text: string
  group: string
}

const heads = loadHeads()
const bad = { mail: ['phishing', 'bec'], chat: ['malicious'], trail: ['attack'] } as const
const columns = ['', 'reader', 'bad', 'good', 'area', 'recall at 1 %', 'at 0.1 %']

function line(name: string, reader: string, harm: number[], calm: number[]) {
  return [
    name,
    reader,
    harm.length,
    calm.length,
    area(harm, calm),
    percent(recallAt(harm, calm, 0.01)),
    percent(recallAt(harm, calm, 0.001)),
  ]
}

/** Whether an event would be posted as an alert: rules and the ear together. */
export function alerts(id: HeadId, { example, seen }: Pick<Read, 'example' | 'seen'>): boolean {
  const labels = withFacts(heads[id], textScores(heads[id], example), example.facts)
  const scores = { labels, off_label: 0, raise: heads[id].raise, model: '', rubric: '' }
  const context = { history: seen.history, people: seen.people, scores, decoys: [] }
  const found = judge(seen.event, detectors, context, (_, error) => {
    throw error
  })
  return found.some((f) => severityRank(f.severity) >= severityRank('medium'))
}

function alertLine(name: string, id: HeadId, rows: readonly Read[], per: number, isBad: boolean) {
  const hits = rows.filter((r) => alerts(id, r)).length
  const [low, high] = interval(hits, rows.length)
  return isBad
    ? [
        name,
        rows.length,
        `${percent(hits / rows.length)} found`,
        `${percent(low)} to ${percent(high)}`,
      ]
    : [
        name,
        rows.length,
        `${((per * hits) / rows.length).toFixed(1)} per ${per.toLocaleString('en')}`,
        `at most ${(per * high).toFixed(1)}`,
      ]
}

const textOf = (event: Event) => `${event.email?.subject ?? ''}\n${event.message}`

/** Mail: held-out written ones, and public ones where there are. */
export async function mailTables(vectors: Vectors, dir: string | null): Promise<Table[]> {
  const read = async (record: MailRecord): Promise<Read> => {
    const seen = seenMail(record)
    return {
      example: await mailExample(record, vectors.plain),
      seen,
      text: textOf(seen.event),
      group: record.source,
    }
  }
  const all = async (list: MailRecord[]) => {
    const out: Read[] = []
    for (const record of list) out.push(await read(record))
    return out
  }
  const apart = holdout()
  const written = records('mail', 'written').filter((r) => apart.has(r.id))
  const isTwin = (r: MailRecord) => r.technique.some((t) => t.startsWith('honest'))
  const twins = await all(written.filter((r) => r.label === 'legitimate' && isTwin(r)))
  const held = await all(written)
  const outside = dir ? publicMails(dir) : []
  const sets: [string, Read[], Read[]][] = [
    [
      'written: phishing and bec against legitimate',
      held.filter((r) => bad.mail.includes(r.example.label as 'bec')),
      held.filter((r) => r.example.label === 'legitimate'),
    ],
    ['written: bec against honest twins', held.filter((r) => r.example.label === 'bec'), twins],
  ]
  const raw = await all(outside)
  const neutral = await all(outside.map(neutralMail))
  for (const [name, rows] of [
    ['public, raw', raw],
    ['public, neutralised', neutral],
  ] as const)
    if (rows.length > 0)
      sets.push([
        `${name}: phishing against ham`,
        rows.filter((r) => r.example.label === 'phishing'),
        rows.filter((r) => r.example.label === 'legitimate'),
      ])
  const learned = await learnedMails(vectors.plain)
  const bayes = trainBayes(
    [...records('mail', 'written').filter((r) => !apart.has(r.id)), ...records('mail', 'real')]
      .filter((r) => r.label !== 'spam')
      .map((r) => ({ text: `${r.subject}\n${r.text}`, bad: r.label !== 'legitimate' })),
  )
  const readers: [string, (r: Read) => number][] = [
    ['word counts (naive Bayes)', (r) => bayes(r.text)],
    ...named({
      'encoder, plain regression': encoderReader(heads.mail, bad.mail, learned),
      'encoder with landmarks': textReader(heads.mail, bad.mail),
      'facts alone': factsReader(heads.mail, bad.mail, learned),
      shipped: shippedReader(heads.mail, bad.mail),
    }),
  ]
  const shipped = shippedReader(heads.mail, bad.mail)
  const harmful = (r: Read) => bad.mail.includes(r.example.label as 'bec')
  const judged = [...held, ...(neutral.length > 0 ? neutral : [])].filter(
    (r) => r.example.label !== 'spam',
  )
  const groups = (rows: Read[], key: (r: Read) => string) => [...new Set(rows.map(key))].sort()
  return [
    {
      title: 'Mail',
      columns,
      rows: sets.flatMap(([name, harm, calm]) =>
        readers.map(([reader, f]) => line(name, reader, harm.map(f), calm.map(f))),
      ),
    },
    {
      title: 'Mail: what each set of facts is worth',
      note: 'Area of the shipped head with one set unknown.',
      columns: ['', ...sets.map(([name]) => name)],
      rows: [
        ['all facts', shipped] as const,
        ...Object.entries(mailFactSets).map(
          ([set, names]) => [`without ${set}`, withoutSet(heads, 'mail', bad.mail, names)] as const,
        ),
      ].map(([name, f]) => [
        name,
        ...sets.map(([, harm, calm]) =>
          area(
            harm.map((r) => f(r.example)),
            calm.map((r) => f(r.example)),
          ),
        ),
      ]),
    },
    {
      title: 'Mail: alerts at the shipped thresholds',
      note: 'Rules and the ear together, as they would be posted.',
      columns: ['', 'mails', 'alerts', '95 %'],
      rows: sets.flatMap(([name, harm, calm]) => [
        alertLine(`${name}: the bad`, 'mail', harm, 10_000, true),
        alertLine(`${name}: the good`, 'mail', calm, 10_000, false),
      ]),
    },
    {
      title: 'Mail: calibration',
      note: 'Mean distance between the probability of harm and its share.',
      columns: ['', 'mails', 'error'],
      rows: [
        [
          'held-out and public',
          judged.length,
          calibrationError(
            judged.map((r) => shipped(r.example)),
            judged.map(harmful),
          ),
        ],
      ],
    },
    {
      title: 'Mail by language and source',
      note: 'Median probability of harm, and how much lies above the threshold of the ear alone.',
      columns: ['', 'bad', 'their median', 'raised', 'good', 'their median', 'raised'],
      rows: [
        ...groups(held, (r) => r.example.language).map((g) =>
          split(
            `written, ${g}`,
            held.filter((r) => r.example.language === g),
          ),
        ),
        ...groups(neutral, (r) => r.group).map((g) =>
          split(
            g,
            neutral.filter((r) => r.group === g),
          ),
        ),
      ],
    },
  ]

  function split(name: string, rows: Read[]) {
    const side = (want: boolean) => {
      const scores = rows
        .filter((r) => r.example.label !== 'spam' && harmful(r) === want)
        .map((r) => shipped(r.example))
        .sort((a, b) => a - b)
      return [
        scores.length,
        scores[scores.length >> 1] ?? Number.NaN,
        percent(above(scores, heads.mail.raise)),
      ]
    }
    return [name, ...side(true), ...side(false)]
  }
}

const named = (readers: Record<string, Reader>): [string, (r: Read) => number][] =>
  Object.entries(readers).map(([name, f]) => [name, (r) => f(r.example)])

/** Slack: held-out written messages against look-alikes and real archives. */
export async function chatTables(vectors: Vectors, dir: string | null): Promise<Table[]> {
  const apart = holdout()
  /** The same as the encoder hears it untuned. */
  const plain = new Map<Read, Example>()
  const read = async (list: ReturnType<typeof publicChats>): Promise<Read[]> => {
    const out: Read[] = []
    for (const record of list) {
      const one: Read = {
        example: await chatExample(record, vectors.tuned),
        seen: seenChat(record),
        text: record.text,
        group: record.source,
      }
      plain.set(one, await chatExample(record, vectors.plain))
      out.push(one)
    }
    return out
  }
  const held = await read(records('chat', 'written').filter((r) => apart.has(r.id)))
  const archive = dir ? await read(publicChats(dir)) : []
  const hostile = held.filter((r) => r.example.label === 'malicious')
  const alike = held.filter((r) => r.example.label === 'benign')
  const learned = await learnedChats(vectors.plain)
  const untuned = encoderReader(heads.chat, bad.chat, learned)
  const bayes = trainBayes(
    [...records('chat', 'written').filter((r) => !apart.has(r.id)), ...records('chat', 'real')].map(
      (r) => ({ text: r.text, bad: r.label === 'malicious' }),
    ),
  )
  const readers: [string, (r: Read) => number][] = [
    ['word counts (naive Bayes)', (r) => bayes(r.text)],
    ['encoder untuned, plain regression', (r) => untuned(plain.get(r) as Example)],
    ...named({
      'encoder tuned, and words': textReader(heads.chat, bad.chat),
      'facts alone': factsReader(heads.chat, bad.chat, learned),
      shipped: shippedReader(heads.chat, bad.chat),
      ...Object.fromEntries(
        Object.entries(chatFactSets).map(([set, names]) => [
          `shipped without ${set}`,
          withoutSet(heads, 'chat', bad.chat, names),
        ]),
      ),
    }),
  ]
  const sets: [string, Read[]][] = [
    ['written: malicious against benign look-alikes', alike],
    ...(archive.length > 0
      ? ([['malicious against real archives', archive]] as [string, Read[]][])
      : []),
  ]
  return [
    {
      title: 'Slack',
      columns,
      rows: sets.flatMap(([name, calm]) =>
        readers.map(([reader, f]) => line(name, reader, hostile.map(f), calm.map(f))),
      ),
    },
    {
      title:
        'Slack: malicious found where 15 % of the look-alikes and 1 % of the archives are raised',
      columns: ['reader', 'look-alikes alone', ...(archive.length > 0 ? ['both'] : [])],
      rows: readers.map(([reader, f]) => {
        const alone = thresholdAt(alike.map(f), 0.15)
        const both = Math.max(alone, archive.length > 0 ? thresholdAt(archive.map(f), 0.01) : alone)
        const found = [alone, ...(archive.length > 0 ? [both] : [])]
        return [reader, ...found.map((t) => percent(above(hostile.map(f), t)))]
      }),
    },
    {
      title: 'Slack: alerts at the shipped thresholds',
      columns: ['', 'messages', 'alerts', '95 %'],
      rows: [
        alertLine('malicious', 'chat', hostile, 10_000, true),
        alertLine('benign look-alikes', 'chat', alike, 10_000, false),
        ...(archive.length > 0 ? [alertLine('real archives', 'chat', archive, 10_000, false)] : []),
      ],
    },
  ]
}

/** CloudTrail: public records, raw and neutralised, and what meaningless features give away. */
export async function trailTables(vectors: Vectors, dir: string | null): Promise<Table[]> {
  if (!dir) return []
  const learned = await learnedCalls(vectors.plain)
  const readers: [string, Reader][] = [
    ['encoder alone', textReader(heads.trail, bad.trail)],
    ['facts alone', factsReader(heads.trail, bad.trail, learned)],
    ['shipped', shippedReader(heads.trail, bad.trail)],
    ...Object.entries(trailFactSets).map(([set, names]): [string, Reader] => [
      `shipped without ${set}`,
      withoutSet(heads, 'trail', bad.trail, names),
    ]),
  ]
  const raw = publicTrail(dir)
  const rows: Table['rows'] = []
  const posted: Table['rows'] = []
  for (const [name, list] of [
    ['raw', raw],
    ['neutralised', raw.map(neutralTrail)],
  ] as const) {
    const read: Read[] = []
    for (const record of list)
      read.push({
        example: await trailExample(record, vectors.plain),
        seen: seenTrail(record),
        text: '',
        group: record.source,
      })
    const of = (label: string) => read.filter((r) => r.example.label === label)
    for (const [reader, f] of readers)
      rows.push(
        line(
          `${name}: attack against ordinary`,
          reader,
          of('attack').map((r) => f(r.example)),
          of('ordinary').map((r) => f(r.example)),
        ),
      )
    posted.push(
      alertLine(`${name}: attack`, 'trail', of('attack'), 1_000_000, true),
      alertLine(`${name}: ordinary`, 'trail', of('ordinary'), 1_000_000, false),
    )
  }
  const mails = publicMails(dir)
  const alone = (name: string, harm: number[], calm: number[]) => [name, area(harm, calm)]
  const by = <T extends { label: string }>(list: T[], label: string, f: (r: T) => boolean) =>
    list.filter((r) => r.label === label).map((r) => Number(f(r)))
  return [
    { title: 'CloudTrail events', columns, rows },
    {
      title: 'CloudTrail: alerts by rules on single events',
      columns: ['', 'events', 'alerts', '95 %'],
      rows: posted,
    },
    {
      title: 'What one meaningless feature gives away',
      note: 'Area of the feature alone on the raw sets; none is used.',
      columns: ['feature', 'area'],
      rows: [
        alone(
          'mail has a sender',
          by(mails, 'phishing', (r) => r.from_address !== ''),
          by(mails, 'legitimate', (r) => r.from_address !== ''),
        ),
        alone(
          'mail has results of checks',
          by(mails, 'phishing', (r) => r.authentication !== null),
          by(mails, 'legitimate', (r) => r.authentication !== null),
        ),
        alone(
          'record has tlsDetails',
          by(raw, 'attack', (r) => 'tlsDetails' in r.event),
          by(raw, 'ordinary', (r) => 'tlsDetails' in r.event),
        ),
        alone(
          'record has managementEvent',
          by(raw, 'attack', (r) => 'managementEvent' in r.event),
          by(raw, 'ordinary', (r) => 'managementEvent' in r.event),
        ),
      ],
    },
  ]
}
