import { brands, isBrandDomain, isDistinctive } from './brands.ts'
import { type Host, isFreeMail, type Likeness, likeness, originals, takeApart } from './domains.ts'
import type { Event } from './event.ts'
import type { Severity } from './finding.ts'
import type { DetectContext, History } from './ports.ts'

const day = 86_400_000

/** A domain that looks like one the company knows, and is not it. */
export interface Resemblance {
  domain: string
  target: string
  how: Likeness
  severity: Severity
}

/** Somebody the company really deals with: written to it on three occasions, first a week ago. */
function isEstablished(history: History, domain: string, time: number): boolean {
  const first = history.firstSeen('company', 'sender_domain', domain)
  return (
    first !== null &&
    time - first > 7 * day &&
    history.count('company', 'sender_domain', domain, 180 * day) >= 3
  )
}

const brandNames = brands.flatMap(({ names, domains }) =>
  names.map((name) => ({ ...takeApart(`${name}.com`), real: domains[0] ?? name })),
)
const brandDomains = brands.flatMap((b) => b.domains)

/** `etsy-anything`: a brand's name that is no everyday word, as one word of several. */
const standsBesideWords = ({ words }: Host, name: string): boolean =>
  words.length > 1 && words.includes(name) && isDistinctive(name)

function ofBrand(from: Host): Resemblance | null {
  const { host, domain } = from
  for (const brand of brandNames) {
    const { name, real } = brand
    const how = likeness(from, brand)
    if (how === null) {
      if (!standsBesideWords(from, name)) continue
      return { domain, target: real, how: 'its name with words added', severity: 'medium' }
    }
    // Brands own their name under many endings, and short names have honest neighbours.
    if (how === 'its name with another ending') continue
    if (how === 'one letter off' && name.length < 7) continue
    if (how === 'same letters in other characters' && name.length < 5) continue
    return { domain, target: real, how, severity: 'medium' }
  }
  const target = brandDomains.find((d) => host.startsWith(`${d}.`) || host.includes(`.${d}.`))
  return target ? { domain, target, how: 'its name inside a longer one', severity: 'medium' } : null
}

/** Known correspondents can't be listed, only looked up: every domain this one may be a slip of. */
export function correspondentResemblance(
  from: Host,
  event: Event,
  history: History,
): Resemblance | null {
  const { domain } = from
  const target = originals(domain).find(
    (d) => isEstablished(history, d, event.time) && !isFreeMail(d),
  )
  const how = target === undefined ? null : likeness(from, takeApart(target))
  return target && how ? { domain, target, how, severity: 'high' } : null
}

/** What a host resembles: our own domain, a correspondent’s, or a brand’s; null for nothing. */
export function resemblance(
  host: string,
  event: Event,
  context: Pick<DetectContext, 'history' | 'people'>,
): Resemblance | null {
  const from = takeApart(host)
  const { domain } = from
  const own = context.people.domains
  if (own.includes(domain) || own.some((d) => host.endsWith(`.${d}`))) return null
  if (isBrandDomain(domain) || isFreeMail(domain)) return null
  if (isEstablished(context.history, domain, event.time)) return null
  for (const target of own) {
    const how = likeness(from, takeApart(target))
    if (how) return { domain, target, how, severity: 'high' }
  }
  return ofBrand(from)
}
