import type { Rng } from '../../../src/office/rng.ts'
import type { Act, Dimension } from './types.ts'
import { plural, singular } from './wording.ts'

const nouns: Record<Exclude<Dimension, 'resource'>, string[]> = {
  who: ['user*', 'user*', 'pe{rson,ople}', 'account*', 'employee*', 'colleague*'],
  ip: ['IP*', 'IP address{,es}', 'address{,es}', 'source IP*'],
  country: ['countr{y,ies}'],
  source: ['system*', 'service*', 'platform*'],
  activity: ['kind* of activity', 'type* of activity'],
  hour: ['hour*'],
  day: ['day*'],
}
const splits: Record<Exclude<Dimension, 'resource'>, string[]> = {
  who: [
    'by user',
    'per user',
    'per person',
    'by person',
    'for each user',
    'by account',
    'per employee',
  ],
  ip: ['by IP', 'per IP address', 'by address', 'by source IP', 'for each IP', 'per address'],
  country: ['by country', 'per country', 'by country of origin', 'for each country'],
  source: ['by system', 'per system', 'by source', 'for each system', 'by platform'],
  activity: ['by kind', 'by type', 'by kind of activity', 'by activity', 'per type of activity'],
  hour: ['by hour', 'per hour', 'hourly', 'hour by hour', 'for each hour'],
  day: ['by day', 'per day', 'daily', 'day by day', 'for each day'],
}

/** How a dimension is said: `{g}`, `{gs}` and `{by}` of frames. */
export function dimension(
  rng: Rng,
  group: Dimension,
  act: Act,
): { g: string; gs: string; by: string } {
  const senders = group === 'who' ? act.actors : undefined
  const list = senders ?? (group === 'resource' ? (act.things ?? []) : nouns[group])
  const noun = rng.pick(list)
  const one = singular(noun)
  const by =
    senders || group === 'resource'
      ? `${rng.pick(['by', 'per', 'for each'])} ${one}`
      : rng.pick(splits[group])
  return { g: one, gs: plural(noun), by }
}
