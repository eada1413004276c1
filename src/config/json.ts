import type { Problem } from './problem.ts'

/** Parses strict JSON; where it can't, says on which line and column, and why, in plain words. */
export function parseJson(
  text: string,
): { ok: true; value: unknown } | { ok: false; problem: Problem } {
  const body = text.replace(/^\uFEFF/, '')
  const fault = scan(body)
  if (!fault) return { ok: true, value: JSON.parse(body) }
  const lines = body.slice(0, fault.at).split(/\r\n|\r|\n/)
  const path = `line ${lines.length}, column ${(lines.at(-1) as string).length + 1}`
  return { ok: false, problem: { path, problem: fault.problem, mend: fault.mend } }
}

interface Fault {
  at: number
  problem: string
  mend: string
}

class Stop extends Error {
  readonly fault: Fault
  constructor(at: number, problem: string, mend: string) {
    super(problem)
    this.fault = { at, problem, mend }
  }
}

const string = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y
const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y
const space = /[ \t\r\n]*/y

/** JSON.parse says where for some mistakes only, and takes the last of two equal keys silently. */
function scan(text: string): Fault | null {
  let at = 0
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? null
    if (found !== null) at += found.length
    return found
  }
  const next = (): string => {
    match(space)
    return text[at] ?? ''
  }
  const stop = (problem: string, mend: string): never => {
    if (at >= text.length)
      throw new Stop(at, 'the file ends too early', 'Close every { [ and " that is open.')
    if (text[at] === '/' || text[at] === '#')
      throw new Stop(at, 'JSON has no comments', 'Take the comment out.')
    throw new Stop(at, problem, mend)
  }
  const value = (depth: number): void => {
    const first = next()
    if (depth > 100) stop('nested too deep', 'Use at most 100 levels.')
    if (first === '{') object(depth)
    else if (first === '[') array(depth)
    else if (first === '"') quoted()
    else if (match(scalar) === null)
      stop(
        'a value was expected here',
        'Write "text" in double quotes, a number, true, false, null, [ … ] or { … }.',
      )
  }
  const quoted = (): string =>
    match(string) ?? stop('this text is not closed or holds a bad character', endQuote)
  const object = (depth: number): void => {
    const keys = new Set<string>()
    at++
    if (next() === '}') at++
    else
      for (;;) {
        if (next() !== '"')
          stop('a key in double quotes was expected here', 'Check for a comma too many before it.')
        const start = at
        const key = JSON.parse(quoted()) as string
        if (keys.has(key))
          throw new Stop(start, `the key "${key}" stands here twice`, 'Keep one of the two.')
        keys.add(key)
        if (next() !== ':') stop('a colon was expected here', 'Write "key": value.')
        at++
        value(depth + 1)
        if (closes('}')) break
      }
  }
  const array = (depth: number): void => {
    at++
    if (next() === ']') at++
    else
      for (;;) {
        value(depth + 1)
        if (closes(']')) break
      }
  }
  const closes = (end: string): boolean => {
    const mark = next()
    if (mark !== end && mark !== ',')
      stop(`a comma or ${end} was expected here`, 'Put a comma between two entries.')
    at++
    return mark === end
  }
  try {
    value(0)
    if (next() !== '') stop('there is more text after the end', 'Remove it.')
    return null
  } catch (error) {
    if (error instanceof Stop) return error.fault
    throw error
  }
}

const endQuote =
  'End it with " on the same line; write \\\\ for a backslash and \\n for a new line.'
