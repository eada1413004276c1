import { describe, expect, test } from 'vitest'
import { checkSentence } from '../../src/model/check.ts'
import { parseFact } from '../../src/model/fact-line.ts'
import type { Fact } from '../../src/model/facts.ts'

const lines = [
  '2026-11-20 09:14 UTC gmail mail_received from "Payroll Desk" <help@baakery.example> to Dana Low subject "Confirm direct deposit" text "Sign in today or lose your pay" [finding: lookalike domain of bakery.example]',
  '2026-11-20 09:31 UTC gmail mail_received from "Payroll Desk" <help@baakery.example> to Lou Okoro subject "Confirm direct deposit"',
  '2026-11-20 09:40 UTC slack message by Lou Okoro in #dev text "the deploy key, do not tell Ana Ruiz" [finding: AWS access key posted; key AKIA…7Q2F]',
  '2026-11-20 10:02 UTC cloudtrail GetObject AccessDenied x14 by Ana Ruiz key AKIA…7Q2F on "orders" from 185.220.101.7 (Germany) [finding: first use from this network]',
  '2026-11-20 10:09 UTC cloudtrail GetObject success x2210 by Ana Ruiz key AKIA…7Q2F on "orders" from 185.220.101.7 (Germany)',
  '2026-11-20 10:11 UTC cloudtrail StopLogging AccessDenied by Ana Ruiz key AKIA…7Q2F on "main" from 185.220.101.7 (Germany)',
  '2026-11-20 10:12 UTC cloudtrail ConsoleLogin success by root from 91.92.240.6 (Bulgaria)',
  'history: no answer by Dana Low after the mail was seen',
]
const facts: Fact[] = lines.map((line, i) => {
  const parts = parseFact(line)
  if (!parts) throw new Error(line)
  return { id: `f${i + 1}`, line, parts, event_uids: [], findings: [] }
})
const check = (text: string, timeZone?: string) => checkSentence(text, facts, timeZone)

describe('true sentences pass', () => {
  test.each([
    'A mail that says it is from “Payroll Desk” reached Dana at 09:14.',
    'Dana and Lou received a mail that says it is from “Payroll Desk”.',
    'The mail comes from an address that imitates bakery.example.',
    'The mail says: “Sign in today or lose your pay”.',
    'Lou posted an AWS access key ending 7Q2F in #dev.',
    'Ana’s AWS key was posted in Slack and then used from Germany.',
    'The key ending 7Q2F was refused 14 times, then read files 2210 times.',
    'Lou posted an AWS access key, and then the key ending 7Q2F was used from a new network in Germany at 10:02.',
    'At 10:11 the key ending 7Q2F tried to switch off an activity log.',
    'The AWS root login signed in to AWS from Bulgaria.',
    'On record: no answer by Dana Low after the mail was seen.',
  ])('%s', (text) => expect(check(text)).toEqual({ ok: true }))

  test('times are read in the company’s zone', () => {
    const text = 'A mail reached Dana at 10:14.'
    expect(check(text).ok).toBe(false)
    expect(check(text, 'Europe/Madrid').ok).toBe(true)
  })
})

describe('false sentences are refused', () => {
  test.each([
    ['another name', 'Ben posted an AWS access key in #dev.'],
    ['another person of the story', 'Dana posted an AWS access key in #dev.'],
    ['another number', 'The key ending 7Q2F was refused 41 times.'],
    ['another time', 'A mail reached Dana at 09:15.'],
    ['another key', 'The key ending M4XT read files.'],
    ['another place', 'The AWS root login was used from Germany.'],
    ['another channel', 'Lou posted an AWS access key in #general.'],
    ['actor and target swapped', 'A mail that says it is from “Dana Low” reached Lou.'],
    ['whose key', 'Lou’s AWS key was used from Germany.'],
    ['refused told as done', 'The key ending 7Q2F switched off an activity log.'],
    ['done told as refused', 'The AWS root login was refused.'],
    ['done told as tried', 'The AWS root login tried to sign in to AWS.'],
    ['order', 'The key ending 7Q2F read files, and then Lou posted an AWS access key.'],
    ['order with “before”', 'The key ending 7Q2F read files before Lou posted an AWS access key.'],
    ['negation', 'The key ending 7Q2F did not read files.'],
    ['negation of the record', 'Nobody received a mail.'],
    ['an invented cause', 'A thief used the key ending 7Q2F.'],
    ['a guess', 'The key ending 7Q2F probably read files.'],
    ['outside text as a fact', 'A mail from Payroll Desk reached Dana.'],
    ['outside text unreported', '“Sign in today or lose your pay”.'],
    ['words not in the mail', 'The mail says: “Send money”.'],
    ['the mail’s words as the subject', 'The subject of the mail says: “Sign in today”.'],
    ['a name that only outside text holds', 'Ana posted an AWS access key in #dev.'],
    ['a link', 'Lou posted https://evil.example in #dev.'],
    ['a phone number', 'A mail reached Dana, call +1 555 0199.'],
    ['markup', 'A mail reached *Dana* at 09:14.'],
    ['nothing', ''],
    ['a fact line', lines[4] ?? ''],
    ['a context line changed', 'On record: answer by Dana Low after the mail was seen.'],
  ])('%s: %s', (_, text) => expect(check(text).ok).toBe(false))

  test('what another fact says doesn’t count when it is not cited', () => {
    expect(checkSentence('The key ending 7Q2F read files.', facts.slice(0, 3)).ok).toBe(false)
    expect(checkSentence('The key ending 7Q2F read files.', []).ok).toBe(false)
  })
})
