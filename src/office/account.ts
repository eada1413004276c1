import type { Staff } from './people.ts'
import type { Profile } from './profile.ts'
import type { Rng } from './rng.ts'

/** A user of the AWS account with its long-lived key, if it has one. */
export interface IamUser {
  name: string
  principal: string
  key: string
  /** The person behind it, or null for a machine's. */
  owner: Staff | null
}

export interface Role {
  name: string
  principal: string
}

/** The company's AWS account. */
export interface Account {
  id: string
  /** Region where most of it runs, and another. */
  home: string
  second: string
  users: IamUser[]
  /** The build runner's own user, and where it runs. */
  ci: IamUser
  ciIp: string
  /** User of a small machine in the office that fetches reports. */
  office: IamUser
  officeIp: string
  deployRole: Role
  /** Execution roles of functions and machines. */
  roles: Role[]
  /** Role that a cost reporting vendor assumes, and the vendor's addresses. */
  vendorRole: Role
  vendorAccount: string
  vendorIp: string
  /** Addresses the company's own machines call from. */
  natIps: string[]
  instances: string[]
  buckets: string[]
  keyId: string
  trail: string
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** An id as IAM makes them, no letter twice: `AKIA` and 16 of A–Z, 2–7. */
export const awsId = (rng: Rng, prefix: string): string =>
  prefix + rng.sample([...base32], 16).join('')

/** The part of a secret access key that follows no pattern: 40 characters. */
export const awsSecret = (rng: Rng): string => {
  const marks = rng.sample(['/', '+', '/'], rng.int(1, 2))
  const rest = rng.sample([...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'], 40)
  marks.forEach((mark, i) => {
    rest[rng.int(5, 17) + i * 15] = mark
  })
  return rest.join('')
}

export const digits = '0123456789'

/** Users, keys, roles and things of the account; the same ids for the whole world. */
export function createAccount(rng: Rng, profile: Profile, staff: Staff[]): Account {
  const user = (name: string, owner: Staff | null): IamUser => ({
    name,
    principal: awsId(rng, 'AIDA'),
    key: awsId(rng, 'AKIA'),
    owner,
  })
  const role = (name: string): Role => ({ name, principal: awsId(rng, 'AROA') })
  const { services } = profile.trade
  const slug = profile.domain.split('.')[0] as string
  const home = profile.place.region
  const nat = `3.${rng.int(64, 127)}.${rng.int(2, 250)}`
  return {
    id: `${rng.int(2, 8)}${rng.chars(digits, 11)}`,
    home,
    second: rng.pick(['eu-north-1', 'ca-west-1', 'ap-south-1'].filter((region) => region !== home)),
    users: staff.flatMap((person) => (person.iam_user ? [user(person.iam_user, person)] : [])),
    ci: user(rng.pick(['ci-runner', 'svc-ci', 'build-runner']), null),
    ciIp: `116.203.${rng.int(2, 250)}.${rng.int(4, 250)}`,
    office: user(rng.pick(['office-reports', 'backup-nas', 'svc-exports']), null),
    officeIp: profile.officeIp,
    deployRole: role(rng.pick(['deploy-production', 'ci-deploy', 'release'])),
    roles: services.map((service) => role(`${service}-${rng.pick(['lambda', 'task', 'exec'])}`)),
    vendorRole: role('cost-reports-read-only'),
    vendorAccount: `${rng.int(2, 8)}${rng.chars(digits, 11)}`,
    vendorIp: `34.${rng.int(200, 240)}.${rng.int(2, 250)}.${rng.int(4, 250)}`,
    natIps: [`${nat}.${rng.int(4, 120)}`, `${nat}.${rng.int(121, 250)}`],
    instances: Array.from({ length: 4 }, () => `i-0${rng.hex(16)}`),
    buckets: ['assets', 'backups', 'exports', 'logs', 'uploads'].map((kind) => `${slug}-${kind}`),
    keyId: rng.uuid(),
    trail: rng.pick(['management-events', 'main', 'audit']),
  }
}
