import type { Rng } from '../../../src/office/rng.ts'
import { type Calendar, calendar, count, date, firstOf } from './calendar.ts'
import { drawn } from './times-drawn.ts'
import { weighted } from './weighted.ts'

/** A span as plans write it, and ways to say it behind a clause; '' says nothing. */
export interface Time {
  since: string
  until?: string
  says: string[]
  /** As a possessive: `yesterday's`. */
  own?: string[]
}
/** A time, one way to say it, and perhaps a possessive. */
export interface Said {
  since: string
  until?: string
  say: string
  own?: string
}

/** Times that are words for plans too, by how often. */
const worded: [number, Time][] = [
  [34, { since: '7d', says: [''] }],
  [2.5, { since: '7d', says: ['recently', 'lately', 'of late', 'these days', 'in recent days'] }],
  [
    2,
    {
      since: '1h',
      says: ['right now', 'just now', 'currently', 'as we speak', 'this very minute'],
    },
  ],
  [
    1,
    {
      since: '1h',
      says: ['in the last hour', 'in the past hour', 'over the last hour', 'within the last hour'],
    },
  ],
  [
    3,
    {
      since: '1970-01-01',
      says: [
        'ever',
        'of all time',
        'since the beginning',
        'all time',
        'since records began',
        'at any time ever',
      ],
    },
  ],
  [
    7,
    {
      since: 'today',
      says: [
        'today',
        'today',
        'so far today',
        'since midnight',
        'this morning',
        'since this morning',
        'today so far',
      ],
      own: ["today's", "this morning's"],
    },
  ],
  [
    6,
    {
      since: 'yesterday',
      until: 'today',
      says: ['yesterday', 'yesterday', 'yday', 'in the course of yesterday', 'all day yesterday'],
      own: ["yesterday's"],
    },
  ],
  [
    2,
    { since: 'yesterday', says: ['since yesterday', 'from yesterday on', 'yesterday and today'] },
  ],
  [
    4,
    {
      since: 'this_week',
      says: ['this week', 'so far this week', 'since the week began', 'this week so far'],
      own: ["this week's"],
    },
  ],
  [
    4,
    {
      since: 'last_week',
      until: 'this_week',
      says: ['last week', 'in the course of last week', 'all of last week'],
      own: ["last week's"],
    },
  ],
  [
    1.5,
    {
      since: 'last_week',
      says: ['since last week', 'from last week until now', 'from last week on'],
    },
  ],
  [
    4,
    {
      since: 'this_month',
      says: [
        'this month',
        'so far this month',
        'since the start of the month',
        'this month so far',
        'in the current month',
      ],
      own: ["this month's"],
    },
  ],
  [
    4,
    {
      since: 'last_month',
      until: 'this_month',
      says: [
        'last month',
        'in the whole of last month',
        'during last month',
        'in the previous month',
      ],
      own: ["last month's"],
    },
  ],
  [1, { since: 'last_month', says: ['since last month', 'from last month on'] }],
  [
    4,
    {
      since: 'saturday',
      until: 'this_week',
      says: [
        'over the weekend',
        'at the weekend',
        'on the weekend',
        'last weekend',
        'during the weekend',
        'this past weekend',
      ],
      own: ["the weekend's"],
    },
  ],
  [1, { since: 'saturday', says: ['since the weekend', 'from the weekend on'] }],
  [
    0.7,
    {
      since: '7d',
      says: ['in the past week', 'over the past week', 'this past week', 'in the past seven days'],
    },
  ],
  [
    0.7,
    {
      since: '30d',
      says: ['in the past month', 'over the past month', 'past month', 'during the past month'],
    },
  ],
  [
    0.7,
    {
      since: '365d',
      says: ['in the past year', 'over the past year', 'past year', 'during the past year'],
    },
  ],
  [
    0.5,
    {
      since: '14d',
      says: [
        'in the last fortnight',
        'past fortnight',
        'over the past fortnight',
        'the past couple of weeks',
      ],
    },
  ],
  [
    0.3,
    {
      since: '2d',
      says: ['in the last couple of days', 'over the last couple of days', 'past couple of days'],
    },
  ],
  [
    0.4,
    {
      since: '3d',
      says: [
        'in the last few days',
        'over the past few days',
        'last few days',
        'these last few days',
      ],
    },
  ],
  [0.2, { since: '2h', says: ['in the last couple of hours', 'past couple of hours'] }],
  [
    0.2,
    {
      since: '3h',
      says: ['in the last few hours', 'over the past few hours', 'these last few hours'],
    },
  ],
  [
    0.3,
    { since: '21d', says: ['in the last few weeks', 'over the past few weeks', 'past few weeks'] },
  ],
  [0.3, { since: '60d', says: ['in the past couple of months', 'over the last couple of months'] }],
  [0.3, { since: '90d', says: ['in the last few months', 'over the past few months'] }],
  [
    0.3,
    {
      since: '180d',
      says: ['in the past half year', 'over the last half a year', 'past half year'],
    },
  ],
  [0.5, { since: '7d', until: 'yesterday', says: ['before yesterday', 'earlier than yesterday'] }],
  [0.4, { since: '7d', until: 'today', says: ['before today', 'earlier than today'] }],
]

