import { domainOf, hostOf, takeApart } from '../core/domains.ts'
import { acquaintance, linksOf } from '../core/mail.ts'
import type { Detector } from '../core/ports.ts'
import { correspondentResemblance, type Resemblance, resemblance } from '../core/resemblance.ts'
import { sampleMail, sampleSlack } from './sample.ts'

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
            (known === 'new'
              ? correspondentResemblance(takeApart(sender), event, context.history)
              : null))
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
