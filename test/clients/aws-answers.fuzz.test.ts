import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSettings } from '../../src/clients/aws-settings.ts'
import { ServiceError } from '../../src/core/error.ts'
import { openLine, quickClock, signal } from '../sources/office.ts'

const options = { numRuns: Number(process.env.FUZZ_RUNS ?? 300) }

/** Element names of all the answers, so that some of them fit. */
const names = [
  ['GetCallerIdentityResponse', 'GetCallerIdentityResult', 'Account'],
  ['GetAccountSummaryResponse', 'GetAccountSummaryResult', 'SummaryMap', 'entry', 'key', 'value'],
  ['GenerateCredentialReportResponse', 'GenerateCredentialReportResult', 'State'],
  ['GetCredentialReportResponse', 'GetCredentialReportResult', 'Content'],
  ['ListAllMyBucketsResult', 'Buckets', 'Bucket', 'Name', 'BucketRegion', 'ContinuationToken'],
  ['PublicAccessBlockConfiguration', 'PolicyStatus', 'IsPublic', 'Tagging', 'TagSet', 'Tag', 'Key'],
  ['AccessControlPolicy', 'AccessControlList', 'Grant', 'Grantee', 'URI'],
  ['DescribeSnapshotsResponse', 'snapshotSet', 'item', 'snapshotId', 'startTime', 'nextToken'],
].flat()
const text = fc.oneof(
  fc.string(),
  fc.constantFrom('true', '../..', '@evil.example', 'COMPLETE', '1'),
)
const escaped = text.map((t) => t.replace(/[<>&]/g, (c) => `&#${c.charCodeAt(0)};`))
const { tree } = fc.letrec<{ tree: string; inner: string }>((tie) => ({
  inner: fc.oneof(
    { depthSize: 'small' },
    escaped,
    fc.array(tie('tree'), { maxLength: 4 }).map((t) => t.join('')),
  ),
  tree: fc
    .tuple(fc.constantFrom(...names), tie('inner'))
    .map(([n, inner]) => `<${n}>${inner}</${n}>`),
}))

test('any answer of AWS is read or a ServiceError, and no call leaves its host', async () => {
  let answer = { status: 200, body: '' }
  const paths: string[] = []
  const endpoint = await openLine('http://127.0.0.1:9/', (path) => {
    paths.push(path)
    return { ...answer, headers: { 'content-type': 'text/xml' } }
  })
  const auth = { access_key_id: 'id', secret_access_key: 'secret' }
  const clock = quickClock(Date.UTC(2026, 0, 1))
  const settings = createSettings({ auth, endpoint, clock, log: () => {} })
  const { users, buckets, shared } = settings
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(200, 400, 403, 404),
      fc.oneof(tree, fc.string()),
      async (status, body) => {
        answer = { status, body }
        const calls = [
          () => users.account(signal),
          () => users.root(signal),
          () => shared.snapshots('us-east-1', signal),
          () => buckets.list(signal),
          () => buckets.accountBlock('1', signal),
          () =>
            buckets.hasPublicAcl({ name: '../a?b', region: 'us-east-1', created: null }, signal),
          () => buckets.tags({ name: 'a', region: 'us-east-1', created: null }, signal),
        ]
        for (const call of calls) {
          const error = await call().then(
            () => null,
            (thrown: unknown) => thrown,
          )
          if (error) expect(error).toBeInstanceOf(ServiceError)
        }
      },
    ),
    options,
  )
  expect(new Set(paths.map((path) => path.split('?')[0]))).toEqual(
    new Set(['/', '/v20180820/configuration/publicAccessBlock', '/..%2Fa%3Fb', '/a']),
  )
})
