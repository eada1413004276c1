import { createRng } from './rng.ts'
import type { World } from './world.ts'

/** Public records by name, lower case. */
export type DnsZones = Record<
  string,
  {
    a?: string[]
    ns?: string[]
    mx?: { priority: number; host: string }[]
    txt?: string[]
    cname?: string
  }
>

/** What the DNS says of a company. */
export interface DnsWorld {
  /** Its own domains: that of its mail, and one that is only kept. */
  domains: string[]
  zones: DnsZones
}

/** A fault that can be switched on. */
export interface DnsPlant {
  id: string
  /** Uid of the item it concerns. */
  item: string
  /** The check that must tell it. */
  check: string
  apply(world: DnsWorld): void
}

const google = '_spf.google.com'
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * The records of a company that did it right, and of its parked domain; with the plants named in
 * `planted`. A pure function of the world's seed.
 */
export function createDnsWorld(world: World, planted: readonly string[] = []): DnsWorld {
  const { domain } = world.company
  const rng = createRng(world.seed).fork('dns')
  const key = () => `v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOC${rng.chars(base64, 340)}QAB`
  const ns = ['ns1', 'ns2'].map((host) => `${host}.dns-host.example`)
  const parked = `${domain.split('.')[0]}-shop.example`
  const made: DnsWorld = {
    domains: [domain, parked],
    zones: {
      [domain]: {
        a: [`198.51.100.${rng.int(2, 250)}`],
        ns,
        mx: [
          { priority: 5, host: 'alt1.aspmx.l.google.com' },
          { priority: 1, host: 'aspmx.l.google.com' },
        ],
        txt: [
          `google-site-verification=${rng.chars(base64, 43)}`,
          `v=spf1 include:${google} include:mailer.example ~all`,
          `some-vendor-verification=${rng.hex(32)}`,
        ],
      },
      [`_dmarc.${domain}`]: { txt: [`v=DMARC1; p=reject; rua=mailto:dmarc@${domain}`] },
      [`google._domainkey.${domain}`]: { txt: [key()] },
      [`k1._domainkey.${domain}`]: { cname: 'dkim.mailer.example' },
      [`_mta-sts.${domain}`]: { txt: [`v=STSv1; id=${rng.int(20250101, 20251231)}`] },
      'dkim.mailer.example': { txt: [key()] },
      'mailer.example': { txt: ['v=spf1 ip4:192.0.2.0/24 -all'] },
      [google]: {
        txt: ['v=spf1 include:_netblocks.google.com include:_netblocks2.google.com ~all'],
      },
      '_netblocks.google.com': { txt: ['v=spf1 ip4:203.0.113.0/25 ~all'] },
      '_netblocks2.google.com': { txt: ['v=spf1 ip6:2001:db8::/36 ~all'] },
      [parked]: { ns, mx: [{ priority: 0, host: '.' }], txt: ['v=spf1 -all'] },
      [`_dmarc.${parked}`]: { txt: ['v=DMARC1; p=reject'] },
    },
  }
  for (const { id, apply } of dnsPlants(world)) if (planted.includes(id)) apply(made)
  return made
}

/** The faults that a company's DNS may have; each stands alone. */
export function dnsPlants({ company: { domain } }: World): DnsPlant[] {
  const item = `dns:${domain}`
  const plant = (id: string, check: string, apply: (zones: DnsZones) => void): DnsPlant => ({
    id,
    item,
    check,
    apply: ({ zones }) => apply(zones),
  })
  /** Puts other SPF records in the place of the one. */
  const spf = (zones: DnsZones, ...records: string[]) => {
    const zone = zones[domain] ?? {}
    zones[domain] = {
      ...zone,
      txt: [...(zone.txt ?? []).filter((text) => !text.startsWith('v=spf1')), ...records],
    }
  }
  const own = `v=spf1 include:${google}`
  return [
    plant('dns-no-spf', 'spf-missing', (zones) => spf(zones)),
    plant('dns-spf-all', 'spf-open', (zones) => spf(zones, `${own} +all`)),
    plant('dns-spf-neutral', 'spf-open', (zones) => spf(zones, `${own} ?all`)),
    plant('dns-spf-twice', 'spf-broken', (zones) =>
      spf(zones, `${own} ~all`, 'v=spf1 include:mailer.example ~all'),
    ),
    plant('dns-spf-long', 'spf-broken', (zones) => {
      const names = Array.from({ length: 9 }, (_, n) => `spf${n}.mailer.example`)
      for (const name of names) zones[name] = { txt: ['v=spf1 ip4:192.0.2.0/24 -all'] }
      spf(zones, `${own} ${names.map((name) => `include:${name}`).join(' ')} ~all`)
    }),
    plant('dns-no-dmarc', 'dmarc-missing', (zones) => {
      delete zones[`_dmarc.${domain}`]
    }),
    plant('dns-dmarc-none', 'dmarc-watching', (zones) => {
      zones[`_dmarc.${domain}`] = { txt: [`v=DMARC1; p=none; rua=mailto:dmarc@${domain}`] }
    }),
    plant('dns-no-dkim', 'dkim-missing', (zones) => {
      for (const name of Object.keys(zones)) if (name.includes('._domainkey.')) delete zones[name]
    }),
    plant('dns-no-mx', 'mx-missing', (zones) => {
      delete zones[domain]?.mx
    }),
  ]
}
