import { an, type Candidate, phrased, type Told } from './candidate.ts'
import type { EventParts } from './fact-line.ts'
import { listed, personName, quote, recipient, type Telling, when, writer } from './naming.ts'

/** The title of the detector that speaks of settings. */
export const settingClaim = /^A changed setting leaves a door open$/

/** What each claim of a mail or message says, by its words in the fact. */
export const textClaims: [RegExp, ((match: RegExpExecArray, t: Telling) => string)[]][] = [
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
  [/^reads like fraud$/, [() => 'reads like fraud']],
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

/** Who gave a secret away, and where. */
export function secretSentences(told: Told, telling: Telling): Candidate[] {
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
export function mailSentences(all: Told[], telling: Telling): Candidate[] {
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
    const sender = first.e.who && `that says it is from ${quote(first.e.who.text)}`
    const at = group.every(({ e }) => e.time === first.e.time) ? when(first.e, telling) : null
    const subject = first.e.quoted.find((q) => q.key === 'subject')?.text
    const topic = `mail ${first.fact.id}`
    return [
      ...phrased(
        topic,
        0.5,
        group,
        ['a mail', sender, 'reached', names, at],
        [at, names, 'received a mail', sender],
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

/** What was written in a chat or sent by mail. */
export function talkSentences(told: Told, telling: Telling): Candidate[] {
  const { e, fact } = told
  const at = when(e, telling)
  if (e.source === 'slack') {
    if (secretOf(e)) return claimSentences(told, telling)
    const where = e.target?.relation === 'in' ? `in ${e.target.text} on Slack` : 'on Slack'
    const verbs: Record<string, string> = {
      message: 'wrote a message',
      file_shared: 'wrote a message',
      message_deleted: 'deleted a message',
      message_edited: 'edited a message',
    }
    const did = verbs[e.activity]
    const claims = claimSentences(told, telling)
    if (!did) return claims
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

/** What a changed setting means. */
export const settingSentences = (told: Told, telling: Telling): Candidate[] =>
  told.e.findings.some((claim) => settingClaim.test(claim))
    ? phrased(
        `setting ${told.fact.id}`,
        1,
        [told],
        [when(told.e, telling), 'a changed setting leaves a door open'],
      )
    : []
