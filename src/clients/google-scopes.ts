/**
 * Scopes that open all of somebody's mail, files, contacts or the company's accounts, and what they
 * allow: https://developers.google.com/identity/protocols/oauth2/scopes
 */
const wide: [RegExp, string][] = [
  [/^https:\/\/mail\.google\.com\/$|\/auth\/gmail\.modify$/, 'read and send all mail'],
  [/\/auth\/gmail\.(?:readonly)$/, 'read all mail'],
  [/\/auth\/gmail\.settings\.(?:basic|sharing)$/, 'change mail settings'],
  [/\/auth\/drive$/, 'read and change all Drive files'],
  [/\/auth\/drive\.readonly$/, 'read all Drive files'],
  [/\/auth\/admin\.directory\.(?:user|group|rolemanagement|domain)$/, 'change the accounts'],
  [/\/auth\/cloud-platform$/, 'change everything in Google Cloud'],
]

/** What the wide ones among scopes allow, without repeats: `read all mail`. */
export const accessOf = (scopes: readonly string[]): string[] => [
  ...new Set(wide.flatMap(([scope, words]) => (scopes.some((s) => scope.test(s)) ? [words] : []))),
]

const areas: [RegExp, string][] = [
  [/mail\.google\.com|\/auth\/gmail/, 'mail'],
  [/\/auth\/drive/, 'drive'],
  [/\/auth\/calendar/, 'calendar'],
  [/\/auth\/contacts|\/m8\/feeds/, 'contacts'],
  [/\/auth\/(?:spreadsheets|documents|presentations|forms)/, 'documents'],
  [/\/auth\/admin\./, 'administration'],
  [/\/auth\/cloud-platform/, 'cloud'],
  [/\/auth\/chat/, 'chat'],
  [/\/auth\/(?:userinfo|plus)|^(?:openid|email|profile)$/, 'name and address'],
]

/** What scopes are about, in words: `mail, drive`. */
export function areasOf(scopes: readonly string[]): string {
  const known = areas.flatMap(([scope, words]) =>
    scopes.some((s) => scope.test(s)) ? [words] : [],
  )
  const rest = scopes.some((s) => !areas.some(([scope]) => scope.test(s)))
  return [...known, ...(rest ? [known.length > 0 ? 'more' : 'something'] : [])].join(', ')
}
