import { expect, onTestFinished, test } from 'vitest'
import { domainChecks } from '../../src/checks/domains.ts'
import { createDns } from '../../src/clients/dns.ts'
import type { CheckContext } from '../../src/core/check.ts'
import type { Item } from '../../src/core/inventory.ts'
import { createPeople } from '../../src/core/people.ts'
import { startDns } from '../../src/office/dns-server.ts'
import { createDnsWorld, type DnsZones, dnsPlants } from '../../src/office/dns-zones.ts'
import { createFaults } from '../../src/office/faults.ts'
import { create } from '../../src/sources/domains.ts'
import { smallWorld } from '../office/small-world.ts'
import { quickClock, signal } from './office.ts'

const world = smallWorld()

async function open(zones: DnsZones, domains: string[], selectors: string[] = []) {
  const faults = createFaults()
  const server = await startDns(zones, faults)
  onTestFinished(() => server.close())
  const clock = quickClock(0)
  const deps = { clock, endpoint: server.address, domains }
  return { server, faults, clock, sources: create(deps, { selectors }) }
}

async function read(zones: DnsZones, domain = 'acme.example', selectors: string[] = []) {
  const { sources, server } = await open(zones, [domain], selectors)
  const answer = await sources[0]?.poll(null, signal)
  return { item: answer?.inventory?.[0]?.items[0] as Item, server }
}

const people = createPeople(
  world.people.map(({ name, email, role }) => ({
    name,
    emails: [email],
    role,
    approver: false,
    accounts: [],
  })),
  { domains: [world.company.domain], networks: [] },
)

/** Checks that speak of the items. */
const toldOf = (items: Item[]) => {
  const context: CheckContext = { now: 0, people, items: () => items }
  return items.flatMap((item) =>
    domainChecks.filter((check) => check.find(item, context)).map((check) => check.id),
  )
}

const itemsOf = async (planted: string[]) => {
  const { domains, zones } = createDnsWorld(world, planted)
  const { sources } = await open(zones, domains)
  const answers = await Promise.all(sources.map((source) => source.poll(null, signal)))
  return answers.flatMap(({ inventory = [] }) => inventory.flatMap(({ items }) => items))
}

test('a domain is told in full, a source each', async () => {
  const { domains, zones } = createDnsWorld(world)
  const { sources } = await open(zones, domains)
  expect(sources.map(({ name, interval }) => [name, interval])).toEqual([
    ['dns:marlow.example', 21_600_000],
    ['dns:marlow-shop.example', 21_600_000],
  ])
  const { events, cursor, inventory } = await (sources[0] as (typeof sources)[0]).poll(null, signal)
  expect([events, cursor]).toEqual([[], null])
  expect(inventory).toEqual([
    {
      scope: 'dns:marlow.example',
      items: [
        expect.objectContaining({
          uid: 'dns:marlow.example',
          kind: 'domain',
          tenant_uid: 'marlow.example',
          name: 'marlow.example',
          facts: {
            mx: ['aspmx.l.google.com', 'alt1.aspmx.l.google.com'],
            ns: ['ns1.dns-host.example', 'ns2.dns-host.example'],
            spf: 'v=spf1 include:_spf.google.com include:mailer.example ~all',
            spf_records: 1,
            spf_lookups: 4,
            spf_all: '~',
            dmarc: 'v=DMARC1; p=reject; rua=mailto:dmarc@marlow.example',
            dmarc_records: 1,
            dmarc_policy: 'reject',
            dmarc_pct: 100,
            dkim_selectors: ['google', 'k1'],
            mta_sts: true,
            tls_rpt: false,
          },
        }),
      ],
    },
  ])
})

test('a company that did it right hears nothing, and each plant is told by its check alone', async () => {
  expect(toldOf(await itemsOf([]))).toEqual([])
  for (const { id, check } of dnsPlants(world))
    expect(toldOf(await itemsOf([id])), id).toEqual([check])
})

test('a name without records is an answer', async () => {
  const { item } = await read({})
  expect(item.facts).toMatchObject({
    mx: [],
    ns: [],
    spf: null,
    spf_records: 0,
    spf_lookups: null,
    spf_all: null,
    dmarc: null,
    dmarc_policy: null,
    dkim_selectors: [],
  })
})

