import type { Rng } from '../../../src/office/rng.ts'
import { type Calendar, clock, count, date, firstOf, minute, months, nth } from './calendar.ts'
import type { Time } from './times.ts'

/** Times with a number, a weekday, an hour or a date in them, by how often. */
export function drawn(rng: Rng, now: number, cal: Calendar): [number, () => Time][] {
  const { today, yesterday, month, daysAgo, weekdayAgo, hours, spoken } = cal
  const anyDay = () => weekdayAgo(rng.int(1, 6))
  const within = (span: string) =>
    ['in the', 'in the', 'over the', 'within the', 'during the', '', ''].map((before) =>
      `${before} ${rng.pick(['last', 'past'])} ${span}`.trim(),
    )
  const parts: [string, number, number][] = [
    ['morning', 6, 12],
    ['afternoon', 12, 18],
    ['evening', 18, 24],
  ]
  /** Yesterday or a weekday, as it is named behind an hour. */
  const someDay = () => {
    if (rng.chance(0.55)) return { on: 'yesterday', name: 'yesterday', start: yesterday }
    const { name, start } = anyDay()
    return { on: `on ${name}`, name, start }
  }
  /** A day of the last weeks, or of the last half year. */
  const dayAgo = () => daysAgo(rng.chance(0.6) ? rng.int(3, 22) : rng.int(23, 200))

  return [
    [
      5,
      () => {
        const n = rng.pick([2, 3, 4, 6, 8, 10, 12, 18, 24, 24, 24, 36, 48, 72, rng.int(2, 96)])
        return {
          since: `${n}h`,
          says: [...within(`${count(rng, n)} hours`), `last ${n}h`, `past ${n} hrs`],
        }
      },
    ],
    [
      8,
      () => {
        const n = rng.pick([2, 3, 4, 5, 6, 7, 10, 14, 20, 30, 30, 45, 60, 90, rng.int(2, 120)])
        const days = within(`${count(rng, n)} days`)
        return { since: `${n}d`, says: [...days, ...days, `last ${n}d`] }
      },
    ],
    [
      3,
      () => {
        const n = rng.int(2, 12)
        return { since: `${7 * n}d`, says: [...within(`${count(rng, n)} weeks`), `last ${n} wks`] }
      },
    ],
    [
      3,
      () => {
        const n = rng.int(2, 9)
        return { since: `${30 * n}d`, says: within(`${count(rng, n)} months`) }
      },
    ],
    [
      1.5,
      () => {
        const n = rng.pick([5, 10, 15, 20, 30, 40, 45])
        const says = [...within(`${count(rng, n)} minutes`), `last ${n} mins`]
        if (n === 30) says.push('in the last half hour', 'in the past half an hour')
        if (n === 15) says.push('in the last quarter of an hour')
        return { since: minute(now - n * 60_000), says }
      },
    ],
    [
      3,
      () => {
        const [part, from, to] = rng.pick(parts)
        if (rng.chance(0.5))
          return {
            ...hours(yesterday, from, to),
            says: [`yesterday ${part}`, `yesterday in the ${part}`],
            own: [`yesterday ${part}'s`],
          }
        const { name, start } = anyDay()
        return {
          ...hours(start, from, to),
          says: [`on ${name} ${part}`, `${name} ${part}`, `in the ${part} of ${name}`],
        }
      },
    ],
    [
      1,
      () => {
        const { name, start } = anyDay()
        return { ...hours(start, 20, 30), says: [`on ${name} night`, `${name} night`] }
      },
    ],
    [
      1.3,
      () => {
        const [part, from] = rng.pick(parts)
        const { name, start } = rng.chance(0.4) ? { name: 'yesterday', start: yesterday } : anyDay()
        return {
          since: hours(start, from, 24).since,
          says: [`since ${name} ${part}`, `from ${name} ${part} on`],
        }
      },
    ],
    [
      2.5,
      () => {
        const from = rng.int(1, 5)
        const to = rng.int(from + 1, 7)
        const says = [
          `between ${from} and ${to} this morning`,
          `between ${clock(from)} and ${clock(to)} today`,
        ]
        return { ...hours(today, from, to), says: [...says, `from ${from}:00 to ${to}:00 today`] }
      },
    ],
    [
      2,
      () => {
        const from = rng.int(1, 20)
        const to = rng.int(from + 1, from + 3)
        const { on, start } = someDay()
        const says = [
          `between ${clock(from)} and ${clock(to)} ${on}`,
          `from ${clock(from)} to ${clock(to)} ${on}`,
        ]
        return {
          ...hours(start, from, to),
          says: [...says, `${on} between ${from}:00 and ${to}:00`],
        }
      },
    ],
    [
      1.5,
      () => {
        const h = rng.int(1, 23)
        const { on, name, start } = someDay()
        const says = [`since ${clock(h)} ${on}`, `since ${name} ${h}:00`, `since ${h}:00 ${on}`]
        return { since: hours(start, h, 24).since, says }
      },
    ],
    [
      6,
      () => {
        const { word, name } = anyDay()
        const says = [
          `since ${name}`,
          `since ${name}`,
          `from ${name} on`,
          `since last ${name}`,
          `starting ${name}`,
        ]
        return { since: word, says }
      },
    ],
    [
      5,
      () => {
        const { word, next, name } = anyDay()
        return {
          since: word,
          until: next,
          says: [`on ${name}`, `on ${name}`, `last ${name}`, `${name} only`],
          own: [`${name}'s`],
        }
      },
    ],
    [
      2,
      () => {
        const { name, start } = cal.sameDay
        return rng.chance(0.5)
          ? {
              since: date(start),
              until: date(start + 86_400_000),
              says: [`last ${name}`, `on ${name} of last week`],
            }
          : { since: date(start), says: [`since last ${name}`, `since ${name} a week ago`] }
      },
    ],
    [
      1,
      () => {
        const back = rng.int(3, 6)
        const [from, to] = [weekdayAgo(back), weekdayAgo(rng.int(1, back - 1))]
        const says = [`from ${from.name} to ${to.name}`, `between ${from.name} and ${to.name}`]
        return {
          since: from.word,
          until: to.next,
          says: [...says, `${from.name} through ${to.name}`],
        }
      },
    ],
    [
      4,
      () => {
        const m = rng.chance(0.6) ? (month - rng.int(0, 3) + 12) % 12 : rng.int(0, 11)
        const [year, name] = [cal.yearOf(m), months[m] as string]
        const says = [`in ${name}`, `in ${name}`, `during ${name}`, `over the whole of ${name}`]
        return { since: firstOf(year, m), until: firstOf(year, m + 1), says, own: [`${name}'s`] }
      },
    ],
    [
      3,
      () => {
        const m = (month - rng.int(0, 8) + 12) % 12
        const name = months[m] as string
        const says = [
          `since ${name}`,
          `since the start of ${name}`,
          `from ${name} on`,
          `since 1 ${name}`,
        ]
        return { since: firstOf(cal.yearOf(m), m), says }
      },
    ],
    [
      4,
      () => {
        const ms = dayAgo()
        return { since: date(ms), until: date(ms + 86_400_000), says: [`on ${spoken(ms)}`] }
      },
    ],
    [
      3,
      () => {
        const ms = dayAgo()
        return {
          since: date(ms),
          says: [`since ${spoken(ms)}`, `from ${spoken(ms)} on`, `starting ${spoken(ms)}`],
        }
      },
    ],
    [
      3,
      () => {
        const n = rng.int(1, 31)
        const ms = cal.numbered(n)
        return rng.chance(0.6)
          ? { since: date(ms), until: date(ms + 86_400_000), says: [`on the ${nth(n)}`] }
          : { since: date(ms), says: [`since the ${nth(n)}`, `from the ${nth(n)} on`] }
      },
    ],
    [
      3,
      () => {
        const end = rng.int(2, 40)
        const [a, b] = [daysAgo(end + rng.int(1, 9)), daysAgo(end)]
        const [x, y] = [new Date(a), new Date(b)].map((d) => d.getUTCDate()) as [number, number]
        const says = [`from ${spoken(a)} to ${spoken(b)}`, `between ${spoken(a)} and ${spoken(b)}`]
        const m = new Date(b).getUTCMonth()
        if (new Date(a).getUTCMonth() === m) {
          const name = months[m] as string
          says.push(
            `between ${x} and ${y} ${name}`,
            `from ${name} ${x} to ${y}`,
            `${x} to ${y} ${name}`,
          )
          if (m === month)
            says.push(
              `between the ${nth(x)} and the ${nth(y)}`,
              `from the ${nth(x)} to the ${nth(y)}`,
            )
        }
        return { since: date(a), until: date(b + 86_400_000), says }
      },
    ],
    [
      0.8,
      () => {
        const { word, name } = anyDay()
        return { since: '7d', until: word, says: [`before ${name}`, `earlier than ${name}`] }
      },
    ],
  ]
}
