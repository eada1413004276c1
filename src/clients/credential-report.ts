/** One user of IAM's credential report; times in ms since 1970, null where it says nothing. */
export interface ReportUser {
  /** `<root_account>` for the root. */
  user: string
  arn: string
  created: number | null
  passwordEnabled: boolean | null
  passwordLastUsed: number | null
  mfa: boolean | null
  /** Keys that exist, switched off ones too. Two at most; their order may change as one goes. */
  keys: ReportKey[]
}

export interface ReportKey {
  number: 1 | 2
  active: boolean
  /** When it was made or last switched on or off. */
  rotated: number | null
  lastUsed: number | null
  region: string | null
  service: string | null
}

/** AWS allows 5,000 users: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const mostUsers = 5_001
const longestField = 2_048
const longestLine = 20_000

/**
 * Reads the report: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 * `unread`: rows that do not fit its header. Never throws.
 */
export function parseReport(csv: string): { users: ReportUser[]; unread: number } {
  const [header = [], ...rows] = csv.split(/\r?\n/).filter(Boolean).map(fieldsOf)
  const users: ReportUser[] = []
  let unread = Math.max(0, rows.length - mostUsers)
  for (const row of rows.slice(0, mostUsers)) {
    const fields = fitted(row, header.length)
    const user = fields && userOf(new Map(header.map((name, i) => [name, fields[i] ?? ''])))
    if (user) users.push(user)
    else unread += 1
  }
  return { users, unread }
}

/** Fields of a line, with or without quotes around them. */
function fieldsOf(line: string): string[] {
  const fields: string[] = []
  for (const [, quoted, plain = ''] of line
    .slice(0, longestLine)
    .matchAll(/(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g))
    fields.push((quoted?.replaceAll('""', '"') ?? plain).slice(0, longestField))
  // The pattern matches once more, empty, at the end of the line.
  if (!line.endsWith(',')) fields.pop()
  return fields
}

/**
 * A name may have commas in it, and whether AWS quotes it is nowhere written: then it stands in the
 * name and again at the end of the ARN.
 */
function fitted(fields: string[], width: number): string[] | null {
  const more = (fields.length - width) / 2
  if (more === 0) return fields
  if (!Number.isInteger(more) || more < 0) return null
  const user = fields.slice(0, 1 + more).join(',')
  const arn = fields.slice(1 + more, 2 + 2 * more).join(',')
  return arn.endsWith(`/${user}`) ? [user, arn, ...fields.slice(2 + 2 * more)] : null
}

function userOf(row: ReadonlyMap<string, string>): ReportUser | null {
  const user = row.get('user')
  const arn = row.get('arn')
  if (!user || !arn) return null
  return {
    user,
    arn,
    created: timeOf(row.get('user_creation_time')),
    passwordEnabled: truthOf(row.get('password_enabled')),
    passwordLastUsed: timeOf(row.get('password_last_used')),
    mfa: truthOf(row.get('mfa_active')),
    keys: ([1, 2] as const).flatMap((number) => keyOf(row, number) ?? []),
  }
}

function keyOf(row: ReadonlyMap<string, string>, number: 1 | 2): ReportKey | null {
  const field = (name: string) => row.get(`access_key_${number}_${name}`)
  const active = truthOf(field('active')) === true
  const rotated = timeOf(field('last_rotated'))
  if (!active && rotated === null) return null
  return {
    number,
    active,
    rotated,
    lastUsed: timeOf(field('last_used_date')),
    region: wordOf(field('last_used_region')),
    service: wordOf(field('last_used_service')),
  }
}

/** The guide writes TRUE, AWS sends `true`; `not_supported` is neither. */
const truthOf = (text = ''): boolean | null =>
  /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : null

/** ISO 8601, or `N/A`, `no_information`, `not_supported`. */
function timeOf(text = ''): number | null {
  const time = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? null : time
}

const wordOf = (text = ''): string | null =>
  /^(N\/A|no_information|not_supported|)$/.test(text) ? null : text.slice(0, 100)
