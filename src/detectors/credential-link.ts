import { brands, isBrandDomain } from '../core/brands.ts'
import {
  domainOf,
  hostOf,
  isFreeMail,
  likeness,
  lureCount,
  takeApart,
  wordCount,
} from '../core/domains.ts'
import type { Event } from '../core/event.ts'
import { severityRank } from '../core/finding.ts'
import {
  type Acquaintance,
  acquaintance,
  isForged,
  linksOf,
  readableText,
  senderDomain,
} from '../core/mail.ts'
import type { DetectContext, Detector } from '../core/ports.ts'
import { sampleMail } from './sample.ts'

/** Words of mails that want a password or a sign-in. */
const credential =
  /\b(?:(?:verify|confirm|validate|re-?validate|update|secure|restore|reactivate|unlock|unblock|re-?confirm|review)\s(?:\w+\s){0,3}(?:account|identity|password|mailbox|e-?mail|profile|credentials|information|details|access|login|payment|billing)|(?:log|sign)[\s-]?in|password\s(?:\w+\s){0,3}(?:expir\w+|reset|change)|(?:expir\w+|keep|change|reset)\s(?:\w+\s){0,3}password|(?:account|mailbox|access|profile|service)\s(?:\w+\s){0,4}(?:suspend\w*|limit\w*|locked|restricted|deactivat\w*|disabled|closed|terminated|deleted|on hold|blocked)|(?:mailbox|storage|quota|inbox)\s(?:\w+\s){0,4}(?:full|exceeded|limit|almost|upgrade)|unusual\s(?:sign|login|activity)|(?:re-?)?authenticat\w+|two-?factor|mfa|authenticator|quarantine\w*|(?:held|pending|undelivered|blocked)\s(?:e-?mails?|messages?)|release\s(?:\w+\s){0,2}(?:messages?|e-?mails?|all)|voice\s?mail|shared\s(?:a\s)?(?:\w+\s){0,2}(?:document|file|folder)|(?:view|open|access|review|download)\s(?:\w+\s){0,2}(?:document|file|invoice|statement|message|fax|voicemail)|e-?sign\w*|card\s(?:details|number)|payment\s(?:failed|declined|method)|customs|redelivery)\b/iu
const credentialElsewhere =
  /(?<!\p{L})(?:passwor[td]s?|kennwort|anmeld\p{L}*|einlogg\p{L}*|konto\p{L}*\s(?:\p{L}+\s){0,4}(?:gesperrt|eingeschränkt|bestätig\p{L}*|aktualisier\p{L}*|verifizier\p{L}*)|bestätig\p{L}+\s(?:\p{L}+\s){0,4}(?:konto|identität|daten|angaben)|postfach|speicherplatz|zugang\p{L}*|zollgebühr\p{L}*|nachzahlung|einfuhr\p{L}*|mot de passe|identifiant\p{L}*|connect(?:er|ez)|(?:votre|ton)\scompte|boîte\s(?:mail|aux lettres)|messagerie|confirm(?:er|ez)|mettre à jour|vérifi(?:er|ez)|douane|contraseña|clave|inici(?:ar|e|a)\ssesi[óo]n|(?:su|tu)\scuenta|verifi(?:car|que|ca)|confirm(?:ar|e|a)\s|buz[óo]n|aduana|accedi|accesso|acceda|il\s(?:suo|tuo)\s(?:account|conto|profilo)|verific(?:a|are|hi)|conferm(?:a|are|i)|casella|dogana|palavra-passe|senha|sua\sconta|entrar|acess(?:e|ar)|confirme|caixa\sde\scorreio|alfândega|wachtwoord|inloggen|uw\saccount|bevestig\p{L}*|postvak|mailbox|inklaring|hasł[oa]|zaloguj\p{L}*|potwierd\p{L}*|skrzynk\p{L}*|lösenord|logga\sin|bekräfta|brevlåda|şifre\p{L}*|giriş|hesab\p{L}*|heslo|přihlá\p{L}+|jelszó|salasana|kirjaudu)(?!\p{L})|パスワード|ログイン|アカウント|確認|密码|登录|账户|пароль|войти|аккаунт|учетн\p{L}+|κωδικ\p{L}+|로그인|비밀번호/iu
/** What the button says. */
const button =
  /^\W*(?:verify|confirm|validate|sign|log|review|view|open|access|release|unlock|update|keep|restore|connect|renew|activate|re-?activate|pay|settle|approve|cancel|dispute|decline|claim|register|continue|download|retrieve|listen|play|track|reschedule|schedule|respond|appeal|accept|manage|secure|check|resolve|complete|submit|bestätig|prüf|anmeld|einlogg|öffn|ansehen|anzeig|aktualis|freigeb|verläng|bezahl|zahl|jetzt|zum|zur|hier|confirm|vérifi|consult|accéd|acced|connect|se connecter|régl|pay|mettre|valid|débloqu|renouvel|télécharg|suivre|ver|verific|iniciar|entrar|actualiz|pagar|desbloque|renovar|descarg|acessar|acess|conferm|verific|accedi|entra|paga|aggiorn|sblocc|rinnov|scaric|visualizz|consult|bevestig|inlogg|bekijk|betaal|verleng|openen|naar|potwierd|zalog|zobacz|opłać|bekräfta|logga|betala|visa|onayla|giriş|öde)/iu
