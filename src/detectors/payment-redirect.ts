import {
  callBack,
  coordinates,
  former,
  instead,
  pays,
  readersOwn,
  unreachable,
} from '../core/asks.ts'
import { changedAccount, isUnchanged } from '../core/bank-details.ts'
import { isFreeMail } from '../core/domains.ts'
import type { Evidence, Severity } from '../core/finding.ts'
import { acquaintance, isForged, readableText, senderDomain } from '../core/mail.ts'
import type { Detector } from '../core/ports.ts'
import { sampleMail } from './sample.ts'

/** Somebody wants money to go to another account: an invoice's, a supplier's or their salary's. */
export const paymentRedirect: Detector = {
  id: 'payment-redirect',
  title: 'Changed bank details',
  level: 'medium',
  type: 'Rule',
  attacks: ['T1657', 'T1534'],
  falsepositives: [
    'A supplier or employee who really changed banks',
    'A bank or payroll service that tells of its own change',
  ],
  next_step:
    'Pay nothing to the new account until you have called the person on a number you already had.',
  match(event, { history, people, scores }) {
    const email = event.email
    if (!email || email.direction === 'outbound') return null
    const text = readableText(event)
    const hasAccount = coordinates.test(text)
    const found =
      changedAccount.exec(text) ?? (hasAccount && pays.test(text) ? former.exec(text) : null)
    if (found && !hasAccount && readersOwn.test(found[0])) return null
    if (!found || (!hasAccount && !instead.test(text))) return null
    if (callBack.test(text) || isUnchanged(text)) return null
    const known = acquaintance(event, history)
    const domain = senderDomain(email)
    const named = people.list.find(
      (p) =>
        p.name.toLowerCase() === email.from.name.toLowerCase() && !people.find(email.from.address),
    )
    const elsewhere =
      email.reply_to !== null &&
      email.reply_to.address !== '' &&
      email.reply_to.address !== email.from.address &&
      email.reply_to.address.split('@')[1] !== email.from.address.split('@')[1]
    const bec = (scores?.labels.bec ?? 0) > 0.8
    const signs: Evidence[] = []
    const sign = (value: string) => signs.push({ name: 'sign', value, provenance: 'computed' })
    if (known === 'new') sign('the sender never wrote before')
    if (elsewhere) sign('answers go to another domain')
    if (named) sign('a colleague’s name on an unknown address')
    if (isForged(email)) sign('checks of the sender failed')
    if (known === 'new' && isFreeMail(domain)) sign('free mail')
    if (unreachable.test(text)) sign('the sender does not want to be called')
    if (bec) sign('reads like fraud')
    const severity: Severity =
      signs.length === 0 ? 'low' : named || elsewhere || isForged(email) ? 'high' : 'medium'
    return {
      severity,
      confidence_score: Math.min(95, 50 + 15 * signs.length),
      evidence: [
        { name: 'the mail says', value: found[0].slice(0, 120), provenance: 'outside' },
        ...signs,
      ],
    }
  },
  examples: {
    match: [
      {
        name: 'salary to another account, in a colleague’s name',
        event: sampleMail({
          from: 'Ana Lindqvist <ana.l.office@outlook.com>',
          text: 'I changed banks. Please update my direct deposit to the new account before payroll.',
        }),
      },
      {
        name: 'a supplier’s reply-to elsewhere, in German',
        event: sampleMail({
          from: 'Mühle <rechnung@muehle.example>',
          reply_to: 'rechnung@muehle-buero.example',
          text: 'Unsere Bankverbindung hat sich geändert. Bitte überweisen Sie künftig auf die neue IBAN.',
        }),
      },
      {
        name: 'a known supplier: low, but told',
        before: [sampleMail({ from: 'Mill <bills@mill.example>', minutesAgo: 20000 })],
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'From now on please use our new bank account for payments.',
        }),
      },
      {
        name: 'a change, in a sentence that says the amount stays',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Our bank details have changed, the amount remains the same. Please use the new IBAN from now on.',
        }),
      },
      {
        name: 'a change, by one who says they never change',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Our bank details have changed. Please pay to the new account. We will never change our bank details by mail again.',
        }),
      },
      {
        name: 'a change, with a promise that all else stays',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Kindly note our new bank account. Our bank name is unchanged. Please pay there.',
        }),
      },
      {
        name: 'a change that was not made yet',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'If you have not changed our bank details yet, please use the new account from now on.',
        }),
      },
    ],
    ignore: [
      {
        name: 'same as always',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Our bank details are the same as always, please do not change them because of a mail.',
        }),
      },
      {
        name: 'a promise never to change by mail',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Please note: we will never change our bank details by mail. Please pay as usual.',
        }),
      },
      {
        name: 'unchanged, beside a change of address',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Please note our new address. Our bank details remain unchanged, please pay invoice 104 as usual.',
        }),
      },
      {
        name: 'unchanged, with a warning of fraud',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Beware of mails saying that our bank details have changed. Our bank details are the same as always, please call.',
        }),
      },
      {
        name: 'unchanged in German',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Unsere Bankverbindung hat sich nicht geändert. Bitte ändern Sie sie nicht wegen einer Mail.',
        }),
      },
      {
        name: 'never by mail in German',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Wir ändern unsere Bankverbindung niemals per E-Mail, bitte rufen Sie im Zweifel an.',
        }),
      },
      {
        name: 'unchanged in French',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: "Nos coordonnées bancaires n'ont pas changé, merci de ne pas les modifier à cause d'un mail.",
        }),
      },
      {
        name: 'never by mail in French',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Nous ne changeons jamais nos coordonnées bancaires par mail, merci de nous appeler.',
        }),
      },
      {
        name: 'unchanged in Spanish',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Nuestros datos bancarios no han cambiado, por favor no los cambien por un correo.',
        }),
      },
      {
        name: 'never by mail in Spanish',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Nunca cambiamos nuestros datos bancarios por correo, por favor llame.',
        }),
      },
      {
        name: 'not to be changed because of a mail',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Please do not update our bank details on the basis of an e-mail alone.',
        }),
      },
      {
        name: 'unchanged in Italian',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Le nostre coordinate bancarie non sono cambiate, per favore non modificatele per una mail. Bonifico entro 30 giorni.',
        }),
      },
      {
        name: 'unchanged in Portuguese',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Os nossos dados bancários não mudaram, por favor não os altere por causa de um e-mail.',
        }),
      },
      {
        name: 'never by mail in Dutch',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Wij wijzigen onze bankgegevens nooit per e-mail, graag bellen bij twijfel.',
        }),
      },
      {
        name: 'unchanged in Swedish',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Vårt bankgiro har inte ändrats, vänligen betala som vanligt.',
        }),
      },
      {
        name: 'an ordinary invoice',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Please pay invoice 104 to the account you know by Friday.',
        }),
      },
      {
        name: 'a warning that nothing changed',
        event: sampleMail({
          from: 'Mill <bills@mill.example>',
          text: 'Beware of fraud: our bank details have not changed. Please tell us of new bank details sent in our name.',
        }),
      },
      {
        name: 'sent by the company itself',
        event: sampleMail({
          from: 'Ben Okafor <ben@harbourbakery.example>',
          to: 'Bank <help@bank.example>',
          text: 'Please update our new bank details.',
        }),
      },
    ],
  },
}
