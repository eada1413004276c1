import { awsSentences } from './aws-sentences.ts'
import { type Candidate, phrased, type Told } from './candidate.ts'
import type { Fact } from './facts.ts'
import { quoteDomains, sentence, type Telling, when } from './naming.ts'
import {
  mailSentences,
  secretSentences,
  settingClaim,
  settingSentences,
  talkSentences,
  textClaims,
} from './text-sentences.ts'

const awsClaims =
  /^(?:first use from this network|root use|denied sweep|log tampering|policy with|key |The key of this monitor)/

/** Claims that have no sentence of their own are told as they stand. */
function flagged(told: Told, telling: Telling): Candidate[] {
  const { e, fact } = told
  const claim = e.findings.find(
    (f) =>
      ![awsClaims, / posted$/, settingClaim].some((p) => p.test(f)) &&
      !textClaims.some(([p]) => p.test(f)),
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
    ...all.flatMap((told) => [
      ...secretSentences(told, telling),
      ...talkSentences(told, telling),
      ...settingSentences(told, telling),
    ]),
  ]
  return [
    ...spoken,
    ...all.flatMap((told) => flagged(told, telling)),
    ...facts.flatMap(contextSentences),
  ]
}
