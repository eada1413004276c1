import { sources } from '../../../src/core/plan.ts'
import { spanOf } from '../../../src/core/span.ts'
import { fill, type Rng } from '../../../src/office/rng.ts'
import type { Fixed } from './frames-fixed.ts'
import { type Style, typed } from './noise.ts'
import type { Spec } from './phrase.ts'
import { type Asked, amid, planOf } from './question.ts'
import { few, oneDay, time } from './times.ts'
import * as values from './values.ts'
import { weighted } from './weighted.ts'
import { systems } from './wording.ts'

/** A question of a frame that means one thing; null where the draw can't be said. */
export function ofFixed(rng: Rng, now: number, how: Style, fixed: Fixed[]): Asked | null {
  const low = how === 'low' || how === 'hasty'
  const { plan: meant, frames } = weighted(rng, fixed)
  const frame = rng.pick(frames)
  const has = (slot: string) => frame.includes(`{${slot}}`)
  const spec: Spec = {
    about: meant.about,
    act: { id: 'fixed', activities: meant.activities ?? [], nouns: [], who: 'staff', systems: [] },
    time: has('t') ? time(rng, now) : { since: '7d', say: '' },
    ...(meant.unusual && { unusual: true }),
    ...(meant.outcome && { outcome: meant.outcome }),
  }
  if (has('W') || has('O')) spec.who = values.who(rng, meant.activities ? 'staff' : 'cloud', low)
  if (has('M')) spec.who = values.who(rng, 'sender', low)
  const form = { kinds: [], of: [] }
  if (has('R')) spec.target = { ...values.target(rng, 'account', low), form }
  if (has('F')) {
    const kind = rng.pick(['file', 'file', 'folder', 'bucket', 'instance', 'policy'] as const)
    spec.target = { ...values.target(rng, kind, low), form }
  }
  // The asker would be `I` in some frames and `me` in others.
  if (spec.target?.me || (spec.who?.me && has('t') && /they|them/.test(frame))) return null
  const group = has('G') ? values.target(rng, 'group', low) : null
  if (group) spec.text = { value: group.value, say: '' }
  const harm = meant.text
  if (harm) spec.text = { value: harm, say: '' }
  if (has('ip')) spec.ip = values.ip(rng)
  if (has('C')) spec.country = values.country(rng)
  if (spec.who?.source) spec.source = spec.who.source
  if (has('src') || has('sys')) {
    if (spec.source) return null
    if (has('sys') || rng.chance(0.6)) spec.source = rng.pick(sources)
  }
  if (meant.group_by === 'source' && spec.source) return null
  const span = spanOf(spec.time, now)
  if (meant.group_by === 'day' && 'since' in span && span.until - span.since < oneDay) return null
  const limit = has('n') ? few(rng) : null
  const system = spec.source && systems[spec.source]
  const marked = harm ? frame.replace(harm, `${values.open}${harm}${values.close}`) : frame
  const text = fill(rng, marked, {
    t: spec.time.say,
    W: spec.who?.me ? 'I' : (spec.who?.shown ?? ''),
    hasW: spec.who?.me ? 'have' : 'has',
    O: spec.who?.own ?? '',
    M: spec.who?.shown ?? '',
    R: spec.target?.shown ?? '',
    F: spec.target?.shown ?? '',
    G: group?.shown ?? '',
    ip: `${values.open}${spec.ip ?? ''}${values.close}`,
    C: spec.country?.shown ?? '',
    src: system ? rng.pick(system.places) : '',
    sys: system
      ? rng.pick(spec.source === 'files' ? ['the server', 'the syslog'] : system.names)
      : '',
    n: limit?.say ?? '',
  })
  const plan = planOf(spec, {
    ...(meant.group_by && { group_by: meant.group_by }),
    answer: meant.answer,
    ...(limit && { limit: limit.n }),
  })
  return { question: typed(rng, amid(rng, text, spec.time.say !== ''), how), plan }
}
