import { brands, isBrandDomain } from './brands.ts'
import {
  domainOf,
  hostOf,
  isFreeMail,
  likeness,
  lureCount,
  takeApart,
  wordCount,
} from './domains.ts'
import type { Event } from './event.ts'
import { type Acquaintance, isForged, linksOf, senderDomain } from './mail.ts'
import type { People } from './people.ts'

/** Every sign that `signsOf` knows. */
export const signIds = [
  'link_mismatch',
  'ip_link',
  'anybody_link',
  'at_link',
  'own_lookalike_link',
  'false_brand',
  'reader_address',
  'forged',
  'lure_sender',
  'lure_word_sender',
  'lure_link',
  'many_words',
  'cheap_ending',
  'free_mail_link',
  'links_away',
] as const

export type SignId = (typeof signIds)[number]

/** Hosts where anybody can put up a page or form for nothing, and URL shorteners. */
const anybodyHosts = new Set(
  `web.app firebaseapp.com pages.dev workers.dev netlify.app vercel.app github.io gitlab.io weebly.com
  wixsite.com wix.com glitch.me herokuapp.com onrender.com azurewebsites.net windows.net azurestaticapps.net
  azurestaticapps.page r2.dev ipfs.io dweb.link translate.goog sites.google.com forms.gle jotform.com
  typeform.com formstack.com 123formbuilder.com cognitoforms.com notion.site myqcloud.com amazonaws.com
  digitaloceanspaces.com backblazeb2.com godaddysites.com webflow.io framer.app framer.website carrd.co
  square.site blogspot.com wordpress.com strikingly.com yolasite.com 000webhostapp.com infinityfreeapp.com
  repl.co replit.app surge.sh ngrok.io ngrok-free.app trycloudflare.com duckdns.org ddns.net no-ip.org
  bit.ly tinyurl.com is.gd t.ly cutt.ly rebrand.ly rb.gy ow.ly shorturl.at tiny.cc s.id v.gd lnkd.in
  codesandbox.io stackblitz.io gitbook.io mystrikingly.com ukit.me bubbleapps.io softr.app webnode.page
  jimdosite.com site123.me canva.site my.canva.site zapier.app tilda.ws`.split(/\s+/),
)
/** Whether a host is such a one. */
export const anybody = (host: string) => {
  const labels = host.split('.')
  return labels.some((_, i) => anybodyHosts.has(labels.slice(i).join('.')))
}

const isIp = (host: string) => /^(?:\d{1,3}\.){3}\d{1,3}$|^\[[\da-f:]+\]$/i.test(host)
const cheapEnding =
  /\.(?:top|xyz|icu|click|shop|online|site|live|info|support|cloud|page|rest|buzz|cfd|sbs|cyou|monster|quest|lol|bond|fit|work|link|help|life|today|vip|ru|cn|tk|ml|ga|cf|gq|pw|su|cc|zip|mov)$/

/** The brand a sender claims to be, where the sender is not it. */
function falseBrand(event: Event): string | null {
  const email = event.email
  if (!email || isBrandDomain(senderDomain(email))) return null
  if (email.from.name.includes('@')) return null
  const joined = ` ${email.from.name.toLowerCase().replace(/[^\p{L}\d]+/gu, ' ')} `
  for (const { names, domains } of brands)
    for (const name of names) {
      if (name.length < 3 || !joined.includes(` ${name} `)) continue
      return domains[0] ?? name
    }
  return null
}

