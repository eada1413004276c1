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
