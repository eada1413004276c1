import { countryCodes } from '../../../src/core/countries.ts'
import type { Rng } from '../../../src/office/rng.ts'
import * as names from './names.ts'
import type { Source, TargetKind, TextKind, Value, WhoKind } from './types.ts'

/** Marks around what noise must leave as it is. */
export const [open, close] = ['\uE000', '\uE001']
const keep = (text: string) => `${open}${text}${close}`

/** A value said as `say`, where `%` stands for it. */
function valued(value: string, say = '%', source?: Source): Value {
  const shown = say.replace('%', () => keep(value))
  const ends = /[sxz]$/i.test(value) && say.endsWith('%')
  return {
    value,
    shown,
    own: ends && /s$/.test(value) ? `${shown}'` : `${shown}'s`,
    ...(source && { source }),
  }
}

const ascii = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[^\x20-\x7e]/g, '')
    .toLowerCase()
    .replace(/[^a-z]/g, '')

/** A made-up domain; reserved endings: https://www.rfc-editor.org/rfc/rfc2606 */
export function domain(rng: Rng): string {
  const root = rng.pick(names.roots)
  const name = rng.chance(0.6) ? `${root}-${rng.pick(names.trades)}` : root
  return `${name}${rng.pick(['.example', '.example', '.example', '.example.com', '.example.org', '.test'])}`
}
const address = (rng: Rng) => {
  const [a, b] = [ascii(rng.pick(names.first)) || 'kim', ascii(rng.pick(names.last))]
  return `${rng.pick([a, `${a}.${b}`, `${a[0]}${b}`, `${a[0]}.${b}`])}@${domain(rng)}`
}
const team = (rng: Rng) =>
  `${rng.pick(['accounts', 'info', 'sales', 'office', 'billing', 'support', 'orders', 'hr', 'desk'])}@${domain(rng)}`
const username = (rng: Rng) => {
  const [a, b] = [ascii(rng.pick(names.first)) || 'kim', ascii(rng.pick(names.last))]
  return rng.pick([
    `${a}.${b}`,
    `${a}${rng.int(1, 99)}`,
    `${a[0]}${b}`,
    `temp-${a}`,
    `${a}_${b[0]}`,
    `intern-${a}`,
  ])
}
const lookalike = (rng: Rng) =>
  `${rng.pick(['parcel', 'invoice', 'secure', 'login', 'refund', 'mail', 'docs', 'bank', 'hr'])}-${rng.pick(names.roots)}${rng.pick(['.example', '.test', '.example.net'])}`
const accessKey = (rng: Rng) => `AKIA${rng.chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`
const freemail = [
  'gmail.com',
  'outlook.com',
  'hotmail.com',
  'yahoo.com',
  'gmx.net',
  'proton.me',
  'icloud.com',
]

/** A person as people name them; lower-case where the whole question is. */
export function person(rng: Rng, low = false): Value {
  const cased = (name: string) => (low ? name.toLowerCase() : name)
  const name = cased(rng.pick(names.first))
  const family = cased(rng.pick(names.last))
  const roll = rng.next()
  if (roll < 0.5) return valued(name)
  if (roll < 0.72) return valued(`${name} ${family}`)
  if (roll < 0.78)
    return valued(family, `${cased(rng.pick(['Mr. ', 'Ms. ', 'Mrs ', 'Dr. ', 'Mr ', 'Ms ']))}%`)
  if (roll < 0.9)
    return valued(
      name,
      `${rng.pick(['our', 'the', 'my', 'our new', 'our former'])} ${rng.pick(names.jobs)} %`,
    )
  return valued(`${name}`, '@%')
}
const me: Value = { value: 'me', shown: 'me', own: 'my', me: true }

function actor(rng: Rng): Value {
  const kinds = [
    () => valued(rng.pick(names.roles), rng.pick(['%', 'the role %', 'role %'])),
    () => valued(service(rng), rng.pick(['%', 'the service account %', 'user %', 'the user %'])),
    () => valued(accessKey(rng), rng.pick(['%', 'access key %', 'the key %', 'key %'])),
    () =>
      valued('root', rng.pick(['the root account', 'the % account', 'root account']), 'cloudtrail'),
  ]
  return (rng.chance(0.1) ? kinds[3] : rng.pick(kinds.slice(0, 3)))?.() as Value
}
const service = (rng: Rng) => {
  const stem = rng.pick(names.services)
  return rng.chance(0.5)
    ? stem
    : `${rng.pick(['svc-', 'bot-', 'app-', ''])}${stem}${rng.pick(['', '-prod', '-eu', '-02', '-dev'])}`
}

