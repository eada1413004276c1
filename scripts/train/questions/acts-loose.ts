import type { Rng } from '../../../src/office/rng.ts'
import * as names from './names.ts'
import type { Act, Source } from './types.ts'

const everywhere: Source[] = ['slack', 'gmail', 'workspace', 'cloudtrail', 'files']

/** Acts without an activity: whatever happened, calls of an API, lines of a program. */
export function loose(rng: Rng, about: 'events' | 'findings' | 'incidents'): Act[] {
  const any: Act = {
    id: 'any',
    activities: [],
    weight: 3,
    nouns: ['event*', 'event*', 'log entr{y,ies}', 'action*', 'logged event*'],
    mass: ['activity', 'everything that happened', 'all activity'],
    who: 'cloud',
    own: true,
    systems: everywhere,
    targets: [
      { kinds: ['file', 'folder', 'bucket'], of: ['on {T}', 'concerning {T}', 'around {T}'] },
    ],
    texts: ['region'],
    outcomes: true,
  }
  if (about !== 'events') return [any]
  const call = rng.pick(names.calls)
  const program = rng.pick(names.programs)
  return [
    any,
    {
      id: 'calls',
      activities: [],
      nouns: [`${call} call* ~${call}`, `call* to ${call} ~${call}`, `${call} request* ~${call}`],
      does: [`call/called/called/calling ${call} ~${call}`],
      who: 'cloud',
      systems: ['cloudtrail'],
      outcomes: true,
    },
    {
      id: 'programs',
      activities: [],
      nouns: [
        `${program} entr{y,ies} @files ~${program}`,
        `${program} log line* @files ~${program}`,
        `${program} event* @files ~${program}`,
      ],
      does: [`use/used/used/using ${program} @files ~${program}`],
      who: 'staff',
      systems: ['files'],
      outcomes: true,
    },
  ]
}
