import { severities } from '../core/finding.ts'
import { activities, answers, continents, dimensions, plainChars, sources } from '../core/plan.ts'
import { periods, weekdays } from '../core/span.ts'
import type { Values } from './question-values.ts'

/** Text as a terminal of GBNF. */
const terminal = (text: string): string => JSON.stringify(text)
const oneOf = (values: readonly string[]): string =>
  `(${values.map((value) => terminal(JSON.stringify(value))).join(' | ')})`
const member = (key: string, value: string): string => `${terminal(`"${key}":`)} ${value} ","`
const optional = (key: string, value: string): string => `(${member(key, value)})?`

/** Rules for an array of one or more of the names, each at most once, in their order. */
function inOrder(name: string, values: readonly string[]): string[] {
  const items = values.map((value) => terminal(JSON.stringify(value)))
  const last = items.length - 1
  return [
    `${name} ::= "[" ${name}first0 "]"`,
    ...items.map((item, i) =>
      i === last
        ? `${name}first${i} ::= ${item}`
        : `${name}first${i} ::= ${item} ${name}rest${i + 1} | ${name}first${i + 1}`,
    ),
    ...items
      .map((item, i) =>
        i === last
          ? `${name}rest${i} ::= ("," ${item})?`
          : `${name}rest${i} ::= ("," ${item})? ${name}rest${i + 1}`,
      )
      .slice(1),
  ]
}

/** Times with the ends they may have. */
function whens({ times, end }: Values): string[] {
  const behind: Record<string, string> = {
    named: member('until', 'time'),
    open: '',
    either: optional('until', 'time'),
  }
  const groups = Map.groupBy(times, (time) => {
    const ends = end(time)
    return typeof ends === 'string' ? behind[ends] : member('until', oneOf(ends))
  })
  return [...groups].map(([until, begin]) => `${member('since', oneOf(begin))} ${until}`)
}

/** What fills the open fields: any words, addresses and times, or what one question holds. */
function openFields(values: Values | null): string[] {
  if (!values)
    return [
      'limit ::= "1000" | [1-9] [0-9]{0,2}',
      `when ::= ${member('since', 'time')} ${optional('until', 'time')}`,
      `words ::= "\\"" [${plainChars}] [\\x20${plainChars}]{0,59} "\\""`,
      'country ::= words',
      'ip ::= "\\"" [0-9A-Fa-f.:]{2,39} ("/" [1-9] [0-9]{0,2})? "\\""',
      `time ::= ${oneOf([...periods, ...weekdays])} | "\\"" ([1-9] [0-9]{0,3} [hd] | date ("T" clock "Z")?) "\\""`,
      'date ::= [0-9]{4} "-" ("0" [1-9] | "1" [0-2]) "-" ("0" [1-9] | [12] [0-9] | "3" [01])',
      'clock ::= ("0" [1-9] | "1" [0-9] | "2" [0-3]) ":" [0-5] [0-9] | "00:" ("0" [1-9] | [1-5] [0-9])',
    ]
  return [
    `limit ::= ${values.limits.map((n) => terminal(String(n))).join(' | ')}`,
    `words ::= ${oneOf(values.words)}`,
    `country ::= ${oneOf(values.countries)}`,
    ...(values.ips.length > 0 ? [`ip ::= ${oneOf(values.ips)}`] : []),
    `when ::= ${whens(values).join(' | ')}`,
    `time ::= ${oneOf(values.times)}`,
  ]
}

/**
 * GBNF (https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md) of exactly the texts
 * `planText` writes and `parsePlan` reads: the canonical JSON of a plan, or `null`. With `values`, only
 * plans whose words, places, times and numbers are among them.
 */
export const planGrammar = (values: Values | null = null): string =>
  [
    'root ::= "null" | "{" plan "}"',
    `plan ::= (events | reports) when answer`,
    `events ::= ${member('about', oneOf(['events']))} what ${optional('unusual', '"true"')}`,
    `reports ::= ${member('about', oneOf(['findings', 'incidents']))} what ${optional('min_severity', oneOf(severities))}`,
    `what ::= ${[
      optional('sources', 'sources'),
      optional('activities', 'activities'),
      ...['who', 'target', 'text'].map((key) => optional(key, 'words')),
      ...(values && values.ips.length === 0 ? [] : [optional('ip', 'ip')]),
      `(${member('country', 'country')} | ${member('continent', oneOf(continents))})?`,
      optional('outcome', oneOf(['success', 'failure'])),
    ].join(' ')}`,
    `answer ::= (${terminal('"answer":"yes_no"')} | ${optional('group_by', oneOf(dimensions))} ${terminal('"answer":')} ${oneOf(answers.filter((a) => a !== 'yes_no'))}) (${terminal(',"limit":')} limit)?`,
    ...inOrder('sources', sources),
    ...inOrder('activities', activities),
    ...openFields(values),
  ].join('\n')