test('redirects, macros, loops and endless records are followed no further than ten lookups', async () => {
  const spfOf = async (zones: Record<string, string>) => {
    const made = Object.entries(zones).map(([name, text]) => [name, { txt: [text] }])
    const { item, server } = await read(Object.fromEntries(made))
    return { ...item.facts, asked: server.asked().length }
  }
  expect(
    await spfOf({
      'acme.example': 'v=spf1 redirect=_spf.mail.example',
      '_spf.mail.example': 'v=spf1 a mx -all',
    }),
  ).toMatchObject({ spf_lookups: 3, spf_all: '-' })
  expect(await spfOf({ 'acme.example': 'v=spf1 redirect=%{d}.mail.example' })).toMatchObject({
    spf_lookups: 1,
    spf_all: null,
  })
  expect(await spfOf({ 'acme.example': 'v=spf1 ip4:192.0.2.1' })).toMatchObject({ spf_all: 'none' })
  const loop = await spfOf({ 'acme.example': 'v=spf1 include:acme.example ?all' })
  expect(loop).toMatchObject({ spf_lookups: 11, spf_all: '?' })
  const many = Array.from({ length: 60 }, (_, n) => `include:h${n}.evil.example`).join(' ')
  const endless = await spfOf({ 'acme.example': `v=spf1 ${many} -all` })
  expect(endless).toMatchObject({ spf_lookups: 60, spf_all: '-' })
  expect(Math.max(loop.asked, endless.asked)).toBeLessThan(30)
})

test('a host below the company’s domain is under that domain’s DMARC record', async () => {
  const dmarc = 'v=DMARC1; p=none; sp=reject; pct=50'
  const { item } = await read({ '_dmarc.acme.example': { txt: [dmarc] } }, 'mail.acme.example')
  expect(item.facts).toMatchObject({ dmarc, dmarc_policy: 'reject', dmarc_pct: 50 })
})

test('two DMARC records count as none; a wildcard is no DKIM key; other selectors can be named', async () => {
  const any = { txt: ['v=spf1 -all'] }
  const { item } = await read(
    {
      '_dmarc.acme.example': { txt: ['v=DMARC1; p=reject', 'v=DMARC1; p=none'] },
      'google._domainkey.acme.example': any,
      'mail._domainkey.acme.example': { txt: ['v=DKIM1; p='] },
      'mg2026._domainkey.acme.example': { txt: ['k=rsa; p=MIIB'] },
    },
    'acme.example',
    ['mg2026'],
  )
  expect(item.facts).toMatchObject({
    dmarc_records: 2,
    dmarc_policy: null,
    dkim_selectors: ['mg2026'],
  })
})

test('[fault] a server that fails once is asked again, one that goes on failing is told', async () => {
  const { zones } = createDnsWorld(world)
  const { sources, faults } = await open(zones, ['marlow.example'])
  const poll = () => (sources[0] as (typeof sources)[0]).poll(null, signal)
  faults.add({ method: 'MX', kind: '500' })
  expect((await poll()).inventory?.[0]?.items[0]?.facts.mx).toHaveLength(2)
  faults.add({ method: 'MX', kind: 'denied', times: 9 })
  await expect(poll()).rejects.toMatchObject({
    service: 'dns',
    permanent: false,
    message: 'MX of marlow.example: EREFUSED',
    mend: expect.stringMatching(/\.$/),
  })
})

test('[fault] what others’ servers hold back is not seen, and nothing is said of it', async () => {
  const { zones } = createDnsWorld(world)
  const { sources, faults } = await open(zones, ['marlow.example'])
  faults.add({ method: 'TXT google._domainkey.marlow.example', kind: '500', times: 9 })
  faults.add({ method: 'TXT mailer.example', kind: '500', times: 9 })
  const { inventory = [] } = await (sources[0] as (typeof sources)[0]).poll(null, signal)
  const items = inventory.flatMap((one) => one.items)
  expect(items[0]?.facts).toMatchObject({ dkim_selectors: null, spf_lookups: null, spf_all: '~' })
  expect(toldOf(items)).toEqual([])
})

test('a silent server ends in an error, and stopping ends at once', async () => {
  const faults = createFaults([{ method: 'TXT', kind: 'hang', times: 99 }])
  const server = await startDns({}, faults)
  onTestFinished(() => server.close())
  const clock = quickClock(0)
  const impatient = createDns({ endpoint: server.address, clock, timeout: 50 })
  await expect(impatient.txt('acme.example', signal)).rejects.toMatchObject({
    message: 'TXT of acme.example: ETIMEOUT',
  })
  const patient = createDns({ endpoint: server.address, clock, timeout: 60_000 })
  const stop = new AbortController()
  const before = performance.now()
  const asking = patient.txt('acme.example', stop.signal)
  setTimeout(() => stop.abort(), 20)
  await expect(asking).rejects.toMatchObject({ service: 'dns', message: 'stopped' })
  // The resolver itself would wait for 15 s.
  expect(performance.now() - before).toBeLessThan(4000)
})

test('doctor hears where mail goes', async () => {
  const { domains, zones } = createDnsWorld(world)
  const { sources } = await open(zones, domains)
  expect((await Promise.all(sources.map((source) => source.check(signal)))).flat()).toEqual([
    { name: 'marlow.example', ok: true, text: 'mail goes to aspmx.l.google.com' },
    { name: 'marlow-shop.example', ok: true, text: 'takes no mail (no MX record)' },
  ])
})
