import { type Account, awsId, awsSecret, digits, type IamUser } from './account.ts'
import { hour, minute } from './calendar.ts'
import type { ChatWriter } from './chat.ts'
import { htmlOf, mailerOf } from './mail-text.ts'
import { plain } from './names.ts'
import type { Staff } from './people.ts'
import { strangeNetworks } from './places.ts'
import type { Post } from './post.ts'
import type { Profile } from './profile.ts'
import { fill, type Rng } from './rng.ts'
import { companySlots } from './slots.ts'
import { lures, ownerFrauds, pasteAnswers, pastes, supplierFrauds } from './story-phrases.ts'
import { type Call, keyCaller, type TrailWriter } from './trail.ts'
import type { Truth } from './world.ts'

/** When the attacks happen, ms UTC. */
export interface Timetable {
  phish: number
  paste: number
  calls: number[]
  fraud: number
  /** Two hours after the last of them. */
  end: number
}

/** Draws the moments of the attack day's morning. */
export function planAttacks(rng: Rng, attackDay: number): Timetable {
  const phish = attackDay + Math.floor((9.2 + rng.next() * 1.3) * hour)
  const paste = phish + rng.int(12 * 60, 25 * 60) * 1000 + rng.int(0, 999)
  let at = paste + rng.int(8 * 60, 19 * 60) * 1000
  const calls = Array.from({ length: rng.int(3, 6) }, () => {
    at += rng.int(4, 70) * 1000
    return at
  })
  const fraud = phish + rng.int(4, 55) * minute + rng.int(0, 59_999)
  return { phish, paste, calls, fraud, end: Math.max(at, fraud) + 2 * hour }
}

interface Cast {
  profile: Profile
  staff: Staff[]
  account: Account
  victim: Staff
  /** Whose key is pasted: the victim's own user or a machine's. */
  user: IamUser
  times: Timetable
}

/** A name that is nearly the given one. */
export function nearly(rng: Rng, label: string): string {
  const swaps: [string, string][] = [
    ['l', '1'],
    ['o', '0'],
    ['m', 'rn'],
    ['i', 'l'],
    ['w', 'vv'],
    ['e', '3'],
  ]
  const fit = swaps.filter(([from]) => label.includes(from))
  const at = rng.int(1, label.length - 2)
  const doubled = label.slice(0, at) + label[at] + label.slice(at)
  if (!fit.length || rng.chance(0.3)) return doubled
  const [from, to] = rng.pick(fit)
  return label.replace(from, to)
}

const falseDomain = (rng: Rng, label: string) =>
  rng.chance(0.5)
    ? `${nearly(rng, label)}.example`
    : `${label}-${rng.pick(['login', 'verify', 'secure', 'sso', 'accounts'])}.example`

/** Phishing, a key in a channel, the key in a thief's hands. */
export function keyTheft(
  rng: Rng,
  cast: Cast,
  { post, chat, trail }: { post: Post; chat: ChatWriter; trail: TrailWriter },
): Truth {
  const { profile, staff, account, victim, user, times } = cast
  const label = profile.domain.split('.')[0] as string
  const others = staff.filter((person) => person !== victim)
  const slots = {
    ...companySlots(rng, profile, staff, others),
    first: victim.first,
    handle: plain(victim.first),
    address: victim.email,
    id: user.key,
    secret: awsSecret(rng),
    region: account.home,
  }
  const lure = rng.pick(lures)
  const domain = falseDomain(rng, lure.label ?? label)
  const text = fill(rng, lure.text, slots)
  const path = rng.pick(['session', 'login', 'verify', 'account/confirm', 'auth/signin'])
  const href = `https://${rng.pick(['', 'login.', 'secure.'])}${domain}/${path}?u=${rng.hex(6)}`
  const button = fill(rng, lure.button, slots)
  const honest = rng.chance(0.6)
  const mail = post.send(
    {
      at: times.phish,
      from: {
        name: fill(rng, lure.name, slots),
        address: `${rng.pick(['no-reply', 'security', 'support', 'notifications'])}@${domain}`,
      },
      to: [mailerOf(victim)],
      subject: fill(rng, lure.subject, slots),
      text: `${text}\n\n${button}: ${href}`,
      html: htmlOf(text, [button, href], 'This is an automatic message.'),
      time_zone: 'UTC',
      ip: `${rng.pick(strangeNetworks)}.${rng.int(2, 250)}.${rng.int(4, 250)}`,
      checks: honest
        ? { spf: 'pass', dkim: 'pass', dmarc: rng.pick(['pass', 'none']) }
        : { spf: rng.pick(['fail', 'softfail', 'none']), dkim: 'none', dmarc: 'fail' },
      // Below Google's own line, this is the sender's text.
      headers: rng.chance(0.4)
        ? [
            [
              'Authentication-Results',
              `mx.google.com; spf=pass smtp.mailfrom=${domain}; dmarc=pass`,
            ],
          ]
        : [],
    },
    [victim.email],
  ).copies[0]

  const room = chat.room(rng.pick(['eng', 'eng', 'general', 'deploys']))
  const pasted = fill(rng, rng.pick(pastes), slots)
  const message = chat.write(times.paste, room, victim.slack_id, pasted)
  const friend = rng.pick(others.filter((p) => ['lead', 'engineer', 'ops'].includes(p.job)))
  const answer = fill(rng, rng.pick(pasteAnswers), slots)
  chat.write(times.paste + rng.int(60, 260) * 1000, room, friend.slack_id, answer, {
    thread_ts: message.ts,
  })

  const caller = keyCaller(
    account,
    user,
    `${rng.pick(strangeNetworks)}.${rng.int(2, 250)}.${rng.int(4, 250)}`,
    rng.pick([
      'aws-cli/2.15.30 Python/3.11.8 Linux/6.6.15-amd64 exe/x86_64.kali.2024 prompt/off command/iam',
      'Boto3/1.34.11 md/Botocore#1.34.11 ua/2.0 os/linux#6.1.0 md/arch#x86_64 lang/python#3.11.2',
      'aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5 md/GOOS#linux md/GOARCH#amd64',
    ]),
  )
  const items = theftCalls(rng, account, user, times.calls).map((call, i) =>
    trail.write(times.calls[i] as number, caller, call),
  )
  return {
    name: 'key-theft',
    events: [
      `gmail:${mail?.mailbox}:${mail?.id}`,
      `slack:${chat.slack.team.id}:${message.channel}:${message.ts}`,
      ...items.map(({ record }) => `cloudtrail:${account.id}:${record.eventID}`),
    ],
  }
}

