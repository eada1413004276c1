import { cultures, plain } from './names.ts'
import type { Profile } from './profile.ts'
import type { Rng } from './rng.ts'
import type { OfficePerson } from './world.ts'

export type Job =
  | 'owner'
  | 'lead'
  | 'engineer'
  | 'remote'
  | 'ops'
  | 'designer'
  | 'office'
  | 'finance'
  | 'sales'
  | 'support'

/** Somebody of the company, with what only the simulation knows. */
export interface Staff extends OfficePerson {
  job: Job
  first: string
  /** Another address of the same neighbourhood: the café or the parents' house. */
  away_ip: string
  /** Never comes to the office. */
  far: boolean
}

/** Letters and digits as vendors use them in ids. */
export const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

const titles: Record<Job, string[]> = {
  owner: ['Founder', 'Owner and managing director', 'Co-founder'],
  lead: ['Lead engineer', 'Head of engineering'],
  engineer: ['Software engineer', 'Full-stack developer'],
  remote: ['Software engineer (remote)', 'Backend developer (remote)'],
  ops: ['Operations engineer', 'DevOps engineer'],
  designer: ['Product designer', 'UX designer'],
  office: ['Office manager', 'Assistant to the management'],
  finance: ['Finance manager', 'Bookkeeper'],
  sales: ['Sales manager', 'Account manager'],
  support: ['Customer support', 'Support lead'],
}

const hours: Record<Job, [number, number]> = {
  owner: [8, 19],
  lead: [9, 18],
  engineer: [9, 18],
  remote: [10, 19],
  ops: [8, 17],
  designer: [9, 17],
  office: [8, 16],
  finance: [8, 16],
  sales: [9, 18],
  support: [8, 17],
}

/** Eight to ten people, each with their own name, hours and networks. */
export function createStaff(rng: Rng, profile: Profile): Staff[] {
  const extra = rng.sample<Job>(['ops', 'designer', 'engineer', 'support'], rng.int(0, 2))
  const jobs: Job[] = [
    'owner',
    'lead',
    'engineer',
    'remote',
    'office',
    'finance',
    'sales',
    'support',
    ...extra,
  ]
  const firsts = new Set<string>()
  const homes = new Set<string>()
  const dotted = rng.chance(0.4)
  return jobs.map((job): Staff => {
    const far = job === 'remote'
    let first: string
    let last: string
    do {
      const culture = rng.pick(cultures)
      first = rng.pick(culture.first)
      last = rng.pick(culture.last)
    } while (firsts.has(first) || firsts.has(last))
    firsts.add(first).add(last)
    let block: string
    do block = `${rng.pick(far ? profile.far.homes : profile.place.homes)}.${rng.int(2, 250)}`
    while (homes.has(block))
    homes.add(block)
    const handle = dotted ? `${plain(first)}.${plain(last)}` : plain(first)
    const late = rng.int(-1, 1)
    return {
      name: `${first} ${last}`,
      first,
      email: `${handle}@${profile.domain}`,
      role: rng.pick(titles[job]),
      job,
      far,
      slack_id: `U0${rng.chars(capitals, 9)}`,
      iam_user: ['owner', 'lead', 'engineer', 'remote', 'ops'].includes(job) ? handle : null,
      time_zone: far ? profile.far.time_zone : profile.place.time_zone,
      hours: [hours[job][0] + late, hours[job][1] + late],
      home_ip: `${block}.${rng.int(4, 120)}`,
      away_ip: `${block}.${rng.int(130, 250)}`,
    }
  })
}

/** The members of the contract alone. */
export const asPerson = (staff: Staff): OfficePerson => {
  const { name, email, role, slack_id, iam_user, time_zone, hours, home_ip } = staff
  return { name, email, role, slack_id, iam_user, time_zone, hours, home_ip }
}
