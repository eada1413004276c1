import { domainOf, hostOf, isFreeMail } from './domains.ts'
import type { Email, Event, Link } from './event.ts'
import { invisible } from './invisible.ts'
import type { History } from './ports.ts'

const day = 86_400_000

/** How well the company knows the sender of a mail. */
export type Acquaintance = 'own' | 'known' | 'domain known' | 'new'

/**
 * `own`: inside the company; `known`: wrote on an earlier day, or was written to; `domain known`:
 * somebody else of the same company did.
 */
export function acquaintance(event: Event, history: History): Acquaintance {
  const email = event.email
  if (email?.direction !== 'inbound') return 'own'
  const { address } = email.from
  if (history.firstSeen('company', 'correspondent', address) !== null) return 'known'
  const earlier = (kind: string, value: string) => {
    const first = history.firstSeen('company', kind, value)
    return first !== null && event.time - first >= day
  }
  if (earlier('sender', address)) return 'known'
  const domain = address.split('@')[1] ?? ''
  return !isFreeMail(domain) && earlier('sender_domain', domain) ? 'domain known' : 'new'
}

/** Whether Google's checks say that the sender's domain did not send this mail. */
export function isForged({ authentication: { spf, dkim, dmarc } }: Email): boolean {
  return dmarc === 'fail' && spf !== 'pass' && dkim !== 'pass'
}

/** Registrable domain of the sender. */
export const senderDomain = (email: Email): string => domainOf(hostOf(email.from.address))

/** More hosts than honest mails link to; each costs a comparison with every brand. */
const mostHosts = 300

/** Links of a mail or chat message that lead to a host, one for each host and text. */
export function linksOf(event: Event): (Link & { host: string; domain: string })[] {
  const seen = new Set<string>()
  const hosts = new Set<string>()
  return (event.email?.links ?? event.unmapped.links ?? []).flatMap((link) => {
    const host = /^(?:mailto|tel|cid|#)/i.test(link.href) ? '' : hostOf(link.href)
    if (host === '' || hosts.size >= mostHosts || seen.has(`${host} ${link.text}`)) return []
    seen.add(`${host} ${link.text}`)
    hosts.add(host)
    return [{ ...link, host, domain: domainOf(host) }]
  })
}

const unseen = new RegExp(`[${invisible}]`, 'gu')

/** Subject and text as a reader sees them: invisible characters gone, one spelling for each letter. */
export function readableText(event: Event): string {
  const text = `${event.email?.subject ?? ''}\n${event.message}`
  return text
    .slice(0, 200_000)
    .normalize('NFKC')
    .replace(unseen, '')
    .replace(/[’‘`´]/g, "'")
}
