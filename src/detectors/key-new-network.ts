import ipaddr from 'ipaddr.js'
import type { Detector, History } from '../core/ports.ts'
import { sampleTrail } from './sample.ts'

const minute = 60_000
const day = 1440 * minute
/** A new network stays new this long, so that every call of the first hour is told. */
const novelty = 60 * minute
const habit = { uses: 10, window: 30 * day }

const inRange = (ip: string, range: string): boolean => {
  try {
    const address = ipaddr.process(ip)
    const [net, bits] = ipaddr.parseCIDR(
      range.includes('/') ? range : `${range}/${ip.includes(':') ? 128 : 32}`,
    )
    return address.kind() === net.kind() && address.match(net, bits)
  } catch {
    return false
  }
}

/** Successful uses in the habit's window that came from networks known before the novelty began. */
function knownUses(history: History, key: string, network: string): number {
  return (
    history.count(key, 'network', null, habit.window) -
    history.count(key, 'network', network, habit.window)
  )
}

/** An access key with a settled habit, used from a network it never came from. */
export const keyNewNetwork: Detector = {
  id: 'key-new-network',
  title: 'Access key used from a new network',
  level: 'medium',
  type: 'Behavioral',
  attacks: ['T1078.004', 'T1552'],
  falsepositives: ['A laptop that travels', 'A build server that moved to another host'],
  next_step:
    'Ask the key’s owner whether they moved; if not, switch the key off in IAM and make a new one.',
  match(event, { history, people }) {
    const { api, src_endpoint } = event
    if (!api || !src_endpoint?.network) return null
    const { ip, network, location } = src_endpoint
    if (people.networks.some((range) => inRange(ip, range)) || isPrivate(ip)) return null
    const own = event.actor?.user.credential_uid
    const key = event.observables.find((o) => o.type === 'access_key' && o.value === own)
    if (!key) return null
    const entity = `access_key:${key.value}`
    const first = history.firstSeen(entity, 'network', network)
    if (first !== null && event.time - first > novelty) return null
    const uses = knownUses(history, entity, network)
    if (uses < habit.uses) return null
    const country = location?.country
    const firstIn = country ? history.firstSeen(entity, 'country', country) : null
    const newCountry =
      country !== undefined && (firstIn === null || event.time - firstIn <= novelty)
    return {
      severity: newCountry ? 'high' : 'medium',
      confidence_score: newCountry ? 85 : 65,
      evidence: [
        { name: 'access key', value: key.value, provenance: 'vendor' },
        { name: 'new network', value: network, provenance: 'computed' },
        ...(country
          ? [
              {
                name: newCountry ? 'new country' : 'country',
                value: country,
                provenance: 'computed' as const,
              },
            ]
          : []),
        { name: 'earlier uses elsewhere in 30 days', value: String(uses), provenance: 'computed' },
      ],
    }
  },
  examples: {
    match: [
      {
        name: 'another country after a settled month',
        before: habitOf(12),
        event: sampleTrail({
          operation: 'ListBuckets',
          ip: '192.0.2.7',
          network: '192.0.2.0/24',
          country: 'Brazil',
        }),
      },
      {
        name: 'another network of the same country, ten minutes after its first use',
        before: [
          ...habitOf(12),
          sampleTrail({
            operation: 'GetCallerIdentity',
            ip: '192.0.2.7',
            network: '192.0.2.0/24',
            minutesAgo: 10,
          }),
        ],
        event: sampleTrail({ operation: 'ListUsers', ip: '192.0.2.7', network: '192.0.2.0/24' }),
      },
      {
        name: 'a refused call, though nothing came of it',
        before: habitOf(12),
        event: sampleTrail({
          operation: 'ListUsers',
          ip: '192.0.2.7',
          network: '192.0.2.0/24',
          error: 'AccessDenied',
        }),
      },
      {
        name: 'a stolen key that makes another',
        before: habitOf(12),
        event: sampleTrail({
          operation: 'CreateAccessKey',
          ip: '192.0.2.7',
          network: '192.0.2.0/24',
          made: `AK${'IA'}MADEBYTHETHIEF1A`,
        }),
      },
    ],
    ignore: [
      {
        name: 'a key that has its habit from the key that made it',
        before: habitOf(12, `AK${'IA'}NEWLYMADEKEY0001`),
        event: sampleTrail({
          operation: 'PutObject',
          ip: '192.0.2.7',
          network: '192.0.2.0/24',
          key: `AK${'IA'}NEWLYMADEKEY0001`,
        }),
      },
      {
        name: 'the usual network',
        before: habitOf(12),
        event: sampleTrail({ operation: 'PutObject' }),
      },
      {
        name: 'a key with no habit yet',
        before: habitOf(3),
        event: sampleTrail({ operation: 'PutObject', ip: '192.0.2.7', network: '192.0.2.0/24' }),
      },
      {
        name: 'the office',
        before: habitOf(12),
        event: sampleTrail({
          operation: 'PutObject',
          ip: '198.51.100.4',
          network: '198.51.100.0/24',
        }),
      },
      {
        name: 'a network known since yesterday',
        before: [
          ...habitOf(12),
          sampleTrail({
            operation: 'PutObject',
            ip: '192.0.2.7',
            network: '192.0.2.0/24',
            minutesAgo: 1440,
          }),
        ],
        event: sampleTrail({ operation: 'PutObject', ip: '192.0.2.7', network: '192.0.2.0/24' }),
      },
      {
        name: 'an AWS service with the key',
        before: habitOf(12),
        event: sampleTrail({ operation: 'Decrypt', ip: null }),
      },
    ],
  },
}

const local = new Set(['private', 'loopback', 'linkLocal', 'uniqueLocal', 'carrierGradeNat'])

/** Addresses inside a VPC: calls through an endpoint carry them. */
function isPrivate(ip: string): boolean {
  try {
    return local.has(ipaddr.process(ip).range())
  } catch {
    return true
  }
}

function habitOf(uses: number, made?: string) {
  return Array.from({ length: uses }, (_, i) =>
    sampleTrail({
      operation: made ? 'CreateAccessKey' : 'PutObject',
      minutesAgo: (i + 1) * 1440,
      ...(made && { made }),
    }),
  ).reverse()
}
