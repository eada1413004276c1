import { expect, test } from 'vitest'
import type { Check } from '../../src/core/check.ts'
import type { Inventory, Item } from '../../src/core/inventory.ts'
import type { Source } from '../../src/core/ports.ts'
import { collect } from '../../src/jobs/collect.ts'
import { firstLook } from '../../src/jobs/first-look.ts'
import { look } from '../../src/jobs/look.ts'
import { minute, testApp } from '../support.ts'

const { signal } = new AbortController()
const outside: Check = {
  id: 'forwarding-outside',
  kind: 'forwarding',
  severity: 'high',
  mend: 'Turn it off.',
  find: ({ facts, holder }, { people }) =>
    people.domains.some((d) => String(facts.to).endsWith(`@${d}`))
      ? null
      : `Mail of ${holder} is forwarded to ${facts.to}`,
}
const item = (to: string): Item => ({
  uid: `gmail:ana@acme.example:forwarding:${to}`,
  kind: 'forwarding',
  product: 'gmail',
  tenant_uid: 'ana@acme.example',
  name: to,
  holder: 'ana@acme.example',
  facts: { to, enabled: true },
})

/** A mailbox whose forwardings can be changed between polls. */
function mailbox() {
  const inventory: Inventory = { scope: 'gmail:ana@acme.example', items: [] }
  const source: Source = {
    name: 'gmail:ana@acme.example',
    interval: minute,
    poll: async () => ({ events: [], cursor: null, inventory: [inventory] }),
    check: async () => [],
  }
  return { inventory, source }
}

test('what is wrong already is told once, in the first look, with its mend', async () => {
  const { inventory, source } = mailbox()
  inventory.items = [item('thief@evil.example'), item('ben@acme.example')]
  const { app } = await testApp({ sources: [source], checks: [outside] })
  await collect(app, source, signal)
  expect(app.store.events.total()).toBe(0)
  expect(look(app).map((w) => w.text)).toEqual([
    'Mail of ana@acme.example is forwarded to thief@evil.example',
  ])
  expect(firstLook(app)).toBe(1)
  expect(app.store.outbox.get('first_look')?.body).toMatchObject({
    wrong: [{ severity: 'high', mend: 'Turn it off.' }],
  })
})

test('a setting that comes later is an event people can ask for', async () => {
  const { inventory, source } = mailbox()
  const { app } = await testApp({ sources: [source], checks: [outside] })
  await collect(app, source, signal)
  inventory.items = [item('thief@evil.example')]
  await collect(app, source, signal)
  await collect(app, source, signal)
  const [told, ...more] = app.store.events.all()
  expect(more).toEqual([])
  expect(told?.event).toMatchObject({
    activity_name: 'Setting Added',
    message: 'The forwarding of ana@acme.example is new: thief@evil.example',
    unmapped: {
      activity: 'forwarding_rule',
      weaknesses: [{ severity: 'high', mend: 'Turn it off.' }],
    },
    observables: [{ type: 'mailbox', value: 'ana@acme.example' }],
  })
})

test('a check that fails says so in the log and hides no other', async () => {
  const broken: Check = {
    ...outside,
    id: 'broken',
    find: () => {
      throw new Error('oops')
    },
  }
  const { inventory, source } = mailbox()
  inventory.items = [item('thief@evil.example')]
  const { app, logged } = await testApp({ sources: [source], checks: [broken, outside] })
  await collect(app, source, signal)
  expect(look(app)).toHaveLength(1)
  expect(logged).toContain('error check failed')
})
