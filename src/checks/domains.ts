import type { Check, CheckContext } from '../core/check.ts'
import type { Item } from '../core/inventory.ts'

/** Whether people of the company have mail addresses there. */
const hasMailboxes = ({ name }: Item, { people }: CheckContext): boolean =>
  people.list.some(({ emails }) => emails.some((email) => email.toLowerCase().endsWith(`@${name}`)))

const listOf = (value: Item['facts'][string] | undefined): string[] =>
  Array.isArray(value) ? value : []

const takesMail = ({ facts }: Item): boolean => listOf(facts.mx).some((host) => host !== '.')

/** Whether receivers are asked to hold forged mail back, whatever SPF says. */
const isEnforced = ({ facts }: Item): boolean =>
  (facts.dmarc_policy === 'reject' || facts.dmarc_policy === 'quarantine') && facts.dmarc_pct !== 0

const where = 'where the DNS of the domain is kept (often where it was bought)'

/** What the public records of the company's domains let strangers do. */
export const domainChecks: readonly Check[] = [
  {
    id: 'spf-missing',
    kind: 'domain',
    severity: 'medium',
    mend: `Add a TXT record ${where}: “v=spf1 include:_spf.google.com ~all” if all mail goes through Google, otherwise as the help of your mail provider says.`,
    find: (item) => {
      if (item.facts.spf_records !== 0) return null
      if (isEnforced(item))
        return {
          text: `No SPF record says which servers may send mail as ${item.name}; its DMARC record alone holds forged mail back`,
          severity: 'low',
        }
      return `Anybody can send mail that looks as if it came from ${item.name}: no SPF record says which servers may`
    },
  },
  {
    id: 'spf-open',
    kind: 'domain',
    severity: 'high',
    mend: `Change the end of the SPF record to “~all” ${where}, after checking that every service you send mail with is named in it.`,
    find: (item) => {
      const { name, facts } = item
      if (facts.spf_records !== 1) return null
      if (facts.spf_all === '+')
        return `Anybody can send mail that passes as ${name}: its SPF record names every server in the world (“+all”)`
      if (facts.spf_all !== '?' && facts.spf_all !== 'none') return null
      const text = `The SPF record of ${name} says nothing about servers it does not name, so mail they send in its name passes as unproven, not as forged`
      return { text, severity: isEnforced(item) ? 'low' : 'medium' }
    },
  },
  {
    id: 'spf-broken',
    kind: 'domain',
    severity: 'medium',
    mend: `Keep one SPF record ${where}, with no more than ten services in it: merge two into one, and take out services you no longer send mail with.`,
    find: ({ name, facts }) => {
      const { spf_records, spf_lookups } = facts
      if (typeof spf_records === 'number' && spf_records > 1)
        return `${name} has ${spf_records} SPF records, so mail servers use none of them: forged mail looks as good as yours`
      if (typeof spf_lookups === 'number' && spf_lookups > 10)
        return `The SPF record of ${name} sends mail servers to more than ten other places, so they give up: your own mail may land in spam, and forged mail looks as good as yours`
      return null
    },
  },
  {
    id: 'dmarc-missing',
    kind: 'domain',
    severity: 'medium',
    mend: `Add a TXT record named _dmarc ${where}: first “v=DMARC1; p=none; rua=mailto:” with an address of yours, and after some weeks of good reports “p=quarantine”.`,
    find: ({ name, facts }) => {
      if (Number(facts.dmarc_records) > 1)
        return `${name} has ${facts.dmarc_records} DMARC records, so mail servers use none of them and deliver forged mail in its name`
      return facts.dmarc_records === 0
        ? `Mail servers are not told to hold back forged mail from ${name}: it has no DMARC record`
        : null
    },
  },
  {
    id: 'dmarc-watching',
    kind: 'domain',
    severity: 'low',
    mend: `When the reports show that your own mail passes, change “p=none” to “p=quarantine” in the TXT record _dmarc ${where}.`,
    find: (item) =>
      item.facts.dmarc_policy && !isEnforced(item)
        ? `Forged mail from ${item.name} is still delivered: its DMARC record only asks for reports`
        : null,
  },
  {
    id: 'dkim-missing',
    kind: 'domain',
    severity: 'low',
    mend: 'Turn on DKIM at your mail provider (Google: Admin console → Apps → Google Workspace → Gmail → Authenticate email); if it is on, write the name of its key under selectors in the config.',
    find: (item, context) => {
      const { dkim_selectors } = item.facts
      if (!Array.isArray(dkim_selectors) || dkim_selectors.length > 0) return null
      if (!takesMail(item) && !hasMailboxes(item, context)) return null
      return `No DKIM key of ${item.name} was found at the usual names, so its mail may go out unsigned; it may also have a key under a name that Porchlight does not know`
    },
  },
  {
    id: 'mx-missing',
    kind: 'domain',
    severity: 'low',
    mend: `Add the MX records of your mail provider ${where}.`,
    find: (item, context) =>
      takesMail(item) || !hasMailboxes(item, context)
        ? null
        : `${item.name} names no mail server (MX), so mail to the addresses you have there may not arrive`,
  },
]