const pressure =
  /\b(?:urgent\w*|immediately|within\s\d+\s(?:hours?|days?)|in\s\d+\s(?:hours?|days?)|today|tonight|final\s(?:notice|warning|reminder)|expires?|last\schance|avoid|failure to|otherwise|will be (?:deleted|closed|suspended|deactivated|lost|returned|disconnected)|action required|sofort|umgehend|innerhalb|binnen|heute|letzte|sonst|andernfalls|frist|immédiat\w*|sous\s\d+|aujourd'hui|dernier\w*|sinon|urgente|inmediat\w*|hoy|[úu]ltim\w*|entro|oggi|immediat\w*|hoje|imediat\w*|onmiddellijk|vandaag|laatste|binnen|natychmiast|dzisiaj|dziś|ostatni\w*|omedelbart|idag)\b|至急|期限|本日|以内|要対応/iu

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
const anybody = (host: string) => {
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

interface Sign {
  points: number
  text: string
}

function signsOf(event: Event, known: Acquaintance, context: DetectContext): Sign[] {
  const email = event.email
  if (!email) return []
  const own = context.people.domains
  const sender = senderDomain(email)
  const links = linksOf(event).filter((l) => !own.includes(l.domain))
  const signs: Sign[] = []
  const sign = (points: number, text: string | null) => text && signs.push({ points, text })
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
      // Mail services send links through their own host and show the sender's.
      mismatch.shown === sender
        ? 1
        : isBrandDomain(mismatch.shown) || own.includes(mismatch.shown)
          ? 3
          : 2,
      `a link shows ${mismatch.shown} and leads to ${mismatch.domain}`,
    )
  sign(
    3,
    find(({ host }) => isIp(host) && `a link leads to the bare address ${host}`),
  )
  sign(
    2,
    find(
      ({ host, domain }) =>
        domain !== sender &&
        anybody(host) &&
        `a link leads to ${host}, where anybody can put up a page`,
    ),
  )
  sign(
    3,
    find(({ href }) => /^[a-z]+:\/\/[^/?#]*@/i.test(href) && 'a link hides its target behind an @'),
  )
  sign(
    3,
    find(
      ({ host, domain }) =>
        own.some((d) => host !== d && likeness(takeApart(host), takeApart(d))) &&
        `a link leads to ${domain}, which resembles ours`,
    ),
  )
  const brand = falseBrand(event)
  if (brand) sign(known === 'known' ? 1 : 3, `the sender says to be ${brand} and is not`)
  const recipient = event.metadata.tenant_uid.toLowerCase()
  sign(
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
  if (isForged(email)) sign(2, 'checks of the sender failed')
  if (lureCount(sender) >= 2) sign(2, `the sender’s domain ${sender} is made of lure words`)
  else if (lureCount(sender) === 1 && sender.includes('-'))
    sign(1, `the sender’s domain ${sender} holds a lure word`)
  const lure = strange.find((l) => lureCount(l.domain) >= 2)
  if (lure) sign(2, `a link leads to ${lure.domain}, made of lure words`)
  if (known === 'new' && wordCount(sender) > 1)
    sign(
      Math.min(2, wordCount(sender) - 1),
      `the sender’s domain ${sender} is a name of several words`,
    )
  const cheap = [sender, ...strange.map((l) => l.domain)].find((d) => cheapEnding.test(d))
  if (cheap) sign(1, `${cheap} has an ending that costs next to nothing`)
  if (known === 'new' && isFreeMail(sender) && strange.length > 0)
    sign(1, 'free mail with a link elsewhere')
  if (
    known === 'new' &&
    !isFreeMail(sender) &&
    strange.length > 0 &&
    strange.length === links.length &&
    !email.from.name.includes('via')
  )
    sign(1, 'every link leads away from the sender’s domain')
  return signs
}

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
    const signs = signsOf(event, known, context)
    const points =
      signs.reduce((sum, s) => sum + s.points, 0) +
      (words ? 1 : 0) +
      (known === 'new' ? 1 : known === 'known' ? -1 : 0) +
      (pressure.test(text) ? 1 : 0)
    const ear = context.scores?.labels.phishing ?? 0
    const level = points >= 7 ? 'high' : points >= 4 && signs.length > 0 ? 'medium' : null
    const raised = ear > 0.9 && signs.length > 0 ? 'medium' : null
    const severity = level ?? raised
    if (!severity || severityRank(severity) === 0) return null
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
