import { isIP } from 'node:net'
import { countryCodes } from '../core/countries.ts'
import { plainChars } from '../core/plan.ts'
import { shortTime } from '../core/span.ts'
import { commonTimes, type End, endOf, numbersIn, timesIn, wholeDays } from './question-times.ts'

/** What the fields of a plan may hold for one question: only what stands in it, or follows from it. */
export interface Values {
  /** For `who`, `target` and `text`. */
  words: string[]
  ips: string[]
  countries: string[]
  times: string[]
  /** Whether a time that begins so must, may or may not have an end. */
  end: (since: string) => End
  limits: number[]
}

const countryNames = [...countryCodes.keys()]

/** Words of a value at most. */
const longest = 6

const lead = /^["'“”„«»‘’([{<¿¡#@]+/
const tail = /["'“”„«»’)\]}>.,?!:;…]+$/
const owner = /(?:['’]s|['’])$/
const plain = new RegExp(`^[${plainChars}][\\x20${plainChars}]{0,59}$`)

/** Every run of up to six words, without marks around it and the ending of an owner. */
function runs(question: string): string[] {
  const words = question.split(/\s+/).filter(Boolean)
  const out = new Set<string>()
  for (let i = 0; i < words.length; i++)
    for (let j = i + 1; j <= Math.min(words.length, i + longest); j++) {
      const run = words.slice(i, j).join(' ').replace(lead, '').replace(tail, '')
      for (const text of [run, run.replace(owner, '')]) if (plain.test(text)) out.add(text)
    }
  return [...out]
}

const self =
  /\b(?:I|me|my|mine|we|our|us|ich|mich|mir|mein\w*|je|j'|moi|m[oea]n|mes|yo|m[ií]s?|io|mi[oae]i?|ik|mij|mijn|eu|meus?|minhas?)\b|\bj['’]/iu

/** What may stand in a plan for this question at `now` (ms since 1970). */
export function valuesIn(question: string, now: number): Values {
  const words = runs(question)
  const low = new Set(words)
  // Programs, roles and kinds of attack are written small in records.
  for (const word of words)
    if (!word.includes(' ') && /^\p{Lu}\p{L}*$/u.test(word)) low.add(word.toLowerCase())
  if (self.test(question) || low.size === 0) low.add('me')
  const named = countryNames.filter((name) => question.toLowerCase().includes(name.toLowerCase()))
  return {
    words: [...low].filter((word) => isIP(word) === 0),
    ips: [
      ...new Set(
        question.match(
          /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2})?|(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}(?:\/\d{1,3})?/gi,
        ),
      ),
    ].filter((ip) => ip.length > 3),
    countries: named.length > 0 ? named : countryNames,
    times: [...new Set([...commonTimes, ...timesIn(question, now)].map(shortTime))].filter(
      // An evening is not the whole day.
      (time) => wholeDays(question) || !/^(?:yesterday|[a-z]+day)$/.test(time) || time === 'today',
    ),
    end: (since) => endOf(since, question),
    limits: [...new Set([1, ...numbersIn(question)])].filter(
      (n) => Number.isInteger(n) && n >= 1 && n <= 1000,
    ),
  }
}
