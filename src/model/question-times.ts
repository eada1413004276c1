import { type periods, weekdays } from '../core/span.ts'

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
const dayParts =
  /\b(?:night|nite|overnight|nights?|anoche|vannacht|gister\w+|vanochtend|vanavond|morning|afternoon|evening|noon|midday|midnight|lunch|asleep|breakfast|dawn|tonight|nacht\w*|nachts|morgens?|vormittag\w*|nachmittag\w*|abends?|mittags?|nuit|matin|soir|après-midi|midi|minuit|noche|mañana|tarde|madrugada|mediodía|notte|stanotte|stamattina|mattina|sera|ieri sera|pomeriggio|mezzogiorno|ochtend\w*|middag\w*|avond\w*|noite|manhã|meio-dia|weekend)\b/i

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
  for (const n of found) {
    for (const text of [
      `${n}h`,
      `${n}d`,
      `${n * 7}d`,
      `${n * 30}d`,
      `${n * 24}h`,
      `${n * 90}d`,
      `${n * 365}d`,
    ])
      if (/^[1-9]\d{0,3}[hd]$/.test(text)) out.add(text)
    if (n === 0.5) for (const text of ['12h', '180d', '15d']) out.add(text)
  }
  if (/\bmin|minut|hour|stunde|heure|hora|\bora\b|ore\b|uur/i.test(question))
    for (const n of found) {
      if (/\bmin|minut/i.test(question)) out.add(minuteText(now - n * minute))
      if (!Number.isInteger(n)) out.add(minuteText(now - n * hour))
    }
  if (/quarter of an hour|viertelstunde|quart d'heure/i.test(question))
    out.add(minuteText(now - 15 * minute))
  if (/fortnight/i.test(question)) out.add('14d')
  const today = daysOf(now)
  const bases = [...new Set([...days, today, today - day])].filter((d) => d <= now)
  const at = (base: number, h: number, m = 0) => out.add(minuteText(base + h * hour + m * minute))
  if (dayParts.test(question))
    for (const base of bases) for (const h of [0, 6, 12, 18, 20, 24, 30]) at(base, h)
  for (const [, h, m, half] of question.matchAll(
    /\b([01]?\d|2[0-4])(?:[:.h](\d\d))?\s?(am|pm|a\.m|p\.m|uhr|h\b|o'clock)?/gi,
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

/** Times that need no ground in the question beside the sense of it. */
export const commonTimes: readonly string[] = [
  ...([
    'today',
    'yesterday',
    'this_week',
    'last_week',
    'this_month',
    'last_month',
  ] satisfies (typeof periods)[number][]),
  ...weekdays,
  ...['1h', '24h', '7d', '14d', '30d', '90d', '365d', '1970-01-01'],
]
