import { day, workMoment } from './calendar.ts'
import type { Staff } from './people.ts'
import type { Profile } from './profile.ts'
import type { Rng } from './rng.ts'

/** A release: chat, mail and the cloud all tell of it. */
export interface Deploy {
  at: number
  service: string
  version: string
  build: number
  commit: string
  by: Staff
  ok: boolean
}

/** Who lives through which days, and what is released meanwhile: chat and mail are made of it. */
export interface Cast {
  profile: Profile
  staff: Staff[]
  deploys: Deploy[]
  midnights: number[]
  end: number
}

/** The releases of all days, in order of time. */
export function planDeploys(rng: Rng, profile: Profile, staff: Staff[], start: number): Deploy[] {
  const engineers = staff.filter((p) => ['lead', 'engineer', 'remote', 'ops'].includes(p.job))
  let build = rng.int(800, 4000)
  const deploys = [start - day, start, start + day].flatMap((midnight) =>
    Array.from({ length: rng.int(10, 14) }, () => {
      const by = rng.pick(engineers.filter((p) => !p.far))
      return { at: workMoment(rng, midnight, by.hours), by }
    }),
  )
  return deploys
    .sort((a, b) => a.at - b.at)
    .map(({ at, by }) => {
      build += rng.int(1, 4)
      return {
        at,
        by,
        build,
        service: rng.pick(profile.trade.services),
        version: `${rng.int(1, 6)}.${rng.int(0, 40)}.${rng.int(0, 9)}`,
        commit: rng.hex(7),
        ok: rng.chance(0.9),
      }
    })
}
