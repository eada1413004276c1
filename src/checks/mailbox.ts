import type { Check, CheckContext } from '../core/check.ts'
import type { Item } from '../core/inventory.ts'
import type { People } from '../core/people.ts'

const hostOf = (address: string): string => address.split('@').at(-1) ?? ''
const isOwn = (address: string, { domains }: People): boolean =>
  domains.some((d) => hostOf(address) === d || hostOf(address).endsWith(`.${d}`))
/** Neither the company's own nor an address of one of its people. */
const isOutside = (address: string, people: People): boolean =>
  address.includes('@') && !isOwn(address, people) && !people.find(address)

/** Where companies have tickets and receipts sent on to; others may have accounts there too. */
const desks =
  /(?:^|\.)(?:zendesk|freshdesk|frontapp|gorgias|intercom-mail|hubspot|helpscout|hubdoc|xerofiles|receipt-bank|dext|expensify)\.(?:com|net|cc|io)$/

/** An owner looks for these, so whoever wants to stay unseen hides them. */
const sensitive =
  /invoice|payment|remittance|\biban\b|\bbank|wire transfer|security|password|verification|sign-?in|hacked|phish|suspicious|fraud|accounts\.google|rechnung|zahlung|passwort|sicherheit|factur|fattur|pagamento|virement|contrase|senha/i
/** Bulk mail that people put away by the hundred. */
const bulk = /newsletter|notifications@|unsubscribe|digest/i

const text = (item: Item, fact: string): string => String(item.facts[fact] ?? '')
const about = (item: Item): string =>
  ['from', 'to', 'subject', 'query']
    .map((fact) => text(item, fact))
    .join(' ')
    .trim()
const others = (item: Item, { items }: CheckContext): Item[] =>
  items(item.kind).filter((other) => other.uid !== item.uid && other.product === item.product)

/** What is wrong with the settings of a mailbox. */
export const mailboxChecks: readonly Check[] = [
  {
    id: 'mail-forwarded-outside',
    kind: 'forwarding',
    severity: 'high',
    mend: 'Open Gmail of this mailbox, go to Settings > Forwarding and POP/IMAP, and remove the address; then change the password and sign out all other sessions.',
    find(item, { people }) {
      const to = text(item, 'to')
      if (!isOutside(to, people)) return null
      if (item.facts.enabled !== true)
        return item.facts.verified === true
          ? {
              text: `Mail of ${item.holder} may be forwarded to ${to}: the address is allowed, though not in use now`,
              severity: 'low',
            }
          : null
      const said = `Mail of ${item.holder} is forwarded to ${to}`
      return desks.test(hostOf(to)) ? { text: said, severity: 'low' } : said
    },
  },
  {
    id: 'filter-forwards-outside',
    kind: 'mail_filter',
    severity: 'high',
    mend: 'Open Gmail of this mailbox, go to Settings > Filters and Blocked Addresses, and delete the filter; then change the password and sign out all other sessions.',
    find(item, { people }) {
      const to = text(item, 'forward')
      if (!isOutside(to, people)) return null
      const said = `A filter sends mail of ${item.holder} about “${item.name}” on to ${to}`
      return desks.test(hostOf(to)) ? { text: said, severity: 'low' } : said
    },
  },
  {
    id: 'filter-hides-mail',
    kind: 'mail_filter',
    severity: 'high',
    mend: 'Ask the owner of the mailbox whether they made this filter; if not, delete it in Gmail under Settings > Filters and Blocked Addresses, and change the password.',
    find(item, { people }) {
      const { archive, mark_read, add_label } = item.facts
      const deletes = item.facts.delete === true || item.facts.spam === true
      if (!deletes && !(archive === true && mark_read === true)) return null
      const way = deletes ? 'throws away' : 'hides'
      const words = about(item)
      if (words === '') return `A filter ${way} all mail of ${item.holder} before it is seen`
      if (!deletes && bulk.test(words)) return null
      const person = people.find(text(item, 'from').trim())
      if (person)
        return {
          text: `A filter ${way} mail from ${person.name} to ${item.holder} before it is seen`,
          severity: 'medium',
        }
      if (!sensitive.test(words)) return null
      const said = `A filter ${way} mail of ${item.holder} about “${item.name}” before it is seen`
      const isFiled = !deletes && Array.isArray(add_label) && add_label.length > 0
      return isFiled ? { text: said, severity: 'medium' } : said
    },
  },
  {
    id: 'delegate-unknown',
    kind: 'delegate',
    severity: 'medium',
    mend: 'Open Gmail of this mailbox, go to Settings > Accounts > Grant access to your account, and remove the delegate unless you know why it is there.',
    find(item, { people, items }) {
      const who = text(item, 'address')
      if (people.find(who) || people.list.length === 0) return null
      const said = `${who} can read and send mail of ${item.holder}`
      if (!isOwn(who, people)) return { text: said, severity: 'high' }
      const isUser = items('user').some(
        (u) => u.product === 'workspace' && u.facts.email === who && u.facts.suspended === false,
      )
      return isUser ? null : `${said}, and is nobody of the company that Porchlight knows`
    },
  },
  {
    id: 'sends-as-outsider',
    kind: 'send_as',
    severity: 'medium',
    mend: 'Open Gmail of this mailbox, go to Settings > Accounts > Send mail as, and remove the address or set its reply-to back.',
    find(item, { people }) {
      const from = text(item, 'address')
      const reply = text(item, 'reply_to')
      if (isOutside(reply, people))
        return {
          text: `Answers to mail that ${item.holder} sends as ${from} go to ${reply}`,
          severity: 'high',
        }
      const { verified, is_primary, is_default } = item.facts
      if (verified !== true || is_primary === true || !isOutside(from, people)) return null
      return is_default === true
        ? { text: `All mail that ${item.holder} writes is sent as ${from}`, severity: 'high' }
        : `${item.holder} can send mail as ${from}, an address outside the company`
    },
  },
  {
    id: 'old-mail-client-access',
    kind: 'mail_client_access',
    severity: 'low',
    mend: 'Ask whether a mail program needs it; if not, turn it off in Gmail under Settings > Forwarding and POP/IMAP.',
    find(item, context) {
      const rest = others(item, context)
      if (rest.length < 3) return null
      const odd = (['pop', 'imap'] as const).filter(
        (way) => item.facts[way] === true && rest.every((other) => other.facts[way] !== true),
      )
      if (odd.length === 0) return null
      const ways = odd.map((way) => way.toUpperCase()).join(' and ')
      return `${ways} is on for ${item.holder} and for nobody else: a mail program may fetch all its mail`
    },
  },
]
