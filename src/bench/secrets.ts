import { createHash } from 'node:crypto'

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const base62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const digits = '0123456789'

const draw = (seed: string, alphabet: string, length: number) =>
  [...Array(Math.ceil(length / 32)).keys()]
    .flatMap((i) => [...createHash('sha256').update(`${seed} ${i}`).digest()])
    .slice(0, length)
    .map((byte) => alphabet[byte % alphabet.length])
    .join('')

/** What each placeholder stands for: values of the right shape that open nothing. */
const shapes: Record<string, (seed: string) => string> = {
  aws_access_key: (s) => `AKIA${draw(s, base32, 16)}`,
  aws_secret_key: (s) => draw(s, base62, 40),
  github_token: (s) => `ghp_${draw(s, base62, 36)}`,
  slack_token: (s) => ['xoxb', draw(s, digits, 12), draw(s, base62, 24)].join('-'),
  iban: (s) => `DE${draw(s, digits, 20)}`,
  card: (s) => `4${draw(s, digits, 15)}`,
  password: (s) => draw(s, base62, 14),
  phone: (s) => `555-01${draw(s, digits, 2)}`,
  otp: (s) => draw(s, digits, 6),
  secret: (s) => draw(s, base62, 32),
}

/** The placeholder for what a masking rule found. */
export function placeholderFor(rule: string): string {
  if (/aws.*access/.test(rule)) return '{{aws_access_key}}'
  if (/github/.test(rule)) return '{{github_token}}'
  if (/slack/.test(rule)) return '{{slack_token}}'
  if (/iban/.test(rule)) return '{{iban}}'
  if (/card/.test(rule)) return '{{card}}'
  if (/password/.test(rule)) return '{{password}}'
  return '{{secret}}'
}

/** A value with every `{{kind}}` in its texts replaced, the same for the same seed. */
export function fillSecrets<T>(value: T, seed: string): T {
  if (typeof value === 'string')
    return value.replace(/\{\{([a-z_]+)\}\}/g, (whole, kind: string, at: number) =>
      (shapes[kind] ?? (() => whole))(`${seed} ${kind} ${at}`),
    ) as T
  if (Array.isArray(value)) return value.map((v, i) => fillSecrets(v, `${seed} ${i}`)) as T
  if (value && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([k, v]) => [k, fillSecrets(v, `${seed} ${k}`)]),
    ) as T
  return value
}
