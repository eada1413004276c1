/** What an SPF record says by itself: https://www.rfc-editor.org/rfc/rfc7208 */
export interface Spf {
  /** What becomes of senders that nothing else names; null where the record doesn't say. */
  all: '-' | '~' | '?' | '+' | null
  /** Terms that make a receiver ask the DNS; it stops at 10 over all records. */
  lookups: number
  /** Host names whose records count as part of this one, lower case. */
  includes: string[]
  /** Whose record says the rest, as written (it may hold macros), or null. */
  redirect: string | null
}

/** What a DMARC record asks of receivers: https://www.rfc-editor.org/rfc/rfc7489 */
export interface Dmarc {
  policy: 'none' | 'quarantine' | 'reject'
  /** The same for hosts below the domain. */
  subdomains: 'none' | 'quarantine' | 'reject'
  /** Share of mail it is for, 0–100. */
  pct: number
}

/** Receivers give up on longer ones; a record is somebody else's text. */
const longest = 4096
const mostTerms = 500

const hostName = /^(?=.{1,253}$)(?:[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?\.)+[a-z\d-]{2,63}$/

/** A host name that may be looked up, lower case, or null: macros such as `%{i}` are none. */
export function hostIn(text: string): string | null {
  const name = text.toLowerCase().replace(/\.$/, '')
  return hostName.test(name) ? name : null
}

/** The SPF record in one TXT record, or null. What follows `all` is ignored, as receivers do. */
export function parseSpf(record: string): Spf | null {
  const [version, ...terms] = record.slice(0, longest).split(/ +/, mostTerms)
  if (version?.toLowerCase() !== 'v=spf1') return null
  const spf: Spf = { all: null, lookups: 0, includes: [], redirect: null }
  for (const term of terms) {
    const [, target] = /^redirect=(.+)$/i.exec(term) ?? []
    spf.redirect ??= target ?? null
    const [, qualifier, word, value] =
      /^([-~?+]?)(all|include|a|mx|ptr|exists)(?:[:/](.*))?$/i.exec(term) ?? []
    if (word?.toLowerCase() === 'all')
      return { ...spf, all: (qualifier || '+') as Spf['all'], redirect: null }
    if (!word) continue
    spf.lookups += 1
    const host = word.toLowerCase() === 'include' ? hostIn(value ?? '') : null
    if (host) spf.includes.push(host)
  }
  if (spf.redirect) spf.lookups += 1
  return spf
}

/** `a=b; c=d` as DMARC and DKIM write it; of two tags with one name the first counts. */
function tagsIn(record: string): Map<string, string> {
  const tags = new Map<string, string>()
  for (const part of record.slice(0, longest).split(';', mostTerms)) {
    const at = part.indexOf('=')
    const name = part.slice(0, at).trim().toLowerCase()
    if (at > 0 && !tags.has(name)) tags.set(name, part.slice(at + 1).trim())
  }
  return tags
}

const policyIn = (text: string | undefined): Dmarc['policy'] | null => {
  const word = text?.toLowerCase()
  return word === 'none' || word === 'quarantine' || word === 'reject' ? word : null
}

/** The DMARC record in one TXT record, or null; one that only asks for reports has policy `none`. */
export function parseDmarc(record: string): Dmarc | null {
  if (!/^v\s*=\s*DMARC1\s*(?:;|$)/.test(record.slice(0, longest))) return null
  const tags = tagsIn(record)
  const policy = policyIn(tags.get('p')) ?? (tags.has('rua') ? 'none' : null)
  if (!policy) return null
  const pct = tags.get('pct') ?? ''
  return {
    policy,
    subdomains: policyIn(tags.get('sp')) ?? policy,
    pct: /^\d{1,3}$/.test(pct) ? Math.min(100, Number(pct)) : 100,
  }
}

/**
 * Whether a TXT record is a DKIM key in use; an empty `p=` takes a key back, and a wildcard answers
 * any selector with something else: https://www.rfc-editor.org/rfc/rfc6376#section-3.6.1
 */
export function isDkimKey(record: string): boolean {
  const tags = tagsIn(record)
  return (tags.get('v') ?? 'DKIM1') === 'DKIM1' && /^[a-z\d+/=\s]+$/i.test(tags.get('p') ?? '')
}
