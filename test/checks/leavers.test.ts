import { expect, test } from 'vitest'
import { leaverChecks } from '../../src/checks/leavers.ts'
import type { CheckContext } from '../../src/core/check.ts'
import type { Item, ItemKind } from '../../src/core/inventory.ts'
import { createPeople } from '../../src/core/people.ts'
import { cultures, plain } from '../../src/office/names.ts'
import { createRng } from '../../src/office/rng.ts'

const people = createPeople([], { domains: ['acme.example'], networks: [] })
const item = (product: Item['product'], uid: string, rest: Partial<Item>): Item => ({
  uid,
  kind: 'user',
  product,
  tenant_uid: product,
  name: uid.split(':').at(-1) as string,
  holder: null,
  facts: {},
  ...rest,
})

/** Texts of all leaver checks over these items. */
function said(items: Item[]): string[] {
  const context: CheckContext = {
    now: 0,
    people,
    items: (kind: ItemKind) => items.filter((i) => i.kind === kind),
  }
  return leaverChecks.flatMap((check) =>
    items
      .filter((i) => i.kind === check.kind)
      .flatMap((i) => {
        const found = check.find(i, context)
        return found === null ? [] : typeof found === 'string' ? found : found.text
      }),
  )
}

/** Somebody with a Google, a Slack and an AWS account. */
function accounts(name: string, facts: { google?: object; slack?: object; aws?: object } = {}) {
  const [first = '', ...rest] = name.split(' ')
  const handle = `${plain(first)}.${plain(rest.join(''))}`
  const email = `${handle}@acme.example`
  return {
    email,
    google: item('workspace', `workspace:C1:${email}`, {
      name: email,
      holder: email,
      facts: { full_name: name, suspended: false, ...facts.google },
    }),
    slack: item('slack', `slack:T1:${handle}`, {
      name,
      holder: `U${handle}`,
      facts: { email, real_name: name, deleted: false, ...facts.slack },
    }),
    aws: item('cloudtrail', `aws:1:user:${handle}`, {
      name: handle,
      holder: handle,
      facts: { password_enabled: true, ...facts.aws },
    }),
  }
}

test('of 30 people who left each way in that stayed open is named, and of people on leave none', () => {
  const rng = createRng('leavers')
  const names = new Set<string>()
  while (names.size < 50) {
    const culture = rng.pick(cultures)
    names.add(`${rng.pick(culture.first)} ${rng.pick(culture.last)}`)
  }
  const items: Item[] = []
  const residual: string[] = []
  for (const [n, name] of [...names].entries()) {
    const left = n < 30
    const onLeave = n >= 30 && n < 38
    const way = n % 3
    const closed = { suspended: left || onLeave }
    const a = accounts(name, {
      google: way === 2 ? {} : closed,
      slack: {
        deleted: left && way !== 0,
        ...(onLeave
          ? { status_text: rng.pick(['On parental leave', 'Elternzeit', 'sabbatical']) }
          : {}),
      },
      aws: { password_enabled: !(left && way === 1) },
    })
    const mine = [a.google, a.slack, ...(way === 1 && left ? [] : [a.aws])]
    if (left) {
      if (way === 0) residual.push(a.slack.uid, a.aws.uid)
      if (way === 2) residual.push(a.google.uid, a.aws.uid)
      if (way === 1) {
        const key = item('cloudtrail', `aws:1:key:${n}`, {
          kind: 'access_key',
          holder: a.aws.holder,
          facts: { active: true },
        })
        mine.push(a.aws, key)
        residual.push(a.aws.uid)
      }
    }
    items.push(...mine)
  }
  const found = said(items)
  expect(residual.length).toBeGreaterThanOrEqual(50)
  expect(found.length).toBe(residual.length)
  for (const name of [...names].slice(30)) expect(found.join('\n')).not.toContain(`${name} has no`)
})

test('an automatic reply that speaks of leave is leave, one that says goodbye is not', () => {
  const a = accounts('Ana Ruiz', { google: { suspended: true } })
  const reply = (subject: string) =>
    item('gmail', 'gmail:ana:auto_reply', {
      kind: 'auto_reply',
      holder: a.email,
      facts: { enabled: true, subject },
    })
  expect(said([a.google, a.slack, reply('On parental leave until May')])).toEqual([])
  expect(said([a.google, a.slack, reply('I no longer work here')])).toHaveLength(1)
})

test('an AWS user without password and live key is no way in', () => {
  const a = accounts('Ana Ruiz', { google: { suspended: true }, aws: { password_enabled: false } })
  expect(said([a.google, a.aws])).toEqual([])
})

test('a closed second account of somebody who is still here is nothing', () => {
  const a = accounts('Ana Ruiz')
  const old = {
    ...a.slack,
    uid: 'slack:T1:old',
    holder: 'UOLD',
    facts: { ...a.slack.facts, deleted: true },
  }
  expect(said([a.google, a.slack, old, a.aws])).toEqual([])
})

test('a delegate whose account is closed is named', () => {
  const a = accounts('Ana Ruiz', { google: { suspended: true } })
  const delegate = item('gmail', 'gmail:ben:delegate:ana', {
    kind: 'delegate',
    name: a.email,
    holder: 'ben@acme.example',
  })
  expect(said([a.google, delegate])).toEqual([
    `${a.email}, whose account is closed, may still read the mail of ben@acme.example`,
  ])
})
