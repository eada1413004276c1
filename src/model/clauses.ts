import type { Sense } from './lexicon.ts'
import type { Token } from './tokens.ts'

/** One verb with what stands around it. */
export interface Clause {
  /** The words of the verb. */
  said: string
  verb: Sense & { kind: 'verb' }
  tokens: Token[]
  /** How many of the tokens stand before the verb. */
  before: number
  /** Told in order of time; false for how things are (`imitates`). */
  ordered: boolean
}

const isVerb = (token: Token): token is Token & { kind: 'sense' } =>
  token.kind === 'sense' && token.sense.kind === 'verb'

const isJoin = (token: Token): boolean =>
  token.kind === 'mark'
    ? token.text === ',' || token.text === ';'
    : token.kind === 'sense' && token.sense.kind === 'join'

const isName = (token: Token | undefined) => token?.kind === 'atom' && token.atom === 'name'

/** Whether tokens say who or what acts, and not only when or where. */
const hasSubject = (tokens: Token[]): boolean =>
  tokens.some(
    (t) => isName(t) || (t.kind === 'sense' && t.sense.kind === 'noun' && t.sense.slot !== 'none'),
  )

/** `Dana and Lou received …` is two clauses, one for each. */
function expand(clause: Clause): Clause[] {
  const names = clause.tokens.flatMap((t, i) => {
    const next = clause.tokens.slice(i + 1)
    const prior = clause.tokens.slice(0, i).reverse()
    const joined = (rest: Token[]) => {
      const steps = rest.findIndex((x) => !isJoin(x))
      return steps > 0 && isName(rest[steps])
    }
    return isName(t) && (joined(next) || joined(prior)) ? [i] : []
  })
  if (names.length < 2) return [clause]
  const [first = 0, last = 0] = [names[0], names.at(-1)]
  return names.map((i) => ({
    ...clause,
    tokens: [
      ...clause.tokens.slice(0, first),
      ...clause.tokens.slice(i, i + 1),
      ...clause.tokens.slice(last + 1),
    ],
    before: last < clause.before ? clause.before - (last - first) : clause.before,
  }))
}

/** Splits a sentence at its verbs; a clause without a subject has the one before's. */
export function clausesOf(tokens: Token[]): Clause[] | { reason: string } {
  const verbs = tokens.flatMap((t, i) => (isVerb(t) ? [i] : []))
  if (verbs.length === 0) return { reason: 'it says nothing that can be checked' }
  const starts = [0]
  for (const [n, verb] of verbs.entries()) {
    if (n === 0) continue
    const prior = verbs[n - 1] as number
    const join = tokens.findLastIndex((t, i) => i > prior && i < verb && isJoin(t))
    if (join < 0) return { reason: 'two things are said at once' }
    starts.push(join + 1)
  }
  const out: Clause[] = []
  let subject: Token[] = []
  for (const [n, at] of verbs.entries()) {
    const verb = tokens[at] as Token & { kind: 'sense' }
    const own = tokens.slice(starts[n], at)
    if (n > 0 && own.some(isJoin)) return { reason: 'it is too tangled' }
    if (hasSubject(own)) subject = own
    const before = hasSubject(own) ? own : [...timeless(subject), ...own]
    let end = starts[n + 1] ?? tokens.length
    while (end > at && isJoin(tokens[end - 1] as Token)) end -= 1
    const sense = verb.sense as Clause['verb']
    out.push({
      said: verb.text,
      verb: sense,
      tokens: [...before, verb, ...tokens.slice(at + 1, end)],
      before: before.length,
      ordered: !/^(?:imitates|comes|says|asks|carries|uses|holds|leads|tries)\b/.test(verb.text),
    })
  }
  return out.flatMap(expand)
}

const isPlaceOrTime = (token: Token | undefined): boolean =>
  token?.kind === 'atom' && ['time', 'day', 'country', 'ip', 'count'].includes(token.atom)

/** A subject as it is carried over: without the time and place of its first clause. */
const timeless = (tokens: Token[]): Token[] =>
  tokens.filter(
    (t, i) =>
      !isPlaceOrTime(t) &&
      !(t.kind === 'sense' && t.sense.kind === 'prep' && isPlaceOrTime(tokens[i + 1])),
  )
