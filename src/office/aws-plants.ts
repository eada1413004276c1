import {
  type AwsBucket,
  type AwsKey,
  type AwsSettings,
  type AwsTrail,
  type AwsUser,
  awsCast,
  createAwsSettings,
  root,
} from './aws-settings.ts'
import type { World } from './world.ts'

const day = 86_400_000

/** The world with its account in good order, but for the plants named in `planted`. */
export function withAwsSettings(world: World, planted: readonly string[] = []): World {
  const settings = createAwsSettings(world)
  for (const plant of awsPlants(world)) if (planted.includes(plant.id)) plant.apply(settings)
  return { ...world, aws: settings }
}

/** A fault that can be switched on. */
export interface AwsPlant {
  id: string
  /** Uid of the item it concerns. */
  item: string
  /** The check that must tell it. */
  check: string
  apply(settings: AwsSettings): void
}

/** The faults that an account may have; each stands alone. */
export function awsPlants(world: World): AwsPlant[] {
  const { people, machines, home, slug } = awsCast(world)
  const { start, company } = world
  const uid = (kind: string, id: string) => `aws:${company.aws_account}:${kind}:${id}`
  const person = people.at(-1) ?? ''
  const machine = machines[0] ?? ''
  const arn = `arn:aws:cloudtrail:${home}:${company.aws_account}:trail/all-events`
  const used = (days: number) => ({ at: start - days * day, region: home, service: 's3' })
  const userOf = ({ users }: AwsSettings, name: string) =>
    users.find((user) => user.name === name) as AwsUser
  const keysOf = (name: string, keys: AwsKey[]) => (settings: AwsSettings) => {
    userOf(settings, name).keys = keys
  }
  const bucketOf = ({ buckets }: AwsSettings, kind: string) =>
    buckets.find(({ name }) => name === `${slug}-${kind}`) as AwsBucket
  const oneTrail = (more: Partial<AwsTrail>) => (settings: AwsSettings) => {
    settings.trails = settings.trails.slice(0, 1).map((trail) => ({ ...trail, ...more }))
  }
  const plant = (id: string, check: string, item: string, apply: AwsPlant['apply']) => ({
    id,
    check,
    item,
    apply,
  })
  return [
    plant(
      'aws-root-with-key',
      'aws-root-key',
      uid('access_key', `${root}:1`),
      keysOf(root, [{ active: true, rotated: start - 700 * day, used: null }]),
    ),
    plant('aws-root-without-mfa', 'aws-root-mfa', uid('user', root), (s) => {
      userOf(s, root).mfa = false
    }),
    plant('aws-root-at-work', 'aws-root-used', uid('user', root), (s) => {
      userOf(s, root).password = { changed: start - 300 * day, used: start - 5 * day }
    }),
    plant('aws-user-without-mfa', 'aws-user-mfa', uid('user', person), (s) => {
      userOf(s, person).mfa = false
    }),
    plant(
      'aws-year-old-key',
      'aws-old-key',
      uid('access_key', `${machine}:1`),
      keysOf(machine, [{ active: true, rotated: start - 500 * day, used: used(1) }]),
    ),
    plant(
      'aws-forgotten-key',
      'aws-unused-key',
      uid('access_key', `${machine}:1`),
      keysOf(machine, [{ active: true, rotated: start - 500 * day, used: used(200) }]),
    ),
    plant(
      'aws-pair-of-keys',
      'aws-two-keys',
      uid('user', machine),
      keysOf(machine, [
        { active: true, rotated: start - 80 * day, used: used(1) },
        { active: true, rotated: start - 60 * day, used: used(2) },
      ]),
    ),
    plant('aws-open-exports', 'aws-public-bucket', uid('bucket', `${slug}-exports`), (s) => {
      Object.assign(bucketOf(s, 'exports'), { block: [true, true, false, false], policy: 'public' })
    }),
    plant('aws-open-acl', 'aws-public-bucket', uid('bucket', `${slug}-uploads`), (s) => {
      Object.assign(bucketOf(s, 'uploads'), { block: [false, false, true, true], acl: 'public' })
    }),
    plant('aws-no-locks', 'aws-public-block', uid('bucket', '*'), (s) => {
      bucketOf(s, 'backups').block = null
    }),
    plant('aws-shared-snapshot', 'aws-public-snapshot', uid('snapshot', snapshotOf(world)), (s) => {
      for (const disk of s.snapshots.slice(0, 1)) disk.public = true
    }),
    plant('aws-no-trail-at-all', 'aws-no-trail', uid('trail', '*'), (s) => {
      s.trails = []
    }),
    plant('aws-silent-trail', 'aws-trail-stopped', uid('trail', arn), oneTrail({ logging: false })),
    plant(
      'aws-narrow-trail',
      'aws-trail-one-region',
      uid('trail', arn),
      oneTrail({ multi_region: false }),
    ),
    plant(
      'aws-unsealed-trail',
      'aws-trail-validation',
      uid('trail', arn),
      oneTrail({ validation: false }),
    ),
  ]
}

const snapshotOf = (world: World): string => createAwsSettings(world).snapshots[0]?.id ?? ''
