import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { expect, onTestFinished, test } from 'vitest'
import { startDns } from '../../src/office/dns-server.ts'
import { createDnsWorld, type DnsZones, dnsPlants } from '../../src/office/dns-zones.ts'
import { createFaults } from '../../src/office/faults.ts'
import { smallWorld } from './small-world.ts'

async function open(zones: DnsZones, faults = createFaults()) {
  const server = await startDns(zones, faults)
  onTestFinished(() => server.close())
  const resolver = new Resolver({ timeout: 300, tries: 1 })
  resolver.setServers([server.address])
  return { server, resolver, faults }
}

const long = Array.from({ length: 12 }, (_, n) => `verification-${n}=${'x'.repeat(290)}`)

test('node’s own resolver reads every type of record', async () => {
  const { resolver, server } = await open({
    'acme.example': {
      a: ['192.0.2.7'],
      ns: ['ns1.dns.example', 'ns2.dns.example'],
      mx: [
        { priority: 10, host: 'b.mail.example' },
        { priority: 300, host: 'a.mail.example' },
      ],
      txt: ['v=spf1 -all', 'ü'],
    },
    'k1._domainkey.acme.example': { cname: 'dkim.mail.example' },
    'dkim.mail.example': { txt: ['v=DKIM1; p=abc'] },
  })
  expect(await resolver.resolve4('ACME.example')).toEqual(['192.0.2.7'])
  expect((await resolver.resolveNs('acme.example')).sort()).toEqual([
    'ns1.dns.example',
    'ns2.dns.example',
  ])
  const mx = await resolver.resolveMx('acme.example')
  expect(mx.map(({ priority, exchange }) => [priority, exchange])).toEqual([
    [10, 'b.mail.example'],
    [300, 'a.mail.example'],
  ])
  expect((await resolver.resolveTxt('acme.example'))[0]).toEqual(['v=spf1 -all'])
  expect(await resolver.resolveTxt('k1._domainkey.acme.example')).toEqual([['v=DKIM1; p=abc']])
  expect(server.asked()).toContain('TXT k1._domainkey.acme.example')
})

test('no such name, and no such record of a name, are told apart', async () => {
  const { resolver } = await open({ 'acme.example': { a: ['192.0.2.7'] } })
  await expect(resolver.resolveTxt('_dmarc.acme.example')).rejects.toMatchObject({
    code: 'ENOTFOUND',
  })
  await expect(resolver.resolveTxt('acme.example')).rejects.toMatchObject({ code: 'ENODATA' })
  await expect(resolver.resolveTxt('constructor')).rejects.toMatchObject({ code: 'ENOTFOUND' })
})

test('what is too long for UDP comes by TCP', async () => {
  const { resolver, server } = await open({ 'acme.example': { txt: long } })
  const records = await resolver.resolveTxt('acme.example')
  expect(records.map((parts) => parts.join('')).sort()).toEqual([...long].sort())
  expect(records[0]?.map((part) => part.length)).toEqual([255, expect.any(Number)])
  expect(server.asked()).toHaveLength(2)
})

test('[fault] failing, refusing and silent', async () => {
  const { resolver, faults } = await open({ 'acme.example': { txt: ['x'] } })
  const ask = () => resolver.resolveTxt('acme.example')
  faults.add({ method: 'TXT', kind: '500' })
  await expect(ask()).rejects.toMatchObject({ code: 'ESERVFAIL' })
  faults.add({ method: 'TXT acme.example', kind: 'denied' })
  await expect(ask()).rejects.toMatchObject({ code: 'EREFUSED' })
  faults.add({ method: 'TXT', kind: 'hang' })
  await expect(ask()).rejects.toMatchObject({ code: 'ETIMEOUT' })
  expect(await ask()).toEqual([['x']])
})

test('broken packets are ignored', async () => {
  const { resolver, server } = await open({ 'acme.example': { txt: ['x'] } })
  const socket = createSocket('udp4')
  onTestFinished(() => void socket.close())
  const port = Number(server.address.split(':')[1])
  const head = [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]
  for (const bytes of [[], head, [...head, 63, 1, 2, 3, 4, 5], [...head, 192, 12, 0, 1, 0, 1]])
    await new Promise((done) => socket.send(Buffer.from(bytes), port, '127.0.0.1', done))
  expect(await resolver.resolveTxt('acme.example')).toEqual([['x']])
  expect(server.asked()).toEqual(['TXT acme.example'])
})

test('the records of a world follow from its seed, and each plant changes them', () => {
  const world = smallWorld()
  const healthy = createDnsWorld(world)
  expect(createDnsWorld(smallWorld())).toEqual(healthy)
  expect(createDnsWorld({ ...world, seed: 8 })).not.toEqual(healthy)
  const plants = dnsPlants(world)
  for (const { id, item } of plants) {
    expect(item).toBe('dns:marlow.example')
    expect(createDnsWorld(world, [id]), id).not.toEqual(healthy)
  }
  expect(new Set(plants.map(({ id }) => id)).size).toBe(plants.length)
})
