import type { Plan } from '../../../src/core/plan.ts'
import { continents } from '../../../src/core/plan.ts'
import { fill, type Rng } from '../../../src/office/rng.ts'
import { calendar, date, firstOf, minute } from './calendar.ts'
import { acts } from './english.ts'
import { style, typed } from './noise.ts'
import type { Asked } from './question.ts'
import type { Said } from './times.ts'
import { dutch } from './tongues/dutch.ts'
import { french } from './tongues/french.ts'
import { german } from './tongues/german.ts'
import { italian } from './tongues/italian.ts'
import { portuguese } from './tongues/portuguese.ts'
import { spanish } from './tongues/spanish.ts'
import type { Frame, Tongue } from './tongues/tongue.ts'
import type { Act, Source } from './types.ts'
import { ip, person, who } from './values.ts'

const tongues: Tongue[] = [german, french, spanish, italian, portuguese, dutch]
const weekdays = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ')

/** A time, said in a language. */
function time(rng: Rng, now: number, tongue: Tongue): Said {
  const cal = calendar(rng, now)
  const back = (n: number, unit: string) => unit.replace('%', String(n))
  const roll = rng.next()
  if (roll < 0.5) {
    const [since, until, says] = rng.pick(tongue.times)
    return { since, ...(until && { until }), say: rng.pick(says) }
  }
  if (roll < 0.66) {
    const [d, w, m] = [rng.pick([2, 3, 5, 7, 10, 14, 30, 90]), rng.int(2, 8), rng.int(2, 6)]
    const h = rng.pick([2, 3, 6, 8, 12, 24, 36, 48, 72])
    return rng.pick([
      { since: `${h}h`, say: back(h, tongue.hours) },
      { since: `${d}d`, say: back(d, tongue.days) },
      { since: `${7 * w}d`, say: back(w, tongue.weeks) },
      { since: `${30 * m}d`, say: back(m, tongue.months) },
    ])
  }
  if (roll < 0.8) {
    const { word, next } = cal.weekdayAgo(rng.int(1, 6))
    const day = weekdays.indexOf(word)
    const name = tongue.weekdays[day] as string
    const on = typeof tongue.on === 'string' ? tongue.on : tongue.on[day]
    return rng.chance(0.5)
      ? { since: word, say: `${tongue.since} ${name}` }
      : { since: word, until: next, say: `${on} ${name}` }
  }
  const night = cal.hours(cal.yesterday, 20, 30)
  if (roll < 0.86) return { ...night, say: rng.pick(tongue.lastNight) }
  if (roll < 0.88 && tongue.yesterdayEvening.length > 0)
    return { ...cal.hours(cal.yesterday, 18, 24), say: rng.pick(tongue.yesterdayEvening) }
  if (roll < 0.91) return { since: firstOf(cal.year, 0), say: rng.pick(tongue.thisYear) }
  if (roll < 0.96) {
    const m = (cal.month - rng.int(1, 8) + 12) % 12
    const since = firstOf(cal.yearOf(m), m)
    const name = tongue.monthNames[m] as string
    return rng.chance(0.5)
      ? { since, say: `${tongue.sinceMonth} ${name}` }
      : { since, until: firstOf(cal.yearOf(m), m + 1), say: `${tongue.inMonth} ${name}` }
  }
  const ms = cal.daysAgo(rng.int(7, 120))
  const day = new Date(ms)
  const say = (frame: string) =>
    frame
      .replace('%d', String(day.getUTCDate()))
      .replace('%m', tongue.monthNames[day.getUTCMonth()] as string)
  return rng.chance(0.5)
    ? { since: minute(ms), say: say(tongue.sinceDate) }
    : { since: date(ms), until: date(ms + 86_400_000), say: say(tongue.onDate) }
}

/** `de` before a vowel, where the language is French. */
const elided = (text: string, tongue: Tongue): string =>
  tongue === french ? text.replace(/\bde (\uE000?[aeiouâéèêîôœh])/giu, "d'$1") : text

interface Told {
  plan: Omit<Plan, 'since' | 'answer'>
  np: string
  many: string
}

