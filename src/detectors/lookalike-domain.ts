import { brands, isBrandDomain, isDistinctive } from '../core/brands.ts'
import {
  domainOf,
  type Host,
  hostOf,
  isFreeMail,
  type Likeness,
  likeness,
  originals,
  takeApart,
} from '../core/domains.ts'
import type { Event } from '../core/event.ts'
import type { Severity } from '../core/finding.ts'
import { acquaintance, linksOf } from '../core/mail.ts'
import type { DetectContext, Detector, History } from '../core/ports.ts'
import { sampleMail, sampleSlack } from './sample.ts'

const day = 86_400_000

interface Resemblance {
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
function ofCorrespondent(from: Host, event: Event, history: History): Resemblance | null {
  const { domain } = from
  const target = originals(domain).find(
    (d) => isEstablished(history, d, event.time) && !isFreeMail(d),
  )
  const how = target === undefined ? null : likeness(from, takeApart(target))
  return target && how ? { domain, target, how, severity: 'high' } : null
}

function resemblance(host: string, event: Event, context: DetectContext): Resemblance | null {
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

/** A domain that looks like the company's, a partner's or a brand's, and is not. */
export const lookalikeDomain: Detector = {
  id: 'lookalike-domain',
  title: 'Lookalike domain',
  level: 'medium',
  type: 'Rule',
  attacks: ['T1583.001', 'T1566.002'],
  falsepositives: [
    'A partner that moved to a new domain',
    'A service that a brand runs under a domain of its own',
  ],
  next_step:
    'Do not answer or open the link; reach the sender through an address or phone number you already had.',
  match(event, context) {
    const fromOutside = event.email?.direction === 'inbound'
    if (event.email && !fromOutside) return null
    const sender = fromOutside ? hostOf(event.email?.from.address ?? '') : ''
    if (sender) {
      const known = acquaintance(event, context.history)
      const found =
        known === 'known'
          ? null
          : (resemblance(sender, event, context) ??
            (known === 'new' ? ofCorrespondent(takeApart(sender), event, context.history) : null))
      if (found) return answer(found, 'sent from')
    }
    for (const host of new Set(linksOf(event).map((link) => link.host))) {
      if (domainOf(host) === domainOf(sender)) continue
      const found = resemblance(host, event, context)
      if (found) return answer(found, 'links to')
    }
    return null
  },
  examples: {
    match: [
      {
        name: 'the company with two letters for one',
        event: sampleMail({
          from: 'Ana Lindqvist <ana@harbourbakely.example>',
          text: 'Are you there?',
        }),
      },
      {
        name: 'the company with Cyrillic letters',
        event: sampleMail({
          from: 'Ana <ana@h\u0430rbourbakery.example>',
          text: 'Please call me.',
        }),
      },
      {
        name: 'a brand with an added word',
        event: sampleMail({ from: 'Service <help@paypal-login.example>', text: 'Please review.' }),
      },
      {
        name: 'a supplier with another ending',
        before: [40, 30, 20].map((days) =>
          sampleMail({
            from: 'Mill <orders@northmillflour.com>',
            subject: `Order ${days}`,
            minutesAgo: days * 1440,
          }),
        ),
        event: sampleMail({ from: 'Mill <orders@northmillflour.co>', text: 'See our invoice.' }),
      },
      {
        name: 'a link to a host that begins with the company’s name, in chat',
        event: sampleSlack({
          text: 'Sign in again',
          links: [{ text: 'sign in', href: 'https://harbourbakery.example.login-hub.net/x' }],
        }),
      },
    ],
    ignore: [
      {
        name: 'the real brand',
        event: sampleMail({ from: 'PayPal <service@paypal.com>', text: 'Your receipt.' }),
      },
      {
        name: 'the company itself, from a subdomain',
        event: sampleMail({
          from: 'Shop <no-reply@shop.harbourbakery.example>',
          text: 'New order',
        }),
      },
      {
        name: 'a different company with a name of its own',
        event: sampleMail({
          from: 'Rose <rose@harborview.example>',
          text: 'Hello from next door.',
        }),
      },
      {
        name: 'a partner whose name resembles a brand, known for months',
        before: [60, 40, 20].map((days) =>
          sampleMail({
            from: 'Jo <jo@dropbox-service.example>',
            subject: `Visit ${days}`,
            minutesAgo: days * 1440,
          }),
        ),
        event: sampleMail({ from: 'Jo <jo@dropbox-service.example>', text: 'Coming on Tuesday.' }),
      },
    ],
  },
}

const answer = ({ domain, target, how, severity }: Resemblance, where: string) => ({
  severity,
  confidence_score: how === 'same letters in other characters' ? 95 : 75,
  observables: [{ type: 'domain' as const, value: domain }],
  evidence: [
    { name: where, value: domain, provenance: 'outside' as const },
    { name: 'resembles', value: target, provenance: 'computed' as const },
    { name: 'how', value: how, provenance: 'computed' as const },
  ],
})
