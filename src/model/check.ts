import { type Clause, clausesOf } from './clauses.ts'
import type { EventParts } from './fact-line.ts'
import { isCalled, namesOf, usedName } from './fact-names.ts'
import type { Fact } from './facts.ts'
import type { Slot } from './lexicon.ts'
import { localTime, quoteDomains } from './naming.ts'
import { type Token, tokensOf } from './tokens.ts'

export type Verdict = { ok: true } | { ok: false; reason: string }

const refuse = (reason: string): Verdict => ({ ok: false, reason })

const leads = {
  history: 'On record: ',
  person: 'Who is who: ',
  memory: 'Noted by people here: ',
  answer: 'Answered: ',
}

/** Context lines and findings without a sentence of their own may be told as they stand. */
function isVerbatim(text: string, cited: Fact[], timeZone: string): boolean {
  return cited.some(({ parts }) => {
    if (parts.kind === 'label') return false
    if (parts.kind !== 'event') {
      const own = quoteDomains(parts.text)
      const told = text.slice(leads[parts.kind].length)
      return text.startsWith(leads[parts.kind]) && [own, `${own}.`].includes(told)
    }
    const e = parts.event
    const { clock, day } = localTime(e.time, timeZone)
    return e.findings.some((f) =>
      [`at ${clock}`, `at ${clock} on ${day}`].some((at) =>
        [`Flagged ${at}: ${f}`, `Flagged ${at}: ${f}.`].includes(text),
      ),
    )
  })
}

const fits = (wanted: Slot, slot: Slot): boolean =>
  wanted === slot ||
  (wanted === 'actor' && slot === 'instrument') ||
  (wanted === 'thing' && slot === 'instrument')

interface Scene {
  e: EventParts
  /** All events cited, for what links two of them: whose key it is. */
  all: EventParts[]
  timeZone: string
}

const hasKey = (e: EventParts, ending: string): boolean =>
  [e.key, ...e.findings].some((k) => k?.endsWith(`…${ending}`) ?? false)

/** Whose key or login: the actor's own, or the one a later call shows to be theirs. */
function isOwner(name: string, { e, all }: Scene): boolean {
  if (e.who?.relation === 'by' && e.source === 'cloudtrail') return isCalled(name, e.who)
  const ending = e.findings.map((f) => /^key .{4}…(.{4})$/.exec(f)?.[1]).find(Boolean)
  return all.some(
    (o) => ending !== undefined && hasKey(o, ending) && o.key && isCalled(name, o.who),
  )
}

/** Whoever used a login may not be whom it belongs to. */
const isAccountUse = (e: EventParts): boolean =>
  e.source === 'cloudtrail' || e.activity === 'sign_in'

const reportOf = (clause: Clause): boolean =>
  clause.verb.reports === 'words' ||
  clause.tokens.some((t) => t.kind === 'sense' && /says/.test(t.text))

/** Whether a quotation stands in the fact in the role that the clause gives it. */
function isQuoted(text: string, prep: string | null, clause: Clause, e: EventParts): boolean {
  const inner = text.slice(1, -1)
  const words = clause.tokens.map((t) => t.text.toLowerCase())
  if (inner === '') return false
  const naming =
    e.who?.relation === 'from' ? ['that says it is from'] : ['somebody who goes by', 'aws login']
  const named = e.who !== null && [e.who.text, e.who.address].includes(inner)
  if (named && naming.some((phrase) => words.includes(phrase))) return true
  if (named && e.key && prep === 'of' && words.includes('aws key')) return true
  if (e.target?.text === inner && prep === e.target.relation) return true
  const subject = words.includes('subject')
  return e.quoted.some(
    (q) => q.text.includes(inner) && reportOf(clause) && subject === (q.key === 'subject'),
  )
}

