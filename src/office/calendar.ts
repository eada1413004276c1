import type { Rng } from './rng.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** Local time of the company, where no clock is changed within the simulated days. */
export interface Calendar {
  /** Local midnight of the quiet day, ms UTC. */
  start: number
  attackDay: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Minutes east of Greenwich at that moment. */
export function offsetOf(timeZone: string, at: number): number {
  // Making a format costs a hundred times what using it does.
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  formats.set(timeZone, format)
  const parts = format.formatToParts(at).find((part) => part.type === 'timeZoneName')
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(parts?.value ?? '')
  if (!match) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
}

/**
 * A Tuesday, Wednesday or Thursday in March 2026 after the American and before the European change
 * of clocks, so that the day before, the quiet day and the attack day are working days.
 */
export function createCalendar(rng: Rng, timeZone: string): Calendar {
  const shift = rng.int(0, 2) * 7 + rng.int(0, 2)
  const midnight = Date.UTC(2026, 2, 10 + shift)
  const start = midnight - offsetOf(timeZone, midnight) * minute
  return { start, attackDay: start + day }
}

const two = (n: number) => String(n).padStart(2, '0')
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Tue, 10 Mar 2026 09:15:02 +0100`, as a mail header has it. */
export function mailDate(at: number, timeZone: string): string {
  const offset = offsetOf(timeZone, at)
  const d = new Date(at + offset * minute)
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}${two(Math.abs(offset) % 60)}`
  const date = `${d.getUTCDate()} ${months[d.getUTCMonth()]} ${d.getUTCFullYear()}`
  const time = `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`
  return `${weekdays[d.getUTCDay()]}, ${date} ${time} ${zone}`
}

/** `10 March`, local. */
export function dayName(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'long' }).format(at)
}

/** `2026-03-10T08:15:02Z`. */
export const isoSeconds = (at: number): string =>
  `${new Date(Math.floor(at / 1000) * 1000).toISOString().slice(0, 19)}Z`

/** A moment of a working day for somebody with these local hours: two humps and a lunch dip. */
export function workMoment(rng: Rng, midnight: number, hours: [number, number]): number {
  const span = hours[1] - hours[0]
  for (;;) {
    const at = rng.next()
    const busy = Math.exp(-((at - 0.27) ** 2) / 0.03) + 0.9 * Math.exp(-((at - 0.75) ** 2) / 0.035)
    if (rng.next() < busy + 0.08) return midnight + (hours[0] + at * span) * hour
  }
}
