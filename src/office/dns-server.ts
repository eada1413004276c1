import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import {
  type DnsQuery,
  type DnsRecord,
  nameBytes,
  type RecordType,
  readQuery,
  recordTypes,
  textBytes,
  writeAnswer,
} from './dns-wire.ts'
import type { DnsZones } from './dns-zones.ts'
import { createFaults, type Faults } from './faults.ts'

/** A name server on loopback. */
export interface DnsServed {
  /** `127.0.0.1:PORT`, for a resolver's list of servers and `endpoints.dns`. */
  address: string
  /** Questions so far, such as `TXT _dmarc.acme.example`, in order. */
  asked(): string[]
  close(): Promise<void>
}

const refusals: Record<string, number> = { '500': 2, denied: 5 }

/**
 * Serves zones by UDP, and by TCP what is too long for it, as RFC 1035 wants. Read at every
 * question, so zones may change while it runs. Faults by `TYPE` or `TYPE name`: `500` is SERVFAIL,
 * `denied` REFUSED, `hang` no answer.
 */
export async function startDns(
  zones: DnsZones,
  faults: Faults = createFaults(),
): Promise<DnsServed> {
  const asked: string[] = []

  const answer = (message: Buffer, longest: number | null): Buffer | null => {
    const query = readQuery(message)
    if (!query) return null
    const type = Object.entries(recordTypes).find(([, code]) => code === query.type)?.[0]
    const question = `${type ?? query.type} ${query.name}`
    asked.push(question)
    const fault = faults.take(question) ?? faults.take(type ?? '')
    if (fault?.kind === 'hang') return null
    const size = longest ?? query.size
    const refusal = fault ? refusals[fault.kind] : undefined
    if (refusal !== undefined) return writeAnswer(query, [], { code: refusal, size })
    return writeAnswer(query, recordsFor(zones, query), {
      code: Object.hasOwn(zones, query.name) ? 0 : 3,
      size,
    })
  }

  const tcp = createServer((socket) => {
    let got = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      got = Buffer.concat([got, chunk])
      while (got.length >= 2 && got.length >= 2 + got.readUInt16BE(0)) {
        const end = 2 + got.readUInt16BE(0)
        const out = answer(got.subarray(2, end), 65_535)
        got = got.subarray(end)
        if (!out) continue
        const length = Buffer.alloc(2)
        length.writeUInt16BE(out.length)
        socket.write(Buffer.concat([length, out]))
      }
    })
  })
  await new Promise<void>((done) => tcp.listen(0, '127.0.0.1', done))
  const { port } = tcp.address() as { port: number }
  const udp = createSocket('udp4')
  udp.on('message', (message, { address, port: from }) => {
    const out = answer(message, null)
    if (out) udp.send(out, from, address)
  })
  await new Promise<void>((done, fail) => {
    udp.once('error', fail)
    udp.bind(port, '127.0.0.1', done)
  })
  return {
    address: `127.0.0.1:${port}`,
    asked: () => [...asked],
    close: async () => {
      await Promise.all([
        new Promise<void>((done) => udp.close(done)),
        new Promise<void>((done) => tcp.close(() => done())),
      ])
    },
  }
}

/** Records of the wanted type, by way of one alias where there is one. */
function recordsFor(zones: DnsZones, { name, type }: DnsQuery): DnsRecord[] {
  const zone = Object.hasOwn(zones, name) ? zones[name] : undefined
  if (zone?.cname === undefined) return recordsOf(zones, name, type)
  const alias: DnsRecord = { name, type: 'CNAME', data: nameBytes(zone.cname) }
  return type === recordTypes.CNAME ? [alias] : [alias, ...recordsOf(zones, zone.cname, type)]
}

function recordsOf(zones: DnsZones, name: string, type: number): DnsRecord[] {
  const zone = Object.hasOwn(zones, name) ? zones[name] : undefined
  const all: Partial<Record<RecordType, Buffer[] | undefined>> = {
    A: zone?.a?.map((ip) => Buffer.from(ip.split('.').map(Number))),
    NS: zone?.ns?.map(nameBytes),
    MX: zone?.mx?.map(({ priority, host }) =>
      Buffer.concat([Buffer.from([priority >> 8, priority & 255]), nameBytes(host)]),
    ),
    TXT: zone?.txt?.map(textBytes),
  }
  return (Object.keys(all) as RecordType[])
    .filter((one) => recordTypes[one] === type)
    .flatMap((one) => (all[one] ?? []).map((data) => ({ name, type: one, data })))
}
