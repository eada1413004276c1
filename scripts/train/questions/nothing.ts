import { fill, type Rng } from '../../../src/office/rng.ts'
import { places } from './chatter.ts'
import { acts, english } from './english.ts'
import * as names from './names.ts'
import { style, typed } from './noise.ts'
import { nullFrames } from './nulls.ts'
import type { Asked } from './question.ts'
import { time } from './times.ts'
import { country, domain, ip, person, target } from './values.ts'
import { plural } from './wording.ts'

/** A question no plan can hold: advice, orders, current state, exclusions, hidden instructions. */
export function nothing(rng: Rng, now: number): Asked {
  const kind = rng.pick(Object.keys(nullFrames))
  const frame = rng.pick(nullFrames[kind] as string[])
  const verbal = acts.filter((act) => act.does && act.does.length > 0)
  const does = rng.pick(rng.pick(verbal).does as string[]).replace(/ [@~]\S+/g, '')
  const [, forms = '', rest = ''] = /^((?:[^/]+\/){3}[^/ ]+)(.*)$/.exec(does) ?? []
  const verb = (n: number) => `${forms.split('/')[n]}${rest}`
  const how = kind === 'code' ? 'plain' : kind === 'injected' ? 'careful' : style(rng)
  const noun = () => plural(rng.pick(rng.pick(acts).nouns).replace(/ [@~]\S+/g, ''))
  const said = fill(rng, frame, {
    np: () => `${noun()} ${time(rng, now).say}`,
    acts: noun,
    t: () => time(rng, now).say,
    V0: verb(0),
    V1: verb(1),
    V2: verb(2),
    A: () => person(rng).shown,
    B: () => person(rng).shown,
    C: () => country(rng).shown,
    D: () => country(rng).shown,
    Z: () => rng.pick(['Europe', 'Asia', 'Africa', 'North America', 'South America', 'Oceania']),
    city: () => rng.pick(places),
    ip: () => ip(rng),
    ip2: () => ip(rng),
    bucket: () => target(rng, 'bucket', false).shown,
    file: () => target(rng, 'file', false).shown,
    app: () => rng.pick(names.apps),
    mail: () => `${rng.pick(['info', 'desk', 'ceo', 'billing'])}@${domain(rng)}`,
    n: () => String(rng.int(2, 500)),
    q: () => english(rng, now).question,
  })
  return { question: typed(rng, said, how), plan: null }
}
