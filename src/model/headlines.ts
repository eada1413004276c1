import { severityRank } from '../core/finding.ts'
import type { People } from '../core/people.ts'
import { actOf } from './acts.ts'
import { an, isDeniedFact } from './candidate.ts'
import { claimOf } from './claims.ts'
import type { EventParts } from './fact-line.ts'
import type { Fact } from './facts.ts'
import { inCountry, personName, sentence, type Telling } from './naming.ts'

/** One thing a headline can say, as subject and predicate. */
interface Stage {
  fact: Fact
  e: EventParts
  rank: number
  /** `Ana’s AWS key` */
  subject: string
  /** `was used from Romania` */
  predicate: string
}

/** A headline and the ids of the facts it rests on. */
export interface Headline {
  text: string
  facts: string[]
}

type Words = [subject: string, predicate: string]

/** Names in headlines are people of config and places we computed, nothing else. */
function awsSubject(e: EventParts, telling: Telling): string {
  if (e.who?.text === 'root' && e.who.provenance === 'vendor') return 'the AWS root login'
  const name = personName(e.who, telling)
  const thing = e.key ? 'key' : 'login'
  return name ? `${name}’s AWS ${thing}` : `an AWS ${thing}`
}

function textWords(e: EventParts, claim: string, telling: Telling, people: People): Words | null {
  const to = personName(e.target, telling) ?? 'a mailbox'
  const [it, arrived] = e.source === 'gmail' ? ['a mail', `reached ${to}`] : ['a message', null]
  const whole = arrived ? `${it} to ${to}` : it
  const [, link, imitated = ''] = /^(link to )?lookalike domain of (.+)$/.exec(claim) ?? []
  const named = /^name of (?!a colleague)(.+) on outside address$/.exec(claim)?.[1]
  if (imitated) {
    const what = people.domains.includes(imitated) ? imitated : 'another company'
    return [
      whole,
      `${link ? 'holds a link to a domain' : 'comes from an address'} that imitates ${what}`,
    ]
  }
  if (claim === 'own address forged') return [whole, 'claims to come from inside the company']
  if (named) return [whole, `uses ${telling.shortName(named)}’s name on an outside address`]
  if (/outside address$/.test(claim))
    return [whole, 'uses the name of a colleague on an outside address']
  if (claim === 'link asks for a password')
    return arrived
      ? [`${it} that may be after passwords`, arrived]
      : [it, 'leads to a page that may be after passwords']
  if (claim === 'asks for payment to new bank details')
    return [whole, 'asks for a payment to new bank details']
  if (claim === 'asks for gift cards' || claim === 'reads like fraud') return [whole, claim]
  if (claim === 'text addresses the monitor') return [whole, 'tries to give this monitor orders']
  const secret = /^(.+) posted$/.exec(claim)?.[1]
  if (!secret) return null
  const name = personName(e.who, telling) ?? 'somebody'
  if (e.source === 'slack') return [name, `posted ${an(secret)} in Slack`]
  if (e.activity === 'mail_sent') return [name, `sent ${an(secret)} by mail`]
  return [to, `received ${an(secret)} by mail`]
}

function awsWords(e: EventParts, claim: string, telling: Telling): Words | null {
  const subject = awsSubject(e, telling)
  const from = e.country ? ` from ${inCountry(e.country)}` : ''
  const [thing, done] = actOf(e.activity).passive ?? []
  if (claim === 'root use') return [subject, `was used${from}`]
  if (claim === 'first use from this network')
    return [subject, `was used from a new network${e.country ? ` in ${inCountry(e.country)}` : ''}`]
  if (claim === 'text addresses the monitor') return [subject, 'sent orders meant for this monitor']
  if (claim === 'denied sweep')
    return isDeniedFact(e) ? [subject, 'was refused again and again'] : null
  const told = claim === 'log tampering' || claim === 'policy with very wide rights'
  if (told && isDeniedFact(e)) return [subject, `tried to ${actOf(e.activity).infinitive}`]
  if (!thing || !done) return null
  if (claim === 'log tampering') return [thing.replace(/^an? /, 'an AWS '), done]
  if (claim === 'policy with very wide rights' && thing === 'a policy')
    return ['an AWS policy that gives very wide rights', done]
  return null
}

function stagesOf(facts: Fact[], telling: Telling, people: People): Stage[] {
  return facts.flatMap((fact) => {
    if (fact.parts.kind !== 'event') return []
    const e = fact.parts.event
    return fact.findings.flatMap((finding): Stage[] => {
      const claim = claimOf(finding, people)[0] ?? ''
      const words = (e.source === 'cloudtrail' ? awsWords : textWords)(e, claim, telling, people)
      if (!words) return []
      const [subject, predicate] = words
      return [{ fact, e, rank: severityRank(finding.severity), subject, predicate }]
    })
  })
}

const keysOf = ({ e }: Stage) =>
  e.key ? [e.key] : e.findings.flatMap((f) => (f.startsWith('key ') ? [f.slice(4)] : []))

/**
 * The headline by pattern: the worst thing, or two stages joined by what they share or by time.
 * `title` is said where no pattern fits; it is a detector's own.
 */
export function headline(facts: Fact[], telling: Telling, people: People, title: string): Headline {
  const stages = stagesOf(facts, telling, people).sort((a, b) => b.rank - a.rank)
  const posted = stages.find((s) => s.predicate.startsWith('posted') && keysOf(s).length > 0)
  const used = stages.find(
    (s) =>
      s.subject.endsWith('AWS key') &&
      s.predicate.startsWith('was used') &&
      keysOf(s).some((k) => posted && keysOf(posted).includes(k)),
  )
  if (posted && used && posted.e.time <= used.e.time) {
    const from = used.e.country ? `used from ${inCountry(used.e.country)}` : 'used'
    return {
      text: sentence([used.subject, 'was posted in Slack and then', from]).slice(0, -1),
      facts: [posted.fact.id, used.fact.id],
    }
  }
  const [first, second] = stages
    .filter((s, i) => stages.findIndex((o) => o.predicate === s.predicate) === i)
    .slice(0, 2)
    .sort((a, b) => a.e.time - b.e.time)
  if (!first) return { text: title, facts: [] }
  const joined = second?.fact === first.fact ? ' and ' : ', then '
  const then =
    second &&
    `${joined}${second.subject === first.subject ? '' : `${second.subject} `}${second.predicate}`
  return {
    text: sentence([first.subject, `${first.predicate}${then ?? ''}`]).slice(0, -1),
    facts: [first.fact.id, ...(second ? [second.fact.id] : [])],
  }
}
