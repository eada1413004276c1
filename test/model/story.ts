import { baseEvent, type Event, type Observable } from '../../src/core/event.ts'
import type { Evidence, Finding, Severity } from '../../src/core/finding.ts'
import { createPeople } from '../../src/core/people.ts'
import type { Story } from '../../src/core/ports.ts'

/** A small bakery. */
export const people = createPeople(
  [
    {
      name: 'Ana Ruiz',
      emails: ['ana@bakery.example'],
      role: 'owner',
      approver: true,
      accounts: ['U1', 'ana'],
    },
    {
      name: 'Dana Low',
      emails: ['dana@bakery.example'],
      role: 'payroll',
      approver: false,
      accounts: ['U2', 'dana'],
    },
    {
      name: 'Lou Okoro',
      emails: ['lou@bakery.example'],
      role: 'web shop',
      approver: false,
      accounts: ['U3', 'lou'],
    },
  ],
  { domains: ['bakery.example'], networks: [] },
)

/** Minutes after 10:00 UTC on 20 November 2026. */
export const at = (minute: number): number => Date.parse('2026-11-20T10:00:00Z') + minute * 60_000

/** An access key id of the right shape, made up here. */
export const keyId = (tail = '7Q2F'): string =>
  `AK${'IA'}${'EXAMPLE0'.repeat(2).slice(0, 12)}${tail}`

let count = 0
const uid = () => `e${++count}`

export function mail(
  minute: number,
  o: {
    from?: string
    name?: string
    to?: string
    subject?: string
    text?: string
    link?: string
  } = {},
): Event {
  const box = o.to ?? 'dana@bakery.example'
  return baseEvent({
    uid: `gmail:${box}:${uid()}`,
    product: 'gmail',
    tenant_uid: box,
    class_name: 'Email Activity',
    activity_name: 'Receive',
    time: at(minute),
    status: 'success',
    message: o.text ?? '',
    email: {
      from: { name: o.name ?? '', address: o.from ?? 'help@baakery.example' },
      reply_to: null,
      to: [{ name: '', address: box }],
      cc: [],
      subject: o.subject ?? '',
      message_uid: null,
      authentication: { spf: null, dkim: null, dmarc: null },
      links: o.link ? [{ text: 'here', href: o.link }] : [],
      files: [],
      direction: 'inbound',
      fingerprint: uid(),
    },
    unmapped: { activity: 'mail_received', secrets: [] },
  })
}

export function chat(
  minute: number,
  o: { user?: string | undefined; name?: string; text?: string; channel?: string } = {},
): Event {
  return baseEvent({
    uid: `slack:T:C:${uid()}`,
    product: 'slack',
    tenant_uid: 'T',
    activity_name: 'Message',
    time: at(minute),
    status: 'success',
    message: o.text ?? '',
    actor: { user: { uid: o.user ?? 'U3', name: o.name ?? 'lou' } },
    unmapped: {
      activity: 'message',
      secrets: [],
      channel: { uid: 'C1', name: o.channel ?? 'dev' },
    },
  })
}

export function call(
  minute: number,
  operation: string,
  o: {
    user?: string | undefined
    type?: 'user' | 'root' | 'role'
    key?: string | undefined
    error?: string | undefined
    country?: string | undefined
    ip?: string
    target?: string
  } = {},
): Event {
  const key: Observable[] = o.key ? [{ type: 'access_key', value: o.key }] : []
  return baseEvent({
    uid: `cloudtrail:1:${uid()}`,
    product: 'cloudtrail',
    tenant_uid: '111122223333',
    class_name: 'API Activity',
    activity_name: operation,
    time: at(minute),
    status: o.error ? 'failure' : 'success',
    message: `${o.user} called ${operation}`,
    actor: { user: { uid: o.user ?? 'ana', name: o.user ?? 'ana', type: o.type ?? 'user' } },
    src_endpoint: {
      ip: o.ip ?? '185.220.101.7',
      ...(o.country ? { location: { country: o.country, continent: 'Europe' } } : {}),
    },
    api: {
      operation,
      service: 'iam.amazonaws.com',
      error: o.error ?? null,
      user_agent: 'aws-cli',
      region: 'eu-west-1',
      read_only: null,
      request: null,
    },
    resources: o.target ? [{ name: o.target, type: 'bucket' }] : [],
    observables: key,
  })
}

export function finding(
  detector: string,
  events: Event[],
  o: {
    title?: string
    severity?: Severity
    evidence?: Evidence[]
    observables?: Observable[]
  } = {},
): Finding {
  return {
    uid: `${detector}:${uid()}`,
    title: o.title ?? 'Something unusual',
    severity: o.severity ?? 'high',
    confidence_score: 80,
    analytic: { uid: detector, type: 'Rule' },
    attacks: [],
    event_uids: events.map((e) => e.metadata.uid),
    time: Math.max(...events.map((e) => e.time)),
    observables: o.observables ?? events.flatMap((e) => e.observables),
    evidence: o.evidence ?? [],
    is_drill: false,
  }
}

