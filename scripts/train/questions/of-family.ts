import { spanOf } from '../../../src/core/span.ts'
import { fill, type Rng } from '../../../src/office/rng.ts'
import { loose } from './acts-loose.ts'
import { addDetails, fits, formOf, groupOf } from './details.ts'
import { dimension } from './dimensions.ts'
import type { Family } from './frames.ts'
import { type Style, typed } from './noise.ts'
import { type Spec, speak } from './phrase.ts'
import { type Asked, amid, planOf } from './question.ts'
import { comparison, few, oneDay, type Said, time } from './times.ts'
import type { Act, Source, TargetKind } from './types.ts'
import * as values from './values.ts'
import { weighted } from './weighted.ts'
import { systems } from './wording.ts'

const anyone = [
  'anyone',
  'anyone',
  'anybody',
  'someone',
  'somebody',
  'one of our people',
  'any employee',
]
const people: TargetKind[] = ['account', 'newcomer', 'mailbox', 'outsider', 'group']
/** Where `{np}` can be led by a possessive: `show me yesterday's logins`, `Ana's logins`. */
const owned = /(?:^|show me |show |list |count |of |for |with )\{np\}/
/** Where `{np}` is counted, and so can't be a mass noun. */
const counted =
  /any|many|number|count|#|no\.|fewer|more|most|which|what|every one|figure|\{n\}|there/

/** Where the question mark alone asks: `a port opened?` */
const marked = /^(\{S\} \{P\}|\{W\} \{V1\}) \{t\}\?$/

/** A time, now and then after another one taken back. */
function said(rng: Rng, now: number): Said {
  const meant = time(rng, now)
  if (meant.say === '' || !rng.chance(0.015)) return meant
  const slip = time(rng, now).say
  return slip && slip !== meant.say
    ? {
        ...meant,
        say: `${slip}${rng.pick([', no wait, ', '... no, ', ', sorry, I mean ', ', I mean '])}${meant.say}`,
      }
    : meant
}

/** A question of a family that many acts fit; null where the draw can't be said. */
export function ofFamily(
  rng: Rng,
  now: number,
  how: Style,
  families: Family[],
  acts: Act[],
): Asked | null {
  const low = how === 'low' || how === 'hasty'
  const family = weighted(rng, families)
  const { shape } = family
  const roll = rng.next()
  const about =
    shape !== 'noun' || family.pair || roll < 0.8
      ? 'events'
      : roll < 0.92
        ? 'findings'
        : 'incidents'
  const bare = rng.chance(shape !== 'noun' ? 0.06 : about === 'events' ? 0.12 : 0.6)
  const usable = (bare ? loose(rng, about) : acts).filter((act) => fits(family, act))
  if (usable.length === 0) return null
  const act = weighted(rng, usable)
  if (family.outcome && !act.outcomes) return null
  const group = groupOf(rng, family, act, about)
  const frame = rng.pick(family.frames)
  const periods = family.periods ? comparison(rng) : null
  const spec: Spec = {
    about,
    act,
    time: periods
      ? { since: periods.since, say: '' }
      : family.since
        ? { since: family.since, say: '' }
        : frame.includes('{t}')
          ? said(rng, now)
          : { since: '7d', say: '' },
    ...(family.outcome && { outcome: family.outcome }),
  }
  const topic = shape === 'topic' ? formOf(rng, family, act) : null
  let named = ''
  if (topic) {
    const kind = rng.pick(topic.kinds)
    const value = values.target(rng, kind, low)
    if (value.me) return null
    named = value.shown
    const [shown, own] = people.includes(kind) ? ['them', 'their'] : ['it', 'its']
    spec.target = { ...value, shown, own, form: topic }
  }
  addDetails(rng, spec, family, group, low)
  if (shape === 'person' || shape === 'made') spec.who = values.who(rng, act.who, low)
  if (act.id === 'group' && !spec.target && shape !== 'noun') return null
  const given = [spec.who?.source, spec.target?.source].filter((source) => source !== undefined)
  const odd = (source: Source) =>
    !act.systems.includes(source) || (spec.source && spec.source !== source)
  if (given.length > 1 || given.some(odd) || (given.length > 0 && group === 'source')) return null
  if (spec.who?.me && spec.target?.me) return null
  // Days of one day, or hours of many years, are asked by nobody.
  const span = spanOf(spec.time, now)
  if (group === 'day' && !periods && 'since' in span && span.until - span.since < oneDay)
    return null

  const talk = speak(rng, spec)
  const slots: Record<string, string | (() => string)> = {
    ...(periods ?? {}),
    t: spec.time.say,
    X: named,
  }
  const own = spec.time.own
  if (own && !spec.who && owned.test(frame) && rng.chance(0.35))
    Object.assign(slots, { np: `${own} ${talk.noun('plural')}`, t: '' })
  else slots.np = () => talk.noun(counted.test(frame) ? 'plural' : 'mass', owned.test(frame))
  slots.one = () => talk.noun('singular')
  slots.aone = () => {
    const one = talk.noun('singular')
    return `${/^\uE000?[aeio]/i.test(one) ? 'an' : 'a'} ${one}`
  }
  if (shape === 'act' || shape === 'person' || shape === 'topic') {
    const [V0 = '', V1 = '', V2 = '', V3 = ''] = talk.verb()
    Object.assign(slots, { V0, V1, V2, V3, any: rng.pick(anyone) })
  }
  if (shape === 'passive' || shape === 'thing') {
    const { subject, many, done } = shape === 'passive' ? talk.undergoing() : talk.asking()
    // Statements speak of what happened: `something was deleted`, not `anything`.
    const told = /^(\{t\}, )?\{S\} (\{was\}|\{has\}|got)|when \{S\}/.test(frame)
    Object.assign(slots, {
      S: told ? subject.replace(/^any(thing|one|body)/, 'some$1').replace(/^any /, '') : subject,
      P: done,
      was: many ? 'were' : 'was',
      has: many ? 'have' : 'has',
    })
  }
  if (shape === 'made') {
    const { thing, forms } = talk.making()
    const [D0 = '', D1 = '', D2 = ''] = forms
    Object.assign(slots, { D: thing, D0, D1, D2 })
  }
  if (spec.who) {
    const { me, shown } = spec.who
    Object.assign(slots, { W: me ? 'I' : shown, hasW: me ? 'have' : 'has' })
  }
  if (group && shape === 'noun') Object.assign(slots, dimension(rng, group, act))
  const limit = family.limit === 'n' ? few(rng) : null
  if (limit) slots.n = limit.say
  const pair = family.pair ? rng.sample(act.systems, 2) : null
  if (pair) {
    const [a, b] = pair.map((source) => rng.pick(systems[source].names))
    Object.assign(slots, { a, b })
    delete spec.source
  }

  const asking = marked.test(frame) ? frame.replace('?', `${values.open}?${values.close}`) : frame
  const text = fill(rng, asking, slots)
  if (talk.stuck() || (group === 'source' && spec.source)) return null
  const plan = planOf(spec, {
    ...(pair && { sources: pair }),
    ...(group && { group_by: group }),
    answer: family.answer,
    ...(limit ? { limit: limit.n } : family.limit === 1 && { limit: 1 }),
  })
  return { question: typed(rng, amid(rng, text, spec.time.say !== ''), how), plan }
}
