import { actOf } from './acts.ts'
import { type Candidate, isDeniedFact, phrased, type Told, timesOf } from './candidate.ts'
import { awsActor, inCountry, listed, sameActor, type Telling, when, whence } from './naming.ts'

/** What one AWS actor did: what was refused, what went through, and how it began. */
export function awsSentences(all: Told[], telling: Telling): Candidate[] {
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

/** A sweep holds more refusals than its story, so that its own are not counted out. */
function refusals(denied: Told[], name: Naming, telling: Telling): Candidate[] {
  const swept = denied.filter(({ e }) => e.findings.includes('denied sweep'))
  const cited = swept.length > 0 ? swept : denied
  const first = cited[0]
  if (!first) return []
  const total = cited.reduce((sum, { e }) => sum + e.count, 0)
  const times = swept.length > 0 ? 'again and again' : timesOf(total)
  const place = whence(first.e)
  const from = cited.every(({ e }) => whence(e) === place) ? place : null
  const actor = name(first.e, telling)
  return phrased(
    `refused ${first.fact.id}`,
    swept.length > 0 ? 1 : total > 1 ? 5 : 6,
    cited,
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

/** The title of the detector that watches our own key. */
const ownKeyClaim = 'The key of this monitor was used elsewhere'

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
    // Once for each place, however many calls follow.
    out.push(
      ...phrased(
        `new ${actor} ${from}`,
        0,
        [told],
        [actor, 'was used from a new network', e.country && `in ${inCountry(e.country)}`, at],
        [at, actor, 'was used', from, ', on a network never seen with it before'],
      ),
    )
  if (has('root use') && actor === 'the AWS root login')
    add(
      'root',
      0,
      [at, 'the AWS root login, which can do everything, was used', from],
      ['the AWS root login was used', from, at, ', and it can do everything'],
    )
  if (has(ownKeyClaim)) add('own', 0, [at, 'the key of this monitor was used elsewhere'])
  if (has('text addresses the monitor'))
    add('orders', 1, [at, actor, 'sent orders meant for this monitor, which had no effect'])
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
