import { createAccount } from './account.ts'
import { createCalendar, day } from './calendar.ts'
import { createChat, createTalk } from './chat.ts'
import { createCloud } from './cloud.ts'
import { createLookalikes } from './lookalikes.ts'
import { createMail } from './mail.ts'
import { asPerson, createStaff } from './people.ts'
import { planDeploys } from './plan.ts'
import { createPost } from './post.ts'
import { createProfile } from './profile.ts'
import { createRng } from './rng.ts'
import { invoiceFraud, keyTheft, planAttacks } from './stories.ts'
import { createTrail } from './trail.ts'
import type { World } from './world.ts'

/**
 * A small company's three days, a pure function of the seed: the day before `start` for the
 * back-fill, the quiet day, and the attack day until two hours after the last step of its attacks.
 */
export function createWorld(seed: number): World {
  const rng = createRng(seed)
  const profile = createProfile(rng.fork('profile'))
  const staff = createStaff(rng.fork('staff'), profile)
  const { time_zone } = profile.place
  const { start, attackDay } = createCalendar(rng.fork('calendar'), time_zone)
  const account = createAccount(rng.fork('account'), profile, staff)
  const times = planAttacks(rng.fork('times'), attackDay)
  const { end } = times

  const cast = rng.fork('cast')
  const victim = cast.pick(staff.filter(({ job }) => ['lead', 'engineer', 'ops'].includes(job)))
  const own = account.users.find((user) => user.owner === victim) ?? account.office
  const user = cast.chance(0.75) ? own : account.office

  const deploys = planDeploys(rng.fork('deploys'), profile, staff, start)
  const midnights = [start - day, start, attackDay]
  const chat = createChat(rng.fork('slack'), profile)
  const post = createPost(
    rng.fork('post'),
    staff.map((person) => person.email),
  )
  const trail = createTrail(rng.fork('trail'), account)

  createTalk(rng.fork('talk'), chat, { profile, staff, deploys, midnights, end })
  createMail(rng.fork('mail'), post, { profile, staff, deploys, midnights, end })
  createCloud(rng.fork('cloud'), trail, {
    account,
    staff,
    deploys,
    victim: own,
    time_zone,
    start,
    end,
  })
  createLookalikes(rng.fork('lookalikes'), post, chat, { profile, staff, midnight: start })
  const attack = { profile, staff, account, victim, user, times }
  const truth = [
    keyTheft(rng.fork('key-theft'), attack, { post, chat, trail }),
    invoiceFraud(rng.fork('invoice-fraud'), attack, post),
  ]

  const within = (at: number) => at >= start - day && at < end
  return {
    seed,
    start,
    attackDay,
    end,
    company: {
      name: profile.name,
      domain: profile.domain,
      time_zone,
      networks: [profile.network],
      aws_account: account.id,
    },
    people: staff.map(asPerson),
    slack: {
      ...chat.slack,
      messages: chat.slack.messages
        .filter(({ ts }) => within(Number(ts) * 1000))
        .sort((a, b) => Number(a.ts) - Number(b.ts)),
    },
    mail: post.items.filter(({ time }) => within(time)).sort((a, b) => a.time - b.time),
    trail: trail.items
      .filter(({ record }) => within(Date.parse(record.eventTime)))
      .sort((a, b) => a.record.eventTime.localeCompare(b.record.eventTime)),
    truth,
  }
}