/** Who acts. */
export function who(rng: Rng, kind: WhoKind, low: boolean): Value {
  if (kind === 'sender') {
    const roll = rng.next()
    if (roll < 0.35)
      return valued(
        rng.chance(0.6)
          ? `${rng.pick(['billing', 'no-reply', 'ceo', 'service', 'notice'])}@${lookalike(rng)}`
          : address(rng),
      )
    if (roll < 0.65) return valued(lookalike(rng), rng.pick(['%', '%', 'the domain %']))
    if (roll < 0.85) return valued(rng.pick(names.pretences), rng.pick(['"%"', '%', '%']))
    return valued(
      `${ascii(rng.pick(names.last))}.${ascii(rng.pick(names.trades))}${rng.int(10, 99)}@${rng.pick(freemail)}`,
    )
  }
  if (kind === 'cloud' && rng.chance(0.45)) return actor(rng)
  const roll = rng.next()
  if (roll < 0.05) return me
  if (roll < 0.17) return valued(rng.chance(0.8) ? address(rng) : team(rng))
  if (roll < 0.25)
    return valued(username(rng), rng.pick(['%', 'user %', 'the user %', 'the account %']))
  return person(rng, low)
}

const filename = (rng: Rng) =>
  `${rng.pick(names.files.stems)}${rng.pick(names.files.marks)}.${rng.pick(names.files.endings)}`
const bucket = (rng: Rng) =>
  `${rng.pick(names.roots)}-${rng.pick(['backups', 'uploads', 'logs', 'exports', 'media', 'archive', 'static', 'raw', 'scans'])}${rng.pick(['', '', '-prod', '-eu', '-2025'])}`
const channel = (rng: Rng) =>
  rng.chance(0.4)
    ? rng.pick(names.roots)
    : `${rng.pick(['team', 'proj', 'ops', 'help', 'client', 'shift', 'all'])}-${rng.pick([...names.trades, ...names.roots])}`

const targets: Record<TargetKind, (rng: Rng, low: boolean) => Value> = {
  account: (rng, low) =>
    rng.chance(0.06) ? me : rng.chance(0.25) ? valued(address(rng)) : person(rng, low),
  newcomer: (rng) =>
    valued(
      rng.chance(0.5) ? username(rng) : service(rng),
      rng.pick(['%', 'the user %', 'user %', 'the account %']),
    ),
  file: (rng) => valued(filename(rng), rng.pick(['%', '%', 'the file %', 'the document %', '"%"'])),
  folder: (rng) =>
    valued(
      rng.pick(names.folders),
      rng.pick(['the folder %', 'the % folder', 'the folder "%"', 'folder %']),
    ),
  bucket: (rng) => valued(bucket(rng), rng.pick(['the bucket %', 'bucket %', '%', 'the % bucket'])),
  app: (rng) => valued(rng.pick(names.apps), rng.pick(['%', '%', '"%"'])),
  channel: (rng) => valued(channel(rng), rng.pick(['#%', '#%', 'the channel %', 'the #% channel'])),
  policy: (rng) => valued(rng.pick(names.policies), rng.pick(['the policy %', '%', 'policy %'])),
  trail: (rng) => valued(rng.pick(names.trails), rng.pick(['the trail %', 'trail %', '%'])),
  log: (rng) => valued(rng.pick(names.logs), rng.pick(['%', 'the file %']), 'files'),
  firewall: (rng) =>
    valued(`sg-0${rng.hex(8)}`, rng.pick(['security group %', 'the security group %', '%'])),
  instance: (rng) => valued(`i-0${rng.hex(9)}`, rng.pick(['instance %', '%', 'the instance %'])),
  secret: (rng) => valued(rng.pick(names.secrets), rng.pick(['the secret %', '%', 'secret %'])),
  mailbox: (rng, low) =>
    rng.chance(0.07)
      ? me
      : rng.chance(0.4)
        ? valued(rng.chance(0.5) ? team(rng) : address(rng))
        : person(rng, low),
  outsider: (rng) =>
    rng.chance(0.3)
      ? valued(rng.pick(freemail), rng.pick(['addresses at %', 'somebody at %', '% addresses']))
      : rng.chance(0.3)
        ? valued(domain(rng), rng.pick(['%', 'somebody at %', 'people at %']))
        : valued(rng.chance(0.5) ? address(rng) : `${username(rng)}@${rng.pick(freemail)}`),
  decoy: (rng) => {
    const kinds = [
      valued(
        filename(rng),
        rng.pick(['the decoy %', 'the honey file %', 'the bait file %', 'the trap %']),
      ),
      valued(accessKey(rng), rng.pick(['the canary key %', 'the decoy key %'])),
      valued(rng.pick(names.folders), rng.pick(['the trap folder %', 'the decoy folder %'])),
      valued(username(rng), rng.pick(['the decoy account %', 'the bait account %'])),
      valued(bucket(rng), rng.pick(['the honey bucket %', 'the canary bucket %'])),
    ]
    return rng.pick(kinds)
  },
  group: (rng) => valued(rng.pick(names.groups), rng.pick(['the group %', '%', 'the % group'])),
  key: (rng) => valued(accessKey(rng), rng.pick(['access key %', 'the key %'])),
  setting: (rng) =>
    valued(
      rng.pick([
        'session length',
        'guest access',
        'link sharing',
        'recovery email',
        'device management',
        'less secure apps',
        'retention',
      ]),
      rng.pick(['the setting "%"', 'the setting %']),
    ),
}
/** What is acted on. */
export const target = (rng: Rng, kind: TargetKind, low: boolean): Value => targets[kind](rng, low)

