import ipaddr from 'ipaddr.js'
import type { Observable, ObservableType } from './event.ts'
import type { Finding } from './finding.ts'
import type { People } from './people.ts'
import { isSharedDomain } from './shared-domains.ts'

const hour = 3_600_000

/**
 * How long two findings may lie apart and still belong together, by what they share. People and
 * addresses see many things in a day; a key, a domain or a link stays the same attack for a week.
 * File and app names are no identity, so they never join.
 */
const windows: Partial<Record<ObservableType, number>> = {
  person: 24 * hour,
  mailbox: 24 * hour,
  device: 24 * hour,
  host: 24 * hour,
  ip: 72 * hour,
  access_key: 168 * hour,
  session: 168 * hour,
  domain: 168 * hour,
  url: 168 * hour,
}

/** An observable that may join findings no more than `window` ms apart. */
export interface Joint extends Observable {
  window: number
}

/** More people than this share it: it says nothing. */
export const crowd = 5

/** Whether an address lies in one of the CIDR ranges. */
export function inNetworks(ip: string, networks: readonly string[]): boolean {
  if (!ipaddr.isValid(ip)) return false
  const address = ipaddr.process(ip)
  return networks.some((cidr) => {
    const [range, bits] = ipaddr.parseCIDR(cidr)
    return range.kind() === address.kind() && address.match([range, bits])
  })
}

/**
 * What of a finding may join it to others: never the company's own networks, domains and shared
 * mailboxes, public mail and everybody's web domains, or what more than five people were seen with
 * (`peopleWith` counts them).
 */
export function joints(
  finding: Finding,
  people: People,
  peopleWith: (observable: Observable) => number,
): Joint[] {
  const persons = finding.observables.filter((o) => o.type === 'person')
  return finding.observables.flatMap((o) => {
    const window = windows[o.type]
    if (window === undefined) return []
    if (o.type === 'person') return persons.length > crowd ? [] : [{ ...o, window }]
    if (o.type === 'domain' && (people.domains.includes(o.value) || isSharedDomain(o.value)))
      return []
    if (o.type === 'ip' && inNetworks(o.value, people.networks)) return []
    if (peopleWith(o) > crowd) return []
    return [{ ...o, window }]
  })
}
