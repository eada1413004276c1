import { domainOf, hostOf, isFreeMail } from '../core/domains.ts'
import { acquaintance, isForged } from '../core/mail.ts'
import { namesPerson } from '../core/names.ts'
import type { Detector } from '../core/ports.ts'
import { sampleMail } from './sample.ts'

/** A colleague's name in front of an address that is not theirs. */
export const colleagueImpersonation: Detector = {
  id: 'colleague-impersonation',
  title: 'Mail in a colleague’s name',
  level: 'medium',
  type: 'Rule',
  attacks: ['T1656', 'T1566'],
  falsepositives: [
    'A colleague who writes from a private address that is not in the config',
    'Somebody outside who has the same name',
  ],
  next_step:
    'Ask the colleague in person or by phone whether they wrote this, before you do what it asks.',
  match(event, { people, history }) {
    const email = event.email
    if (email?.direction !== 'inbound') return null
    const { name, address } = email.from
    const host = hostOf(address)
    const own = people.domains.includes(domainOf(host)) || people.domains.includes(host)
    if (own) {
      if (!isForged(email)) return null
      return {
        severity: 'medium',
        evidence: [
          { name: 'claims to come from', value: address, provenance: 'outside' },
          {
            name: 'checks of the sender',
            value: 'SPF, DKIM and DMARC failed',
            provenance: 'vendor',
          },
        ],
      }
    }
    // A list or a service shows its members' names and sends from its own address.
    if (/\bvia\b|\(.*(?:docs|drive|calendar|sharepoint|linkedin|dropbox)\)/i.test(name)) return null
    const person = people.list.find(
      (p) => namesPerson(name, p.name) && !p.emails.some((e) => e.toLowerCase() === address),
    )
    if (!person || people.find(address)) return null
    if (acquaintance(event, history) === 'known') return null
    if (history.firstSeen(`name:${name.toLowerCase()}`, 'address', address) !== null) return null
    const service = /^(?:no-?reply|do-?not-?reply|notifications?|invitations?|messages?-noreply)\b/i
    if (service.test(address)) return null
    const strange = isFreeMail(domainOf(host)) || person.approver || person.role === 'owner'
    return {
      severity: strange ? 'high' : 'medium',
      confidence_score: strange ? 85 : 70,
      evidence: [
        { name: 'writes as', value: name, provenance: 'outside' },
        { name: 'from', value: address, provenance: 'outside' },
        {
          name: 'known addresses of the colleague',
          value: person.emails.join(', ') || 'none',
          provenance: 'computed',
        },
      ],
    }
  },
  examples: {
    match: [
      {
        name: 'the owner’s name on free mail',
        event: sampleMail({
          from: 'Ana Lindqvist <ana.office77@outlook.com>',
          text: 'Are you free?',
        }),
      },
      {
        name: 'with a title and without accents',
        event: sampleMail({
          from: 'Dr. Okafor, Ben <b.okafor@desk-mail.example>',
          text: 'Quick one',
        }),
      },
      {
        name: 'the colleague’s real address, forged',
        event: sampleMail({
          from: 'Ana Lindqvist <ana@harbourbakery.example>',
          text: 'Please pay this.',
          forged: true,
        }),
      },
    ],
    ignore: [
      {
        name: 'a private address that config names',
        event: sampleMail({
          from: 'Ana Lindqvist <ana.lindqvist@gmail.com>',
          text: 'From my phone',
        }),
      },
      {
        name: 'a first name only',
        event: sampleMail({ from: 'Ana <ana@flowershop.example>', text: 'Your flowers are here.' }),
      },
      {
        name: 'a list that shows the member’s name',
        event: sampleMail({
          from: 'Ana Lindqvist via Bakers <bakers@lists.example>',
          text: 'Flour prices',
        }),
      },
      {
        name: 'somebody of the same name who has written before',
        before: [
          sampleMail({
            from: 'Ben Okafor <ben@okafor-law.example>',
            minutesAgo: 9000,
            subject: 'Hi',
          }),
        ],
        event: sampleMail({ from: 'Ben Okafor <ben@okafor-law.example>', text: 'As discussed' }),
      },
    ],
  },
}
