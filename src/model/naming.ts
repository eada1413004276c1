import type { EventParts, Part } from './fact-line.ts'

/** How a story is told: whose clock, and by which names people go. */
export interface Telling {
  /** IANA. */
  time_zone: string
  /** `Ana` for `Ana Ruiz`, where only one Ana works here. */
  shortName(name: string): string
  /** Days are named, because the story spans more than one. */
  dated: boolean
}

/** Short names of a company's people; two people of one first name keep their whole names. */
export function shortNames(names: readonly string[]): (name: string) => string {
  const first = (name: string) => name.split(' ')[0] ?? name
  return (name) => (names.filter((n) => first(n) === first(name)).length > 1 ? name : first(name))
}

const formats = new Map<string, [clock: Intl.DateTimeFormat, day: Intl.DateTimeFormat]>()

/** Making a format costs a thousand times what using it does. */
function formatsOf(timeZone: string) {
  const known = formats.get(timeZone)
  if (known) return known
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, ...options })
  const made: [Intl.DateTimeFormat, Intl.DateTimeFormat] = [
    format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    format({ day: 'numeric', month: 'long' }),
  ]
  formats.set(timeZone, made)
  return made
}

/** Local clock time and day: `10:02`, `20 November`. */
export function localTime(time: number, timeZone: string): { clock: string; day: string } {
  const [clock, day] = formatsOf(timeZone)
  return { clock: clock.format(time), day: day.format(time) }
}

/** `at 10:02`, with the day where the story spans several. */
export function when(e: EventParts, telling: Telling): string {
  const { clock, day } = localTime(e.time, telling.time_zone)
  return telling.dated ? `at ${clock} on ${day}` : `at ${clock}`
}

const articled = /^(?:United|Netherlands|Philippines|Bahamas|Maldives|Czech Republic|Dominican)/

/** `Romania`, `the Netherlands`. */
export const inCountry = (country: string): string =>
  articled.test(country) ? `the ${country}` : country

/** `from an address in Romania`, else the address, else nothing. */
export const whence = (e: EventParts): string | null =>
  e.country ? `from an address in ${inCountry(e.country)}` : e.ip ? `from ${e.ip}` : null

/** Outside words in quotation marks. */
export const quote = (text: string): string => `“${text}”`

/** Domains in quotation marks: whoever registers one chooses its words. */
export const quoteDomains = (text: string): string =>
  text.replace(/[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/gu, quote)

/** A known person's short name, or null. */
export const personName = (part: Part | null, telling: Telling): string | null =>
  part?.provenance === 'computed' ? telling.shortName(part.text) : null

/** `key ending 7Q2F`. */
export const keyEnding = (key: string): string => `key ending ${key.slice(-4)}`

const isRoot = (e: EventParts) => e.who?.text === 'root' && e.who.provenance === 'vendor'

/** Who acted in AWS, at first mention: the key or login, not the person, who may not have known. */
export function awsActor(e: EventParts, telling: Telling): string {
  const name = personName(e.who, telling)
  if (isRoot(e)) return 'the AWS root login'
  if (e.key && name) return `${name}’s AWS ${keyEnding(e.key)}`
  if (e.key)
    return `the AWS key ${e.who ? `of ${quote(e.who.text)} ` : ''}ending ${e.key.slice(-4)}`
  if (name) return `${name}’s AWS login`
  return e.who ? `the AWS login ${quote(e.who.text)}` : 'somebody'
}

/** The same, once it has been named. */
export const sameActor = (e: EventParts, telling: Telling): string =>
  e.key && !isRoot(e) ? `the ${keyEnding(e.key)}` : awsActor(e, telling)

/** Who wrote: a known person, or what somebody calls themselves. */
export const writer = (e: EventParts, telling: Telling): string =>
  personName(e.who, telling) ?? (e.who ? `somebody who goes by ${quote(e.who.text)}` : 'somebody')

/** Whose mailbox: a known person, or the mailbox by its address. */
export const recipient = (e: EventParts, telling: Telling): string =>
  personName(e.target, telling) ??
  (e.target?.provenance === 'vendor' ? `the mailbox ${e.target.text}` : 'a mailbox')

/** `Dana, Lou and Ana`. */
export const listed = (words: string[]): string =>
  words.length < 2
    ? (words[0] ?? '')
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`

/** First letter in upper case, a full stop at the end. */
export function sentence(words: (string | null)[]): string {
  const text = words
    .filter((w) => w !== null && w !== '')
    .reduce<string>((so, w) => (so === '' || w?.startsWith(',') ? `${so}${w}` : `${so} ${w}`), '')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…]”?$/.test(text) ? '' : '.'}`
}
