import { z } from 'zod'
import type { AwsCall, Question } from './aws-call.ts'
import { everyPage } from './aws-pages.ts'
import { inside, list, region as regionShape, time, truth, word } from './aws-xml.ts'

/** Reads who may read the buckets of one account. */
export interface BucketClient {
  /** Up to 500 buckets by name. @throws ServiceError */
  list(signal: AbortSignal): Promise<Bucket[]>
  /** The account's own lock on all buckets; null: never set. @throws ServiceError */
  accountBlock(account: string, signal: AbortSignal): Promise<Block | null>
  /** A bucket's lock; null: never set. @throws ServiceError */
  block(bucket: Bucket, signal: AbortSignal): Promise<Block | null>
  /** Whether its policy lets anybody in, locks aside. @throws ServiceError */
  hasPublicPolicy(bucket: Bucket, signal: AbortSignal): Promise<boolean>
  /** Whether its access list lets anybody in, locks aside. @throws ServiceError */
  hasPublicAcl(bucket: Bucket, signal: AbortSignal): Promise<boolean>
  /** `key=value`, up to 20. @throws ServiceError */
  tags(bucket: Bucket, signal: AbortSignal): Promise<string[]>
}

export interface Bucket {
  name: string
  region: string
  /** ms since 1970 */
  created: number | null
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
export interface Block {
  blockPublicAcls: boolean
  ignorePublicAcls: boolean
  blockPublicPolicy: boolean
  restrictPublicBuckets: boolean
}

const mostBuckets = 500
const home = 'us-east-1'

const buckets = z.object({
  ListAllMyBucketsResult: z.object({
    Buckets: inside(
      z.object({
        Bucket: list(
          z.object({
            // Old buckets of us-east-1 may have capitals and underscores.
            Name: z.string().regex(/^[A-Za-z0-9][\w.-]{1,254}$/),
            CreationDate: time,
            BucketRegion: regionShape.catch(home),
          }),
        ),
      }),
    ),
    ContinuationToken: z.string().optional(),
  }),
})

const block = z
  .object({
    PublicAccessBlockConfiguration: inside(
      z.object({
        BlockPublicAcls: truth,
        IgnorePublicAcls: truth,
        BlockPublicPolicy: truth,
        RestrictPublicBuckets: truth,
      }),
    ),
  })
  .transform(
    ({ PublicAccessBlockConfiguration: c }): Block => ({
      blockPublicAcls: c.BlockPublicAcls,
      ignorePublicAcls: c.IgnorePublicAcls,
      blockPublicPolicy: c.BlockPublicPolicy,
      restrictPublicBuckets: c.RestrictPublicBuckets,
    }),
  )

const policyStatus = z
  .object({ PolicyStatus: inside(z.object({ IsPublic: truth })) })
  .transform((a) => a.PolicyStatus.IsPublic)

/** Anybody, and anybody with an account: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html */
const everybody = /^http:\/\/acs\.amazonaws\.com\/groups\/global\/(AllUsers|AuthenticatedUsers)$/

const acl = z
  .object({
    AccessControlPolicy: z.object({
      AccessControlList: inside(
        z.object({ Grant: list(z.object({ Grantee: z.object({ URI: z.string() }) })) }),
      ),
    }),
  })
  .transform((a) =>
    a.AccessControlPolicy.AccessControlList.Grant.some(({ Grantee }) =>
      everybody.test(Grantee.URI),
    ),
  )

const tagging = z
  .object({
    Tagging: z.object({
      TagSet: inside(z.object({ Tag: list(z.object({ Key: word, Value: word })) })),
    }),
  })
  .transform((a) => a.Tagging.TagSet.Tag.slice(0, 20).map((t) => `${t.Key}=${t.Value}`))

/** Reads buckets through S3's own protocol, each in its Region. */
export function createBuckets({ ask, must }: AwsCall): BucketClient {
  const of = <T>(
    { name: bucket, region }: Bucket,
    [name, query, permission]: readonly [string, string, string],
    answer: z.ZodType<T>,
    missing: string,
  ): Question<T> => ({
    name,
    permission,
    request: {
      service: 's3',
      region,
      host: `s3.${region}.amazonaws.com`,
      path: `/${encodeURIComponent(bucket)}`,
      query: { [query]: '' },
    },
    answer,
    missing: [missing, 'NoSuchBucket'],
  })

  return {
    list: (signal) =>
      everyPage(mostBuckets, 'ListBuckets', async (token) => {
        const answer = await must(
          {
            name: 'ListBuckets',
            permission: 's3:ListAllMyBuckets',
            request: {
              service: 's3',
              region: home,
              host: `s3.${home}.amazonaws.com`,
              // Without a size AWS leaves the Regions out:
              // https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
              query: { 'max-buckets': '250', ...(token ? { 'continuation-token': token } : {}) },
            },
            answer: buckets,
          },
          signal,
        )
        const page = answer.ListAllMyBucketsResult
        const items = page.Buckets.Bucket.map((b) => ({
          name: b.Name,
          region: b.BucketRegion,
          created: b.CreationDate,
        }))
        return { items, next: page.ContinuationToken }
      }),

    accountBlock: (account, signal) =>
      ask(
        {
          name: 'GetAccountPublicAccessBlock',
          permission: 's3:GetAccountPublicAccessBlock',
          request: {
            service: 's3',
            region: home,
            host: `${account}.s3-control.${home}.amazonaws.com`,
            path: '/v20180820/configuration/publicAccessBlock',
            headers: { 'x-amz-account-id': account },
          },
          answer: block,
          missing: ['NoSuchPublicAccessBlockConfiguration'],
        },
        signal,
      ),

    block: (bucket, signal) =>
      ask(
        of(
          bucket,
          ['GetPublicAccessBlock', 'publicAccessBlock', 's3:GetBucketPublicAccessBlock'],
          block,
          'NoSuchPublicAccessBlockConfiguration',
        ),
        signal,
      ),

    hasPublicPolicy: async (bucket, signal) =>
      (await ask(
        of(
          bucket,
          ['GetBucketPolicyStatus', 'policyStatus', 's3:GetBucketPolicyStatus'],
          policyStatus,
          'NoSuchBucketPolicy',
        ),
        signal,
      )) ?? false,

    hasPublicAcl: async (bucket, signal) =>
      (await ask(
        of(
          bucket,
          ['GetBucketAcl', 'acl', 's3:GetBucketAcl'],
          acl,
          'AccessControlListNotSupported',
        ),
        signal,
      )) ?? false,

    tags: async (bucket, signal) =>
      (await ask(
        of(bucket, ['GetBucketTagging', 'tagging', 's3:GetBucketTagging'], tagging, 'NoSuchTagSet'),
        signal,
      )) ?? [],
  }
}
