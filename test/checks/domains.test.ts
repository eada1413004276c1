import { expect, test } from 'vitest'
import { domainChecks } from '../../src/checks/domains.ts'
import type { Item } from '../../src/core/inventory.ts'
import { createPeople } from '../../src/core/people.ts'

const ana = { name: 'Ana', emails: ['Ana@acme.example'], role: '', approver: true, accounts: [] }
const people = createPeople([ana], { domains: ['acme.example', 'parked.example'], networks: [] })

/** A domain with nothing wrong, but for what is said. */
const domain = (facts: Item['facts'] = {}, name = 'acme.example'): Item => ({
  uid: `dns:${name}`,
  kind: 'domain',
  product: 'workspace',
  tenant_uid: name,
  name,
  holder: null,
  facts: {
    mx: ['aspmx.l.google.com'],
    ns: ['ns1.dns.example'],
    spf: 'v=spf1 include:_spf.google.com ~all',
    spf_records: 1,
    spf_lookups: 4,
    spf_all: '~',
    dmarc: 'v=DMARC1; p=reject',
    dmarc_records: 1,
    dmarc_policy: 'reject',
    dmarc_pct: 100,
    dkim_selectors: ['google'],
    ...facts,
  },
})

const told = (item: Item) =>
  domainChecks.flatMap((check) => {
    const found = check.find(item, { now: 0, people, items: () => [] })
    if (found === null) return []
    const { text, severity } =
      typeof found === 'string' ? { text: found, severity: check.severity } : found
    return [{ id: check.id, severity, text }]
  })

const noSpf = { spf: null, spf_records: 0, spf_lookups: null, spf_all: null }
const noDmarc = { dmarc: null, dmarc_records: 0, dmarc_policy: null, dmarc_pct: null }

test.for([
  [{ ...noSpf, ...noDmarc }, ['spf-missing medium', 'dmarc-missing medium']],
  [noSpf, ['spf-missing low']],
  [{ spf_all: '+' }, ['spf-open high']],
  [{ spf_all: '?', dmarc_policy: 'none' }, ['spf-open medium', 'dmarc-watching low']],
  [{ spf_all: 'none', ...noDmarc }, ['spf-open medium', 'dmarc-missing medium']],
  [{ spf_all: '?' }, ['spf-open low']],
  [{ spf_records: 2, spf_all: '+' }, ['spf-broken medium']],
  [{ spf_lookups: 11 }, ['spf-broken medium']],
  [noDmarc, ['dmarc-missing medium']],
  [{ dmarc_records: 2, dmarc_policy: null, dmarc_pct: null }, ['dmarc-missing medium']],
  [{ dmarc_policy: 'none' }, ['dmarc-watching low']],
  [{ dmarc_policy: 'reject', dmarc_pct: 0 }, ['dmarc-watching low']],
  [{ dkim_selectors: [] }, ['dkim-missing low']],
  [{ mx: [] }, ['mx-missing low']],
  [{ mx: ['.'] }, ['mx-missing low']],
] as [Item['facts'], string[]][])('found: %j', ([facts, expected]) => {
  expect(told(domain(facts)).map(({ id, severity }) => `${id} ${severity}`)).toEqual(expected)
})

test.for([
  ['all in order', domain()],
  ['SPF “~all” with DMARC quarantine', domain({ dmarc_policy: 'quarantine' })],
  ['SPF “-all” for a part of the mail', domain({ spf_all: '-', dmarc_pct: 20 })],
  ['ten lookups', domain({ spf_lookups: 10 })],
  ['what could not be seen', domain({ spf_lookups: null, spf_all: null, dkim_selectors: null })],
  [
    'a domain that takes and sends no mail',
    domain({ mx: ['.'], spf_all: '-', spf_lookups: 0, dkim_selectors: [] }, 'parked.example'),
  ],
  ['no MX and nobody there', domain({ mx: [], dkim_selectors: [] }, 'parked.example')],
] as [string, Item][])('left alone: %s', ([, item]) => {
  expect(told(item)).toEqual([])
})

test('the sentence says whose domain and what it allows', () => {
  expect(told(domain({ ...noSpf, ...noDmarc })).map(({ text }) => text)).toEqual([
    'Anybody can send mail that looks as if it came from acme.example: no SPF record says which servers may',
    'Mail servers are not told to hold back forged mail from acme.example: it has no DMARC record',
  ])
})

test('every check has its own id and a full sentence of what to do', () => {
  expect(new Set(domainChecks.map(({ id }) => id)).size).toBe(domainChecks.length)
  for (const { mend } of domainChecks) expect(mend).toMatch(/^[A-Z].*\.$/)
})
