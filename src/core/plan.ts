import { isIP } from 'node:net'
import { z } from 'zod'
import { countryCodes } from './countries.ts'
import type { Activity, Product } from './event.ts'
import { severities } from './finding.ts'
import { shortTime, spanOf, timePattern } from './span.ts'

/** Every system that can be asked about, in the order plans name them. */
export const sources = [
  'slack',
  'gmail',
  'workspace',
  'cloudtrail',
  'files',
] as const satisfies Product[]

/** Every activity that can be asked about, in the order plans name them. */
export const activities = [
  'sign_in',
  'sign_in_failed',
  'mfa_change',
  'password_change',
  'message',
  'mail_received',
  'mail_sent',
  'file_shared',
  'external_share',
  'forwarding_rule',
  'mail_filter',
  'app_consent',
  'app_install',
  'admin_change',
  'role_change',
  'user_created',
  'user_removed',
  'key_created',
  'policy_change',
  'permission_change',
  'bucket_change',
  'data_download',
  'secret_read',
  'log_tampering',
  'network_change',
  'compute_started',
  'resource_deleted',
  'decoy_touched',
] as const satisfies Activity[]

/** Continents that can be asked about. */
export const continents = [
  'Africa',
  'Asia',
  'Europe',
  'North America',
  'South America',
  'Oceania',
] as const
/** What an answer can be split by. */
export const dimensions = [
  'who',
  'ip',
  'country',
  'source',
  'activity',
  'hour',
  'day',
  'resource',
] as const
/** Forms of an answer. */
export const answers = ['list', 'count', 'top', 'timeline', 'yes_no'] as const

/**
 * Members of a class of characters, as regular expressions and GBNF write it: what JSON writes as it
 * is, without quotes, backslashes, controls, surrogates, and invisible or direction marks.
 */
export const plainChars =
  '\\x21\\x23-\\x5B\\x5D-\\x7E\\u00A1-\\u1FFF\\u2010-\\u2027\\u2030-\\u205E\\u2070-\\uD7FF'
/** Words to look for in a record: 1 to 60 plain characters or spaces, not led by a space. */
export const wordsPattern = new RegExp(`^[${plainChars}][\\x20${plainChars}]{0,59}$`)
/** What may be an address or a network; `executable` looks closer. */
export const ipPattern = /^[0-9A-Fa-f.:]{2,39}(?:\/[1-9]\d{0,2})?$/

const words = z.string().regex(wordsPattern, 'has characters no plan can hold').optional()
const time = z.string().regex(timePattern, 'is neither 24h, 7d, a word for a day, nor an ISO time')
const several = <const T extends readonly [string, ...string[]]>(names: T) =>
  z
    .array(z.enum(names))
    .min(1)
    .refine((list) => new Set(list).size === list.length, 'names something twice')
    .optional()

/**
 * A question as a query. `who` acts, `target` is acted on, `text` stands in the record; `ip` is an
 * address or a network; `min_severity` is a floor; times as in `span.ts`, `until` exclusive.
 */
export const planSchema = z
  .strictObject({
    about: z.enum(['events', 'findings', 'incidents']),
    sources: several(sources),
    activities: several(activities),
    who: words,
    target: words,
    text: words,
    ip: z.string().regex(ipPattern, 'is no address').optional(),
    country: words,
    continent: z.enum(continents).optional(),
    outcome: z.enum(['success', 'failure']).optional(),
    unusual: z.literal(true).optional(),
    min_severity: z.enum(severities).optional(),
    since: time,
    until: time.optional(),
    group_by: z.enum(dimensions).optional(),
    answer: z.enum(answers),
    limit: z.int().min(1).max(1000).optional(),
  })
  .refine((p) => !(p.country && p.continent), 'a country and a continent exclude one another')
  .refine((p) => !p.unusual || p.about === 'events', 'only events can be unusual')
  .refine((p) => !p.min_severity || p.about !== 'events', 'events have no severity')
  .refine((p) => !p.group_by || p.answer !== 'yes_no', 'a yes or no has no groups')

export type Plan = z.infer<typeof planSchema>

const inOrder = <T extends string>(order: readonly T[], list: T[] | undefined) =>
  list && order.filter((name) => list.includes(name))

/**
 * The one text a plan has: JSON without white space, keys and lists in the order above, times in
 * their shortest form. `null`, for a question that can't be answered so, is `null`.
 */
export function planText(plan: Plan | null): string {
  if (plan === null) return 'null'
  const tidy: Plan = {
    ...plan,
    sources: inOrder(sources, plan.sources),
    activities: inOrder(activities, plan.activities),
    since: shortTime(plan.since),
    until: plan.until === undefined ? undefined : shortTime(plan.until),
  }
  return JSON.stringify(tidy, Object.keys(planSchema.shape))
}

/** A plan from its JSON, canonical or not. @throws Error saying which field is wrong */
export function parsePlan(text: string): Plan | null {
  const { data, error } = planSchema.nullable().safeParse(JSON.parse(text))
  if (error) throw new Error(`no plan: ${z.prettifyError(error)}`, { cause: error })
  return data
}

function isNetwork(text: string): boolean {
  const [ip = '', bits] = text.split('/')
  const version = isIP(ip)
  return version !== 0 && (bits === undefined || Number(bits) <= (version === 4 ? 32 : 128))
}

/**
 * Why a plan can't be carried out at `now` (ms since 1970), or null where it can: times that are
 * real and in order, a country and an address that exist.
 */
export function executable(plan: Plan, now: number): string | null {
  const span = spanOf(plan, now)
  if ('wrong' in span) return span.wrong
  if (plan.country !== undefined && !countryCodes.has(plan.country))
    return `country is none we know: ${plan.country}`
  if (plan.ip !== undefined && !isNetwork(plan.ip)) return `ip is no address: ${plan.ip}`
  return null
}