/** Whether the fact bears out every word of the clause; null, or what it doesn't bear out. */
function unsupported(clause: Clause, scene: Scene): string | null {
  const { e } = scene
  const { verb } = clause
  if (!verb.test(e)) return `no cited fact says “${clause.said}”`
  let prep: string | null = null
  let subject = verb.subject === 'none'
  let object = verb.object === 'none'
  let imitates = false
  const { clock, day } = localTime(e.time, scene.timeZone)
  const take = (slot: Slot, after: boolean): boolean => {
    if (!after && fits(verb.subject, slot)) subject = true
    else if (after && fits(verb.object, slot)) object = true
    else return false
    return true
  }
  for (const [i, token] of clause.tokens.entries()) {
    const after = i >= clause.before
    const preposition = prep
    if (token.kind === 'mark') continue
    if (token.kind === 'sense') {
      const { sense } = token
      if (sense.kind === 'prep') prep = sense.word
      if (sense.kind === 'verb') imitates = /imitates|look like/.test(token.text)
      if (sense.kind === 'remark') {
        if (!sense.test(e)) return `no cited fact says “${token.text}”`
        imitates = /imitates/.test(token.text)
        prep = null
      }
      if (sense.kind === 'noun') {
        if (!sense.test(e)) return `no cited fact has “${token.text}”`
        if (preposition === null && sense.slot !== 'none' && !take(sense.slot, after))
          return `“${token.text}” is in the wrong place`
        if (preposition === 'by' && !['actor', 'instrument'].includes(sense.slot))
          return `“${token.text}” can do nothing`
        if (preposition === 'to' && sense.slot !== 'recipient') return 'to whom?'
        prep = null
      }
      continue
    }
    const ok = ((): boolean => {
      const { text } = token
      switch (token.atom) {
        case 'quote':
          if (preposition === null && after && verb.reports === 'words') object = true
          return isQuoted(text, preposition, clause, e)
        case 'time':
          return preposition === 'at' && text.padStart(5, '0') === clock
        case 'day':
          return preposition === 'on' && text === day
        case 'country':
          return (preposition === 'from' || preposition === 'in') && text === e.country
        case 'ip':
          return preposition === 'from' && text === e.ip
        case 'channel':
          return preposition === 'in' && e.target?.relation === 'in' && text === e.target.text
        case 'ending':
          return hasKey(e, text.slice(-4))
        case 'domain':
          if (imitates) object = true
          return imitates && e.findings.some((f) => f.endsWith(`lookalike domain of ${text}`))
        case 'call':
          return text === e.activity
        case 'count':
          return true
        case 'address':
          return e.target?.provenance !== 'outside' && text === e.target?.text
        case 'owner': {
          const used = usedName(e)
          if (clause.said === 'carries' || clause.said === 'uses') {
            object = true
            return used !== null && isCalled(text, { text: used, provenance: 'computed' })
          }
          return isOwner(text, scene)
        }
        case 'name': {
          const used = usedName(e)
          if (after && clause.said === 'uses the name of') {
            object = true
            return used !== null && isCalled(text, { text: used, provenance: 'computed' })
          }
          if (preposition === 'by') return e.who?.relation === 'by' && isCalled(text, e.who)
          if (preposition === 'to') return e.target?.relation === 'to' && isCalled(text, e.target)
          if (preposition !== null) return false
          const slot = after ? verb.object : verb.subject
          const part = slot === 'actor' ? e.who : slot === 'recipient' ? e.target : null
          const stolen = slot === 'actor' && isAccountUse(e) && e.findings.length > 0
          return !stolen && take(slot, after) && part?.relation !== 'from' && isCalled(text, part)
        }
      }
    })()
    if (!ok) return `no cited fact bears out “${token.text}” here`
    if (token.atom !== 'owner') prep = null
  }
  if (!subject) return `who or what ${clause.said}?`
  return object ? null : `${clause.said} what?`
}

const countOf = (token: Token): number | null => {
  if (token.kind !== 'atom' || token.atom !== 'count') return null
  return token.text === 'once' ? 1 : token.text === 'twice' ? 2 : Number.parseInt(token.text, 10)
}

/**
 * Whether the facts it cites bear out a sentence: every word, name, number and time, who did what
 * to whom, with what outcome, in which order, and outside text as reported speech only. Strict: a
 * sentence with a word outside the checker's small English is refused, however true. Times are read
 * in `timeZone` (IANA).
 */
export function checkSentence(text: string, cited: Fact[], timeZone = 'UTC'): Verdict {
  if (isVerbatim(text, cited, timeZone)) return { ok: true }
  const events = cited.flatMap(({ parts }) => (parts.kind === 'event' ? [parts.event] : []))
  if (events.length === 0) return refuse('it cites no event')
  const tokens = tokensOf(text.trim().replace(/\.$/, ''), {
    countries: events.flatMap((e) => e.country ?? []),
    names: events.flatMap(namesOf),
    calls: events.map((e) => e.activity),
  })
  if ('unknown' in tokens) return refuse(`a word that can’t be checked: “${tokens.unknown}”`)
  const clauses = clausesOf(tokens)
  if ('reason' in clauses) return refuse(clauses.reason)
  let now = Number.NEGATIVE_INFINITY
  for (const clause of clauses) {
    const judged = events.map((e) => ({
      e,
      reason: unsupported(clause, { e, all: events, timeZone }),
    }))
    const supporting = judged.filter((j) => j.reason === null).map((j) => j.e)
    if (supporting.length === 0) return refuse(judged.at(-1)?.reason ?? 'unsupported')
    const count = clause.tokens.map(countOf).find((n) => n !== null) ?? null
    const total = supporting.reduce((sum, e) => sum + e.count, 0)
    const counted = supporting.filter((e) => e.count === count)
    if (count !== null && total !== count && counted.length === 0)
      return refuse(`not ${count} times`)
    const next = (counted.length > 0 ? counted : supporting)
      .map((e) => e.time)
      .filter((time) => time >= now)
    if (next.length === 0) return refuse('told in the wrong order')
    if (clause.ordered) now = Math.min(...next)
  }
  return { ok: true }
}