/** A noun phrase and its meaning. */
function told(rng: Rng, tongue: Tongue, frame: Frame, low: boolean): Told {
  const roll = rng.next()
  const about = roll < 0.82 ? 'events' : roll < 0.93 ? 'findings' : 'incidents'
  const id = rng.pick(Object.keys(tongue.acts))
  const act = acts.find((a) => a.id === id) as Act
  const raw = rng.pick(about === 'events' ? (tongue.acts[id]?.n ?? []) : tongue[about])
  const [noun = '', gender] = raw.split('|')
  const plan: Told['plan'] = { about }
  let said = noun
  if (about === 'events') plan.activities = act.activities
  const extra = (probability: number) => rng.chance(probability)
  if (about === 'events' && extra(0.2)) {
    plan.unusual = true
    const { odd } = tongue
    said =
      'before' in odd
        ? `${rng.pick(odd.before)} ${said}`
        : `${said} ${rng.pick(gender === 'f' ? odd.f : odd.m)}`
  }
  if (about !== 'events' && extra(0.35)) {
    plan.min_severity = rng.chance(0.5) ? 'critical' : 'high'
    const word = tongue.severe[plan.min_severity as 'critical' | 'high']
    said =
      'before' in tongue.odd
        ? `${word} ${said}`
        : `${said} ${tongue === italian && gender === 'f' && word === 'critici' ? 'critiche' : word}`
  }
  if (about === 'events' && frame.group !== 'who' && extra(0.15)) {
    const actor = act.who === 'sender' ? who(rng, 'sender', low) : person(rng, low)
    const plain = { ...actor, shown: `\uE000${actor.value}\uE001` }
    plan.who = plain.value
    said = `${said} ${tongue.by} ${plain.shown}`
  }
  const systems: readonly Source[] =
    about === 'events' ? act.systems : ['slack', 'gmail', 'workspace', 'cloudtrail', 'files']
  if (frame.group !== 'source' && systems.length > 0 && extra(0.2)) {
    const source = rng.pick(systems)
    plan.sources = [source]
    said = `${said} ${rng.pick(tongue.places[source])}`
  }
  if (frame.group !== 'country' && frame.group !== 'ip') {
    if (extra(0.14)) {
      const country = rng.pick(Object.keys(tongue.countries))
      plan.country = country
      said = `${said} ${tongue.countries[country]}`
    } else if (extra(0.08)) {
      plan.continent = rng.pick(continents)
      said = `${said} ${tongue.continents[plan.continent]}`
    } else if (extra(0.05)) {
      plan.ip = ip(rng)
      said = `${said} ${tongue.from} \uE000${plan.ip}\uE001`
    }
  }
  return { plan, np: said, many: (gender === 'f' ? tongue.many?.f : tongue.many?.m) ?? '' }
}

/** A question in German, French, Spanish, Italian, Portuguese or Dutch, and its plan. */
export function foreign(rng: Rng, now: number): Asked {
  const tongue = rng.pick(tongues)
  const how = style(rng)
  const low = how === 'low' || how === 'hasty'
  const when = time(rng, now, tongue)
  const span = { since: when.since, ...(when.until && { until: when.until }) }
  const ask = (frame: string, slots: Record<string, string>, plan: Plan): Asked => {
    const reflexive = /^[sz]ich$/.test(slots.o ?? '')
    const order = reflexive ? frame.replace('{t} {o}', '{o} {t}') : frame
    return {
      question: typed(rng, elided(fill(rng, order, { t: when.say, ...slots }), tongue), how, false),
      plan,
    }
  }
  const roll = rng.next()
  if (roll < 0.14) {
    const actor = person(rng, low)
    const W = `\uE000${actor.value}\uE001`
    const source = rng.chance(0.5)
      ? rng.pick(['slack', 'gmail', 'workspace', 'cloudtrail', 'files'] as Source[])
      : undefined
    const kinds: [string[], Partial<Plan> & Pick<Plan, 'about' | 'answer'>][] = [
      [tongue.doings, { about: 'events', who: actor.value, answer: 'timeline' }],
      [tongue.happened, { about: 'events', answer: 'timeline' }],
      [tongue.hacked, { about: 'incidents', answer: 'yes_no' }],
      [tongue.suspicious, { about: 'findings', answer: 'yes_no' }],
      [tongue.summary, { about: 'events', group_by: 'activity', answer: 'count' }],
    ]
    const [frames, plan] = rng.pick(kinds)
    const frame = rng.pick(frames)
    const placed = frame.includes('{p}') && source
    const p = placed ? rng.pick(tongue.places[source]) : ''
    return ask(frame, { W, p }, { ...plan, ...(placed && { sources: [source] }), ...span })
  }
  if (roll < 0.42) {
    const verbs = Object.entries(tongue.acts).filter(([, { v }]) => v !== undefined)
    const [id, { v = [] }] = rng.pick(verbs)
    const act = acts.find((a) => a.id === id) as Act
    const [o = '', p = ''] = rng.pick(v).split('|')
    const about = { about: 'events', activities: act.activities } as const
    const personal = rng.chance(0.4)
    const frame = rng.pick(personal ? tongue.person : tongue.someone)
    const actor = person(rng, low)
    const slots = { v: o, o, p, W: `\uE000${actor.value}\uE001` }
    const rest = { ...(frame.group && { group_by: frame.group }), answer: frame.answer }
    // Where the question mark alone asks, it stays.
    const says = rng.pick(frame.says).replace(/^(¿?\{W\} \{v\} \{t\} ?)\?$/, '$1\uE000?\uE001')
    return ask(says, slots, {
      ...about,
      ...(personal && { who: actor.value }),
      ...span,
      ...rest,
    })
  }
  // Lists are what people ask for most.
  const frame = rng.chance(0.45) ? (tongue.nouns[0] as Frame) : rng.pick(tongue.nouns)
  const { plan, np, many } = told(rng, tongue, frame, low)
  const rest = { ...(frame.group && { group_by: frame.group }), answer: frame.answer }
  return ask(rng.pick(frame.says), { n: np, many }, { ...plan, ...span, ...rest })
}