/** Times that are words for people, dates for plans. */
const dated = ({ year, month, today, yesterday, daysAgo, hours }: Calendar): [number, Time][] => {
  const quarter = month - (month % 3)
  const night = hours(yesterday, 20, 30)
  return [
    [
      5,
      {
        ...night,
        says: ['last night', 'overnight', 'last night', 'during the night', 'while we slept'],
        own: ["last night's"],
      },
    ],
    [0.7, { since: night.since, says: ['since last night', 'from last night on'] }],
    [
      1,
      {
        since: date(daysAgo(2)),
        until: 'yesterday',
        says: ['the day before yesterday', 'on the day before yesterday'],
      },
    ],
    [
      0.5,
      {
        since: date(daysAgo(2)),
        says: ['since the day before yesterday', 'from the day before yesterday on'],
      },
    ],
    [
      2,
      {
        since: firstOf(year, quarter),
        says: ['this quarter', 'so far this quarter', 'since the quarter began'],
        own: ["this quarter's"],
      },
    ],
    [
      0.7,
      {
        since: firstOf(year, quarter - 3),
        until: firstOf(year, quarter),
        says: ['last quarter', 'in the previous quarter'],
      },
    ],
    [
      4,
      {
        since: firstOf(year, 0),
        says: [
          'this year',
          'so far this year',
          'since New Year',
          'year to date',
          `in ${year} so far`,
          'since January',
        ],
        own: ["this year's"],
      },
    ],
    [
      1,
      {
        since: firstOf(year - 1, 0),
        until: firstOf(year, 0),
        says: ['last year', `in ${year - 1}`, `during ${year - 1}`],
      },
    ],
    [
      0.4,
      {
        since: 'today',
        until: hours(today, 0, 6).until,
        says: ['before 6 this morning', 'between midnight and 6am today'],
      },
    ],
  ]
}

/** A time at `now` (ms since 1970) and one way to say it in English. */
export function time(rng: Rng, now: number): Said {
  const cal = calendar(rng, now)
  const kinds = [
    ...[...worded, ...dated(cal)].map(([weight, made]) => ({ weight, make: () => made })),
    ...drawn(rng, now, cal).map(([weight, make]) => ({ weight, make })),
  ]
  const { says, own, ...span } = weighted(rng, kinds).make()
  return { ...span, say: rng.pick(says), ...(own && { own: rng.pick(own) }) }
}

/** Up to which length of a span, in ms, nobody asks for its days. */
export const oneDay = 25 * 3_600_000

/** Two periods to compare: since when the earlier began, and the names of both, the later first. */
export function comparison(rng: Rng): { since: string; later: string; earlier: string } {
  return rng.pick([
    { since: 'last_week', later: 'this week', earlier: 'last week' },
    { since: 'yesterday', later: 'today', earlier: 'yesterday' },
    { since: 'last_month', later: 'this month', earlier: 'last month' },
  ])
}

/** A number of things asked for, in digits or words. */
export const few = (rng: Rng): { n: number; say: string } => {
  const n = rng.pick([2, 3, 4, 5, 5, 6, 7, 8, 10, 10, 12, 15, 20, 25, 30, 50, 100])
  return { n, say: count(rng, n) }
}