export function story(events: Event[], findings: Finding[], o: Partial<Story> = {}): Story {
  return {
    incident: {
      uid: 'i1',
      status: 'new',
      verdict: 'unknown',
      attacks: [],
      start_time: events[0]?.time ?? 0,
      end_time: events.at(-1)?.time ?? 0,
      modified_time: 0,
      summary: null,
      risk_level: 'high',
      risk_score: 70,
      src_url: null,
      merged_into: null,
      is_drill: false,
    },
    findings,
    events,
    people,
    context: [],
    steps: [],
    time_zone: 'UTC',
    ...o,
  }
}

const ours = (name: string, value: string): Evidence => ({ name, value, provenance: 'computed' })
const theirs = (name: string, value: string): Evidence => ({ name, value, provenance: 'outside' })

/** Stories of every kind the first detectors tell. */
export function examples(): Record<string, Story> {
  const key = keyId()
  const lure = mail(0, {
    name: 'Bakery Support',
    subject: 'Confirm direct deposit',
    text: 'Dear Ana,\n\nPlease sign in today to confirm your account.\n\nYour wages are on hold until then.\n\nRegards',
    to: 'ana@bakery.example',
    link: 'https://baakery.example/in',
  })
  const lure2 = {
    ...mail(0, {
      name: 'Bakery Support',
      subject: 'Confirm direct deposit',
      text: 'Dear Ana,\n\nPlease sign in today to confirm your account.',
      to: 'lou@bakery.example',
    }),
  }
  const lookalike = (e: Event[]) =>
    finding('lookalike-domain', e, {
      severity: 'medium',
      evidence: [theirs('sent from', 'baakery.example'), ours('resembles', 'bakery.example')],
    })
  const posted = {
    ...chat(12, { text: `deploy key is ${key}` }),
    observables: [{ type: 'access_key' as const, value: key }],
  }
  const used = call(40, 'GetCallerIdentity', { key, country: 'Romania' })
  const buckets = call(41, 'ListBuckets', { key, country: 'Romania' })
  const reads = [42, 43, 44].map((m) =>
    call(m, 'GetObject', { key, country: 'Romania', target: 'bakery-orders' }),
  )
  const denied = [45, 46, 47, 48].map((m, i) =>
    call(m, ['ListUsers', 'ListSecrets', 'CreateUser', 'CreateAccessKey'][i] ?? '', {
      key,
      country: 'Romania',
      error: 'AccessDenied',
    }),
  )
  const root = call(5, 'ConsoleLogin', { user: 'root', type: 'root', country: 'Russia' })
  const stop = call(9, 'StopLogging', {
    user: 'root',
    type: 'root',
    country: 'Russia',
    target: 'main',
  })
  const attach = call(7, 'AttachUserPolicy', {
    user: 'lou',
    country: 'Netherlands',
    target: 'backup-svc',
  })
  return {
    'three stages': story(
      [lure, lure2, posted, used, buckets, ...reads, ...denied],
      [
        lookalike([lure]),
        finding('credential-link', [lure], { severity: 'high' }),
        finding('secret-posted', [posted], { evidence: [ours('aws-access-token', 'abcd…wxyz')] }),
        finding('key-new-network', [used]),
        finding('denied-sweep', denied),
      ],
      {
        context: [
          'history: key AKIA…7Q2F used only from Spain in 90 days',
          'person: Ana Ruiz is the owner',
        ],
        steps: [
          'Switch {key} off in the AWS console.',
          'Ask {person} whether this was them.',
          'Switch {key} off in the AWS console.',
        ],
      },
    ),
    'lookalike mail to two': story([lure, lure2], [lookalike([lure]), lookalike([lure2])]),
    impersonation: story(
      [lure],
      [
        finding('colleague-impersonation', [lure], {
          evidence: [
            theirs('writes as', 'Ana Ruiz'),
            ours('known addresses of the colleague', 'ana@bakery.example'),
          ],
        }),
        finding('gift-cards', [lure]),
      ],
    ),
    forged: story(
      [lure],
      [
        finding('colleague-impersonation', [lure], {
          evidence: [theirs('claims to come from', 'ana@bakery.example')],
        }),
        finding('payment-redirect', [lure]),
      ],
    ),
    'link in chat': story(
      [posted],
      [
        finding('lookalike-domain', [posted], {
          evidence: [theirs('links to', 'x'), ours('resembles', 'paypal.com')],
        }),
        finding('monitor-instruction', [posted]),
      ],
    ),
    'password in chat': story([chat(3, { text: 'shop login hunter…2222' })], []).events.map((e) =>
      story(
        [e],
        [
          finding('secret-posted', [e], {
            observables: [],
            evidence: [ours('generic-password', 'abcd…wxyz')],
          }),
        ],
      ),
    )[0] as Story,
    root: story(
      [root, attach, stop],
      [
        finding('root-use', [root], { severity: 'critical' }),
        finding('admin-policy', [attach]),
        finding('trail-stopped', [stop], { severity: 'critical' }),
      ],
    ),
    'denied only': story(denied, [finding('denied-sweep', denied)]),
    'trail not stopped': story(
      [call(1, 'StopLogging', { error: 'AccessDeniedException', country: 'Germany' })],
      [],
    ).events.map((e) => story([e], [finding('trail-stopped', [e])]))[0] as Story,
    unknown: story(
      [reads[0] as Event, chat(50, { user: 'U99', name: 'Evil "Guest"', text: 'hi' })],
      [finding('mass-download', [reads[0] as Event], { title: 'Many files read' })],
    ),
  }
}
