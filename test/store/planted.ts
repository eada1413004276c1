/** Secrets of many kinds, made from a seed: none of them stands in a file. */
export interface Planted {
  kind: string
  /** As it would be written. */
  text: string
  /** What must not be found afterwards. */
  secret: string
}

/** A small seeded generator (mulberry32). */
export function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const lower = upper.toLowerCase()
const digits = '0123456789'
const alnum = upper + lower + digits
const dashes = '-'.repeat(5)
const hex = '0123456789abcdef'

/** `count` secrets, each of the next kind. */
export function plant(seed: number, count: number): Planted[] {
  const random = createRandom(seed)
  const of = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet[random(alphabet.length)]).join('')
  const token = (kind: string, prefix: string, alphabet: string, length: number) => () => {
    const secret = prefix + of(alphabet, length)
    return { kind, text: secret, secret }
  }
  const around =
    (kind: string, before: string, make: () => string, after = '') =>
    () => {
      const secret = make()
      return { kind, text: `${before}${secret}${after}`, secret }
    }
  const password = () => `${of(upper, 1)}${of(lower, 5)}${of(digits, 3)}${of('!#+$', 1)}`
  const kinds = [
    token('github', `gh${'p'}_`, alnum, 36),
    token('github fine', `github${'_pat_'}`, alnum, 60),
    token('gitlab', `gl${'pat-'}`, alnum, 20),
    token('stripe', `sk${'_live_'}`, alnum, 24),
    token('openai', `sk${'-proj-'}`, alnum, 48),
    token('google api', `AI${'za'}`, alnum, 35),
    token('google secret', `GOC${'SPX-'}`, alnum, 28),
    token('slack', `xo${'xb-'}${of(digits, 12)}-${of(digits, 12)}-`, alnum, 24),
    token('slack app', `xa${'pp-1-'}A${of(upper, 10)}-${of(digits, 13)}-`, hex, 64),
    token('sendgrid', `S${'G.'}${of(alnum, 22)}.`, alnum, 43),
    token('npm', `np${'m_'}`, alnum, 36),
    token('shopify', `shp${'at_'}`, hex, 32),
    token('jwt', `ey${'J'}${of(alnum, 20)}.ey${'J'}${of(alnum, 40)}.`, alnum, 43),
    token('aws secret', '', `${alnum}${alnum}/+`, 40),
    around('aws pair', `AKI${'A'}${of(upper, 16)} / `, () => of(`${alnum}${alnum}/+`, 40)),
    around(
      'private key',
      `${dashes}BEGIN RSA PRIVATE KEY${dashes}\n`,
      () => of(alnum, 64),
      `\n${dashes}END RSA PRIVATE KEY${dashes}`,
    ),
    around('connection', 'postgres://app:', () => of(alnum, 18), '@db.internal:5432/app'),
    around('bearer', 'Authorization: Bearer ', () => of(alnum, 40)),
    around('generic', 'api_key = "', () => of(alnum, 32), '"'),
    around('password en', 'The password is ', password),
    around('password de', 'Passwort: ', password),
    around('password fr', 'mot de passe : ', password),
    around('password es', 'la contraseña es ', password),
    around('password it', 'password: ', password),
    around('password nl', 'wachtwoord: ', password),
    around('password pl', 'hasło: ', password),
    around('password pt', 'a senha é ', password),
    around('pw', 'pw is ', password),
    around('link', 'https://app.example/reset?token=', () => of(alnum, 40)),
  ]
  return Array.from({ length: count }, (_, i) => (kinds[i % kinds.length] ?? kinds[0])?.()).filter(
    (p) => p !== undefined,
  )
}
