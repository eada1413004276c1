import type { Account, IamUser } from './account.ts'
import { day, hour, minute, offsetOf } from './calendar.ts'
import { cloudDeploy } from './cloud-deploy.ts'
import { cloudNoise } from './cloud-noise.ts'
import { cliWork, consoleVisit } from './cloud-work.ts'
import type { Staff } from './people.ts'
import type { Deploy } from './plan.ts'
import type { Rng } from './rng.ts'
import type { TrailWriter } from './trail.ts'

interface Cast {
  account: Account
  staff: Staff[]
  deploys: Deploy[]
  /** User whose key will be stolen; works mostly in the office. */
  victim: IamUser
  time_zone: string
  start: number
  end: number
}

/**
 * Everything ordinary that the account records. On the first day every key is used from each of the
 * networks it will ever be used from, so that nothing later is a first.
 */
export function createCloud(rng: Rng, trail: TrailWriter, cast: Cast): void {
  const { account, staff, start } = cast
  cloudNoise(rng, account, trail, start - day, cast.end)
  for (const deploy of cast.deploys)
    if (deploy.at < cast.end) cloudDeploy(rng, account, trail, deploy)

  const traveller = rng.pick(
    account.users.filter((u) => u !== cast.victim && u.owner?.job !== 'owner' && !u.owner?.far),
  )
  // A day more, for the colleague abroad whose working day may lie across our midnight.
  for (const midnight of [start - 2 * day, start - day, start, start + day])
    for (const user of account.users) {
      const person = staff.find((p) => p === user.owner)
      if (!person) continue
      // Midnight of the person's own day, for the colleague abroad.
      const local = (h: number) =>
        midnight +
        h * hour +
        (offsetOf(cast.time_zone, start) - offsetOf(person.time_zone, start)) * minute
      const office = person.far ? person.home_ip : account.officeIp
      const [from, to] = person.hours
      const first = midnight < start
      const sit = (h: number, ip: string, calls: number, denied = false) => {
        if (local(h) < cast.end)
          cliWork(rng, account, trail, { user, at: local(h), ip, calls, denied })
      }
      const visit = (h: number, ip: string, calls: number) => {
        if (local(h) < cast.end)
          consoleVisit(rng, account, trail, { user, at: local(h), ip, calls })
      }
      const away = user === traveller && midnight >= start
      if (person.job === 'owner') {
        if (first) {
          sit(from + 0.3, person.home_ip, 3)
          sit(from + 2, office, 3)
          visit(from + 0.5, person.home_ip, 6)
        }
        visit(from + 1 + rng.next(), office, rng.int(12, 20))
        continue
      }
      if (first || rng.chance(0.5)) sit(from - 0.8, person.home_ip, rng.int(3, 8))
      if (first) visit(to + 0.6, person.home_ip, rng.int(6, 12))
      const half = user === cast.victim ? 20 : 11
      const place = away ? person.away_ip : office
      sit(from + 0.4 + rng.next(), place, half + rng.int(0, 8), rng.chance(0.25))
      sit(from + 5 + rng.next() * 2, place, half + rng.int(0, 8), rng.chance(0.4))
      if (rng.chance(0.6)) visit(from + 1 + rng.next() * 5, place, rng.int(12, 26))
      if (rng.chance(0.4)) sit(to + 1 + rng.next(), person.home_ip, rng.int(3, 9))
    }
}
