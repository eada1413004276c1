import type { Detector } from '../core/ports.ts'
import { sampleTrail } from './sample.ts'

const hour = 3_600_000
const root = { uid: 'arn:aws:iam::111122223333:root', name: 'root', type: 'root' } as const

/** The account's root identity did something itself. */
export const rootUse: Detector = {
  id: 'root-use',
  title: 'AWS root account used',
  level: 'high',
  type: 'Rule',
  attacks: ['T1078.004'],
  falsepositives: ['The owner changes billing or closes the account, which only root can do'],
  next_step:
    'Ask whoever keeps the root password whether this was them; if not, change it and remove its access keys.',
  match(event) {
    const { api, actor, src_endpoint } = event
    // AWS services that act on root's behalf have no address of their own.
    if (!api || actor?.user.type !== 'root' || !src_endpoint) return null
    const reads = api.read_only === true && api.operation !== 'ConsoleLogin'
    return {
      key: `${event.metadata.tenant_uid}:${Math.floor(event.time / hour) * hour}:${reads ? 'read' : 'change'}`,
      severity: reads || event.status === 'failure' ? 'medium' : 'high',
      confidence_score: 90,
      evidence: [
        { name: 'root called', value: api.operation, provenance: 'vendor' },
        { name: 'from', value: src_endpoint.ip, provenance: 'vendor' },
      ],
    }
  },
  examples: {
    match: [
      {
        name: 'root signs in',
        event: sampleTrail({
          operation: 'ConsoleLogin',
          service: 'signin.amazonaws.com',
          user: root,
        }),
      },
      {
        name: 'root makes a key',
        event: sampleTrail({
          operation: 'CreateAccessKey',
          service: 'iam.amazonaws.com',
          user: root,
        }),
      },
    ],
    ignore: [
      { name: 'a user', event: sampleTrail({ operation: 'CreateAccessKey' }) },
      {
        name: 'a service for root',
        event: sampleTrail({ operation: 'Decrypt', user: root, ip: null }),
      },
      {
        name: 'a user named root',
        event: sampleTrail({ operation: 'RunInstances', user: { name: 'root', type: 'user' } }),
      },
    ],
  },
}