/** A link whose words show one domain and whose target is another. */
const shownElsewhere = (text: string, domain: string): string | null => {
  const shown = /^(?:https?:\/\/)?((?:[\p{L}\d-]+\.)+\p{L}{2,24})(?:[/:?#]\S*)?$/iu.exec(
    text.trim(),
  )?.[1]
  if (!shown || /\.(?:pdf|docx?|xlsx?|html?|zip|png|jpe?g|txt|csv)$/i.test(shown)) return null
  const shownDomain = domainOf(hostOf(shown))
  return shownDomain === domain ? null : shownDomain
}

/** A sign that a mail is not what it seems. */
export interface Sign {
  id: SignId
  /** 1 weak, 3 strong. */
  points: number
  text: string
}

/** Signs in the links and the sender of a mail; none of them is proof. */
export function signsOf(event: Event, known: Acquaintance, people: People): Sign[] {
  const email = event.email
  if (!email) return []
  const own = people.domains
  const sender = senderDomain(email)
  const links = linksOf(event).filter((l) => !own.includes(l.domain))
  const signs: Sign[] = []
  const sign = (id: SignId, points: number, text: string | null) =>
    text && signs.push({ id, points, text })
  const find = <T>(f: (link: (typeof links)[0]) => T | null | false) => {
    for (const link of links) {
      const found = f(link)
      if (found) return found
    }
    return null
  }
  const strange = links.filter((l) => l.domain !== sender && !isBrandDomain(l.domain))
  const mismatch = find(({ text, domain }) => {
    const shown = shownElsewhere(text, domain)
    return shown && domain !== sender && { shown, domain }
  })
  if (mismatch)
    sign(
      'link_mismatch',
      // Mail services send links through their own host and show the sender's.
      mismatch.shown === sender
        ? 1
        : isBrandDomain(mismatch.shown) || own.includes(mismatch.shown)
          ? 3
          : 2,
      `a link shows ${mismatch.shown} and leads to ${mismatch.domain}`,
    )
  sign(
    'ip_link',
    3,
    find(({ host }) => isIp(host) && `a link leads to the bare address ${host}`),
  )
  sign(
    'anybody_link',
    2,
    find(
      ({ host, domain }) =>
        domain !== sender &&
        anybody(host) &&
        `a link leads to ${host}, where anybody can put up a page`,
    ),
  )
  sign(
    'at_link',
    3,
    find(({ href }) => /^[a-z]+:\/\/[^/?#]*@/i.test(href) && 'a link hides its target behind an @'),
  )
  sign(
    'own_lookalike_link',
    3,
    find(
      ({ host, domain }) =>
        own.some((d) => host !== d && likeness(takeApart(host), takeApart(d))) &&
        `a link leads to ${domain}, which resembles ours`,
    ),
  )
  const brand = falseBrand(event)
  if (brand)
    sign('false_brand', known === 'known' ? 1 : 3, `the sender says to be ${brand} and is not`)
  const recipient = event.metadata.tenant_uid.toLowerCase()
  sign(
    'reader_address',
    1,
    find(
      ({ href, domain }) =>
        domain !== sender &&
        href.toLowerCase().includes(recipient.replace('@', '%40')) &&
        'a link carries the reader’s address',
    ) ??
      find(
        ({ href, domain }) =>
          domain !== sender &&
          href.toLowerCase().includes(recipient) &&
          'a link carries the reader’s address',
      ),
  )
  if (isForged(email)) sign('forged', 2, 'checks of the sender failed')
  if (lureCount(sender) >= 2)
    sign('lure_sender', 2, `the sender’s domain ${sender} is made of lure words`)
  else if (lureCount(sender) === 1 && sender.includes('-'))
    sign('lure_word_sender', 1, `the sender’s domain ${sender} holds a lure word`)
  const lure = strange.find((l) => lureCount(l.domain) >= 2)
  if (lure) sign('lure_link', 2, `a link leads to ${lure.domain}, made of lure words`)
  if (known === 'new' && wordCount(sender) > 1)
    sign(
      'many_words',
      Math.min(2, wordCount(sender) - 1),
      `the sender’s domain ${sender} is a name of several words`,
    )
  const cheap = [sender, ...strange.map((l) => l.domain)].find((d) => cheapEnding.test(d))
  if (cheap) sign('cheap_ending', 1, `${cheap} has an ending that costs next to nothing`)
  if (known === 'new' && isFreeMail(sender) && strange.length > 0)
    sign('free_mail_link', 1, 'free mail with a link elsewhere')
  if (
    known === 'new' &&
    !isFreeMail(sender) &&
    strange.length > 0 &&
    strange.length === links.length &&
    !email.from.name.includes('via')
  )
    sign('links_away', 1, 'every link leads away from the sender’s domain')
  return signs
}
