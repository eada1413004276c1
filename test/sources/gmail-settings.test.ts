import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mailboxChecks } from '../../src/checks/mailbox.ts'
import { gmailItems } from '../../src/clients/gmail-items.ts'
import { type GmailCall, readSettings } from '../../src/clients/gmail-settings.ts'
import type { Item } from '../../src/core/inventory.ts'
import { createPeople } from '../../src/core/people.ts'
import { googlePlants } from '../../src/office/google-plants.ts'
import type { GoogleSettings } from '../../src/office/google-settings.ts'
import { googleWorld } from '../office/google-world.ts'
import { minute, openLine, openOffice, signal } from './office.ts'

const carla = 'carla@marlow.example'

/** Opens the small company with faults in its settings, and looks at mailboxes as the service account. */
async function openSettings(
  planted: string[] = [],
  change: (settings: GoogleSettings) => void = () => {},
) {
  const world = googleWorld(planted, change)
  const office = await openOffice({ world, hours: 13 })
  const service_account = JSON.stringify(office.office.credentials.serviceAccount())
  const source = (mailbox = carla, endpoint = office.office.googleUrl) =>
    office.gmail(mailbox, { oauth: undefined, service_account }, endpoint).source
  return { ...office, world, source }
}

const itemsOf = async (source: ReturnType<Awaited<ReturnType<typeof openSettings>>['source']>) =>
  (await source.poll(null, signal)).inventory?.[0]?.items ?? []
const kind = (items: Item[], wanted: string) => items.filter((item) => item.kind === wanted)

test('a mailbox’s settings come with its mail, each item with its own facts', async () => {
  const { source } = await openSettings(['forward-outside', 'filter-hides'])
  const { inventory, events } = await source().poll(null, signal)
  expect(events.length).toBe(3)
  expect(inventory?.map(({ scope }) => scope)).toEqual([`gmail:${carla}`])
  const items = inventory?.[0]?.items ?? []
  expect(kind(items, 'forwarding')).toMatchObject([
    {
      uid: `gmail:${carla}:forwarding:collector@fastmail-archive.example`,
      product: 'gmail',
      tenant_uid: carla,
      holder: carla,
      facts: { enabled: true, disposition: 'archive', verified: true },
    },
  ])
  expect(kind(items, 'mail_filter').map(({ facts }) => facts)).toMatchObject([
    {
      subject: 'invoice',
      forward: null,
      delete: false,
      archive: false,
      add_label: ['Label_7', 'STARRED'],
    },
    { from: 'receipts@vendor.example', forward: 'ana@marlow.example' },
    { subject: 'bank details changed', delete: true, archive: true, mark_read: true },
  ])
  expect(kind(items, 'send_as').map(({ facts }) => [facts.address, facts.verified])).toEqual([
    [carla, true],
    ['billing@marlow.example', true],
  ])
  expect(kind(items, 'mail_client_access')).toMatchObject([{ facts: { imap: true, pop: false } }])
  expect(kind(items, 'auto_reply')).toMatchObject([{ facts: { enabled: false } }])
})

test('delegates are read by a service account and left out for a consent', async () => {
  const { source, gmail, office } = await openSettings()
  const delegates = kind(await itemsOf(source('ana@marlow.example')), 'delegate')
  expect(delegates.map(({ name }) => name)).toEqual(['elsa@marlow.example'])
  const asked = office.requests()['settings.delegates']
  const own = await itemsOf(gmail('ana@marlow.example').source)
  expect(kind(own, 'delegate')).toEqual([])
  expect(kind(own, 'send_as').length).toBe(1)
  expect(office.requests()['settings.delegates']).toBe(asked)
})

test('settings are read every quarter of an hour, and old cursors are still read', async () => {
  const { source, clock, office } = await openSettings()
  const mailbox = source()
  const first = await mailbox.poll(null, signal)
  clock.move(14 * minute)
  const second = await mailbox.poll(first.cursor, signal)
  expect(second).not.toHaveProperty('inventory')
  clock.move(minute)
  const third = await mailbox.poll(second.cursor, signal)
  expect(third.inventory?.length).toBe(1)
  expect(office.requests()['settings.filters']).toBe(2)
  const { settings: _, ...old } = third.cursor as Record<string, unknown>
  const resumed = await mailbox.poll(old, signal)
  expect(resumed.inventory?.length).toBe(1)
  expect(resumed.events).toEqual([])
  expect(office.requests()['messages.list']).toBe(1)
})

