import { createRng } from './rng.ts'
import type { World } from './world.ts'

/** A user of IAM, or the root; times in ms UTC. */
export interface AwsUser {
  /** `<root_account>` for the root. */
  name: string
  created: number
  password: { changed: number; used: number | null } | null
  mfa: boolean
  /** Two at most. */
  keys: AwsKey[]
}

export interface AwsKey {
  active: boolean
  rotated: number
  used: { at: number; region: string | null; service: string } | null
}

/** Which of the four parts of a lock are on, in the order of S3's answer. */
export type AwsBlock = [
  blockPublicAcls: boolean,
  ignorePublicAcls: boolean,
  blockPublicPolicy: boolean,
  restrictPublicBuckets: boolean,
]

export interface AwsBucket {
  name: string
  region: string
  created: number
  block: AwsBlock | null
  policy: 'public' | 'private' | null
  acl: 'public' | 'private'
  tags: Record<string, string>
}

/** A snapshot (`snap-…`) or a machine image (`ami-…`). */
export interface AwsDisk {
  id: string
  name: string
  region: string
  created: number
  public: boolean
}

export interface AwsTrail {
  name: string
  home: string
  bucket: string
  multi_region: boolean
  validation: boolean
  logging: boolean
}

/** What an AWS account holds beside the record of its calls. */
export interface AwsSettings {
  /** The root first. */
  users: AwsUser[]
  block: AwsBlock | null
  buckets: AwsBucket[]
  snapshots: AwsDisk[]
  images: AwsDisk[]
  trails: AwsTrail[]
}

/** What IAM's credential report calls the root. */
export const root = '<root_account>'

export const locked: AwsBlock = [true, true, true, true]

/** Names that the world's own trail and people know. */
export function awsCast(world: World) {
  const people = world.people.flatMap(({ iam_user }) => iam_user ?? [])
  const callers = world.trail.flatMap(({ record }) => {
    const who = record.userIdentity as { type?: string; userName?: string } | undefined
    return who?.type === 'IAMUser' && who.userName ? [who.userName] : []
  })
  const machines = [...new Set([...callers, 'ci-runner'])].filter((name) => !people.includes(name))
  const regions = world.trail.map(({ region }) => region).filter((region) => region !== 'us-east-1')
  const slug = world.company.domain.split('.')[0] ?? 'company'
  return { people, machines, home: regions[0] ?? 'eu-west-1', slug }
}

/**
 * An account in good order: a root nobody uses, second steps and young keys, an old key that is
 * switched off, a key being replaced, a website's bucket, and an older trail beside the one that
 * covers all. A pure function of the world's seed.
 */
export function createAwsSettings(world: World): AwsSettings {
  const rng = createRng(world.seed).fork('aws-settings')
  const { people, machines, home, slug } = awsCast(world)
  const ago = (from: number, to = from) => world.start - rng.int(from * 24, to * 24) * 3_600_000
  const key = (rotated: number, service: string): AwsKey => ({
    active: true,
    rotated,
    used: { at: ago(0, 2), region: service === 's3' ? null : home, service },
  })
  const person = (name: string, n: number): AwsUser => {
    const keys = [key(ago(20, 80), 'ec2')]
    if (n === 0) keys.unshift({ ...key(ago(400, 500), 's3'), active: false })
    if (n === 1) keys.push(key(ago(3, 8), 'sts'))
    return {
      name,
      created: ago(500, 900),
      password: { changed: ago(100, 400), used: ago(0, 9) },
      mfa: true,
      keys,
    }
  }
  const bucket = (name: string, more: Partial<AwsBucket> = {}): AwsBucket => ({
    name,
    region: home,
    created: ago(200, 900),
    block: locked,
    policy: null,
    acl: 'private',
    tags: {},
    ...more,
  })
  const disk = (prefix: string, name: string): AwsDisk => ({
    id: `${prefix}-0${rng.hex(16)}`,
    name,
    region: home,
    created: ago(10, 200),
    public: false,
  })
  const trail = (name: string, isWide: boolean): AwsTrail => ({
    name,
    home,
    bucket: `${slug}-logs`,
    multi_region: isWide,
    validation: isWide,
    logging: true,
  })
  return {
    users: [
      {
        name: root,
        created: ago(1000, 1500),
        password: { changed: ago(900, 1000), used: ago(300, 700) },
        mfa: true,
        keys: [],
      },
      ...people.map(person),
      ...machines.map((name) => ({
        name,
        created: ago(300, 900),
        password: null,
        mfa: false,
        keys: [key(ago(25, 40), 'sts')],
      })),
    ],
    block: null,
    buckets: [
      bucket(`${slug}-backups`),
      bucket(`${slug}-exports`, { policy: 'private' }),
      bucket(`${slug}-logs`, { policy: 'private', tags: { purpose: 'trail' } }),
      bucket(`${slug}-uploads`, { region: 'us-east-1' }),
      // A lock that shuts what the policy opens.
      bucket(`${slug}-drafts`, { policy: 'public', acl: 'public' }),
      bucket(`${slug}-website`, { block: null, policy: 'public' }),
    ],
    snapshots: [disk('snap', 'nightly'), disk('snap', 'before the move')],
    images: [disk('ami', 'web-base')],
    trails: [trail('all-events', true), trail('old-audit', false)],
  }
}
