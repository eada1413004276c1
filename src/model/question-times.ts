import { periods, weekdays } from '../core/span.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Words of numbers owners say, in the languages they ask in. */
const numbers: [RegExp, number][] = [
  [/^(?:half|halve|halbe\w*|media|demi\w*|mezz\w*|meia)$/, 0.5],
  [/^(?:an?|one|eine?[nr]?|une?|un[oa]?|uma?|één|een)$/, 1],
  [/^(?:two|couple|zwei|paar|deux|dos|due|twee|dois|duas)$/, 2],
  [/^(?:three|few|drei|einigen?|trois|quelques|tres|tre|drie|três|pocos|pochi|poucos)$/, 3],
  [/^(?:four|vier|quatre|cuatro|quattro|quatro)$/, 4],
  [/^(?:five|fünf|cinq|cinco|cinque|vijf)$/, 5],
  [/^(?:six|sechs|seis|sei|zes)$/, 6],
  [/^(?:seven|sieben|sept|siete|sette|zeven|sete)$/, 7],
  [/^(?:eight|acht|huit|ocho|otto|oito)$/, 8],
  [/^(?:nine|neun|neuf|nueve|nove|negen)$/, 9],
  [/^(?:ten|zehn|dix|diez|dieci|tien|dez)$/, 10],
  [/^(?:twelve|dozen|zwölf|douze|doce|dodici|twaalf|doze)$/, 12],
  [/^(?:fourteen|vierzehn|quatorze|catorce|veertien|catorze)$/, 14],
  [/^(?:fifteen|fünfzehn|quinze|quince|quindici|vijftien)$/, 15],
  [/^(?:twenty|zwanzig|vingt|veinte|venti|twintig|vinte)$/, 20],
  [/^(?:thirty|dreißig|trente|treinta|trenta|dertig|trinta)$/, 30],
  [/^(?:forty|vierzig|quarante|cuarenta|quaranta|veertig|quarenta)$/, 40],
  [/^(?:ninety|neunzig)$/, 90],
]
const months = [
  /\b(?:jan(?:uary|uar|vier)?|enero|gennaio|januari|janeiro)\b/i,
  /\b(?:feb(?:ruary|ruar)?|février|febrero|febbraio|februari|fevereiro)\b/i,
  /\b(?:mar(?:ch)?|märz|mars|marzo|maart|março)\b/i,
  /\b(?:apr(?:il)?|avril|abril|aprile)\b/i,
  /\b(?:may|mai|mayo|maggio|mei|maio)\b/i,
  /\b(?:june?|juni|juin|junio|giugno|junho)\b/i,
  /\b(?:july?|juli|juillet|julio|luglio|julho)\b/i,
  /\b(?:aug(?:ust)?|août|agosto|augustus)\b/i,
  /\b(?:sep(?:t(?:ember|embre)?|tiembre)?|settembre|setembro)\b/i,
  /\b(?:o[ck]t(?:ober|obre)?|ottobre|octubre|outubro)\b/i,
  /\b(?:nov(?:ember|embre|iembre)?|novembro)\b/i,
  /\b(?:de[cz](?:ember|embre)?|décembre|diciembre|dicembre|dezembro)\b/i,
]
const spoken = [
  /\b(?:sun(?:days?)?|sonntag\w*|dimanche|domingo|domenica|zondag\w*)\b/i,
  /\b(?:mon(?:days?)?|montag\w*|lundi|lunes|lunedì|maandag\w*|segunda)\b/i,
  /\b(?:tue(?:s|sdays?)?|dienstag\w*|mardi|martes|martedì|dinsdag\w*|terça)\b/i,
  /\b(?:wed(?:nesdays?)?|mittwoch\w*|mercredi|miércoles|mercoledì|woensdag\w*|quarta)\b/i,
  /\b(?:thu(?:rs|rsdays?)?|donnerstag\w*|jeudi|jueves|giovedì|donderdag\w*|quinta)\b/i,
  /\b(?:fri(?:days?)?|freitag\w*|vendredi|viernes|venerdì|vrijdag\w*|sexta)\b/i,
  /\b(?:sat(?:urdays?)?|samstag\w*|samedi|sábado|sabato|zaterdag\w*)\b/i,
]
/** Words for parts of a day, and the hours where these begin and end. */
const dayParts: [RegExp, readonly number[]][] = [
  [
    /\b(?:\w*night\w*|nite|anoche|asleep|\w*nacht\w*|nuit|noche|madrugada|\w*notte|noite)\b/i,
    [0, 20, 24, 30],
  ],
  [
    /\b(?:mornings?|breakfast|dawn|morgens?|vormittag\w*|matin|mañana|mattina|stamattina|\w*ochtend\w*|manhã)\b/i,
    [6, 12],
  ],
  [/\b(?:afternoons?|nachmittag\w*|après-midi|tarde|pomeriggio|\w*middag\w*)\b/i, [12, 18]],
  [
    /\b(?:evenings?|tonight|abends?|\w*abend\w*|soir|tarde|noche|sera|stasera|\w*avond\w*|noite)\b/i,
    [18, 24],
  ],
  [/\b(?:noon|midday|lunch|mittags?|midi|mediodía|mezzogiorno|meio-dia)\b/i, [12]],
  [/\b(?:midnight|mitternacht|minuit|medianoche|mezzanotte)\b/i, [0, 24]],
]
/** Words that leave the end of a time open, that name an end, and that compare two periods. */
const sinceWords =
  /\b(?:since|ever since|seit\w*|ab|depuis|desde|dal(?:la|le|l')?|da|sinds|vanaf|from|starting|after|onwards?)\b/i
const compareWords =
  /\b(?:vs|versus|compar\w*|against|than|frente|vergl\w*|confront\w*|tegenover|today|this (?:week|month))\b/i
const untilWords =
  /\b(?:until|till|to|before|through|up to|between|and|bis|vor|jusqu\w*|avant|hasta|antes|fino|prima|tot|voor|até|earlier|compare\w*)\b/i

const iso = (ms: number) => new Date(ms).toISOString()
const dayText = (ms: number) => iso(ms).slice(0, 10)
/** A minute; midnight is written as its day. */
const minuteText = (ms: number) => (ms % day === 0 ? dayText(ms) : `${iso(ms).slice(0, 16)}Z`)

/** The numbers a question holds, as digits or words; one and a half counts as both and together. */
export function numbersIn(question: string): number[] {
  const found = [...question.matchAll(/(?<![\w.:/-])(\d{1,4})(?![\w:/-]*[.:/-]?\d)/g)].map(
    ([, n]) => Number(n),
  )
  for (const word of question.toLowerCase().match(/\p{L}+/gu) ?? [])
    for (const [words, value] of numbers) if (words.test(word)) found.push(value)
  for (const [, n] of question.matchAll(
    /(?<![\w.])(\d{1,4})\s?(?:h|d|hrs?|min|m|st|nd|rd|th|w|pm|am)\b/gi,
  ))
    found.push(Number(n))
  return [...new Set([...found, ...(found.includes(0.5) ? found.map((n) => n + 0.5) : [])])]
}

const daysOf = (ms: number): number => ms - (((ms % day) + day) % day)

/** Days a question may speak of, as starts of days. */
function daysIn(question: string, now: number, numbersFound: readonly number[]): number[] {
  const today = daysOf(now)
  const out = new Set<number>()
  const date = new Date(now)
  const year = date.getUTCFullYear()
  const named = months.flatMap((words, m) => (words.test(question) ? [m] : []))
  // The latest of that name that has begun.
  const yearOf = (m: number) => (m > date.getUTCMonth() ? year - 1 : year)
  for (const m of named) {
    out.add(Date.UTC(yearOf(m), m))
    out.add(Date.UTC(yearOf(m), m + 1))
  }
  for (const n of numbersFound.filter((x) => Number.isInteger(x) && x >= 1 && x <= 31)) {
    for (const m of named) for (const off of [0, 1]) out.add(Date.UTC(yearOf(m), m, n + off))
    const back = n > date.getUTCDate() ? 1 : 0
    for (const off of [0, 1]) out.add(Date.UTC(year, date.getUTCMonth() - back, n + off))
  }
  for (const [text] of question.matchAll(/\d{4}-\d\d-\d\d/g)) {
    const ms = Date.parse(text)
    if (!Number.isNaN(ms)) for (const off of [0, 1]) out.add(ms + off * day)
  }
  spoken.forEach((words, weekday) => {
    if (!words.test(question)) return
    const since = (date.getUTCDay() - weekday + 7) % 7
    for (const back of [since, since + 7])
      for (const off of [0, 1]) out.add(today - (back - off) * day)
  })
  if (
    /before yesterday|vorgestern|avant-hier|anteayer|altro ieri|eergisteren|anteontem/i.test(
      question,
    )
  )
    for (const back of [2, 1]) out.add(today - back * day)
  if (/quarter|\bqtr\b|\bq[1-4]\b|quartal|trimest|kwartaal/i.test(question))
    for (const m of [-6, -3, 0, 3, 6, 9, 12]) out.add(Date.UTC(year, m))
  if (/year|\bjahr|année|\ban\b|año|anno|jaar|\bano\b|\b20\d\d\b/i.test(question))
    for (const back of [-1, 0, 1, 2]) out.add(Date.UTC(year - back, 0))
  if (
    /summer|spring|autumn|winter|easter|christmas|holidays|sommer|été|verano|estate|zomer|verão/i.test(
      question,
    )
  )
    for (const m of [2, 5, 8, 11]) out.add(Date.UTC(yearOf(m), m))
  return [...out]
}

/**
 * Times a question can mean beside the words for periods and the commonest spans: what its numbers,
 * months, days and parts of a day come to at `now`, in the form of plans.
 */
export function timesIn(question: string, now: number): string[] {
  const found = numbersIn(question)
  const days = daysIn(question, now, found)
  const out = new Set(days.map(dayText))
  const spans = spansIn(question, found)
  for (const text of spans) out.add(text)
  if (/\bmin|minut|hour|stunde|heure|hora|\bora\b|ore\b|uur/i.test(question))
    for (const n of found) {
      if (/\bmin|minut/i.test(question)) out.add(minuteText(now - n * minute))
      if (!Number.isInteger(n)) out.add(minuteText(now - n * hour))
    }
  if (/quarter of an hour|viertelstunde|quart d'heure/i.test(question))
    out.add(minuteText(now - 15 * minute))
  const today = daysOf(now)
  const bases = [...new Set([...days, today, today - day])].filter((d) => d <= now)
  const at = (base: number, h: number, m = 0) => out.add(minuteText(base + h * hour + m * minute))
  for (const [words, hours] of dayParts)
    if (words.test(question)) for (const base of bases) for (const h of hours) at(base, h)
  for (const [, h, m, half] of question.matchAll(
    /\b(2[0-4]|[01]?\d)(?!\d)(?:[:.h](\d\d))?\s?(am|pm|a\.m|p\.m|uhr|h\b|o'clock)?/gi,
  )) {
    const minutes = Number(m ?? 0)
    if (
      minutes > 59 ||
      (m === undefined &&
        half === undefined &&
        !/\b(?:since|from|after|before|until|to|at|and|ab|seit|à|depuis|desde|dalle|vanaf|past|between)\b/i.test(
          question,
        ))
    )
      continue
    for (const base of bases)
      for (const off of [0, 12]) if (Number(h) + off <= 24) at(base, Number(h) + off, minutes)
  }
  for (const n of found.filter((x) => Number.isInteger(x) && x <= 12))
    if (/half past|o'clock|\b(?:since|after|before|until|at)\b/i.test(question))
      for (const base of bases)
        for (const off of [0, 12]) {
          at(base, n + off)
          if (/half past/i.test(question)) at(base, n + off, 30)
        }
  return [...out]
}

const units: [RegExp, number, 'h' | 'd'][] = [
  [/^(?:h|hrs?|hours?|stunden?|heures?|horas?|or[ae]|uur|uren)$/, 1, 'h'],
  [/^(?:d|days?|tag(?:en?)?|jours?|días?|dias?|giorn[oi]|dag(?:en)?)$/, 1, 'd'],
  [/^(?:w|wks?|weeks?|wochen?|semaines?|semanas?|settiman[ae]|we(?:ek|ken))$/, 7, 'd'],
  [/^(?:months?|mths?|monate?n?|mois|mes(?:es|i|e)?|maand(?:en)?|mês)$/, 30, 'd'],
  [/^(?:quarters?|quartale?n?|trimest\w*|kwartalen?)$/, 90, 'd'],
  [/^(?:years?|jahren?|ans?|années?|años?|ann[oi]|jaar|anos?)$/, 365, 'd'],
]

/**
 * Lengths of time that a question names: of each unit in it, by the number nearest before it, or by
 * all numbers where none stands close.
 */
function spansIn(question: string, numbersFound: readonly number[]): string[] {
  const words = question.toLowerCase().match(/[\p{L}\d]+/gu) ?? []
  const out = new Set<string>()
  const say = (n: number, by: number, unit: string) => {
    const whole = n * by
    const text = Number.isInteger(whole) ? `${whole}${unit}` : `${whole * 24}h`
    if (/^[1-9]\d{0,3}[hd]$/.test(text)) out.add(text)
  }
  words.forEach((word, i) => {
    const [, glued, letters] = /^(\d{1,4})(\p{L}+)$/u.exec(word) ?? []
    const unit = units.find(([name]) => name.test(letters ?? word))
    if (!unit) return
    const [, by, letter] = unit
    if (glued) {
      say(Number(glued), by, letter)
      return
    }
    const before = words.slice(Math.max(0, i - 4), i + 4)
    const near = numbersIn(before.join(' '))
    for (const n of near.length > 0 ? near : [...numbersFound, 1]) say(n, by, letter)
    if (near.includes(0.5)) say(1.5, by, letter)
  })
  if (/fortnight/i.test(question)) out.add('14d')
  return [...out]
}

/** Times that need no ground in the question beside the sense of it. */
export const commonTimes: readonly string[] = [
  ...periods,
  ...weekdays,
  ...['1h', '7d', '24h', '30d', '365d', '1970-01-01'],
]

/** How a time that begins so may end: at one of these, at a time that must be named, at none, or either. */
export type End = 'named' | 'open' | 'either' | readonly string[]

/** Hours that a part of a day lasts, by the hour where it begins. */
const lasting: Record<number, number> = { 6: 6, 12: 6, 18: 6, 20: 10 }

/** Periods that are over end where the next begins, unless the question asks since then. */
export function endOf(since: string, question: string): End {
  const free = sinceWords.test(question) || compareWords.test(question)
  const isWord = /^[a-z]/.test(since)
  if (isWord && !/^(?:today|this_)/.test(since)) return free ? 'either' : 'named'
  if (/^\d{4}-/.test(since) && since !== '1970-01-01') {
    const start = Date.parse(since)
    const lasts = lasting[new Date(start).getUTCHours()]
    const part = dayParts.some(([words]) => words.test(question))
    if (since.includes('T') && part && lasts && !free && !/\d/.test(question))
      return [minuteText(start + lasts * hour)]
    if (
      !since.includes('T') &&
      !free &&
      !part &&
      !/this|dies|cette|este|quest|deze|\bdit\b|so far|to date|of the year|as of|year/i.test(
        question,
      )
    )
      return 'named'
    return 'either'
  }
  return untilWords.test(question) ? 'either' : 'open'
}

/** Whether a question with a part of a day in it can mean a whole day of that name. */
export const wholeDays = (question: string): boolean =>
  !dayParts.some(([words]) => words.test(question))
