import { actOf } from './acts.ts'
import type { EventParts } from './fact-line.ts'
import type { Fact } from './facts.ts'
import {
  awsActor,
  inCountry,
  listed,
  personName,
  quote,
  quoteDomains,
  recipient,
  sameActor,
  sentence,
  type Telling,
  when,
  whence,
  writer,
} from './naming.ts'

/** A true sentence that may be said, and what it rests on. */
export interface Candidate {
  text: string
  /** Ids of the facts. */
  facts: string[]
  /** Only one sentence of a topic is said; the rest are other phrasings of it. */
  topic: string
  /** What a reader needs first: 0 for the heart of the story, 9 for background. */
  rank: number
  /** ms, for telling in order. */
  time: number
}

interface Told {
  fact: Fact
  e: EventParts
}

export const isDeniedFact = (e: EventParts): boolean =>
  e.outcome !== null && e.outcome !== 'success'

/** `an AWS access key`, `a password`. */
export const an = (thing: string) => `${/^[AEIOU]/i.test(thing) ? 'an' : 'a'} ${thing}`

const timesOf = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`)

/** Makes the phrasings of one topic. */
function phrased(
  topic: string,
  rank: number,
  cited: Told[],
  ...phrasings: (string | null)[][]
): Candidate[] {
  const time = Math.min(...cited.map(({ e }) => e.time))
  const facts = cited.map(({ fact }) => fact.id)
  return phrasings.map((words) => ({ text: sentence(words), facts, topic, rank, time }))
}

/** What each claim of a mail or message says, by its words in the fact. */
const textClaims: [RegExp, ((match: RegExpExecArray, t: Telling) => string)[]][] = [
  [
    /^lookalike domain of (\S+\.\S+)$/,
    [
      (m) => `comes from an address that imitates ${m[1]}`,
      (m) => `was sent from a domain made to look like ${m[1]}`,
    ],
  ],
  [
    /^lookalike domain of another company$/,
    [() => 'comes from an address that imitates another company'],
  ],
  [
    /^link to lookalike domain of (\S+\.\S+)$/,
    [
      (m) => `holds a link to a domain that imitates ${m[1]}`,
      (m) => `links to a domain made to look like ${m[1]}`,
    ],
  ],
  [
    /^link to lookalike domain of another company$/,
    [() => 'holds a link to a domain that imitates another company'],
  ],
  [
    /^own address forged$/,
    [() => 'claims to come from inside the company, but failed every check of its sender'],
  ],
  [
    /^name of (?!a colleague)(.+) on outside address$/,
    [
      (m, t) => `uses the name of ${t.shortName(m[1] ?? '')} on an outside address`,
      (m, t) => `carries ${t.shortName(m[1] ?? '')}’s name but comes from an outside address`,
    ],
  ],
  [
    /^name of a colleague on outside address$/,
    [() => 'uses the name of a colleague on an outside address'],
  ],
  [
    /^link asks for a password$/,
    [
      () => 'holds a link of a kind used to steal passwords',
      () => 'leads to a page that may be after passwords',
    ],
  ],
  [
    /^asks for payment to new bank details$/,
    [
      () => 'asks for a payment to new bank details',
      () => 'asks for money to go to another bank account',
    ],
  ],
  [/^asks for gift cards$/, [() => 'asks for gift cards']],
  [
    /^text addresses the monitor$/,
    [
      () => 'tries to give this monitor orders, which had no effect',
      () => 'holds orders meant for this monitor, which had no effect',
    ],
  ],
]

/** All that is wrong with one mail or message, in one sentence. */
function claimSentences(told: Told, telling: Telling): Candidate[] {
  const it = told.e.source === 'gmail' ? 'the mail' : 'the message'
  const claimed = told.e.findings.flatMap((claim) =>
    textClaims.flatMap(([pattern, phrasings]) => {
      const match = pattern.exec(claim)
      return match ? [phrasings.map((say) => say(match, telling))] : []
    }),
  )
  if (claimed.length === 0) return []
  const said = (phrasing: number) => {
    const list = claimed.slice(0, 3).map((says) => says[phrasing] ?? says[0] ?? '')
    return list.some((says) => says.includes(',')) ? list.join(', and ') : listed(list)
  }
  return phrased(`claims ${told.fact.id}`, 1, [told], [it, said(0)], [it, said(1)])
}

const secretOf = (e: EventParts) =>
  e.findings.map((f) => /^(.+) posted$/.exec(f)?.[1]).find((kind) => kind !== undefined)

function secretSentences(told: Told, telling: Telling): Candidate[] {
  const { e, fact } = told
  const kind = secretOf(e)
  if (!kind) return []
  const key = e.findings.map((f) => /^key (?:.{4})…(.{4})$/.exec(f)?.[1]).find(Boolean)
  const thing = key ? `${an(kind)} ending ${key}` : an(kind)
  const at = when(e, telling)
  const topic = `secret ${fact.id}`
  if (e.source === 'slack') {
    const where = e.target?.relation === 'in' ? `in ${e.target.text} on Slack` : 'on Slack'
    return phrased(
      topic,
      0,
      [told],
      [writer(e, telling), 'posted', thing, where, at],
      [at, thing, 'was posted', where, 'by', writer(e, telling)],
    )
  }
  if (e.activity === 'mail_sent')
    return phrased(topic, 0, [told], [at, writer(e, telling), 'sent', thing, 'by mail'])
  return phrased(topic, 0, [told], [at, recipient(e, telling), 'received', thing, 'by mail'])
}

/** A mail to several people is told once. */
function mailSentences(all: Told[], telling: Telling): Candidate[] {
  const same = new Map<string, Told[]>()
  for (const told of all.filter(({ e }) => e.activity === 'mail_received')) {
    const key = JSON.stringify([told.e.who, told.e.quoted.find((q) => q.key === 'subject')])
    same.set(key, [...(same.get(key) ?? []), told])
  }
  return [...same.values()].flatMap((whole) => {
    const known = whole.filter(({ e }) => personName(e.target, telling) !== null)
    const group = known.length > 0 ? known : whole.slice(0, 1)
    const first = group[0] as Told
    const names = listed([...new Set(group.map(({ e }) => recipient(e, telling)))].slice(0, 4))
    const sender = quote(first.e.who?.text ?? '')
    const at = group.every(({ e }) => e.time === first.e.time) ? when(first.e, telling) : null
    const subject = first.e.quoted.find((q) => q.key === 'subject')?.text
    const topic = `mail ${first.fact.id}`
    return [
      ...phrased(
        topic,
        0.5,
        group,
        ['a mail that says it is from', sender, 'reached', names, at],
        [at, names, 'received a mail that says it is from', sender],
      ),
      ...(subject
        ? phrased(
            `subject ${first.fact.id}`,
            6,
            [first],
            ['the subject of the mail says:', quote(subject)],
          )
        : []),
      ...claimSentences(whole.find(({ e }) => e.findings.length > 0) ?? first, telling),
    ]
  })
}

/** What one AWS actor did: what was refused, what went through, and how it began. */
function awsSentences(all: Told[], telling: Telling): Candidate[] {
  const actors = new Map<string, Told[]>()
  for (const told of all.filter(({ e }) => e.source === 'cloudtrail')) {
    const key = awsActor(told.e, telling)
    actors.set(key, [...(actors.get(key) ?? []), told])
  }
  return [...actors.values()].flatMap((group) => {
    const introduced = group.some(({ e }) => e.findings.includes('first use from this network'))
    const name = introduced ? sameActor : awsActor
    const denied = group.filter(({ e }) => isDeniedFact(e))
    const worst = denied.find(({ e }) => !/^(?:List|Get|Describe|Head)/.test(e.activity))
    return [
      ...group.flatMap((told) => actSentences(told, name, told === worst, telling)),
      ...refusals(denied, name, telling),
      ...chain(
        group.filter(({ e }) => !isDeniedFact(e) && e.findings.length === 0),
        telling,
      ),
    ]
  })
}

type Naming = typeof awsActor

function refusals(denied: Told[], name: Naming, telling: Telling): Candidate[] {
  const first = denied[0]
  if (!first) return []
  const total = denied.reduce((sum, { e }) => sum + e.count, 0)
  const swept = denied.some(({ e }) => e.findings.includes('denied sweep'))
  const times = timesOf(total)
  const place = whence(first.e)
  const from = denied.every(({ e }) => whence(e) === place) ? place : null
  const actor = name(first.e, telling)
  return phrased(
    `refused ${first.fact.id}`,
    swept ? 1 : total > 1 ? 5 : 6,
    denied,
    [actor, 'was refused', times, from],
    ['AWS refused', actor, times],
  )
}

function chain(done: Told[], telling: Telling): Candidate[] {
  const steps = [...new Map(done.map((told) => [actOf(told.e.activity).past, told])).entries()]
    .sort(([, a], [, b]) => a.e.time - b.e.time)
    .slice(0, 4)
  const first = steps[0]?.[1]
  if (!first || steps.length < 2) return []
  const words = [sameActor(first.e, telling), 'then', listed(steps.map(([past]) => past))]
  const cited = steps.map(([, told]) => told)
  return phrased(`chain ${first.fact.id}`, 4, cited, words, words.toSpliced(1, 1))
}

/** What one AWS call did. */
function actSentences(told: Told, name: Naming, worst: boolean, telling: Telling): Candidate[] {
  const { e, fact } = told
  const act = actOf(e.activity)
  const [actor, same] = [awsActor(e, telling), name(e, telling)]
  const [at, from] = [when(e, telling), whence(e)]
  const has = (claim: string) => e.findings.includes(claim)
  const out: Candidate[] = []
  const add = (topic: string, rank: number, ...phrasings: (string | null)[][]) =>
    out.push(...phrased(`${topic} ${fact.id}`, rank, [told], ...phrasings))

  if (has('first use from this network'))
    add(
      'new',
      0,
      [actor, 'was used from a new network', e.country && `in ${inCountry(e.country)}`, at],
      [at, actor, 'was used', from, ', on a network never seen with it before'],
    )
  if (has('root use') && actor === 'the AWS root login')
    add(
      'root',
      0,
      [at, 'the AWS root login, which can do everything, was used', from],
      ['the AWS root login was used', from, at, ', and it can do everything'],
    )
  const found = e.findings.length > 0 && out.length === 0
  if (isDeniedFact(e)) {
    const times = e.count > 1 ? timesOf(e.count) : null
    const rank = found && !has('denied sweep') ? 1 : worst ? 2 : 6
    add('tried', rank, [at, same, 'tried to', act.infinitive, times, 'and was refused'])
    return out
  }
  const rights = has('policy with very wide rights') && act.past.endsWith('a policy')
  const that = rights ? 'that gives very wide rights' : null
  const gap = has('log tampering') && act.past.endsWith('an activity log')
  const so = gap ? ', so later steps may be missing from it' : null
  const [thing, done] = act.passive ?? []
  if ((rights || has('log tampering')) && thing && done)
    add('done', 0, [at, same, act.past, that, so], [thing, that, done, at, 'by', same])
  else
    add('done', found ? 1 : out.length > 0 ? 6 : 5, [
      at,
      same,
      act.past,
      e.count > 1 ? timesOf(e.count) : null,
    ])
  return out
}

function talkSentences(told: Told, telling: Telling): Candidate[] {
  const { e, fact } = told
  const at = when(e, telling)
  if (e.source === 'slack') {
    if (secretOf(e)) return claimSentences(told, telling)
    const where = e.target?.relation === 'in' ? `in ${e.target.text} on Slack` : 'on Slack'
    const verb = { message_deleted: 'deleted a message', message_edited: 'edited a message' }
    const did = verb[e.activity as keyof typeof verb] ?? 'wrote a message'
    const claims = claimSentences(told, telling)
    const rank = e.findings.length > 0 ? 0.5 : 4
    return [
      ...phrased(`talk ${fact.id}`, rank, [told], [at, writer(e, telling), did, where]),
      ...claims,
    ]
  }
  if (e.activity !== 'mail_sent') return []
  const to = e.target ? `to ${quote(e.target.text)}` : null
  return phrased(`sent ${fact.id}`, 4, [told], [at, writer(e, telling), 'sent a mail', to])
}

const awsClaims =
  /^(?:first use from this network|root use|denied sweep|log tampering|policy with|key )/

/** Claims that have no sentence of their own are told as they stand. */
function flagged(told: Told, telling: Telling): Candidate[] {
  const { e, fact } = told
  const claim = e.findings.find(
    (f) => !awsClaims.test(f) && !/ posted$/.test(f) && !textClaims.some(([p]) => p.test(f)),
  )
  if (!claim) return []
  return phrased(`flagged ${fact.id}`, 2, [told], ['flagged', `${when(e, telling)}:`, claim])
}

function contextSentences(fact: Fact): Candidate[] {
  if (fact.parts.kind === 'event' || fact.parts.kind === 'label') return []
  const lead = {
    history: 'on record:',
    person: 'who is who:',
    memory: 'noted by people here:',
    answer: 'answered:',
  }
  const text = sentence([lead[fact.parts.kind], quoteDomains(fact.parts.text)])
  return [
    {
      text,
      facts: [fact.id],
      topic: fact.id,
      rank: fact.parts.kind === 'history' ? 3 : 7,
      time: Number.MAX_SAFE_INTEGER,
    },
  ]
}

/** Every sentence that may be said of the facts, several phrasings a topic; true by construction. */
export function candidates(facts: Fact[], telling: Telling): Candidate[] {
  const all = facts.flatMap((fact): Told[] =>
    fact.parts.kind === 'event' ? [{ fact, e: fact.parts.event }] : [],
  )
  const spoken = [
    ...mailSentences(all, telling),
    ...awsSentences(all, telling),
    ...all.flatMap((told) => [...secretSentences(told, telling), ...talkSentences(told, telling)]),
  ]
  return [
    ...spoken,
    ...all.flatMap((told) => flagged(told, telling)),
    ...facts.flatMap(contextSentences),
  ]
}
