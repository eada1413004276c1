import { isDenied } from '../core/history.ts'
import type { Detector } from '../core/ports.ts'
import { sampleTrail } from './sample.ts'

const window = 15 * 60_000
const enough = 6

/** One identity tries many things it may not do. */
export const deniedSweep: Detector = {
  id: 'denied-sweep',
  title: 'Many different calls denied',
  level: 'medium',
  type: 'Behavioral',
  attacks: ['T1580', 'T1526'],
  falsepositives: [
    'A console user without rights who clicks through pages',
    'A new role whose policy is still being written',
  ],
  next_step:
    'Ask whoever holds this identity what they were trying; if they do not know, switch its key off.',
  match(event, { history }) {
    const { api, actor } = event
    if (!api || !actor || !event.src_endpoint || !isDenied(api.error)) return null
    const entity = `user:${actor.user.uid}`
    const seen = history.distinct(entity, 'denied_api', window)
    const isNew = history.count(entity, 'denied_api', api.operation, window) === 0
    const distinct = seen + (isNew ? 1 : 0)
    if (distinct < enough) return null
    return {
      key: `${actor.user.uid}:${Math.floor(event.time / window) * window}`,
      severity: distinct >= 2 * enough ? 'high' : 'medium',
      evidence: [
        {
          name: 'different calls denied in 15 minutes',
          value: `at least ${enough}`,
          provenance: 'computed',
        },
        { name: 'from', value: event.src_endpoint.ip, provenance: 'vendor' },
      ],
    }
  },
  examples: {
    match: [
      { name: 'the sixth kind of call', before: denied(5), event: deniedCall('ListSecrets') },
      { name: 'a long sweep', before: denied(12), event: deniedCall('ListSecrets') },
    ],
    ignore: [
      { name: 'the third kind of call', before: denied(2), event: deniedCall('ListSecrets') },
      {
        name: 'the same call again and again',
        before: Array.from({ length: 12 }, (_, i) => deniedCall('ListSecrets', 12 - i)),
        event: deniedCall('ListSecrets'),
      },
      { name: 'spread over a day', before: denied(9, 60), event: deniedCall('ListSecrets') },
      {
        name: 'what is allowed',
        before: denied(8),
        event: sampleTrail({ operation: 'ListBuckets' }),
      },
    ],
  },
}

function deniedCall(operation: string, minutesAgo = 0) {
  return sampleTrail({ operation, error: 'AccessDenied', minutesAgo })
}

function denied(kinds: number, minutesApart = 1) {
  return Array.from({ length: kinds }, (_, i) =>
    deniedCall(`DescribeThing${i}`, (kinds - i) * minutesApart),
  )
}
