/** Words for the start of a period, besides weekdays. */
export const periods = [
  'today',
  'yesterday',
  'this_week',
  'last_week',
  'this_month',
  'last_month',
] as const
/** Days of the week, in the order of `Date.getUTCDay`. */
export const weekdays = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const

/**
 * A time of a plan: `36h` or `10d` before now, a word for the start of a period, a weekday, or an
 * ISO 8601 date or minute in UTC.
 */
export const timePattern = new RegExp(
  `^(?:[1-9]\\d{0,3}[hd]|${[...periods, ...weekdays].join('|')}|\\d{4}-\\d\\d-\\d\\d(?:T\\d\\d:\\d\\d(?::00)?Z)?)$`,
)

const hour = 3_600_000
const day = 24 * hour
const startOfDay = (ms: number): number => ms - (((ms % day) + day) % day)
/** Days back from `now` to the latest such weekday, today included. */
const daysSince = (weekday: number, now: number) => (new Date(now).getUTCDay() - weekday + 7) % 7
const startOfMonth = (now: number, back: number): number => {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back)
}

const starts: Record<(typeof periods)[number], (now: number) => number> = {
  today: startOfDay,
  yesterday: (now) => startOfDay(now) - day,
  this_week: (now) => startOfDay(now) - daysSince(1, now) * day,
  last_week: (now) => startOfDay(now) - (daysSince(1, now) + 7) * day,
  this_month: (now) => startOfMonth(now, 0),
  last_month: (now) => startOfMonth(now, 1),
}

/** Milliseconds since 1970 of a time, or null where there is no such time (31 February). */
function timeOf(text: string, now: number, after: number | null): number | null {
  const back = /^(\d+)([hd])$/.exec(text)
  if (back) return now - Number(back[1]) * (back[2] === 'h' ? hour : day)
  const weekday = weekdays.indexOf(text as (typeof weekdays)[number])
  if (weekday >= 0) {
    if (after === null) return startOfDay(now) - daysSince(weekday, now) * day
    const week = startOfDay(after) + 7 * day
    return week - daysSince(weekday, week) * day
  }
  if (Object.hasOwn(starts, text)) return starts[text as keyof typeof starts](now)
  const ms = Date.parse(text)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text.slice(0, 16)) ? ms : null
}

/**
 * What a plan's times mean at `now`, in ms since 1970, `until` exclusive; or why they mean nothing.
 * A word is the start of its period; a weekday the latest such day, in `until` the first after
 * `since`. Without `until` the span ends with now.
 */
export function spanOf(
  times: { since: string; until?: string | undefined },
  now: number,
): { since: number; until: number } | { wrong: string } {
  const since = timeOf(times.since, now, null)
  if (since === null) return { wrong: `since is no time: ${times.since}` }
  const until = times.until === undefined ? now + 1 : timeOf(times.until, now, since)
  if (until === null) return { wrong: `until is no time: ${times.until}` }
  if (since >= until) return { wrong: `since ${times.since} is not before ${times.until ?? 'now'}` }
  return { since, until }
}

/** A time in its shortest form: no seconds, and at midnight the date alone. */
export const shortTime = (text: string): string =>
  text.replace(/(T\d\d:\d\d):00Z$/, '$1Z').replace('T00:00Z', '')
