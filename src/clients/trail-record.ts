import { createHash } from 'node:crypto'
import { z } from 'zod'
import { awsActivity } from '../core/aws-activity.ts'
import {
  baseEvent,
  type Event,
  type Observable,
  type User,
  uniqueObservables,
} from '../core/event.ts'
import { addressIn } from './joints.ts'

const text = z.string().catch('')
const json = z.record(z.string(), z.unknown()).nullish().catch(null)

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
const identity = z
  .object({
    type: text,
    principalId: text,
    arn: text,
    accountId: text,
    accessKeyId: text,
    userName: text,
    invokedBy: text,
    sessionContext: z
      .object({
        sessionIssuer: z
          .object({ arn: text, userName: text, type: text })
          .optional()
          .catch(undefined),
      })
      .optional()
      .catch(undefined),
  })
  .partial()

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
const shape = z.looseObject({
  eventID: text,
  eventTime: z.iso.datetime({ offset: true }),
  eventName: z.string().min(1),
  eventSource: z.string().min(1),
  awsRegion: text,
  sourceIPAddress: text,
  userAgent: text,
  errorCode: z.string().nullish().catch(null),
  readOnly: z.boolean().nullish().catch(null),
  recipientAccountId: text,
  userIdentity: identity.nullish().catch(null),
  requestParameters: json,
  responseElements: json,
  resources: z
    .array(z.object({ ARN: z.string().optional(), type: z.string().optional() }))
    .nullish()
    .catch(null),
})
type Shape = z.infer<typeof shape>

/**
 * A CloudTrail record as an Event; what can't be parsed becomes a Base Event, never an error.
 * `account`: whose trail it is, where the record does not say.
 */
export function normalizeCloudTrail(record: unknown, { account = '' } = {}): Event {
  const raw_data = typeof record === 'string' ? record : (JSON.stringify(record) ?? 'null')
  const parsed = shape.safeParse(typeof record === 'string' ? fromJson(record) : record)
  if (!parsed.success) {
    const id = createHash('sha256').update(raw_data).digest('hex')
    return baseEvent({
      uid: `cloudtrail:${account || 'unknown'}:${id}`,
      product: 'cloudtrail',
      tenant_uid: account,
      raw_data,
      unmapped: { activity: null, secrets: [], error: z.prettifyError(parsed.error) },
    })
  }
  const r = parsed.data
  const tenant = r.recipientAccountId || r.userIdentity?.accountId || account
  const id = r.eventID || createHash('sha256').update(raw_data).digest('hex')
  const user = userOf(r)
  const service = r.eventSource.replace(/\.amazonaws\.com$/, '')
  const failed = Boolean(r.errorCode) || r.responseElements?.ConsoleLogin === 'Failure'
  // Calls made by AWS itself carry a host name in place of an address.
  const ip = addressIn(r.sourceIPAddress)
  const outcome = failed ? ` (${r.errorCode || 'Failure'})` : ''
  return baseEvent({
    uid: `cloudtrail:${tenant}:${id}`,
    product: 'cloudtrail',
    tenant_uid: tenant,
    class_name: 'API Activity',
    activity_name: r.eventName,
    time: Date.parse(r.eventTime),
    status: failed ? 'failure' : 'success',
    message: `${user?.name ?? 'somebody'} called ${r.eventName} on ${service} in ${r.awsRegion || 'no Region'}${outcome}`,
    actor: user && { user },
    src_endpoint: ip ? { ip } : null,
    api: {
      operation: r.eventName,
      service,
      error: r.errorCode || (failed ? 'Failure' : null),
      user_agent: r.userAgent.slice(0, 1000),
      region: r.awsRegion,
      read_only: r.readOnly ?? null,
      request: r.requestParameters ?? null,
    },
    resources: resourcesOf(r),
    observables: observablesOf(r, ip),
    raw_data,
    unmapped: { activity: awsActivity(r.eventName, failed), secrets: [] },
  })
}

function fromJson(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

const isKeyId = (value: unknown): value is string =>
  typeof value === 'string' && /^A[KS]IA[A-Z0-9]{12,28}$/.test(value)

function userOf({ userIdentity: who }: Shape): User | null {
  if (!who) return null
  const issuer = who.sessionContext?.sessionIssuer
  const uid = who.arn || who.principalId || who.invokedBy || who.accountId || 'unknown'
  const session = who.type === 'AssumedRole' ? who.arn?.split('/').at(-1) : ''
  const name =
    who.type === 'Root'
      ? 'root'
      : [who.userName || issuer?.userName, session].filter(Boolean).join('/') ||
        who.invokedBy ||
        uid.split('/').at(-1) ||
        uid
  const credential_uid = isKeyId(who.accessKeyId) ? who.accessKeyId : undefined
  return { uid, name, type: typeOf(who.type ?? ''), ...(credential_uid && { credential_uid }) }
}

function typeOf(type: string): NonNullable<User['type']> {
  if (type === 'Root') return 'root'
  if (type === 'IAMUser' || type === 'IdentityCenterUser') return 'user'
  if (type === 'AssumedRole' || type === 'Role' || type === 'WebIdentityUser') return 'role'
  if (type === 'AWSService') return 'service'
  return type === 'AWSAccount' ? 'external' : 'unknown'
}

/** Request parameters that name the thing acted on. */
const targets =
  /^(bucketName|roleName|userName|groupName|policyName|policyArn|trailName|functionName|instanceId|secretId|keyId|accessKeyId|groupId|name)$/

function resourcesOf({ resources, requestParameters }: Shape): Event['resources'] {
  const found = (resources ?? []).flatMap(({ ARN, type }) =>
    ARN ? [{ name: ARN, type: type ?? 'resource' }] : [],
  )
  for (const [key, value] of Object.entries(requestParameters ?? {}))
    if (targets.test(key) && typeof value === 'string' && value !== '')
      found.push({ name: value, type: key })
  return found.slice(0, 50)
}

function observablesOf(
  { userIdentity, requestParameters, responseElements }: Shape,
  ip: string | null,
) {
  const out: Observable[] = []
  const key = (value: unknown) => {
    if (isKeyId(value))
      out.push({ type: value.startsWith('ASIA') ? 'session' : 'access_key', value })
  }
  key(userIdentity?.accessKeyId)
  key(requestParameters?.accessKeyId)
  for (const part of ['accessKey', 'credentials']) {
    const made = responseElements?.[part]
    if (typeof made === 'object' && made !== null)
      key((made as { accessKeyId?: unknown }).accessKeyId)
  }
  if (ip) out.push({ type: 'ip', value: ip })
  return uniqueObservables(out)
}
