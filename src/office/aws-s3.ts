import { xmlFailure } from './aws-refusals.ts'
import type { AwsBlock, AwsBucket, AwsSettings } from './aws-settings.ts'
import { type Xml, xmlAnswer } from './aws-xml.ts'
import { isoSeconds } from './calendar.ts'
import type { Answer, Request } from './serve.ts'

const xmlns = 'http://s3.amazonaws.com/doc/2006-03-01/'
const controlPath = '/v20180820/configuration/publicAccessBlock'

const byQuery: Record<string, string> = {
  policyStatus: 'GetBucketPolicyStatus',
  publicAccessBlock: 'GetPublicAccessBlock',
  acl: 'GetBucketAcl',
  tagging: 'GetBucketTagging',
}

/** The name of a call on S3, or null. The account's own lock is S3 Control's GetPublicAccessBlock. */
export function bucketMethod({ verb, path, query }: Request): string | null {
  if (verb !== 'GET') return null
  if (path === controlPath) return 'GetAccountPublicAccessBlock'
  if (path === '/') return 'ListBuckets'
  const name = Object.keys(byQuery).find((key) => query.has(key))
  return (name && byQuery[name]) ?? null
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html */
export function bucketAnswer(
  settings: AwsSettings,
  account: string,
  { method, region, request }: { method: string; region: string; request: Request },
): Answer {
  if (method === 'ListBuckets') return listBuckets(settings.buckets, account, request.query)
  if (method === 'GetAccountPublicAccessBlock') {
    return request.headers['x-amz-account-id'] === account
      ? blockAnswer(settings.block)
      : xmlFailure('s3', 'AccessDenied', 403)
  }
  const name = decodeURIComponent(request.path.split('/')[1] ?? '')
  const bucket = settings.buckets.find((b) => b.name === name)
  if (!bucket) return xmlFailure('s3', 'NoSuchBucket', 404)
  if (bucket.region !== region) {
    return xmlFailure('s3', 'PermanentRedirect', 301, { 'x-amz-bucket-region': bucket.region })
  }
  switch (method) {
    case 'GetPublicAccessBlock':
      return blockAnswer(bucket.block)
    case 'GetBucketPolicyStatus':
      return bucket.policy
        ? xmlAnswer('PolicyStatus', { '@xmlns': xmlns, IsPublic: bucket.policy === 'public' })
        : xmlFailure('s3', 'NoSuchBucketPolicy', 404)
    case 'GetBucketAcl':
      return xmlAnswer('AccessControlPolicy', aclOf(bucket, account))
    default:
      return taggingOf(bucket)
  }
}

/** Without any parameter AWS leaves the Regions out. */
function listBuckets(buckets: AwsBucket[], account: string, query: URLSearchParams): Answer {
  const isPaged = query.has('max-buckets') || query.has('continuation-token')
  const start = Number(query.get('continuation-token') ?? 0)
  const end = start + Number(query.get('max-buckets') ?? 10_000)
  const shown = buckets.toSorted((a, b) => (a.name < b.name ? -1 : 1)).slice(start, end)
  return xmlAnswer('ListAllMyBucketsResult', {
    '@xmlns': xmlns,
    Buckets: {
      Bucket: shown.map(({ name, created, region }) => ({
        Name: name,
        CreationDate: isoSeconds(created),
        ...(isPaged ? { BucketRegion: region } : {}),
      })),
    },
    Owner: ownerOf(account),
    ...(end < buckets.length ? { ContinuationToken: String(end) } : {}),
  })
}

const ownerOf = (account: string): Xml => ({ ID: account.padEnd(64, '0') })

const blockAnswer = (block: AwsBlock | null): Answer =>
  block
    ? xmlAnswer('PublicAccessBlockConfiguration', {
        '@xmlns': xmlns,
        BlockPublicAcls: block[0],
        IgnorePublicAcls: block[1],
        BlockPublicPolicy: block[2],
        RestrictPublicBuckets: block[3],
      })
    : xmlFailure('s3', 'NoSuchPublicAccessBlockConfiguration', 404)

function aclOf({ acl }: AwsBucket, account: string): Xml {
  const grant = (type: string, who: Record<string, Xml>, permission: string): Xml => ({
    Grantee: {
      '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      '@xsi:type': type,
      ...who,
    },
    Permission: permission,
  })
  const everybody = { URI: 'http://acs.amazonaws.com/groups/global/AllUsers' }
  const writer = { URI: 'http://acs.amazonaws.com/groups/s3/LogDelivery' }
  return {
    '@xmlns': xmlns,
    Owner: ownerOf(account),
    AccessControlList: {
      Grant: [
        grant('CanonicalUser', { ID: account.padEnd(64, '0') }, 'FULL_CONTROL'),
        grant('Group', writer, 'WRITE'),
        ...(acl === 'public' ? [grant('Group', everybody, 'READ')] : []),
      ],
    },
  }
}

function taggingOf({ tags }: AwsBucket): Answer {
  const pairs = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
  return pairs.length > 0
    ? xmlAnswer('Tagging', { '@xmlns': xmlns, TagSet: { Tag: pairs } })
    : xmlFailure('s3', 'NoSuchTagSet', 404)
}