test('mail is told though the settings are refused, and they are not asked for at every poll', async () => {
  const { source, office, logged } = await openSettings()
  const denied = { error: { code: 403, message: 'no', errors: [{ reason: 'forbidden' }] } }
  const url = await openLine(office.googleUrl, (path) =>
    path.includes('/settings/') ? { status: 403, body: JSON.stringify(denied) } : null,
  )
  const mailbox = source(carla, url)
  const first = await mailbox.poll(null, signal)
  expect(first.events.length).toBe(3)
  expect(first).not.toHaveProperty('inventory')
  await mailbox.poll(first.cursor, signal)
  expect(logged.filter((line) => line === 'warn gmail settings not read').length).toBe(1)
})

test('[fault] settings wait out a rate limit', async () => {
  const { source, faults, clock } = await openSettings()
  faults.add({ method: 'settings.filters', kind: 'limited', retryAfter: 20 })
  faults.add({ method: 'settings.sendAs', kind: 'quota', times: 2 })
  const before = clock.now()
  expect(kind(await itemsOf(source()), 'mail_filter').length).toBe(2)
  expect(clock.now() - before).toBeGreaterThanOrEqual(20_000)
})

test('[fault] a page of HTML in place of a setting is no empty inventory', async () => {
  const { source, faults } = await openSettings()
  faults.add({ method: 'settings.forwardingAddresses', kind: 'html', times: 4 })
  expect(await source().poll(null, signal)).not.toHaveProperty('inventory')
})

test('names of filters with markup, newlines and quotes stay on one line', async () => {
  const subject = '<!channel> *pay*\n\u202e“now”\u0000 {}'.repeat(60)
  const { source } = await openSettings([], (settings) => {
    settings.mailboxes[carla]?.filters.push({ id: 'odd', criteria: { subject }, action: {} })
  })
  const odd = kind(await itemsOf(source()), 'mail_filter').at(-1)
  expect(odd?.name).toMatch(/^<!channel> \*pay\* now \{\}/)
  expect([...'\n“”"\u0000\u202e'].filter((c) => odd?.name.includes(c))).toEqual([])
  expect(odd?.name.length).toBeLessThanOrEqual(120)
  expect(String(odd?.facts.subject).length).toBeLessThanOrEqual(500)
})

test('every mailbox of a well-kept company is left alone; each fault is found where it was made', async () => {
  const plants = googlePlants(googleWorld(), googleWorld().google).filter(({ uid }) =>
    uid.startsWith('gmail:'),
  )
  expect(plants.length).toBeGreaterThan(4)
  for (const planted of [[], ...plants.map((plant) => [plant])]) {
    const { source, world } = await openSettings(planted.map(({ id }) => id))
    const held = (await Promise.all(world.people.map((p) => itemsOf(source(p.email))))).flat()
    const list = world.people.map(({ name, email, role }) => ({
      name,
      emails: [email],
      role,
      approver: false,
      accounts: [],
    }))
    const people = createPeople(list, { domains: [world.company.domain], networks: [] })
    const items = (wanted: string) => kind(held, wanted)
    const found = held.flatMap((item) =>
      mailboxChecks
        .filter((check) => check.kind === item.kind)
        .filter((check) => check.find(item, { now: 0, people, items }) !== null)
        .map(({ id }) => `${id} ${item.uid}`),
    )
    expect(found).toEqual(planted.map(({ check, uid }) => `${check} ${uid}`))
  }
})

test('any JSON in place of settings is refused or becomes items that hold', async () => {
  const or = <T>(value: fc.Arbitrary<T>) =>
    fc.oneof({ arbitrary: value, weight: 5 }, fc.jsonValue())
  const word = or(fc.string({ unit: 'binary', maxLength: 40 }))
  const answer = fc.oneof(
    fc.record(
      {
        filter: or(
          fc.array(
            or(
              fc.record({
                id: word,
                criteria: or(fc.dictionary(fc.constantFrom('from', 'query'), word)),
                action: fc.jsonValue(),
              }),
            ),
          ),
        ),
        forwardingAddresses: or(fc.array(or(fc.record({ forwardingEmail: word })))),
        sendAs: or(fc.array(or(fc.record({ sendAsEmail: word, replyToAddress: word })))),
        delegates: or(fc.array(or(fc.record({ delegateEmail: word })))),
        enabled: or(fc.boolean()),
        emailAddress: word,
      },
      { requiredKeys: [] },
    ),
    fc.jsonValue(),
  )
  await fc.assert(
    fc.asyncProperty(answer, async (data) => {
      const call: GmailCall = async (_what, _units, _send, shape) => shape.parse(data)
      const settings = await readSettings(call, true, undefined).catch(() => null)
      const items = settings ? gmailItems('a@b.example', settings) : []
      expect(new Set(items.map(({ uid }) => uid)).size).toBe(items.length)
      for (const { name, facts } of items) {
        expect(name.length).toBeGreaterThan(0)
        expect(name).not.toMatch(/[\r\n“”"]/)
        for (const value of Object.values(facts))
          expect(['string', 'number', 'boolean', 'object']).toContain(typeof value)
      }
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 1000) },
  )
})
