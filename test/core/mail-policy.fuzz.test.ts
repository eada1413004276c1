import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { followSpf, mostSpfLookups } from '../../src/clients/dns.ts'
import { isDkimKey, parseDmarc, parseSpf } from '../../src/core/mail-policy.ts'

vi.setConfig({ testTimeout: 600_000 })
const options = { numRuns: Number(process.env.FUZZ_RUNS ?? 1000) }

test.for([
  ['v=spf1 -all', { all: '-', lookups: 0 }],
  ['V=SPF1 ALL', { all: '+', lookups: 0 }],
  ['v=spf1', { all: null, lookups: 0 }],
  ['v=spf1  a  mx:mail.acme.example/24 ~all', { all: '~', lookups: 2 }],
  ['v=spf1 ptr exists:%{i}.x.example ip4:192.0.2.1 ?all', { all: '?', lookups: 2 }],
  ['v=spf1 include:_SPF.Google.com. -all', { all: '-', lookups: 1, includes: ['_spf.google.com'] }],
  ['v=spf1 include:%{d}.x.example include:/etc -all', { all: '-', lookups: 2, includes: [] }],
  ['v=spf1 -all include:late.example redirect=x.example', { all: '-', lookups: 0, redirect: null }],
  ['v=spf1 redirect=x.example a', { all: null, lookups: 2, redirect: 'x.example' }],
  [`v=spf1 ${'a '.repeat(5000)}-all`, { all: null, lookups: 499 }],
  ['v=spf10 -all', null],
  ['spf1 -all', null],
  [' v=spf1 -all', null],
])('SPF %s', ([record, expected]) => {
  const parsed = parseSpf(record as string)
  if (expected === null) expect(parsed).toBeNull()
  else expect(parsed).toMatchObject(expected as object)
})

test.for([
  ['v=DMARC1; p=reject', ['reject', 'reject', 100]],
  ['v=DMARC1;p=Quarantine;sp=none;pct=20', ['quarantine', 'none', 20]],
  ['v = DMARC1 ; p = none ;', ['none', 'none', 100]],
  ['v=DMARC1; rua=mailto:a@acme.example', ['none', 'none', 100]],
  ['v=DMARC1; p=block; rua=mailto:a@acme.example', ['none', 'none', 100]],
  ['v=DMARC1; p=reject; p=none; pct=x', ['reject', 'reject', 100]],
  ['v=DMARC1; pct=999; p=reject', ['reject', 'reject', 100]],
  ['v=DMARC1; p=block', null],
  ['v=DMARC1', null],
  ['v=DMARC12; p=reject', null],
  ['p=reject; v=DMARC1', null],
])('DMARC %s', ([record, expected]) => {
  const parsed = parseDmarc(record as string)
  expect(parsed && [parsed.policy, parsed.subdomains, parsed.pct]).toEqual(expected)
})

test.for([
  ['v=DKIM1; k=rsa; p=MIIBIj ANBg+/==', true],
  ['k=ed25519; p=abc', true],
  ['v=DKIM1; p=', false],
  ['v=DKIM1', false],
  ['v=spf1 -all', false],
  ['v=DMARC1; p=none', false],
  ['verification p=abc', false],
] as const)('DKIM %s', ([record, expected]) => {
  expect(isDkimKey(record)).toBe(expected)
})

const term = fc.oneof(
  fc.constantFrom('all', '-all', '+all', 'a', 'mx', 'ptr', 'a/24', 'redirect=h1.example', ' ', ''),
  fc.constantFrom(...[0, 1, 2, 3].map((n) => `include:h${n}.example`)),
  fc.string({ unit: 'binary', maxLength: 30 }),
)
const spf = fc.array(term, { maxLength: 30 }).map((terms) => ['v=spf1', ...terms].join(' '))
const anything = fc.oneof(
  spf,
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ minLength: 4000, maxLength: 9000 }),
  fc
    .array(fc.constantFrom('v=DMARC1', 'p=none', 'sp=reject', 'pct=7', 'p=', '=', 'v=DKIM1', 'p=a'))
    .map((tags) => tags.join(';')),
)
const hostName = /^[a-z\d_.-]{3,253}$/

test('any text is read or refused, within bounds', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const parsed = parseSpf(text)
      if (parsed) {
        expect(parsed.includes.length).toBeLessThanOrEqual(parsed.lookups)
        for (const name of parsed.includes) expect(name).toMatch(hostName)
        expect([null, '-', '~', '?', '+']).toContain(parsed.all)
        if (parsed.all) expect(parsed.redirect).toBeNull()
      }
      const dmarc = parseDmarc(text)
      if (dmarc) {
        expect(text).toMatch(/^v\s*=\s*DMARC1/)
        expect(dmarc.pct).toBeGreaterThanOrEqual(0)
        expect(dmarc.pct).toBeLessThanOrEqual(100)
      }
      expect(typeof isDkimKey(text)).toBe('boolean')
    }),
    options,
  )
})

test('what stands after “all” changes nothing', () => {
  fc.assert(
    fc.property(spf, spf, (text, more) => {
      const closed = `${text} -all`
      expect(parseSpf(`${closed} ${more}`)).toEqual(parseSpf(closed))
    }),
    options,
  )
})

test('following ends, having asked for no more names than receivers would', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(spf, { minLength: 4, maxLength: 4 }), async (records) => {
      const asked: string[] = []
      const texts = async (name: string) => {
        asked.push(name)
        const [, n] = /^h(\d)\.example$/.exec(name) ?? []
        return n === undefined ? [] : [records[Number(n)] ?? '']
      }
      const first = parseSpf(records[0] ?? '')
      if (!first) return
      const { lookups } = await followSpf(first, texts)
      expect(asked.length).toBeLessThanOrEqual(mostSpfLookups)
      expect(lookups).toBeGreaterThanOrEqual(asked.length)
    }),
    options,
  )
})
