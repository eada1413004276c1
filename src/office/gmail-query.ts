import type { MailItem } from './world.ts'

/**
 * The part of Gmail's search language that pollers need; anything else is refused, so that a query
 * which the real service would read differently is noticed.
 * https://support.google.com/mail/answer/7190
 */
export function parseQuery(q: string): ((mail: MailItem) => boolean) | string {
  const tests: ((mail: MailItem) => boolean)[] = []
  for (const word of q.split(/\s+/).filter(Boolean)) {
    const [, sign, name, value = ''] = /^(-?)([a-z]+):(.+)$/.exec(word) ?? []
    const test = name && testOf(name, value)
    if (!test) return `The office doesn't know the search term ${word}`
    tests.push(sign ? (mail) => !test(mail) : test)
  }
  return (mail) => tests.every((test) => test(mail))
}

function testOf(name: string, value: string): ((mail: MailItem) => boolean) | null {
  if (name === 'after' || name === 'before') {
    const time = timeOf(value)
    if (time === null) return null
    return name === 'after' ? (mail) => mail.time >= time : (mail) => mail.time < time
  }
  if (name !== 'in' && name !== 'label') return null
  if (value === 'anywhere') return () => true
  const label = value === 'chats' ? 'CHAT' : value.toUpperCase()
  return (mail) => mail.labels.includes(label)
}

/** Seconds since 1970, or a date that begins at midnight Pacific time, as the API documents. */
function timeOf(value: string): number | null {
  if (/^\d{9,11}$/.test(value)) return Number(value) * 1000
  const [, year, month, day] = /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/.exec(value) ?? []
  return year ? Date.UTC(Number(year), Number(month) - 1, Number(day), 8) : null
}
