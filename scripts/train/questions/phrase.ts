import type { Plan } from '../../../src/core/plan.ts'
import type { Rng } from '../../../src/office/rng.ts'
import type { Said } from './times.ts'
import type { Act, Source, Value } from './types.ts'
import { close, open } from './values.ts'
import {
  continental,
  deed,
  grades,
  newPlace,
  odd,
  oddAct,
  oddBehind,
  outcomes,
  plural,
  reports,
  singular,
  systems,
} from './wording.ts'

type Form = NonNullable<Act['targets']>[number]
/** What a question means, before and while it is said; saying it may add what a phrase implies. */
export interface Spec {
  about: 'events' | 'findings' | 'incidents'
  act: Act
  source?: Source
  who?: Value
  target?: Value & { form: Form }
  text?: { value: string; say: string }
  ip?: string
  country?: { value: string; shown: string }
  continent?: NonNullable<Plan['continent']>
  outcome?: 'success' | 'failure'
  unusual?: true
  severity?: 'informational' | 'low' | 'medium' | 'high' | 'critical'
  time: Said
}

/**
 * Says the parts of a question's meaning; what a phrase implies is added to `spec`. Where no phrase
 * fits, `stuck` is true.
 */
export function speak(rng: Rng, spec: Spec) {
  const given = spec.who?.source ?? spec.target?.source
  const said = { source: given !== undefined }
  if (given) spec.source = given
  let stuck = false

  /** Draws a phrase whose ` @source` and ` ~text` fit, and takes them up; '' where none does. */
  function draw(list: string[]): string {
    const fits = list.filter((phrase) => {
      const [, source] = / @(\w+)/.exec(phrase) ?? []
      const [, words] = / ~(\S+)/.exec(phrase) ?? []
      return (
        (!source || source === spec.source || spec.source === undefined) &&
        (!words || spec.text === undefined)
      )
    })
    const phrase = rng.pick(fits)
    if (phrase === undefined) {
      stuck = true
      return ''
    }
    const [, source] = / @(\w+)/.exec(phrase) ?? []
    const [, words] = / ~(\S+)/.exec(phrase) ?? []
    if (source) {
      spec.source = source as Source
      said.source = true
    }
    const bare = phrase.replace(/ [@~]\S+/g, '')
    if (!words) return bare
    spec.text = { value: words, say: '' }
    return bare.replace(words, () => `${open}${words}${close}`)
  }

  const mine = (template: string) =>
    template
      .replaceAll('{T}', () => spec.target?.shown ?? '')
      .replaceAll('{O}', () => spec.target?.own ?? '')
  const byWho = (template: string) =>
    template
      .replaceAll('{W}', () => spec.who?.shown ?? '')
      .replaceAll('{O}', () => spec.who?.own ?? '')

  function sourcePlace(): string[] {
    if (said.source || spec.source === undefined) return []
    const names = spec.act.names?.[spec.source]
    return [
      names && rng.chance(0.6)
        ? `${rng.pick(['in', 'on'])} ${rng.pick(names)}`
        : rng.pick(systems[spec.source].places),
    ]
  }
  /** Where from, led by one of the words given. */
  const origin = (lead: string[]): string[] => [
    ...(spec.ip ? [`${rng.pick([...lead, 'from the address'])} ${open}${spec.ip}${close}`] : []),
    ...(spec.country ? [`${rng.pick(lead)} ${spec.country.shown}`] : []),
    ...(spec.continent ? [`${rng.pick(lead)} ${spec.continent}`] : []),
  ]
  const words = (): string[] => (spec.text?.say ? [spec.text.say] : [])

  /**
   * A noun phrase, plural or singular, with everything the meaning holds but the time; led by its
   * owner only where it's `ownable`.
   */
  function noun(number: 'plural' | 'mass' | 'singular', ownable = false): string {
    const { act } = spec
    const report = spec.about === 'events' ? null : reports[spec.about]
    const front: string[] = []
    const behind: string[] = []
    const late: string[] = []
    const deeds = act.nouns.filter((n) => deed.test(n))
    const pool = [
      ...(spec.outcome && deeds.length > 0 ? deeds : act.nouns),
      ...(number === 'mass' && !spec.outcome ? (act.mass ?? []) : []),
    ]
    const head = draw(report ?? pool)
    if (report && act.activities.length > 0)
      behind.push(
        `${rng.pick(['about', 'on', 'about', 'concerning', 'for'])} ${plural(draw(act.nouns))}`,
      )
    if (report && spec.text && !act.activities.length) {
      // Kinds of attack: `phishing alerts`, `alerts about phishing`.
      const kind = `${open}${spec.text.value}${close}`
      if (rng.chance(0.6)) front.push(kind)
      else behind.push(`${rng.pick(['about', 'on', 'mentioning', 'for'])} ${kind}`)
    }
    if (spec.unusual) {
      const ways = act.activities.length > 0 ? [...odd, ...oddAct] : odd
      const roll = rng.next()
      if (roll < 0.72 || number === 'singular') front.unshift(rng.pick(ways))
      else if (act.id.startsWith('login') && roll < 0.85) late.push(rng.pick(newPlace))
      else late.push(rng.pick(oddBehind))
    }
    if (spec.severity) {
      const { before, behind: after } = grades[spec.severity]
      if (before.length > 0 && rng.chance(0.8)) front.unshift(rng.pick(before))
      else late.push(rng.pick(after))
    }
    if (spec.outcome) {
      const { before, behind: after } = outcomes[spec.outcome]
      if (rng.chance(0.6) || number === 'singular') front.push(rng.pick(before))
      else late.push(rng.pick(after))
    }
    const adjective = spec.continent && continental[spec.continent]
    const far = adjective !== undefined && rng.chance(0.15)
    if (far) front.push(adjective)
    if (spec.source && !said.source) {
      const names = [
        ...systems[spec.source].names,
        ...(act.names?.[spec.source] ?? []),
        ...(act.names?.[spec.source] ?? []),
      ]
      if (rng.chance(0.5)) {
        front.push(rng.pick(names))
        said.source = true
      }
    }
    let owner = ''
    if (spec.who) {
      if (report)
        behind.push(
          byWho(
            rng.pick([
              'about {W}',
              'involving {W}',
              'concerning {W}',
              'on {O} account',
              'that involve {W}',
            ]),
          ),
        )
      else if (ownable && (act.own || spec.who.me) && act.who !== 'sender' && rng.chance(0.6))
        owner = `${spec.who.own} `
      else
        behind.push(byWho(rng.pick(act.by ?? ['by {W}', 'by {W}', 'made by {W}', 'done by {W}'])))
    }
    if (spec.target) {
      if (report) behind.unshift(mine(rng.pick(['involving {T}', 'about {T}', 'concerning {T}'])))
      else behind.unshift(mine(rng.pick(spec.target.form.of)))
    }
    if (!report || act.activities.length) behind.push(...words())
    const from = far ? [] : origin(['from', 'from', 'from', 'coming from', 'out of'])
    const rest = rng.sample([...sourcePlace(), ...from], 3)
    const tail = [...behind, ...rest, ...late].join(' ')
    const number_ = number === 'singular' ? singular(head) : plural(head)
    return `${owner}${front.join(' ')} ${number_} ${tail}`.trim()
  }

  /** What is behind a verb. */
  const circumstances = (): string => {
    const strange = spec.unusual ? [rng.pick(newPlace)] : []
    return [...words(), ...rng.sample([...sourcePlace(), ...origin(['from']), ...strange], 4)].join(
      ' ',
    )
  }
  /** A verb phrase in its four forms; the object and what follows are the same in all. */
  function verb(): string[] {
    const phrase = mine(draw((spec.target ? spec.target.form.does : spec.act.does) ?? []))
    return conjugated(phrase, circumstances())
  }
  /** `which files` and the verb in its four forms. */
  function making(): { thing: string; forms: string[] } {
    const [thing = '', does = ''] = draw(spec.act.dids ?? []).split('|')
    return { thing, forms: conjugated(does, circumstances()) }
  }
  /** A passive: its subject, whether it is many, and the participle with what follows. */
  function passive(list: string[]): { subject: string; many: boolean; done: string } {
    const phrase = draw(list)
    const [subject = '', done = ''] = mine(phrase.replace(/^\+/, '')).split('|')
    const by = spec.who ? byWho(spec.act.who === 'sender' ? ' from {W}' : ' by {W}') : ''
    return { subject, many: phrase.startsWith('+'), done: `${done}${by} ${circumstances()}` }
  }
  return {
    stuck: () => stuck,
    noun,
    verb,
    making,
    undergoing: () => passive((spec.target ? spec.target.form.done : spec.act.done) ?? []),
    asking: () => passive(spec.act.which ?? []),
  }
}

function conjugated(phrase: string, behind: string): string[] {
  // Inflected: all up to the first verb with four forms.
  const [, forms = '', rest = ''] = /^((?:[^/]+\/){3}[^/ ]+)(.*)$/.exec(phrase) ?? []
  return forms.split('/').map((form) => `${form}${rest} ${behind}`)
}
