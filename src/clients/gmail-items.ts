import type { Item, ItemKind } from '../core/inventory.ts'
import type { MailboxSettings } from './gmail-settings.ts'
import { plain } from './plain.ts'

/** Things of one kind kept, and letters of a fact: settings are written by whoever got in. */
const most = 1000
const longest = 500

const cut = (text: string | undefined): string => (text ?? '').slice(0, longest)
const address = (text: string): string => plain(text, 320).toLowerCase()
const isVerified = (status: string): boolean => status === '' || status === 'accepted'

/** What a mailbox's settings are as items. Pure. */
export function gmailItems(mailbox: string, settings: MailboxSettings): Item[] {
  const item = (kind: ItemKind, id: string, name: string, facts: Item['facts']): Item => ({
    uid: `gmail:${mailbox}:${kind}${id && `:${id.slice(0, 320)}`}`,
    kind,
    product: 'gmail',
    tenant_uid: mailbox,
    name: plain(name) || kind,
    holder: mailbox,
    facts,
  })
  const { autoForwarding: auto, imap, pop, vacation } = settings
  const target = address(auto.emailAddress)
  const known = settings.forwardingAddresses.map((f) => ({
    to: address(f.forwardingEmail),
    verified: isVerified(f.verificationStatus),
  }))
  if (target && !known.some(({ to }) => to === target)) known.push({ to: target, verified: true })

  const items = [
    ...known.slice(0, most).map(({ to, verified }) => {
      const enabled = auto.enabled && to === target
      const disposition = enabled ? cut(auto.disposition) : null
      return item('forwarding', to, to, { to, enabled, disposition, verified })
    }),
    ...settings.filters.slice(0, most).map(({ id, criteria, action }) => {
      const adds = action.addLabelIds ?? []
      const removes = action.removeLabelIds ?? []
      const words = [criteria.from, criteria.to, criteria.subject, criteria.query]
      return item('mail_filter', id, plain(words.filter(Boolean).join(' ')) || 'all mail', {
        from: cut(criteria.from),
        to: cut(criteria.to),
        subject: cut(criteria.subject),
        query: cut(criteria.query),
        forward: address(action.forward ?? '') || null,
        delete: adds.includes('TRASH'),
        spam: adds.includes('SPAM'),
        archive: removes.includes('INBOX'),
        mark_read: removes.includes('UNREAD'),
        add_label: adds.filter((l) => l !== 'TRASH' && l !== 'SPAM').slice(0, 20),
      })
    }),
    ...(settings.delegates ?? []).slice(0, most).map((d) => {
      const who = address(d.delegateEmail)
      return item('delegate', who, who, {
        address: who,
        verified: isVerified(d.verificationStatus),
      })
    }),
    ...settings.sendAs.slice(0, most).map((s) => {
      const from = address(s.sendAsEmail)
      return item('send_as', from, from, {
        address: from,
        display_name: cut(s.displayName),
        reply_to: address(s.replyToAddress) || null,
        is_primary: s.isPrimary,
        is_default: s.isDefault,
        treat_as_alias: s.treatAsAlias,
        verified: isVerified(s.verificationStatus),
      })
    }),
    item('mail_client_access', '', mailbox, {
      imap: imap.enabled,
      pop: pop.accessWindow !== '' && pop.accessWindow !== 'disabled',
    }),
    item('auto_reply', '', plain(vacation.responseSubject) || 'auto-reply', {
      enabled: vacation.enableAutoReply,
      subject: cut(vacation.responseSubject),
      text: cut(vacation.responseBodyPlainText),
      contacts_only: vacation.restrictToContacts,
      domain_only: vacation.restrictToDomain,
      start_time: vacation.startTime,
      end_time: vacation.endTime,
    }),
  ]
  // The same address twice is one item.
  return [...new Map(items.map((one) => [one.uid, one])).values()]
}
