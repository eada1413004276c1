import type { AwsSettings } from './aws-settings.ts'
import type { DnsWorld } from './dns-zones.ts'
import type { GoogleSettings } from './google-settings.ts'
import type { SlackSettings } from './slack-settings.ts'

/**
 * A made-up company: everything its accounts will ever show, made at once from a seed, each thing
 * with the moment from which the vendor's API shows it. The servers serve what is visible now.
 */
export interface World {
  seed: number
  /** Local midnight before the first working day, ms UTC; the daemon starts here. */
  start: number
  /** When the attack day begins (the quiet day lies between `start` and this). */
  attackDay: number
  end: number
  company: {
    name: string
    domain: string
    /** IANA. */
    time_zone: string
    /** CIDR of the office network. */
    networks: string[]
    aws_account: string
  }
  people: OfficePerson[]
  slack: SlackWorld
  /** Roles, guests, apps and shared channels; without it everybody is a plain member. */
  slack_settings?: SlackSettings
  /** The company's public records; without it no name server is needed. */
  dns?: DnsWorld
  /** What the AWS account holds; without it the monitor is refused everything but the trail. */
  aws?: AwsSettings
  /** Mailbox settings, accounts and audit records; without it all lists are empty. */
  google?: GoogleSettings
  mail: MailItem[]
  trail: TrailItem[]
  /** What really happened, by the pipeline's event uids. */
  truth: Truth[]
}

export interface OfficePerson {
  name: string
  email: string
  role: string
  slack_id: string
  /** IAM user name, for those who have one. */
  iam_user: string | null
  time_zone: string
  /** Usual first and last hour of work, local. */
  hours: [number, number]
  home_ip: string
}

export interface SlackWorld {
  team: { id: string; name: string; domain: string }
  /** The monitor's own bot. */
  bot: { user_id: string; bot_id: string; name: string }
  /** Other apps that post: authors of messages with subtype `bot_message`. */
  bots?: { user_id: string; bot_id: string; name: string }[]
  channels: { id: string; name: string; is_private: boolean; is_member: boolean }[]
  messages: SlackItem[]
}

export interface SlackItem {
  channel: string
  /** `1764064800.000123`: unique per channel, also the moment it was written. */
  ts: string
  user: string
  text: string
  thread_ts?: string
  subtype?: string
  files?: { id: string; name: string; mimetype: string }[]
  /** ms UTC from which the API shows it. */
  visible: number
  edits?: { at: number; text: string }[]
  deleted_at?: number
}

export interface MailItem {
  mailbox: string
  /** Gmail message id: 16 hex digits. */
  id: string
  thread_id: string
  /** ms UTC: `internalDate`. */
  time: number
  visible: number
  labels: string[]
  /** RFC 5322, CRLF. */
  raw: string
}

export interface TrailItem {
  region: string
  visible: number
  /** A CloudTrail record; the API wraps it. */
  record: Record<string, unknown> & {
    eventID: string
    eventTime: string
    eventName: string
    eventSource: string
  }
  /** Shown a second time at this moment (CloudTrail may deliver twice). */
  again?: number
}

export interface Truth {
  name: string
  /** Event uids as the sources make them, in order of time. */
  events: string[]
}
