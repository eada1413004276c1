import { continents } from '../../../src/core/plan.ts'
import type { Rng } from '../../../src/office/rng.ts'
import type { Family } from './frames.ts'
import * as names from './names.ts'
import type { Spec } from './phrase.ts'
import type { Act, Dimension } from './types.ts'
import * as values from './values.ts'
import { weighted } from './weighted.ts'

/** Whether a family's frames can be said of an act. */
export function fits({ shape, group, pair, id }: Family, act: Act): boolean {
  const forms = act.targets ?? []
  switch (shape) {
    case 'noun':
      return !(group === 'resource' && !act.things) && !(pair && act.systems.length < 2)
    case 'act':
    case 'person':
      return (act.does ?? []).length > 0
    case 'topic':
      return forms.some(({ does = [] }) => does.length > 0)
    case 'passive':
      return (act.done ?? []).length > 0
    case 'thing':
      return act.which !== undefined
    case 'made':
      return act.dids !== undefined && (id !== 'made what' || act.alone === true)
  }
}

/** The group of a family; one that makes sense where it leaves that open. */
export function groupOf(
  rng: Rng,
  family: Family,
  act: Act,
  about: Spec['about'],
): Dimension | undefined {
  if (family.group === 'day or hour') return rng.pick(['day', 'hour'] as const)
  if (family.group !== 'any') return family.group
  const open: Dimension[] = ['who', 'who', 'who', 'who', 'ip', 'country', 'country', 'source']
  if (family.id === 'split') open.push('day', 'day', 'day', 'hour', 'hour')
  if (act.things && about === 'events') open.push('resource', 'resource', 'resource')
  // Kinds that people tell apart: a sign-in and its failure are one to them, and so is a share.
  const kinds = !['sign_in', 'file_shared'].includes(act.activities[0] ?? '')
  if (act.activities.length === 0 || (act.activities.length > 1 && kinds))
    open.push('activity', 'activity')
  return rng.pick(open)
}

/** A form of a target that a family can say. */
export function formOf(rng: Rng, { shape }: Family, act: Act) {
  const can = (act.targets ?? []).filter(({ of, does = [], done = [] }) =>
    shape === 'noun' ? of.length > 0 : shape === 'passive' ? done.length > 0 : does.length > 0,
  )
  return can.length > 0 ? rng.pick(can) : null
}

/** Adds up to three details that a family and its group leave open. */
export function addDetails(
  rng: Rng,
  spec: Spec,
  family: Family,
  group: Dimension | undefined,
  low: boolean,
): void {
  const { act, about } = spec
  const { shape } = family
  const report = about !== 'events'
  const verbal = shape === 'act' || shape === 'person'
  const logins = act.activities[0]?.startsWith('sign_in')
  const asksWho = group === 'who' || shape === 'act' || shape === 'topic'
  const form = shape === 'thing' || shape === 'made' || report ? null : formOf(rng, family, act)
  const options: { weight: number; take: () => void }[] = []
  const offer = (weight: number, open: unknown, take: () => void) => {
    if (open) options.push({ weight, take })
  }

  offer(
    shape === 'noun' ? 3 : 0.7,
    !asksWho &&
      (shape === 'noun' || shape === 'passive' || shape === 'thing') &&
      family.id !== 'passive who',
    () => {
      spec.who = values.who(rng, report ? 'staff' : act.who, low)
    },
  )
  offer(3.5, form && group !== 'resource' && !spec.target, () => {
    if (form) spec.target = { ...values.target(rng, rng.pick(form.kinds), low), form }
  })
  offer(2.5, group !== 'source' && act.systems.length > 0, () => {
    spec.source = rng.pick(act.systems)
  })
  offer(2.3, group !== 'country' && group !== 'ip', () => {
    const roll = rng.next()
    if (roll < 0.3) spec.ip = values.ip(rng)
    else if (roll < 0.55) spec.continent = rng.pick(continents)
    else spec.country = values.country(rng)
  })
  offer(2.2, !report && !family.outcome && (shape === 'noun' || (verbal && logins)), () => {
    if (!spec.outcome) spec.unusual = true
  })
  offer(1.2, !report && shape === 'noun' && act.outcomes, () => {
    if (!spec.unusual) spec.outcome = rng.chance(0.75) ? 'failure' : 'success'
  })
  offer(1.8, act.texts && !report && !family.outcome && shape !== 'thing', () => {
    if (act.texts) spec.text = values.text(rng, rng.pick(act.texts))
  })
  offer(4, report, () => {
    const grades = [
      'critical',
      'critical',
      'high',
      'high',
      'high',
      'medium',
      'low',
      'informational',
    ] as const
    spec.severity = rng.pick(grades)
  })
  offer(2.5, report && act.activities.length === 0, () => {
    const value = rng.pick(names.harms)
    spec.text = { value, say: value }
  })

  offer(0.8, report && !act.activities.length, () => {
    const kind = rng.pick(['file', 'folder', 'bucket', 'channel'] as const)
    spec.target = { ...values.target(rng, kind, low), form: { kinds: [kind], of: [] } }
  })

  const roll = rng.next()
  const wanted = roll < 0.42 ? 0 : roll < 0.76 ? 1 : roll < 0.94 ? 2 : 3
  for (let i = 0; i < wanted && options.length > 0; i++) {
    const option = weighted(rng, options)
    options.splice(options.indexOf(option), 1)
    option.take()
  }
}
