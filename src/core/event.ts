import type { Severity } from './finding.ts'

/** The systems an event can come from. */
export type Product = 'slack' | 'gmail' | 'workspace' | 'cloudtrail' | 'dns' | 'files'

/** The word people ask by; the vocabulary of `unmapped.activity`. */
export type Activity =
  | 'sign_in'
  | 'sign_in_failed'
  | 'mfa_change'
  | 'password_change'
  | 'message'
  | 'mail_received'
  | 'mail_sent'
  | 'file_shared'
  | 'external_share'
  | 'forwarding_rule'
  | 'mail_filter'
  | 'app_consent'
  | 'app_install'
  | 'admin_change'
  | 'role_change'
  | 'user_created'
  | 'user_removed'
  | 'key_created'
  | 'policy_change'
  | 'permission_change'
  | 'bucket_change'
  | 'data_download'
  | 'secret_read'
  | 'log_tampering'
  | 'network_change'
  | 'compute_started'
  | 'resource_deleted'
  | 'decoy_touched'

/** The joints between events: what the phishing mail, the pasted key and its use share. */
export type ObservableType =
  | 'person'
  | 'mailbox'
  | 'ip'
  | 'access_key'
  | 'session'
  | 'domain'
  | 'host'
  | 'device'
  | 'file'
  | 'url'
  | 'app'

/** A thing that may be met again elsewhere. */
export interface Observable {
  type: ObservableType
  /** Lower case where the thing itself ignores case (domains, hosts, mail addresses). */
  value: string
}

/** Who acted, as the source names them; `person` is filled in by the `read` job from config. */
export interface User {
  /** The source's own id: Slack `U…`, a mail address, an IAM ARN. */
  uid: string
  name?: string
  email_addr?: string
  /** The access key or session key id the call was signed with; absent where none was. */
  credential_uid?: string
  type?: 'user' | 'bot' | 'service' | 'root' | 'role' | 'guest' | 'external' | 'unknown'
  /** Name of the person in config `people`, once known. */
  person?: string
}

/** One address of a mail header. */
export interface Address {
  name: string
  /** Lower case, or '' where the header has none. */
  address: string
}

/** A link as its reader sees it, and where it leads. */
export interface Link {
  text: string
  href: string
}

/** The mail of an Email Activity, parsed. */
export interface Email {
  from: Address
  reply_to: Address | null
  to: Address[]
  cc: Address[]
  subject: string
  /** RFC 5322 Message-ID; the sender chooses it, so it proves nothing. */
  message_uid: string | null
  /** Results of the receiving host only; null where it gave none. */
  authentication: { spf: string | null; dkim: string | null; dmarc: string | null }
  links: Link[]
  /** File names of the attachments. */
  files: string[]
  direction: 'inbound' | 'outbound' | 'internal'
  /** SHA-256 of Message-ID, sender, subject and body: one mail in two mailboxes shares it. */
  fingerprint: string
}

/** A secret found and masked before the first write. */
export interface MaskedSecret {
  /** Rule id of the pattern that found it, e.g. `github-pat`. */
  rule: string
  /** `first4…last4`. */
  masked: string
  /** HMAC-SHA-256 under this box's key, hex: equal secrets are recognisable, nothing more. */
  hmac: string
}

/** Where a call came from. */
export interface SrcEndpoint {
  ip: string
  location?: { country: string; continent: string }
  /** The network the address belongs to, as far as the box knows: `185.220.0.0/16`. */
  network?: string
}

/**
 * One thing that happened. Immutable once stored, but for what `read` adds (`actor.user.person`,
 * `src_endpoint.location`). Field names are OCSF's: https://schema.ocsf.io
 */
