import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseReport } from '../../src/clients/credential-report.ts'
import { reportCsv } from '../../src/office/aws-report.ts'

const account = '111122223333'
const options = { numRuns: Number(process.env.FUZZ_RUNS ?? 1000) }

test('any text is read without an error, and bounded', () => {
  const header = reportCsv(account, [])
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (text, fields) => {
      const { users, unread } = parseReport(`${header}\n${text}\n${fields.join(',')}`)
      expect(users.length + unread).toBeLessThanOrEqual(
        text.split('\n').length + fields.join().split('\n').length,
      )
      expect(parseReport(text).users.every((u) => u.user.length > 0)).toBe(true)
    }),
    options,
  )
})

test('what is written is read', () => {
  const time = fc.integer({ min: 0, max: 2_000_000_000 }).map((s) => s * 1000)
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  const name = fc.stringMatching(/^[\w+=,.@-]{1,64}$/)
  const key = fc.record({
    active: fc.boolean(),
    rotated: time,
    used: fc.option(
      fc.record({
        at: time,
        region: fc.constantFrom(null, 'eu-west-1'),
        service: fc.constantFrom('s3', 'ec2'),
      }),
    ),
  })
  const user = fc.record({
    name,
    created: time,
    password: fc.option(fc.record({ changed: time, used: fc.option(time) })),
    mfa: fc.boolean(),
    keys: fc.array(key, { maxLength: 2 }),
  })
  fc.assert(
    fc.property(fc.array(user, { maxLength: 5 }), fc.boolean(), (users, isPlain) => {
      const csv = reportCsv(account, users)
      // AWS may quote, or not.
      const read = parseReport(isPlain ? csv.replaceAll('"', '') : csv)
      expect(read.unread).toBe(0)
      expect(read.users).toEqual(
        users.map((u) => ({
          user: u.name,
          arn: `arn:aws:iam::${account}:user/${u.name}`,
          created: u.created,
          passwordEnabled: u.password !== null,
          passwordLastUsed: u.password?.used ?? null,
          mfa: u.mfa,
          keys: u.keys.map((k, i) => ({
            number: i + 1,
            active: k.active,
            rotated: k.rotated,
            lastUsed: k.used?.at ?? null,
            region: k.used?.region ?? null,
            service: k.used?.service ?? null,
          })),
        })),
      )
    }),
    options,
  )
})
