import { domainToUnicode } from 'node:url'
import { getDomain, getDomainWithoutSuffix } from 'tldts'

/** How a domain resembles another that it is not. */
export type Likeness =
  | 'same letters in other characters'
  | 'one letter off'
  | 'its name with words added'
  | 'its name with another ending'
  | 'its name inside a longer one'

const privateDomains = { allowPrivateDomains: true, validateHostname: false }

/** Host of a URL or mail address, lower case, punycode decoded; '' where there is none. */
export function hostOf(text: string): string {
  // Junk behind an address does not hide its host.
  const at = /^\s*[^\s/]*@([^\s/@]+)(?:\s.*)?$/s.exec(text)
  let host = at?.[1] ?? ''
  if (!at)
    try {
      host = new URL(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`).hostname
    } catch {
      return ''
    }
  const plain = host.toLowerCase().replace(/\.$/, '')
  return (domainToUnicode(plain) || plain).toLowerCase()
}

/** Registrable domain of a host (`example.co.uk`, `evil.github.io`), or the host itself. */
export const domainOf = (host: string): string => getDomain(host, privateDomains) ?? host

/** The domain without its public ending: `example` of `example.co.uk`. */
const nameOf = (domain: string): string =>
  getDomainWithoutSuffix(domain, privateDomains) ?? domain.split('.')[0] ?? ''

/** Letters that look like Latin ones, after https://www.unicode.org/reports/tr39 */
const lookalikes = new Map(
  Object.entries({
    a: 'аɑαа',
    b: 'ьƅв',
    c: 'сϲⅽ',
    d: 'ԁɗđ',
    e: 'еєҽε',
    g: 'ɡց',
    h: 'һհħн',
    i: 'іıιɩ',
    j: 'јϳ',
    k: 'кκ',
    l: 'ӏⅼłǀ',
    m: 'мⅿ',
    n: 'ոпη',
    o: 'оοօøσ০',
    p: 'рρ',
    q: 'ԛ',
    r: 'гᴦ',
    s: 'ѕꜱ',
    t: 'тτ',
    u: 'υսц',
    v: 'ѵνⅴ',
    w: 'ԝѡω',
    x: 'хχ',
    y: 'уүγ',
    z: 'ᴢ',
  }).flatMap(([latin, others]) => [...others].map((other): [string, string] => [other, latin])),
)

/** What a hurried reader takes a name for: accents, look-alike letters, `rn` for `m`, `1` for `l`. */
export const skeleton = (name: string): string =>
  [...name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()]
    .map((c) => lookalikes.get(c) ?? c)
    .join('')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('cl', 'd')
    .replace(/[i1|]/g, 'l')
    .replaceAll('0', 'o')
    .replaceAll('5', 's')
    .replaceAll('3', 'e')

/** Whether one insertion, deletion, substitution or swap of neighbours turns `a` into `b`. */
export function oneLetterOff(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let i = 0
  while (a[i] === b[i] && i < a.length) i++
  const rest = (s: string, from: number) => s.slice(from)
  return (
    rest(a, i + 1) === rest(b, i + 1) ||
    rest(a, i) === rest(b, i + 1) ||
    rest(a, i + 1) === rest(b, i) ||
    (a[i] === b[i + 1] && a[i + 1] === b[i] && rest(a, i + 2) === rest(b, i + 2))
  )
}

/** Words that domains made for fraud add to a name. */
export const lureWords = new Set(
  `login log signin sign secure secured security verify verification account accounts support service
  services help helpdesk desk billing pay payment payments payroll invoice invoices refund update
  confirm confirmation auth sso portal mail email webmail notice notify notification alert alerts team
  admin docs doc document documents share shared files file sharing center centre customer clients
  client online official web my id access password passwort pwd reset unlock hr it cloud storage
  quarantine message messages voicemail fax esign sign signature review urgent kunden kundenservice
  konto sicherheit anmelden zahlung rechnung dienst info hilfe cliente clientes cuenta seguridad
  acceso pago factura conta acesso pagamento fattura accesso sicurezza conto compte securite
  connexion paiement facture mise jour bank banking tracking track parcel paket delivery colis
  livraison envio pacco group corp inc hq global intl usa`.split(/\s+/),
)

/** How many words a domain's name is made of: 3 for `my-parcel-info.example`. */
export const wordCount = (domain: string): number => nameOf(domain).split('-').length

/** How many words of a domain's name are typical of fraud. */
export const lureCount = (domain: string): number =>
  nameOf(domain)
    .split('-')
    .filter((word) => lureWords.has(word)).length

/** A host taken apart, so that it can be compared with many. */
export interface Host {
  host: string
  domain: string
  /** The domain without its public ending. */
  name: string
  words: string[]
  skeleton: string
  wordSkeletons: string[]
}

/** Takes a host apart. */
export function takeApart(host: string): Host {
  const domain = domainOf(host)
  const name = nameOf(domain)
  const words = name.split('-')
  return {
    host,
    domain,
    name,
    words,
    skeleton: skeleton(name),
    wordSkeletons: words.map(skeleton),
  }
}

/**
 * How a host resembles the domain of another that it is not part of; null where it doesn't. Names
 * of fewer than four letters only match whole words.
 */
export function likeness(from: Host, to: Host): Likeness | null {
  const target = to.domain
  if (from.domain === target || to.name.length < 3) return null
  if (from.host.startsWith(`${target}.`) || from.host.includes(`.${target}.`))
    return 'its name inside a longer one'
  if (from.name === to.name) return to.name.length >= 6 ? 'its name with another ending' : null
  if (to.name.length >= 4 && from.skeleton === to.skeleton)
    return 'same letters in other characters'
  if (to.name.length >= 6 && oneLetterOff(from.name, to.name)) return 'one letter off'
  return hasAddedWords(from, to) ? 'its name with words added' : null
}

/** Whether a name is another's with lure words before or after it: `paypal-login`, `securechase`. */
function hasAddedWords(from: Host, to: Host): boolean {
  const { words } = from
  const wanted = to.name
  if (words.length > 1) {
    const at = from.wordSkeletons.indexOf(to.skeleton)
    if (at >= 0)
      return wanted.length >= 8 || words.some((word, i) => i !== at && lureWords.has(word))
  }
  if (wanted.length < 5) return false
  const joined = words.join('')
  if (joined.startsWith(wanted)) return lureWords.has(joined.slice(wanted.length))
  return joined.endsWith(wanted) && lureWords.has(joined.slice(0, -wanted.length))
}

const endings =
  'com net org co io eu info biz de fr es it nl be at ch uk co.uk us ca app dev cloud'.split(' ')
const letters = [...'abcdefghijklmnopqrstuvwxyz']

/** Domains that `domain` could be a slip of: one letter off, another ending, words taken away. */
export function originals(domain: string): string[] {
  const name = nameOf(domain)
  const suffix = domain.slice(name.length)
  if (name.length < 4 || name.length > 40 || !/^[\p{L}\d-]+$/u.test(name)) return []
  const names = new Set<string>()
  const words = name.split('-')
  for (let from = 0; from < words.length; from++)
    for (let to = from + 1; to <= words.length; to++) {
      const kept = words.slice(from, to)
      if (kept.length < words.length && words.some((w) => lureWords.has(w) && !kept.includes(w)))
        if (kept.join('-').length >= 4) names.add(kept.join('-'))
    }
  for (const word of lureWords) {
    if (name.endsWith(word)) names.add(name.slice(0, -word.length))
    if (name.startsWith(word)) names.add(name.slice(word.length))
  }
  for (const [a, b] of [
    ['rn', 'm'],
    ['m', 'rn'],
    ['vv', 'w'],
    ['cl', 'd'],
    ['0', 'o'],
    ['1', 'l'],
    ['1', 'i'],
    ['l', 'i'],
    ['i', 'l'],
    ['5', 's'],
    ['3', 'e'],
  ] as const)
    names.add(name.replaceAll(a, b))
  if (name.length >= 6)
    for (let i = 0; i <= name.length; i++) {
      const [head, tail] = [name.slice(0, i), name.slice(i)]
      names.add(head + tail.slice(1))
      if (tail.length > 1) names.add(`${head}${tail[1]}${tail[0]}${tail.slice(2)}`)
      for (const c of letters) names.add(head + c + tail).add(head + c + tail.slice(1))
    }
  names.delete('')
  const out = [...names].filter((n) => n.length >= 4 && n !== name).map((n) => n + suffix)
  if (name.length >= 6) out.push(...endings.map((e) => `${name}.${e}`).filter((d) => d !== domain))
  return out
}

const freeMail =
  /^(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|rocketmail|icloud|me|mac|aol|gmx|web|t-online|freenet|mail|email|proton|protonmail|pm|tutanota|tuta|fastmail|zoho|yandex|inbox|bk|list|qq|163|126|naver|daum|orange|wanadoo|free|sfr|laposte|libero|virgilio|tiscali|alice|uol|bol|terra|wp|o2|onet|interia|seznam|centrum|ziggo|kpnmail|telenet|skynet|bluewin|comcast|verizon|att|sbcglobal|btinternet|sky|posteo|mailbox)\.(?:com?|net|org|de|at|ch|fr|es|it|nl|be|pl|cz|se|dk|no|fi|ru|jp|br|uk|me|eu|kr|pt|com?\.[a-z]{2})$/

/** Whether anybody can have an address there. */
export const isFreeMail = (domain: string): boolean => freeMail.test(domain)
