import { expect, test } from 'vitest'
import { identitiesOf } from '../../src/core/identities.ts'
import type { Item } from '../../src/core/inventory.ts'
import { createPeople } from '../../src/core/people.ts'
import { cultures, plain } from '../../src/office/names.ts'
import { createRng, type Rng } from '../../src/office/rng.ts'

const nobody = createPeople([], { domains: ['acme.example'], networks: [] })
const user = (product: Item['product'], uid: string, rest: Partial<Item>): Item => ({
  uid,
  kind: 'user',
  product,
  tenant_uid: product,
  name: uid.split(':').at(-1) as string,
  holder: null,
  facts: {},
  ...rest,
})

const nicknames: Record<string, string> = {
  Benjie: 'Ben',
  Zofia: 'Zosia',
  Tomasz: 'Tomek',
  Agnieszka: 'Aga',
  Wojciech: 'Wojtek',
  Matthias: 'Matze',
  Lieselotte: 'Lotte',
  Beatriz: 'Bia',
  Joana: 'Jo',
  Sandeep: 'Sandy',
}

/** A company of 20 people over three kinds of accounts, and who each account belongs to. */
function company(rng: Rng) {
  const owners = new Map<string, string>()
  const items: Item[] = []
  const add = (item: Item, owner: string) => {
    items.push(item)
    owners.set(item.uid, owner)
  }
  const names = new Set<string>()
  while (names.size < 20) {
    const culture = rng.pick(cultures)
    names.add(`${rng.pick(culture.first)} ${rng.pick(culture.last)}`)
  }
  for (const name of names) {
    const [first = '', ...rest] = name.split(' ')
    const last = rest.join('')
    const full = `${plain(first)}.${plain(last)}`
    const short = plain(nicknames[first] ?? first)
    const email = `${full}@acme.example`
    add(
      user('workspace', `workspace:C1:${email}`, {
        name: email,
        holder: email,
        facts: { full_name: name, aliases: [`${plain(first)[0]}.${plain(last)}@acme.example`] },
      }),
      name,
    )
    const id = `U${rng.chars('ABCDEFGHJKLMNPQRSTUVWXYZ23456789', 9)}`
    const shown = rng.chance(0.3) ? `${nicknames[first] ?? first} ${rest.join(' ')}` : name
    add(
      user('slack', `slack:T1:${id}`, {
        name: shown,
        holder: id,
        facts: { real_name: shown, ...(rng.chance(0.8) ? { email } : {}) },
      }),
      name,
    )
    if (rng.chance(0.6)) {
      const handle = rng.pick([
        full,
        `${short}.${plain(last)}`,
        `${plain(first)[0]}${plain(last)}`,
        plain(first) + plain(last),
        `${plain(first)}.${plain(last)[0]}`,
      ])
      if (!items.some((i) => i.uid === `aws:1:user:${handle}`))
        add(user('cloudtrail', `aws:1:user:${handle}`, { name: handle, holder: handle }), name)
    }
  }
  for (const shared of ['info', 'accounts', 'support-team', 'no-reply']) {
    const email = `${shared}@acme.example`
    add(user('workspace', `workspace:C1:${email}`, { name: email, holder: email }), shared)
  }
  for (const service of ['ci-runner', 'svc-exports', 'terraform', 'backup-nas'])
    add(user('cloudtrail', `aws:1:user:${service}`, { name: service, holder: service }), service)
  add(
    user('slack', 'slack:T1:UBOT', {
      name: 'deploybot',
      holder: 'UBOT',
      facts: { is_bot: true, real_name: 'deploybot' },
    }),
    'deploybot',
  )
  return { items: rng.sample(items, items.length), owners }
}

test('accounts of 40 companies go to the right person, and no two people become one', () => {
  let right = 0
  let all = 0
  for (let seed = 1; seed <= 40; seed++) {
    const { items, owners } = company(createRng(`identities/${seed}`))
    const found = identitiesOf(items, nobody)
    for (const { accounts } of found)
      expect(new Set(accounts.map((a) => owners.get(a.uid))).size).toBe(1)
    for (const owner of new Set(owners.values())) {
      const theirs = items.filter((i) => owners.get(i.uid) === owner)
      const home = found.find((f) => f.accounts.includes(theirs[0] as Item))
      for (const item of theirs.slice(1)) {
        all++
        if (home?.accounts.includes(item)) right++
      }
    }
    expect(found.filter((f) => f.kind === 'shared')).toHaveLength(4)
    expect(found.filter((f) => f.kind === 'service')).toHaveLength(5)
  }
  expect(all).toBeGreaterThan(1000)
  expect(right / all).toBeGreaterThanOrEqual(0.98)
})

test('the config has the last word', () => {
  const people = createPeople(
    [
      {
        name: 'Ana Ruiz',
        emails: ['ana@acme.example'],
        role: '',
        approver: false,
        accounts: ['buildmaster'],
      },
    ],
    { domains: ['acme.example'], networks: [] },
  )
  const key = user('cloudtrail', 'aws:1:user:buildmaster', {
    name: 'buildmaster',
    holder: 'buildmaster',
  })
  const found = identitiesOf([key], people)
  expect(found).toEqual([{ name: 'Ana Ruiz', kind: 'person', known: true, accounts: [key] }])
})

test('a handle that fits two people goes to neither', () => {
  const google = (email: string, full_name: string) =>
    user('workspace', `workspace:C1:${email}`, { name: email, holder: email, facts: { full_name } })
  const handle = user('cloudtrail', 'aws:1:user:ana', { name: 'ana', holder: 'ana' })
  const found = identitiesOf(
    [
      google('ana.ruiz@acme.example', 'Ana Ruiz'),
      google('ana.costa@acme.example', 'Ana Costa'),
      handle,
    ],
    nobody,
  )
  expect(found.map((f) => f.accounts.length)).toEqual([1, 1, 1])
})