export interface Event {
  metadata: {
    /** The source's own stable id; storing twice changes nothing. */
    uid: string
    product: { name: Product }
    /** Slack team, mailbox or AWS account the event was read from. */
    tenant_uid: string
    /** `backfill` for what came with the first day, `drill "NAME"` for made-up events. */
    labels: string[]
  }
  /** OCSF has no chat class: a Slack message is a `Base Event` with `activity_name` `Message`. */
  class_name: 'Base Event' | 'Email Activity' | 'API Activity'
  activity_name: string
  /** Milliseconds since 1970, UTC. */
  time: number
  status: 'success' | 'failure' | 'unknown'
  /** What was said: the text of a chat message or mail, or one sentence about an API call. */
  message: string
  actor: { user: User } | null
  src_endpoint: SrcEndpoint | null
  api: {
    operation: string
    service: string
    /** CloudTrail `errorCode`, or null. */
    error: string | null
    /** CloudTrail `userAgent`: the caller's own text. */
    user_agent: string
    region: string
    read_only: boolean | null
    /** CloudTrail `requestParameters`, as sent. */
    request: Record<string, unknown> | null
  } | null
  /** What was acted on: channel, bucket, role, policy. */
  resources: { name: string; type: string }[]
  email: Email | null
  file: { name: string } | null
  observables: Observable[]
  /** The record as it came, secrets masked; of a mail, its headers only. */
  raw_data: string
  unmapped: {
    activity: Activity | null
    secrets: MaskedSecret[]
    /** Slack: the channel's id and name. */
    channel?: { uid: string; name: string }
    /** Slack: `ts` of the thread's parent, for replies. */
    thread?: string
    /** Slack: links in the message. */
    links?: Link[]
    /** Text was hidden from the reader (white on white, zero width, comments). */
    hidden_text?: string
    /** Why the record could not be parsed. */
    error?: string
    /** What a changed setting has made wrong. */
    weaknesses?: { severity: Severity; text: string; mend: string }[]
  }
}

/** What the ear thinks of a text: label → probability. */
export interface Scores {
  labels: Record<string, number>
  /** Share of probability on no label at all: high means "I can't say". */
  off_label: number
  /** SHA-256 prefix of the model file. */
  model: string
  /** How hostile a text must read before the ear speaks of it alone; absent where it never may. */
  raise?: number
  /** Hash of the rubric or head that gave the scores. */
  rubric: string
}

/** An event and what the ear thinks of it. */
export interface HeardEvent {
  event: Event
  scores: Scores | null
}

/** Messages of a thread that are read beside one of them. */
export const mostEarlier = 3

/** Uid of the message that a Slack reply belongs under; null for all other events. */
export function threadOf({ metadata, activity_name, unmapped }: Event): string | null {
  const { channel, thread } = unmapped
  if (!channel || !thread || activity_name !== 'Message') return null
  return `slack:${metadata.tenant_uid}:${channel.uid}:${thread}`
}

/** The made-up story an event or finding belongs to, or null. */
export function drillOf(event: Event): string | null {
  const label = event.metadata.labels.find((l) => l.startsWith('drill '))
  return label ? label.slice('drill '.length).replaceAll('"', '') : null
}

/** Label of what somebody else did with the monitor's own key, role or token. */
export const ownIdentity = 'own identity'

/** Whether the event came with the first day's back-fill. */
export const isBackfill = (event: Event): boolean => event.metadata.labels.includes('backfill')

/** An event with every optional part empty, for sources and examples to fill. */
export function baseEvent(
  fields: Partial<Event> & { uid: string; product: Product; tenant_uid: string },
): Event {
  const { uid, product, tenant_uid, ...rest } = fields
  return {
    metadata: { uid, product: { name: product }, tenant_uid, labels: [] },
    class_name: 'Base Event',
    activity_name: 'Unknown',
    time: 0,
    status: 'unknown',
    message: '',
    actor: null,
    src_endpoint: null,
    api: null,
    resources: [],
    email: null,
    file: null,
    observables: [],
    raw_data: '',
    unmapped: { activity: null, secrets: [] },
    ...rest,
  }
}

/** Observables without repeats, in a stable order. */
export function uniqueObservables(list: Observable[]): Observable[] {
  const seen = new Map(list.map((o) => [`${o.type}:${o.value}`, o]))
  return [...seen.keys()].sort().map((key) => seen.get(key) as Observable)
}
