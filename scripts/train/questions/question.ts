import type { Plan } from '../../../src/core/plan.ts'
import { fill, type Rng } from '../../../src/office/rng.ts'
import { after, before, beforeTimed, places } from './chatter.ts'
import * as names from './names.ts'
import type { Spec } from './phrase.ts'
import { close } from './values.ts'

/** A question and its plan; null where no plan can hold it. */
export interface Asked {
  question: string
  plan: Plan | null
}

/** The plan of what was said, with its answer. */
export function planOf(spec: Spec, answer: Partial<Plan> & Pick<Plan, 'answer'>): Plan {
  const { activities } = spec.act
  return {
    about: spec.about,
    ...(spec.source && { sources: [spec.source] }),
    ...(activities.length > 0 && { activities }),
    ...(spec.who && { who: spec.who.value }),
    ...(spec.target && { target: spec.target.value }),
    ...(spec.text && { text: spec.text.value }),
    ...(spec.ip && { ip: spec.ip }),
    ...(spec.country && { country: spec.country.value }),
    ...(spec.continent && { continent: spec.continent }),
    ...(spec.outcome && { outcome: spec.outcome }),
    ...(spec.unusual && { unusual: spec.unusual }),
    ...(spec.severity && { min_severity: spec.severity }),
    since: spec.time.since,
    ...(spec.time.until && { until: spec.time.until }),
    ...answer,
  }
}

/** The question with things people say around one, now and then; `timed` where it names its time. */
export function amid(rng: Rng, question: string, timed: boolean): string {
  const slots = {
    name: () => rng.pick(names.first),
    job: () => rng.pick(names.jobs),
    place: () => rng.pick(places),
    num: () => String(rng.int(2, 40)),
  }
  let text = question
  if (rng.chance(0.1) && !text.endsWith(close)) {
    const end = fill(rng, rng.pick(after), slots)
    text = /^[.!]/.test(end)
      ? `${text.replace(/[.?]$/, '')}${text.endsWith('?') ? '?' : '.'}${end.slice(1)}`
      : `${text.replace(/[.?]$/, '')}${end}`
  }
  if (rng.chance(0.13)) {
    const list = timed && rng.chance(0.25) ? beforeTimed : before
    text = fill(rng, rng.pick(list), slots) + text
  }
  return text
}
