import { type AwsKey, type AwsUser, root } from './aws-settings.ts'
import { isoSeconds } from './calendar.ts'

const columns = [
  ['user', 'arn', 'user_creation_time', 'password_enabled', 'password_last_used'],
  ['password_last_changed', 'password_next_rotation', 'mfa_active'],
  ...[1, 2].map((n) =>
    ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map(
      (name) => `access_key_${n}_${name}`,
    ),
  ),
  ['cert_1_active', 'cert_1_last_rotated', 'cert_2_active', 'cert_2_last_rotated'],
].flat()

/**
 * IAM's credential report: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 * Real ones have no line end after the last row.
 */
export const reportCsv = (account: string, users: readonly AwsUser[]): string =>
  [columns, ...users.map((user) => rowOf(account, user))]
    .map((fields) => fields.map(quoted).join(','))
    .join('\n')

const rowOf = (account: string, { name, created, password, mfa, keys }: AwsUser): string[] => [
  name,
  `arn:aws:iam::${account}:${name === root ? 'root' : `user/${name}`}`,
  isoSeconds(created),
  String(password !== null),
  password ? (password.used === null ? 'no_information' : isoSeconds(password.used)) : 'N/A',
  password ? isoSeconds(password.changed) : 'N/A',
  name === root ? 'not_supported' : 'N/A',
  String(mfa),
  ...[0, 1].flatMap((n) => keyFields(keys[n])),
  ...['false', 'N/A', 'false', 'N/A'],
]

const keyFields = (key: AwsKey | undefined): string[] =>
  key
    ? [
        String(key.active),
        isoSeconds(key.rotated),
        key.used ? isoSeconds(key.used.at) : 'N/A',
        key.used?.region ?? 'N/A',
        key.used?.service ?? 'N/A',
      ]
    : ['false', 'N/A', 'N/A', 'N/A', 'N/A']

const quoted = (field: string): string =>
  /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
