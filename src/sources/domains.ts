import { z } from 'zod'
import { createDns, type Dns, followSpf } from '../clients/dns.ts'
import { domainOf } from '../core/domains.ts'
import { ServiceError } from '../core/error.ts'
import type { Item } from '../core/inventory.ts'
import { isDkimKey, parseDmarc, parseSpf, type Spf } from '../core/mail-policy.ts'
import type { Source } from '../core/ports.ts'
import type { SourceDeps } from './index.ts'

/** What the DNS can't be asked for: the names under which mail is signed. */
export const options = z.strictObject({
  selectors: z
    .array(z.string().regex(/^[a-z\d]([a-z\d._-]{0,61}[a-z\d])?$/i))
    .max(20)
    .default([])
    .describe('names of DKIM keys beside the usual ones, such as ["mg2026"]'),
})

/** Of Google, Microsoft, Mailchimp and what other providers' guides tell people to write. */
const usualSelectors = ['google', 'default', 'selector1', 'selector2', 'k1', 's1', 'dkim', 'mail']

const interval = 6 * 3_600_000

/** Reads the public records of each of the company's mail domains; `deps.endpoint` is HOST:PORT. */
export function create(
  { clock, endpoint, domains }: Pick<SourceDeps, 'clock' | 'endpoint' | 'domains'>,
  { selectors }: z.infer<typeof options> = { selectors: [] },
): Source[] {
  const dns = createDns({ endpoint, clock })
  const names = [...new Set([...usualSelectors, ...selectors])]
  return domains.map((domain) => ({
    name: `dns:${domain}`,
    interval,
    poll: async (_cursor, signal) => ({
      events: [],
      cursor: null,
      inventory: [
        { scope: `dns:${domain}`, items: [await readDomain(dns, domain, names, signal)] },
      ],
    }),
    check: async (signal) => {
      const [host] = await dns.mx(domain, signal)
      const text = host && host !== '.' ? `mail goes to ${host}` : 'takes no mail (no MX record)'
      return [{ name: domain, ok: true, text }]
    },
  }))
}

/** `none` where the record does not say, null where there is none or it can't be followed. */
const wordOf = (all: Spf['all'] | undefined) => (all === undefined ? null : (all ?? 'none'))

const cut = (text: string) => text.slice(0, 1000)

/** All records that say who may send mail in the domain's name, as one item. @throws ServiceError */
async function readDomain(
  dns: Dns,
  domain: string,
  selectors: string[],
  signal: AbortSignal,
): Promise<Item> {
  const texts = (name: string) => dns.txt(name, signal)
  const says = async (name: string, start: string) =>
    (await texts(`${name}.${domain}`)).some((text) => text.startsWith(start))
  const [mx, ns, own, dmarc] = await Promise.all([
    dns.mx(domain, signal),
    dns.ns(domain, signal),
    texts(domain),
    dmarcOf(domain, texts),
  ])
  // Servers give records in turns; sorted, nothing seems to have changed.
  const records = own.filter((text) => parseSpf(text)).sort()
  const spf = records[0] === undefined ? null : parseSpf(records[0])
  const [followed, keys, mta_sts, tls_rpt] = await Promise.all([
    spf ? ifSeen(() => followSpf(spf, texts), signal) : null,
    ifSeen(() => dkimKeys(selectors, domain, texts), signal),
    ifSeen(() => says('_mta-sts', 'v=STSv1'), signal),
    ifSeen(() => says('_smtp._tls', 'v=TLSRPTv1'), signal),
  ])
  return {
    uid: `dns:${domain}`,
    kind: 'domain',
    // The records are the mail's policy; there is no product of their own.
    product: 'dns',
    tenant_uid: domain,
    name: domain,
    holder: null,
    facts: {
      mx: mx.slice(0, 20),
      ns: ns.slice(0, 20),
      spf: records[0] === undefined ? null : cut(records[0]),
      spf_records: records.length,
      spf_lookups: followed?.lookups ?? null,
      spf_all: wordOf(spf?.redirect === null ? spf.all : followed?.all),
      ...dmarc,
      dkim_selectors: keys,
      mta_sts,
      tls_rpt,
    },
  }
}

/** Its own record, else that of the domain it is a part of; two records count as none (RFC 7489). */
async function dmarcOf(domain: string, texts: (name: string) => Promise<string[]>) {
  for (const host of new Set([domain, domainOf(domain)])) {
    const found = (await texts(`_dmarc.${host}`)).filter((text) => parseDmarc(text)).sort()
    const parsed = found[0] === undefined ? null : parseDmarc(found[0])
    if (!parsed) continue
    const only = found.length === 1
    return {
      dmarc: cut(found.join(' | ')),
      dmarc_records: found.length,
      dmarc_policy: only ? (host === domain ? parsed.policy : parsed.subdomains) : null,
      dmarc_pct: only ? parsed.pct : null,
    }
  }
  return { dmarc: null, dmarc_records: 0, dmarc_policy: null, dmarc_pct: null }
}

async function dkimKeys(
  selectors: string[],
  domain: string,
  texts: (name: string) => Promise<string[]>,
): Promise<string[]> {
  const found = await Promise.all(
    selectors.map(async (selector) =>
      (await texts(`${selector}._domainkey.${domain}`)).some(isDkimKey) ? selector : [],
    ),
  )
  return found.flat()
}

/** Null where others' name servers fail: what can't be seen is no reason to lose the rest. */
async function ifSeen<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if (signal.aborted || !(error instanceof ServiceError)) throw error
    return null
  }
}
