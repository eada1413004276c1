import type { Config } from './config.ts'

/** How a command ends: `sysexits.h` for 75 and 78, so that systemd and scripts can tell. */
export const exits = { ok: 0, error: 1, findings: 2, temporary: 75, badConfig: 78 } as const

/** A line of result, to stdout. */
export const out = (text: string) => process.stdout.write(`${text}\n`)
/** A line beside the result, to stderr. */
export const say = (text: string) => process.stderr.write(`${text}\n`)
/** A result for programs, to stdout. */
export const outJson = (value: unknown) => out(JSON.stringify(value))
/** Foreign text for a terminal: no control characters. */
export const plain = (text: string) => text.replace(/\p{Cc}/gu, '�')
/** `1 mistake`, `2 mistakes`. */
export const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`

/** What a config watches, in a few words. */
export function watched(config: Config): string {
  const mailboxes = config.gmail.reduce((n, { mailboxes }) => n + mailboxes.length, 0)
  return [
    count(config.slack.length, 'Slack workspace'),
    count(mailboxes, 'mailbox', 'mailboxes'),
    count(config.cloudtrail.length, 'AWS account'),
  ].join(', ')
}

/** Where its alerts go, in a few words. */
export function destination({ notify }: Config): string {
  const { slack } = notify
  return slack ? `${slack.channel} in ${slack.workspace}` : 'this terminal'
}
