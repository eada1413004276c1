import type { Event } from '../core/event.ts'
import { readableText } from '../core/mail.ts'

const questionChars = 400
const messageChars = 900
const earlierChars = 160

const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' })

/** A question as the analyst reads it at `now` (ms since 1970): the time in UTC, then the question. */
export const questionReading = (question: string, now: number): string =>
  [
    `${weekday.format(now)} ${new Date(now).toISOString().slice(0, 16).replace('T', ' ')}`,
    question.replace(/\s+/g, ' ').trim().slice(0, questionChars),
  ].join('\n')

/** A chat message as the analyst reads it, the messages before it first. */
export const chatReading = (text: string, earlier: readonly string[]): string =>
  [
    ...earlier.slice(-3).map((t) => `Before: ${t.replace(/\s+/g, ' ').slice(0, earlierChars)}`),
    `Message: ${text.slice(0, messageChars)}`,
  ].join('\n')

/** What of a mail's facts is told to the analyst, in its words. */
const told: Record<string, string> = {
  stranger: 'never wrote before',
  domain_known: 'colleagues of the sender wrote before',
  known: 'wrote before',
  own: 'colleague',
  free_mail: 'free mail address',
  colleague_name: 'name of a colleague on an outside address',
  reply_elsewhere: 'answers go to another domain',
  lookalike: 'a domain looks like another',
  forged: 'checks of the sender failed',
  false_brand: 'claims a brand and is not it',
  link_mismatch: 'a link shows another address',
  links_away: 'links lead away from the sender',
}

/** A mail as the analyst reads it: what is known of the sender, then its own words. */
export function mailReading(event: Event, facts: Record<string, number>): string {
  const known = Object.keys(told).filter((name) => facts[name])
  return [
    `Known: ${known.map((name) => told[name]).join('; ') || 'nothing'}`,
    `From: ${event.email?.from.name.slice(0, 60)}`,
    readableText(event).slice(0, messageChars),
  ].join('\n')
}
