/** One JSON line per fact. Ids and counts only: never a secret, never a message body. */
export type Log = (
  level: 'debug' | 'info' | 'warn' | 'error',
  msg: string,
  fields?: Record<string, string | number | boolean | null>,
) => void

/** Writes lines through `write`, stamped by `now`. */
export function createLog(write: (line: string) => void, now: () => number): Log {
  return (level, msg, fields) =>
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, msg, ...fields })}\n`)
}
