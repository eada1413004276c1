import { button, callBack, callNumber, former, instead } from '../core/asks.ts'
import { changedAccount, isUnchanged } from '../core/bank-details.ts'
import { domainOf, hostOf, isFreeMail } from '../core/domains.ts'
import type { Event } from '../core/event.ts'
import { invisible } from '../core/invisible.ts'
import { acquaintance, linksOf, readableText, senderDomain } from '../core/mail.ts'
import { signIds, signsOf } from '../core/mail-signs.ts'
import { namesPerson } from '../core/names.ts'
import type { Context } from '../core/ports.ts'
import { resemblance } from '../core/resemblance.ts'
import { requestFacts, requestsIn } from './request-facts.ts'

/** Facts about a mail by set, so that a set can be left out and its worth measured. */
export const mailFactSets = {
  links: [
    'link',
    'links',
    'button',
    'lookalike',
    ...signIds.filter((id) => /link|address/.test(id)),
  ],
  sender: [
    'free_mail',
    'colleague_name',
    'reply_elsewhere',
    'reply_free_mail',
    ...signIds.filter((id) => !/link|address/.test(id)),
  ],
  history: ['stranger', 'domain_known', 'known', 'own'],
  attachments: ['attached', 'archive', 'page', 'program'],
  requests: [
    ...requestFacts,
    'bank_change',
    'bank_unchanged',
    'former',
    'instead',
    'call_back',
    'call_number',
  ],
  disguise: ['hidden', 'invisible', 'mixed_letters'],
} as const

export const mailFacts: readonly string[] = Object.values(mailFactSets).flat()

const zeroWidth = new RegExp(`[${invisible}]`, 'u')
/** A word of Latin letters and Cyrillic or Greek ones. */
const mixed =
  /(?=[\p{L}]*\p{Script=Latin})(?=[\p{L}]*[\p{Script=Cyrillic}\p{Script=Greek}])\p{L}{3,}/u

/** Facts that hold of a mail, each 0 to 1; those that do not hold are absent. */
export function mailFactsOf(event: Event, { history, people }: Context): Record<string, number> {
  const { email } = event
  if (!email) return {}
  const text = readableText(event)
  const facts: Record<string, number> = requestsIn(text)
  const fact = (name: string, holds: boolean | number) => {
    if (holds) facts[name] = Number(holds)
  }
  const says = (...expressions: RegExp[]) => expressions.some((e) => e.test(text))

  const links = linksOf(event)
  fact('link', links.length > 0)
  fact('links', Math.min(1, links.length / 10))
  fact(
    'button',
    links.some((l) => button.test(l.text)),
  )
  const hosts = new Set([hostOf(email.from.address), ...links.slice(0, 20).map((l) => l.host)])
  fact(
    'lookalike',
    [...hosts].some((h) => h && resemblance(h, event, { history, people })),
  )
  const known = acquaintance(event, history)
  for (const { id } of signsOf(event, known, people)) fact(id, true)

  const sender = senderDomain(email)
  fact('free_mail', isFreeMail(sender))
  const colleague = people.list.some((p) => namesPerson(email.from.name, p.name))
  fact('colleague_name', colleague && !people.find(email.from.address))
  const reply = email.reply_to?.address ? domainOf(hostOf(email.reply_to.address)) : ''
  fact('reply_elsewhere', reply !== '' && reply !== sender)
  fact('reply_free_mail', reply !== '' && reply !== sender && isFreeMail(reply))

  // A box that has just been set up has met nobody: then nobody is a stranger.
  if (known === 'own') fact('own', true)
  else if (history.count('company', 'sender_domain', null, 90 * 86_400_000) >= 20)
    fact(known === 'new' ? 'stranger' : known.replace(' ', '_'), true)

  const files = email.files.join('\n').toLowerCase()
  fact('attached', email.files.length > 0)
  fact('archive', /\.(?:zip|rar|7z|gz|iso|img|cab|ace)$/m.test(files))
  fact('page', /\.(?:s?html?|svg|one|xht)$/m.test(files))
  fact(
    'program',
    /\.(?:exe|scr|js|jse|vbs|lnk|bat|cmd|ps1|hta|jar|msi|docm|xlsm|pptm|xll)$/m.test(files),
  )

  const change = says(changedAccount)
  const stays = change && isUnchanged(text)
  fact('bank_change', change && !stays)
  fact('bank_unchanged', stays)
  fact('former', says(former))
  fact('instead', says(instead))
  fact('call_back', says(callBack))
  fact('call_number', says(callNumber))

  fact('hidden', event.unmapped.hidden_text !== undefined)
  fact('invisible', zeroWidth.test(event.message))
  fact('mixed_letters', mixed.test(text.slice(0, 20_000)))
  return facts
}
