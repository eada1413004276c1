import type { Rng } from '../../../src/office/rng.ts'

const day = 86_400_000
const hour = 3_600_000
const numbers = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')
const weekdays = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ')
/** English months, January first. */
export const months =
  'January February March April May June July August September October November December'.split(' ')

/** A date, `2026-11-23`, of ms since 1970, UTC. */
export const date = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
/** A time in its shortest form, `2026-11-23T09:00Z`, or the date alone at midnight. */
export const minute = (ms: number): string =>
  ms % day === 0 ? date(ms) : `${new Date(ms).toISOString().slice(0, 16)}Z`
/** First of a month, counted from January of the year; months before and after roll over. */
export const firstOf = (year: number, month: number): string => date(Date.UTC(year, month))

/** `1st`, `22nd`, `13th`. */
export const nth = (n: number): string => {
  const end = n > 10 && n < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${end}`
}
/** `noon`, `3am`, `8pm`. */
export const clock = (h: number): string =>
  h === 0 ? 'midnight' : h === 12 ? 'noon' : h < 12 ? `${h}am` : `${h - 12}pm`
/** A number in digits or, up to twelve, sometimes in words. */
export const count = (rng: Rng, n: number): string =>
  n < numbers.length && rng.chance(0.4) ? (numbers[n] as string) : String(n)

/** The days around a moment, as questions and plans name them; all in UTC. */
export function calendar(rng: Rng, now: number) {
  const today = now - (now % day)
  const weekday = new Date(now).getUTCDay()
  const year = new Date(now).getUTCFullYear()
  const month = new Date(now).getUTCMonth()
  const title = (word: string) => (word[0] as string).toUpperCase() + word.slice(1)
  return {
    today,
    year,
    month,
    yesterday: today - day,
    /** The weekday it is, and the day a week ago. */
    sameDay: { name: title(weekdays[weekday] as string), start: today - 7 * day },
    daysAgo: (n: number) => today - n * day,
    /** The latest day, before today, of that weekday; `next` is the day behind it. */
    weekdayAgo: (back: number) => {
      const word = weekdays[(weekday - back + 7) % 7] as string
      const next = weekdays[(weekday - back + 8) % 7] as string
      return { word, next, name: rng.chance(0.8) ? title(word) : word, start: today - back * day }
    },
    /** Hours of a day, `until` exclusive; hours past 24 are of the next day. */
    hours: (start: number, from: number, to: number) => ({
      since: minute(start + from * hour),
      until: minute(start + to * hour),
    }),
    /** Year of the latest month of that number, this one included. */
    yearOf: (m: number) => (m <= month ? year : year - 1),
    /** The latest day before today with that number in its month. */
    numbered: (n: number) => {
      for (let back = 0; ; back++) {
        const ms = Date.UTC(year, month - back, n)
        if (new Date(ms).getUTCDate() === n && ms < today) return ms
      }
    },
    /** A date in words. */
    spoken: (ms: number) => {
      const n = new Date(ms).getUTCDate()
      const m = months[new Date(ms).getUTCMonth()] as string
      const ways = [`${n} ${m}`, `${m} ${n}`, `the ${nth(n)} of ${m}`, `${n} ${m.slice(0, 3)}`]
      return rng.pick([...ways, `${m} ${nth(n)}`, `${nth(n)} ${m}`])
    },
  }
}
export type Calendar = ReturnType<typeof calendar>