const kept = (text: string) => ({ value: text, shown: keep(text) })
/** Words to look for, and how to say that they are looked for. */
export function text(rng: Rng, kind: TextKind): { value: string; say: string } {
  const say = (value: string, ways: string[]) => ({
    value,
    say: rng.pick(ways).replace('%', () => kept(value).shown),
  })
  switch (kind) {
    case 'topic':
      return say(rng.pick(names.topics), [
        'about "%"',
        'about %',
        'with "%"',
        'mentioning "%"',
        'mentioning %',
        'containing "%"',
        'with the words "%"',
        'with "%" in it',
      ])
    case 'subject':
      return say(rng.pick(names.subjects), [
        'with the subject "%"',
        'titled "%"',
        'with subject "%"',
        'called "%"',
      ])
    case 'link':
      return say(lookalike(rng), [
        'with a link to %',
        'linking to %',
        'containing a link to %',
        'with links to %',
      ])
    case 'port':
      return say(rng.pick(names.ports), ['on port %', 'for port %', 'about port %'])
    case 'machine':
      return say(rng.pick(names.machines), ['of type %', '(%)', 'of the % kind'])
    case 'region':
      return say(rng.pick(names.regions), ['in %', 'in region %', 'in the region %'])
    case 'client':
      return say(rng.pick(names.clients), ['using %', 'with %', 'via %'])
  }
}

/** Addresses of documentation, private and shared ranges: https://www.rfc-editor.org/rfc/rfc6890 */
export function ip(rng: Rng): string {
  const b = () => rng.int(1, 254)
  const v4 = [
    () => `192.0.2.${b()}`,
    () => `198.51.100.${b()}`,
    () => `203.0.113.${b()}`,
    () => `10.${b()}.${b()}.${b()}`,
    () => `192.168.${b()}.${b()}`,
    () => `172.${rng.int(16, 31)}.${b()}.${b()}`,
    () => `100.${rng.int(64, 127)}.${b()}.${b()}`,
    () => `198.${rng.int(18, 19)}.${b()}.${b()}`,
  ]
  const roll = rng.next()
  if (roll < 0.08)
    return `2001:db8:${rng.hex(2).replace(/^0+/, '') || '1'}::${rng.hex(2).replace(/^0+/, '') || '5'}`
  if (roll < 0.12)
    return rng.pick([
      `10.${b()}.0.0/16`,
      `192.168.${b()}.0/24`,
      '203.0.113.0/24',
      '198.51.100.0/24',
    ])
  return rng.pick(v4)()
}

/** Countries that come up often, by what else they are called. */
const aka: Record<string, string[]> = {
  'United States': ['the US', 'the USA', 'America', 'the United States', 'the States'],
  'United Kingdom': ['the UK', 'Britain', 'the United Kingdom', 'Great Britain'],
  Netherlands: ['the Netherlands', 'Holland'],
  'United Arab Emirates': ['the UAE', 'the Emirates', 'the United Arab Emirates'],
  Czechia: ['the Czech Republic', 'Czechia'],
  Turkey: ['Turkey', 'Türkiye'],
  Philippines: ['the Philippines'],
  'South Korea': ['South Korea', 'Korea (South)'],
  Russia: ['Russia', 'the Russian Federation'],
  'Ivory Coast': ['Ivory Coast', "Côte d'Ivoire"],
  Myanmar: ['Myanmar', 'Burma'],
}
const often = [
  ...[
    'Russia',
    'China',
    'Nigeria',
    'Romania',
    'Ukraine',
    'India',
    'Brazil',
    'Vietnam',
    'Iran',
    'Germany',
  ],
  ...[
    'United States',
    'United Kingdom',
    'Netherlands',
    'France',
    'Turkey',
    'Indonesia',
    'Bulgaria',
    'Spain',
  ],
]
const all = [...countryCodes.keys()]
/** A country, and what it is called. */
export function country(rng: Rng): { value: string; shown: string } {
  const value = rng.chance(0.4) ? rng.pick(often) : rng.pick(all)
  return { value, shown: rng.pick(aka[value] ?? [value]) }
}
