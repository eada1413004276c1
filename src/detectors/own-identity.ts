import { ownIdentity } from '../core/event.ts'
import type { Detector } from '../core/ports.ts'
import { sampleTrail } from './sample.ts'

const stolen = (event: ReturnType<typeof sampleTrail>) => {
  event.metadata.labels.push(ownIdentity)
  return event
}

/** Somebody uses the key or role that the monitor itself reads the accounts with. */
export const ownIdentityUsed: Detector = {
  id: 'own-identity',
  title: 'The key of this monitor was used elsewhere',
  level: 'critical',
  type: 'Rule',
  attacks: ['T1078.004'],
  falsepositives: [
    'Somebody who tried the key by hand while setting the monitor up',
    'The monitor’s own calls from an address it got while it was being restarted',
  ],
  next_step:
    'Make the monitor a new access key, put it in its config, and delete the old one in the AWS console.',
  match(event) {
    if (!event.metadata.labels.includes(ownIdentity)) return null
    return {
      confidence_score: 90,
      evidence: [
        {
          name: 'call that this monitor did not make',
          value: event.activity_name,
          provenance: 'vendor',
        },
        ...(event.src_endpoint
          ? [{ name: 'from', value: event.src_endpoint.ip, provenance: 'vendor' as const }]
          : []),
      ],
    }
  },
  examples: {
    match: [
      {
        name: 'somebody asks who they are',
        event: stolen(sampleTrail({ operation: 'GetCallerIdentity' })),
      },
      {
        name: 'a call that is refused',
        event: stolen(sampleTrail({ operation: 'ListUsers', error: 'AccessDenied' })),
      },
    ],
    ignore: [
      {
        name: 'another’s lookup',
        event: sampleTrail({ operation: 'LookupEvents', read_only: true }),
      },
      {
        name: 'another’s identity',
        event: sampleTrail({ operation: 'GetCallerIdentity', read_only: true }),
      },
      { name: 'a deploy', event: sampleTrail({ operation: 'UpdateFunctionCode20150331v2' }) },
    ],
  },
}
