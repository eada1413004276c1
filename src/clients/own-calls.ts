import { z } from 'zod'
import { sessionName } from './aws-auth.ts'
import { settingsCalls } from './aws-settings.ts'
import type { RequestLog } from './request-log.ts'

/** Who we are in AWS, and from where we were seen to call. */
export interface Own {
  keys: ReadonlySet<string>
  role: string | null
  requests: RequestLog
  /** Addresses that calls we know we made came from. */
  addresses: Set<string>
  /** ms since 1970; of calls before it nobody kept the ids. */
  since: number
}

const text = z.string().catch('')
const shape = z.object({
  eventName: text,
  eventTime: text,
  requestID: text,
  sourceIPAddress: text,
  userIdentity: z
    .object({
      arn: text,
      accessKeyId: text,
      sessionContext: z
        .object({ sessionIssuer: z.object({ arn: text }).catch({ arn: '' }) })
        .catch({ sessionIssuer: { arn: '' } }),
    })
    .catch({ arn: '', accessKeyId: '', sessionContext: { sessionIssuer: { arn: '' } } }),
})

const expected = new Set([
  'LookupEvents',
  'ListRegions',
  'ListPublicKeys',
  'AssumeRole',
  ...settingsCalls,
])

/**
 * Whose call a CloudTrail record tells of: somebody else's, ours, or one made by somebody else with
 * our key or role. Ours are those whose request id we were given; those our own address makes, of
 * calls that we do make; and such calls before we kept ids.
 */
export function whoseCall(json: string, own: Own): 'others' | 'ours' | 'stolen' {
  let record: unknown
  try {
    record = JSON.parse(json)
  } catch {
    return 'others'
  }
  const parsed = shape.safeParse(record).data
  if (!parsed) return 'others'
  const { userIdentity, eventName, requestID, sourceIPAddress, eventTime } = parsed
  const { accessKeyId, arn, sessionContext } = userIdentity
  const isRole = own.role !== null && sessionContext.sessionIssuer.arn === own.role
  if (!isRole && !own.keys.has(accessKeyId)) return 'others'
  if (requestID && own.requests.has(requestID)) {
    own.addresses.add(sourceIPAddress)
    return 'ours'
  }
  const isOurWay = expected.has(eventName) && (!isRole || arn.endsWith(`/${sessionName}`))
  const isKnownPlace = own.addresses.has(sourceIPAddress) || Date.parse(eventTime) < own.since
  return isOurWay && isKnownPlace ? 'ours' : 'stolen'
}
