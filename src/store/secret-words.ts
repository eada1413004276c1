import { entropy, hash, isIdentifier, isPlaceholder, type Span } from './secret-rules.ts'

/** What people call a password, in the languages small companies write. */
const passwordWords =
  'pass(?:word|wort|wd|code|phrase)s?|pwd?|kennwort|wachtwoord|mot de passe|mdp|contrase[ñn]a|clave|senha|palavra-passe|parola|has[łl]o|l[öo]senord|passord|adgangskode|heslo|jelsz[óo]|[şs]ifre|salasana|пароль|パスワード|密码|密碼|كلمة المرور'

/** Found by their own form: prefixes that services give their tokens. */
const forms: [string, RegExp][] = [
  ['slack-token', /\bxox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{10,250}/g],
  ['slack-app-token', /\bxapp-\d-[A-Za-z0-9-]{10,250}/g],
  [
    'slack-webhook-url',
    /hooks\.slack\.com\/(?:services|workflows|triggers)\/([A-Za-z0-9_/]{20,120})/g,
  ],
  ['github-token', /\b(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255})/g],
  ['gitlab-token', /\bgl(?:pat|ptt|dt|rt|cbt|soat)-[A-Za-z0-9_-]{16,64}/g],
  ['google-oauth-secret', /\bGOCSPX-[A-Za-z0-9_-]{20,40}/g],
  ['google-oauth-token', /\bya29\.[A-Za-z0-9_-]{20,2048}/g],
  ['google-refresh-token', /(?<![\w/])1\/\/0[A-Za-z0-9_-]{30,512}/g],
  ['google-api-key', /\bAIza[A-Za-z0-9_-]{35}/g],
  ['mailgun-key', /\bkey-[0-9a-f]{32}\b/g],
  ['notion-token', /\b(?:ntn|secret)_[A-Za-z0-9]{40,64}\b/g],
  ['tailscale-key', /\btskey-[a-z]{2,10}-[A-Za-z0-9-]{20,80}/g],
  ['mollie-key', /\b(?:live|test)_[A-Za-z0-9]{30}\b/g],
  ['openai-api-key', /\bsk-(?:proj-|svcacct-|admin-|ant-[a-z0-9]{2,12}-)?[A-Za-z0-9_-]{32,255}/g],
  ['stripe-key', /\b(?:[sr]k_(?:live|test|prod)|whsec)_[A-Za-z0-9]{10,120}/g],
  [
    'aws-session-token',
    /(?<![A-Za-z0-9/+])(?:FwoGZXIvYXdz|FQoGZXIvYXdz|IQoJb3JpZ2lu)[A-Za-z0-9/+]{50,4096}={0,2}/g,
  ],
  ['jwt', /\beyJ[A-Za-z0-9_-]{10,4096}\.eyJ[A-Za-z0-9_-]{10,8192}(?:\.[A-Za-z0-9_-]{0,2048})?/g],
  [
    'private-key',
    /-----BEGIN[ A-Z0-9]{0,40}PRIVATE KEY(?: BLOCK)?-----((?:[A-Za-z0-9+/=\s]|\\[nr]|[A-Z][A-Za-z-]{2,15}: [^\n]{0,80}){16,16384})/g,
  ],
  [
    'connection-string',
    /:\/\/[^\s:/?#@'"<>]{0,64}:(?!\d{1,5}(?:[/?#\s]|$))([^\s'"<>…]{1,128})@[\w[]/g,
  ],
  ['bearer-token', /\b(?:bearer|basic)\s{1,3}([A-Za-z0-9\-._~+/]{16,4096}={0,2})/gi],
]

