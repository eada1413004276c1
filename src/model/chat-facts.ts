import { changedAccount } from '../core/bank-details.ts'
import { isBrandDomain } from '../core/brands.ts'
import { isFreeMail } from '../core/domains.ts'
import type { Event } from '../core/event.ts'
import { linksOf, readableText } from '../core/mail.ts'
import { anybody } from '../core/mail-signs.ts'
import type { Context } from '../core/ports.ts'
import { resemblance } from '../core/resemblance.ts'
import { requestFacts, requestsIn } from './request-facts.ts'

/** Facts about a chat message by set. */
export const chatFactSets = {
  links: ['link', 'strange_link', 'anybody_link', 'lookalike', 'free_mail'],
  sender: ['outsider', 'bot'],
  requests: [...requestFacts, 'bank_change', 'to_reader', 'quotes'],
} as const

export const chatFacts: readonly string[] = Object.values(chatFactSets).flat()

/** Said to the reader: do this. */
const toReader =
  /(?<!\p{L})(?:you|your|please|pls|plz|kindly|can you|could you|bitte|ihr|dein\p{L}*|euer|eure|vous|votre|merci de|te|tu|su|por favor|usted|vui|puoi|você|sua|je|jouw|graag|proszę)(?!\p{L})|ください|请/iu

/** Facts that hold of a chat message, each 0 or 1; those that do not hold are absent. */
export function chatFactsOf(event: Event, context: Context): Record<string, number> {
  const text = readableText(event)
  const facts: Record<string, number> = requestsIn(text)
  const fact = (name: string, holds: boolean) => {
    if (holds) facts[name] = 1
  }
  const says = (...expressions: RegExp[]) => expressions.some((e) => e.test(text))
  const own = context.people.domains
  const links = linksOf(event).slice(0, 20)
  const strange = links.filter((l) => !own.includes(l.domain) && !isBrandDomain(l.domain))
  fact('link', links.length > 0)
  fact('strange_link', strange.length > 0)
  fact(
    'anybody_link',
    links.some((l) => anybody(l.host)),
  )
  fact(
    'lookalike',
    strange.some((l) => resemblance(l.host, event, context)),
  )
  fact(
    'free_mail',
    [...text.matchAll(/@([\w.-]{3,80})/g)].some(([, host]) =>
      isFreeMail(String(host).toLowerCase()),
    ),
  )

  const type = event.actor?.user.type
  fact('outsider', type === 'guest' || type === 'external')
  fact('bot', type === 'bot')

  fact('bank_change', says(changedAccount))
  fact('to_reader', says(toReader))
  fact('quotes', /["“„«][^"”«»]{12,}["”“»]|^>/m.test(text))
  return facts
}