/** `Mar 10, 2026, 9:15:02 AM`, as IAM writes it. */
const consoleDate = (at: number) =>
  new Date(at).toLocaleString('en-US', {
    timeZone: 'UTC',
    dateStyle: 'medium',
    timeStyle: 'medium',
  })

/** Who am I, who is there, and how do I stay. */
function theftCalls(rng: Rng, account: Account, user: IamUser, times: number[]): Call[] {
  const region = 'us-east-1'
  const arn = `arn:aws:iam::${account.id}:user/${user.name}`
  const denied = rng.chance(0.5)
  const refusal: [string, string] = [
    'AccessDenied',
    `User: ${arn} is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${account.id}:user/ because no identity-based policy allows the iam:ListUsers action`,
  ]
  const policyArn = 'arn:aws:iam::aws:policy/AdministratorAccess'
  const attach: Call = {
    service: 'iam',
    name: 'AttachUserPolicy',
    region,
    request: { userName: user.name, policyArn },
  }
  const create: Call = {
    service: 'iam',
    name: 'CreateAccessKey',
    region,
    request: { userName: user.name },
    response: {
      accessKey: {
        accessKeyId: awsId(rng, 'AKIA'),
        status: 'Active',
        userName: user.name,
        createDate: consoleDate(times[2] ?? 0),
      },
    },
  }
  const [stay, also] = rng.chance(0.65) ? [attach, create] : [create, attach]
  const name = `arn:aws:cloudtrail:${account.home}:${account.id}:trail/${account.trail}`
  const more: Call[] = [
    also,
    { service: 'cloudtrail', name: 'StopLogging', region: account.home, request: { name } },
    { service: 's3', name: 'ListBuckets', region },
  ]
  return [
    { service: 'sts', name: 'GetCallerIdentity', region },
    { service: 'iam', name: 'ListUsers', region, ...(denied ? { error: refusal } : {}) },
    stay,
    ...rng.sample(more, times.length - 3),
  ]
}

/** A false mail about money to somebody who pays, unrelated to the theft. */
export function invoiceFraud(rng: Rng, cast: Cast, post: Post): Truth {
  const { profile, staff, times } = cast
  const to = rng.pick(staff.filter(({ job }) => job === 'finance' || job === 'office'))
  const owner = staff.find(({ job }) => job === 'owner') as Staff
  const supplier = rng.pick(profile.suppliers)
  const asOwner = rng.chance(0.5)
  const name = asOwner ? owner.name : supplier.contact
  const bank = `${rng.pick(['LT', 'CY', 'PL'])}${rng.chars(digits, 2)} ${rng.chars(digits, 4)} ${rng.chars(digits, 4)} ${rng.chars(digits, 4)} ${rng.chars(digits, 4)}`
  const slots = {
    ...companySlots(rng, profile, staff, staff),
    supplier: supplier.name,
    supplies: supplier.supplies,
    to: to.first,
    name: asOwner ? owner.first : supplier.contact,
    iban: bank,
  }
  const handle = plain(name.split(' ')[0] ?? '')
  const lastName = plain(name.split(' ').at(-1) ?? '')
  const free = `${handle}.${lastName}${rng.int(10, 999)}@${rng.pick(['gmail.com', 'outlook.com', 'yahoo.com'])}`
  const label = supplier.domain.split('.')[0] as string
  const address =
    asOwner || rng.chance(0.3)
      ? free
      : `${supplier.email.split('@')[0]}@${nearly(rng, label)}.example`
  const [subject, text] = rng.pick(asOwner ? ownerFrauds : supplierFrauds)
  const files = text.includes('attached')
    ? [{ name: 'letter-signed.pdf', type: 'application/pdf' }]
    : []
  const copy = post.send(
    {
      at: times.fraud,
      from: { name, address },
      to: [mailerOf(to)],
      subject: fill(rng, subject, slots),
      text: fill(rng, text, slots),
      files,
      time_zone: profile.place.time_zone,
      ip: `185.${rng.int(20, 60)}.${rng.int(2, 250)}.${rng.int(4, 250)}`,
      checks: { spf: 'pass', dkim: 'pass', dmarc: 'pass' },
    },
    [to.email],
  ).copies[0]
  return { name: 'invoice-fraud', events: [`gmail:${copy?.mailbox}:${copy?.id}`] }
}
