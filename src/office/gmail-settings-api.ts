import { freshMailbox, type Row } from './google-settings.ts'
import type { World } from './world.ts'

/** Parts of a mailbox's settings that are served, one quota unit each, and the list each answers with. */
export const gmailSettings: Record<string, string | null> = {
  filters: 'filter',
  forwardingAddresses: 'forwardingAddresses',
  autoForwarding: null,
  sendAs: 'sendAs',
  delegates: 'delegates',
  imap: null,
  pop: null,
  vacation: null,
}

/** What `users.settings` of the Gmail API says of one part of a mailbox. */
export function gmailSetting({ google, people }: World, owner: string, part: string): Row {
  const name = people.find(({ email }) => email === owner)?.name ?? ''
  const state = google?.mailboxes[owner] ?? freshMailbox(owner, name)
  const value = state[part as keyof typeof state]
  const list = gmailSettings[part]
  if (!list) return value as Row
  // Google leaves empty lists out.
  return Array.isArray(value) && value.length > 0 ? { [list]: value } : {}
}