const linkToken =
  /[?&#;](?:access_?token|id_?token|refresh_?token|token|sig|signature|api_?key|secret|client_secret|password|passwd|pwd|auth|code|ticket|X-Amz-(?:Signature|Security-Token|Credential))=([^&\s#"'<>…]{8,4096})/gi

const mentionsPassword = new RegExp(passwordWords, 'iu')
const stated = new RegExp(
  `(?<![\\p{L}\\d])(?:${passwordWords})(?![\\p{L}])["'\`*_]{0,3}(?:\\s{0,3}(?:[:=：]|->|=>)\\s{0,3}|\\s{1,3}(?:is|ist|lautet|es|est|è|é|to|jest|är|er|je|это)\\s{1,3}[:]?)["'\`*_(\\[„“«]{0,3}([^\\s"'\`<>…„“”«»]{4,128})`,
  'giu',
)
const statedLater = new RegExp(
  `(?<![\\p{L}\\d])(?:${passwordWords})(?![\\p{L}])[^\\n.:=!?@/…]{1,48}?(?:\\s(?:is|ist|lautet|es|est|è|é|jest|är|er|je)\\s[:]?|[:=：]\\s{0,3})["'\`*_(\\[„“«]{0,3}([^\\s"'\`<>…„“”«»]{6,128})`,
  'giu',
)
const login =
  /\b(?:login|log-in|credentials?|creds|zugangsdaten|identifiants|credenciales|credenziali|user(?:name)?)\b[^\n:]{0,24}:\s{0,3}["'`*]{0,2}[\w.@+-]{2,64}["'`]?\s{0,2}[/|,]\s{0,2}["'`]?([^\s"'`<>…]{6,128})/gi

/** A password right behind the word: only where it looks like one. */
const bare = new RegExp(
  `(?<![\\p{L}\\d])(?:${passwordWords})(?![\\p{L}])["'\`*_]{0,3}\\s{1,3}["'\`*_(]{0,3}([^\\s"'\`<>…„“”«»]{7,64})`,
  'giu',
)
/** A long random value in the sentence of a key or token. */
const keyed =
  /(?<!\p{L})(?:tokens?|api.?keys?|keys?|secrets?|schlüssel|clé|clave|chave|chiave|sleutel|klucz|nyckel|токен|ключ)(?!\p{L})([^\n]{0,40}?)(?<![\w/.+@:-])([A-Za-z0-9_+/-]{23,256}={0,2})(?![\w@/.:-]?[\w@])/giu

const inToken = Uint8Array.from({ length: 128 }, (_, code) =>
  /[\w+/-]/.test(String.fromCharCode(code)) ? 1 : 0,
)

/** Length of the longest stretch that could be a token: cheaper than trying each expression. */
function longestRun(text: string): number {
  let [longest, run] = [0, 0]
  for (let i = 0; i < text.length; i++) {
    run = inToken[text.charCodeAt(i)] === 1 ? run + 1 : 0
    if (run > longest) longest = run
  }
  return longest
}

/** Words and numbers joined by hyphens or slashes, as in file names. */
const isSlug = (value: string) =>
  value.split(/[-_/]/).every((part) => /^(?:[a-z]*|[A-Z]?[a-z]+|\d{1,8})$/.test(part))

const looksRandom = (value: string) =>
  (value.match(/\d/g)?.length ?? 0) >= 3 &&
  /[A-Za-z]/.test(value) &&
  !isSlug(value) &&
  entropy(value) > (/^[0-9a-f-]+$/i.test(value) ? 3 : 3.8)

const awsSecret = /(?<![A-Za-z0-9/+.@-])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=@-])/g

/** The head of an encoded word: https://www.rfc-editor.org/rfc/rfc2047#section-2 */
const encodedWord = /=\?[\w*-]{1,30}\?[bq]\?$/i

