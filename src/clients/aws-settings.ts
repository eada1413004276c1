import { type BucketClient, createBuckets } from './aws-buckets.ts'
import { type AwsOptions, createAwsCall } from './aws-call.ts'
import { createShared, type SharedClient } from './aws-shared.ts'
import { createTrails, type TrailsClient } from './aws-trails.ts'
import { createUsers, type UserClient } from './aws-users.ts'

/** Reads how one account is set up. A call that is refused throws a permanent ServiceError. */
export interface SettingsClient {
  users: UserClient
  buckets: BucketClient
  shared: SharedClient
  trails: TrailsClient
}

/**
 * Our own calls, as the trail names them: a monitor that is refused them looks like somebody who
 * tries what they may not.
 */
export const settingsCalls: readonly string[] = [
  'GetCallerIdentity',
  'GenerateCredentialReport',
  'GetCredentialReport',
  'GetAccountSummary',
  'ListBuckets',
  'GetAccountPublicAccessBlock',
  'GetBucketPublicAccessBlock',
  'GetBucketPolicyStatus',
  'GetBucketAcl',
  'GetBucketTagging',
  'DescribeSnapshots',
  'DescribeImages',
  'DescribeTrails',
  'GetTrailStatus',
]

/** Reads the settings of one account; all of its calls are paced together. */
export function createSettings(options: AwsOptions): SettingsClient {
  const call = createAwsCall(options)
  return {
    users: createUsers(call, options),
    buckets: createBuckets(call),
    shared: createShared(call),
    trails: createTrails(call),
  }
}
