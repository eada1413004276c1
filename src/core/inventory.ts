import type { Product } from './event.ts'

/** What an account may hold. */
export type ItemKind =
  // People and their ways in
  | 'user'
  | 'app_password'
  | 'app_grant'
  | 'access_key'
  | 'group'
  // A mailbox's settings
  | 'forwarding'
  | 'mail_filter'
  | 'delegate'
  | 'send_as'
  | 'mail_client_access'
  | 'auto_reply'
  // What lies open, and who would notice
  | 'shared_file'
  | 'bucket'
  | 'snapshot'
  | 'trail'
  | 'chat_app'
  | 'channel'
  | 'domain'

/**
 * One thing an account holds now: a user, a key, a forwarding rule. OCSF calls such records
 * discovery: https://schema.ocsf.io/categories/discovery
 */
export interface Item {
  /** The source's own stable id; the same thing keeps it. */
  uid: string
  kind: ItemKind
  product: Product
  /** Slack team, mailbox, Google customer or AWS account it was read from. */
  tenant_uid: string
  /** As people of the company know it; may be outside text. */
  name: string
  /** The account that holds it, as its source names it: a mail address, Slack id or IAM user; or null. */
  holder: string | null
  /** What is known of it, by the vendor's own words in snake_case; times in ms since 1970. */
  facts: Record<string, string | number | boolean | null | string[]>
}

/** All items of one scope, such as `gmail:ana@acme.example`: what is missing is gone. */
export interface Inventory {
  scope: string
  items: Item[]
}
