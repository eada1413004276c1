import { dayName } from './calendar.ts'
import type { Staff } from './people.ts'
import type { Letter } from './post.ts'
import type { Mailer } from './raw-mail.ts'
import type { Rng } from './rng.ts'

/** Somebody of ours as sender or recipient. */
export const mailerOf = ({ name, email }: Staff): Mailer => ({ name, address: email })

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Plain text and a button as HTML, as bulk senders write it. */
export function htmlOf(text: string, link?: [text: string, href: string], footer = ''): string {
  const rows = text.split('\n\n').map((p) => `<p>${escapeHtml(p).replaceAll('\n', '<br>')}</p>`)
  const button = link
    ? `<p><a href="${escapeHtml(link[1])}" style="background:#24557a;color:#ffffff;padding:10px 18px;text-decoration:none">${escapeHtml(link[0])}</a></p>`
    : ''
  return `<!doctype html>\n<html><head><meta charset="utf-8"></head><body style="font-family:sans-serif">\n${rows.join('\n')}\n${button}\n<p style="color:#777777;font-size:12px">${footer}</p>\n</body></html>`
}

/** The answered mail under the answer, as mail programs do. */
export const quote = (letter: Letter, time_zone: string) =>
  `\n\nOn ${dayName(letter.draft.at, time_zone)}, ${letter.draft.from.name} <${letter.draft.from.address}> wrote:\n\n${letter.draft.text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')}`

/** `Re:` once. */
export const answerSubject = (subject: string) =>
  subject.startsWith('Re: ') ? subject : `Re: ${subject}`

const stamp = (ms: number) => `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`

/** An invitation as Google Calendar sends it: RFC 5545. */
export function inviteOf(
  rng: Rng,
  meeting: {
    host: Staff
    guests: Staff[]
    title: string
    text: string
    at: number
    begin: number
    end: number
  },
): string {
  const { host, guests } = meeting
  return [
    'BEGIN:VCALENDAR',
    'PRODID:-//Google Inc//Google Calendar 70.9054//EN',
    'VERSION:2.0',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    `DTSTART:${stamp(meeting.begin)}`,
    `DTEND:${stamp(meeting.end)}`,
    `DTSTAMP:${stamp(meeting.at)}`,
    `ORGANIZER;CN=${host.name}:mailto:${host.email}`,
    `UID:${rng.hex(26)}@google.com`,
    ...guests.map((guest) => `ATTENDEE;RSVP=TRUE;CN=${guest.name}:mailto:${guest.email}`),
    `DESCRIPTION:${meeting.text}`,
    `SUMMARY:${meeting.title}`,
    'STATUS:CONFIRMED',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
}
