import {
  type Activity,
  baseEvent,
  type Event,
  type Link,
  type MaskedSecret,
  type User,
  uniqueObservables,
} from '../core/event.ts'
import { createPeople, type People } from '../core/people.ts'

const now = Date.parse('2026-11-20T10:00:00Z')
const minute = 60_000
const account = '111122223333'

/** The company of the examples. */
export const samplePeople: People = createPeople(
  [
    {
      name: 'Ana Lindqvist',
      emails: ['ana@harbourbakery.example', 'ana.lindqvist@gmail.com'],
      role: 'owner',
      approver: true,
      accounts: ['U0ANA', 'ana'],
    },
    {
      name: 'Ben Okafor',
      emails: ['ben@harbourbakery.example'],
      role: 'accounts',
      approver: false,
      accounts: ['U0BEN', 'ben'],
    },
  ],
  { domains: ['harbourbakery.example'], networks: ['198.51.100.0/24'] },
)

interface When {
  /** How long before the example's moment. */
  minutesAgo?: number
}

/** A mail to ben@harbourbakery.example; `from` as `Name <address>`. */
export function sampleMail(
  options: When & {
    from: string
    reply_to?: string
    to?: string
    subject?: string
    text?: string
    links?: Link[]
    files?: string[]
    forged?: boolean
    hidden_text?: string
    secrets?: MaskedSecret[]
  },
): Event {
  const parse = (text: string) => {
    const [, name = '', address = text] = /^(.*?)\s*<(.*)>$/.exec(text) ?? []
    return { name, address }
  }
  const from = parse(options.from)
  const to = parse(options.to ?? 'Ben Okafor <ben@harbourbakery.example>')
  const time = now - (options.minutesAgo ?? 0) * minute
  const own = (address: string) => samplePeople.domains.some((d) => address.endsWith(`@${d}`))
  const direction = own(from.address) ? (own(to.address) ? 'internal' : 'outbound') : 'inbound'
  const result = options.forged ? 'fail' : 'pass'
  const tenant = direction === 'outbound' ? from.address : to.address
  return baseEvent({
    uid: `gmail:${tenant}:${time.toString(16)}${options.subject ?? ''}`,
    product: 'gmail',
    tenant_uid: tenant,
    class_name: 'Email Activity',
    activity_name: direction === 'outbound' ? 'Send' : 'Receive',
    time,
    status: 'success',
    message: options.text ?? '',
    actor: { user: { uid: from.address, name: from.name, email_addr: from.address, type: 'user' } },
    email: {
      from,
      reply_to: options.reply_to ? parse(options.reply_to) : null,
      to: [to],
      cc: [],
      subject: options.subject ?? '',
      message_uid: null,
      authentication: { spf: result, dkim: result, dmarc: result },
      links: options.links ?? [],
      files: options.files ?? [],
      direction: options.forged ? 'inbound' : direction,
      fingerprint: `${time}${options.subject ?? ''}`,
    },
    unmapped: {
      activity: direction === 'outbound' ? 'mail_sent' : 'mail_received',
      secrets: options.secrets ?? [],
      ...(options.hidden_text ? { hidden_text: options.hidden_text } : {}),
    },
  })
}

/** A message in #general. */
export function sampleSlack(
  options: When & { text: string; by?: Partial<User>; links?: Link[]; secrets?: MaskedSecret[] },
): Event {
  const time = now - (options.minutesAgo ?? 0) * minute
  return baseEvent({
    uid: `slack:T0BAKE:C0GENERAL:${time / 1000}`,
    product: 'slack',
    tenant_uid: 'T0BAKE',
    activity_name: 'Message',
    time,
    status: 'success',
    message: options.text,
    actor: { user: { uid: 'U0BEN', name: 'ben', type: 'user', ...options.by } },
    resources: [{ name: '#general', type: 'channel' }],
    unmapped: {
      activity: 'message',
      secrets: options.secrets ?? [],
      channel: { uid: 'C0GENERAL', name: 'general' },
      links: options.links ?? [],
    },
  })
}

/** A masked secret as the store leaves it. */
export const sampleSecret = (rule: string): MaskedSecret => ({
  rule,
  masked: 'abcd…wxyz',
  hmac: '0'.repeat(64),
})

/** An API call by the deploy key from a cloud network. */
export function sampleTrail(
  options: When & {
    operation: string
    service?: string
    user?: Partial<User>
    key?: string
    ip?: string | null
    network?: string
    country?: string
    error?: string
    request?: Record<string, unknown>
    read_only?: boolean
    user_agent?: string
    activity?: Activity
    /** Access key that the call made. */
    made?: string
  },
): Event {
  const time = now - (options.minutesAgo ?? 0) * minute
  const key = options.key ?? `AK${'IA'}SAMPLEDEPLOYKEY1`
  const country = options.country ?? 'Germany'
  return baseEvent({
    uid: `cloudtrail:${account}:${time.toString(16)}-${options.operation}-${options.ip ?? ''}`,
    product: 'cloudtrail',
    tenant_uid: account,
    class_name: 'API Activity',
    activity_name: options.operation,
    time,
    status: options.error ? 'failure' : 'success',
    message: `deploy called ${options.operation}`,
    actor: {
      user: {
        uid: `arn:aws:iam::${account}:user/deploy`,
        name: 'deploy',
        type: 'user',
        credential_uid: key,
        ...options.user,
      },
    },
    src_endpoint:
      options.ip === null
        ? null
        : {
            ip: options.ip ?? '203.0.113.10',
            network: options.network ?? '203.0.113.0/24',
            location: { country, continent: 'Europe' },
          },
    api: {
      operation: options.operation,
      service: options.service ?? 'ec2.amazonaws.com',
      error: options.error ?? null,
      user_agent: options.user_agent ?? 'aws-cli/2.15.0',
      region: 'eu-central-1',
      read_only: options.read_only ?? false,
      request: options.request ?? null,
    },
    observables: uniqueObservables(
      [key, ...(options.made ? [options.made] : [])].map((value) => ({
        type: 'access_key' as const,
        value,
      })),
    ),
    unmapped: { activity: options.activity ?? null, secrets: [] },
  })
}