const mixed = (s: string) => /\p{L}/u.test(s) && /[\d\p{P}\p{S}]/u.test(s)
const notPassword = (s: string) =>
  /^\/\/|:\/\/|^www\.|^[\w.+-]+@[\w-]+\.\w|^\*+$|^\d{1,2}[.:/]\d{2}|^[<{[(%$]|^(?:data|var|local|env|process|os|secrets)\.|^[\w.]+\(/u.test(
    s,
  ) ||
  /^[0-9a-f]{32,128}$/i.test(s) ||
  isIdentifier(s)
const trimEnd = (s: string) => {
  const trimmed = s.replace(/[.,;:)\]*_]{1,3}$/, '')
  return trimmed.length < 4 ? s : trimmed
}

function* groups(regex: RegExp, text: string): Generator<[string, number]> {
  for (const match of text.matchAll(regex)) {
    const value = match[1] ?? match[0]
    yield [value, match.index + match[0].lastIndexOf(value)]
  }
}

/** Whether a character of `text` before `at` belongs to a link. */
const insideUrl = (text: string, at: number) =>
  /:\/\/\S*$/.test(text.slice(Math.max(0, at - 400), at))

/** Secrets that gitleaks has no rule for: stated passwords, AWS secret keys, links' tokens. */
export function matchWords(text: string): Span[] {
  const out: Span[] = []
  const add = (rule: string, value: string, start: number, real: boolean, exact: boolean) =>
    out.push({ start, end: start + value.length, rule, real: real && !isPlaceholder(value), exact })

  for (const [rule, regex] of forms)
    for (const [value, at] of groups(regex, text)) {
      if (rule === 'bearer-token' && !(/\d/.test(value) && entropy(value) > 3)) continue
      add(rule, value, at, value.length < 8 || entropy(value) > 3, true)
    }
  for (const [value, at] of groups(linkToken, text))
    if (!isIdentifier(value)) add('link-token', value, at, false, false)
  const run = longestRun(text)
  for (const [value, at] of run < 40 ? [] : groups(awsSecret, text)) {
    if (!(/[a-z]/.test(value) && /[A-Z]/.test(value)) || entropy(value) < 4) continue
    const near = /AKIA|ASIA|aws|secret/i.test(text.slice(Math.max(0, at - 200), at))
    if (!near && !(/\d/.test(value) && entropy(value) > 4.3)) continue
    const encoded = encodedWord.test(text.slice(Math.max(0, at - 40), at))
    add('aws-secret-key', value, at, !encoded && (near || !insideUrl(text, at)), true)
  }
  for (const match of run < 23 ? [] : text.matchAll(keyed)) {
    const [whole, gap = '', value = ''] = match
    if (!looksRandom(value) || isIdentifier(value)) continue
    if (hash.test(value) && !/^\W{0,4}(?:is|ist|es|est|è|é)?\W{0,4}$/.test(gap)) continue
    const open = /public|site|publishable|öffentlich|publi[ck]/i.test(
      gap + text.slice(Math.max(0, match.index - 16), match.index),
    )
    add('keyed-token', value, match.index + whole.lastIndexOf(value), !open, false)
  }
  if (!mentionsPassword.test(text) && !/login|log-in|cred|user/i.test(text)) return out
  for (const [found, at] of groups(bare, text)) {
    const value = trimEnd(found)
    const strong = /\d/.test(value) && /\p{L}/u.test(value) && !notPassword(value)
    if (
      strong &&
      (/[^\p{L}\d/.-]/u.test(value) || (/\p{Lu}/u.test(value) && /\p{Ll}/u.test(value)))
    )
      add('password', value, at, true, false)
  }
  for (const regex of [stated, statedLater, login])
    for (const [found, at] of groups(regex, text)) {
      const value = trimEnd(found)
      if (value.length < 4 || notPassword(value)) continue
      const strong = mixed(value)
      const explicit =
        regex === stated && /[:=：>]\W{0,6}$/u.test(text.slice(Math.max(0, at - 8), at))
      const alone = /^\W{0,3}(?:[\r\n,;]|$)/u.test(
        text.slice(at + value.length, at + value.length + 8),
      )
      if (strong || (explicit && alone))
        add('password', value, at, strong && value.length >= 6, false)
    }
  return out
}
