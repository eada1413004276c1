import { button, credential, credentialElsewhere, pressure } from '../core/asks.ts'
import { acquaintance, linksOf, readableText } from '../core/mail.ts'
import { signsOf } from '../core/mail-signs.ts'
import type { Detector } from '../core/ports.ts'
import { doubt, hostility } from '../core/severity.ts'
import { sampleMail } from './sample.ts'

/** A mail that wants a password typed into a page that is not what it seems. */
export const credentialLink: Detector = {
  id: 'credential-link',
  title: 'Link that asks for a password',
  level: 'medium',
  type: 'Rule',
  attacks: ['T1566.002', 'T1056.003'],
  falsepositives: [
    'A newsletter whose links run through a tracking service',
    'A first mail from a new service that somebody signed up for',
  ],
  next_step:
    'Open the service by typing its address yourself; whoever already typed a password there should change it now.',
  match(event, context) {
    const email = event.email
    if (email?.direction !== 'inbound' || linksOf(event).length === 0) return null
    const text = readableText(event)
    const words = credential.exec(text) ?? credentialElsewhere.exec(text)
    const asked = words ? null : linksOf(event).find((l) => button.test(l.text))
    if (!words && !asked) return null
    const known = acquaintance(event, context.history)
    const signs = signsOf(event, known, context.people)
    const points =
      signs.reduce((sum, s) => sum + s.points, 0) +
      (words ? 1 : 0) +
      (known === 'new' ? 1 : known === 'known' ? -1 : 0) +
      (pressure.test(text) ? 1 : 0)
    if (points < 4 || signs.length === 0) return null
    // A few signs are not proof: newsletters show them too. The ear is the second witness; while it
    // is away, the signs have to do.
    const doubted = points < 6 && context.scores !== null && hostility(context.scores) < doubt
    const severity = points >= 7 ? 'high' : doubted ? 'low' : 'medium'
    return {
      severity,
      confidence_score: Math.min(95, 45 + 8 * points),
      evidence: [
        {
          name: 'the mail says',
          value: (words?.[0] ?? asked?.text ?? '').slice(0, 100),
          provenance: 'outside',
        },
        ...signs.map((s) => ({ name: 'sign', value: s.text, provenance: 'outside' as const })),
        ...(known === 'new'
          ? [{ name: 'sender', value: 'not met before', provenance: 'computed' as const }]
          : []),
      ],
    }
  },
  examples: {
    match: [
      {
        name: 'a brand that is none, with a link elsewhere',
        event: sampleMail({
          from: 'Microsoft Account Team <no-reply@secure-mail-notice.example>',
          subject: 'Your password expires today',
          text: 'Verify your account within 24 hours.',
          links: [{ text: 'Keep password', href: 'https://secure-mail-notice.example/keep' }],
        }),
      },
      {
        name: 'a link that shows another domain than it leads to',
        event: sampleMail({
          from: 'IT <it@helpdesk-team.example>',
          text: 'Your mailbox is full. Sign in to keep it.',
          links: [{ text: 'https://harbourbakery.example/mail', href: 'http://203.0.113.9/owa' }],
        }),
      },
      {
        name: 'in French, on free hosting',
        event: sampleMail({
          from: 'Service Client <service@courrier-info.example>',
          text: 'Votre compte sera fermé aujourd’hui. Confirmez votre mot de passe.',
          links: [{ text: 'Confirmer', href: 'https://compte-verif.web.app/' }],
        }),
      },
    ],
    ignore: [
      {
        name: 'the real service',
        event: sampleMail({
          from: 'Google <no-reply@accounts.google.com>',
          text: 'New sign-in on Windows. If this was not you, secure your account.',
          links: [{ text: 'Check activity', href: 'https://accounts.google.com/x' }],
        }),
      },
      {
        name: 'a password reset of a small service on its own domain',
        event: sampleMail({
          from: 'Ovens <no-reply@ovenparts.example>',
          text: 'Reset your password here.',
          links: [{ text: 'Reset', href: 'https://app.ovenparts.example/reset' }],
        }),
      },
      {
        name: 'a newsletter of a known shop with tracked links',
        before: [sampleMail({ from: 'Shop <news@shop.example>', minutesAgo: 20000 })],
        event: sampleMail({
          from: 'Shop <news@shop.example>',
          text: 'Sign in to see your price. Ends today!',
          links: [{ text: 'shop.example', href: 'https://click.tracker.example/1' }],
        }),
      },
    ],
  },
}
