import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Item } from '../../src/core/inventory.ts'
import { collect } from '../../src/jobs/collect.ts'
import { findIdentities, forgetPerson, personData } from '../../src/jobs/person.ts'
import { createMasker } from '../../src/store/secrets.ts'
import { openStore } from '../../src/store/store.ts'
import { folder, said, start, testApp } from '../support.ts'

const { signal } = new AbortController()
const account = (product: Item['product'], name: string, facts: Item['facts'] = {}): Item => ({
  uid: `${product}:${name}`,
  kind: 'user',
  product,
  tenant_uid: product,
  name,
  holder: name,
  facts,
})

async function withAna() {
  const dir = folder()
  const filter: Item = {
    ...account('gmail', 'ana@acme.example'),
    uid: 'gmail:ana@acme.example:mail_filter:1',
    kind: 'mail_filter',
    name: 'from bank to trash',
  }
  const source = {
    name: 'slack:acme',
    interval: 1000,
    check: async () => [],
    poll: async () => ({
      events: [
        said('the diagnosis is in', start, [], {
          metadata: {
            uid: 'slack:T1:C1:1.0',
            product: { name: 'slack' },
            tenant_uid: 'T1',
            labels: [],
          },
          actor: { user: { uid: 'UANA', name: 'ana', email_addr: 'ana@acme.example' } },
        }),
        said('lunch?', start + 1, [], { actor: { user: { uid: 'UBEN' } } }),
      ],
      cursor: 1,
      inventory: [
        {
          scope: 'all',
          items: [
            account('workspace', 'ana@acme.example', { full_name: 'Ana Ruiz' }),
            account('slack', 'UANA', { email: 'ana@acme.example', real_name: 'Ana' }),
            account('slack', 'UBEN', { email: 'ben@acme.example', real_name: 'Ben' }),
            filter,
          ],
        },
      ],
    }),
  }
  const { app } = await testApp({
    sources: [source],
    store: openStore(join(dir, 'porchlight.db'), createMasker(new Uint8Array(32))),
  })
  await collect(app, source, signal)
  for (const { event } of app.store.events.all()) app.store.history.learn(event)
  return { app, dir, source }
}

test('a person is found by name or address, with all that their accounts hold', async () => {
  const { app } = await withAna()
  const [ana, ...more] = findIdentities(app, 'ANA')
  expect(more).toEqual([])
  expect(findIdentities(app, 'ana@acme.example')).toEqual([ana])
  const data = personData(app, ana as NonNullable<typeof ana>)
  expect(data.identity.accounts.map((a) => a.product).sort()).toEqual(['slack', 'workspace'])
  expect(data.holds.map((i) => i.kind)).toEqual(['mail_filter'])
  expect(data.events.map((e) => e.message)).toEqual(['the diagnosis is in'])
  expect(findIdentities(app, 'nobody')).toEqual([])
})

test('what is forgotten is in no file any more, and is not read again', async () => {
  const { app, dir, source } = await withAna()
  const [ana] = findIdentities(app, 'Ana')
  expect(forgetPerson(app, ana as NonNullable<typeof ana>)).toBeGreaterThan(1)
  const bytes = readdirSync(dir).map((name) => readFileSync(join(dir, name)))
  for (const text of ['diagnosis', 'UANA', 'ana@acme', 'from bank'])
    expect(bytes.some((b) => b.includes(text))).toBe(false)
  expect(bytes.some((b) => b.includes('lunch?'))).toBe(true)
  await collect(
    app,
    { ...source, poll: async () => ({ ...(await source.poll()), inventory: [] }) },
    signal,
  )
  expect(app.store.events.total()).toBe(2)
})
