import { type Account, awsId, type IamUser, type Role } from './account.ts'
import { isoSeconds, minute } from './calendar.ts'
import type { Rng } from './rng.ts'
import type { TrailItem } from './world.ts'

type Json = Record<string, unknown>

/** Who calls, from where and with what. */
export interface Caller {
  identity: Json
  ip: string
  agent: string
  /** Called over TLS by a client, not by an AWS service. */
  client: boolean
}

export interface Call {
  service: string
  name: string
  region: string
  request?: Json | null
  response?: Json | null
  /** Taken from the name where left out. */
  readOnly?: boolean
  error?: [code: string, message: string]
  resources?: Json[]
  /** Fields of special records. */
  extra?: Json
}

/** Makes CloudTrail records: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
export interface TrailWriter {
  items: TrailItem[]
  write(at: number, caller: Caller, call: Call): TrailItem
}

const reads = /^(Get|List|Describe|Lookup|Head|Filter|Batch(Get|Check)|Start(Query)|Assume|Decrypt)/

/** When the API shows a record: mostly minutes, seldom a quarter of an hour. */
const delay = (rng: Rng) => (rng.chance(0.9) ? 2 + rng.next() * 4 : 6 + rng.next() * 8) * minute

/** Collects the records of one account. */
export function createTrail(rng: Rng, account: Account): TrailWriter {
  const items: TrailItem[] = []
  const write = (at: number, caller: Caller, call: Call): TrailItem => {
    const visible = at + Math.round(delay(rng))
    const [errorCode, errorMessage] = call.error ?? []
    const host = ['iam', 'sts', 'cloudfront', 'route53'].includes(call.service)
      ? `${call.service}.amazonaws.com`
      : `${call.service}.${call.region}.amazonaws.com`
    const item: TrailItem = {
      region: call.region,
      visible,
      record: {
        eventVersion: '1.11',
        userIdentity: caller.identity,
        eventTime: isoSeconds(at),
        eventSource: `${call.service}.amazonaws.com`,
        eventName: call.name,
        awsRegion: call.region,
        sourceIPAddress: caller.ip,
        userAgent: caller.agent,
        ...(errorCode ? { errorCode, errorMessage } : {}),
        requestParameters: call.request ?? null,
        responseElements: errorCode ? null : (call.response ?? null),
        requestID: rng.uuid(),
        eventID: rng.uuid(),
        readOnly: call.readOnly ?? reads.test(call.name),
        ...(call.resources ? { resources: call.resources } : {}),
        eventType: 'AwsApiCall',
        managementEvent: true,
        recipientAccountId: account.id,
        eventCategory: 'Management',
        ...(caller.client
          ? {
              tlsDetails: {
                tlsVersion: 'TLSv1.3',
                cipherSuite: 'TLS_AES_128_GCM_SHA256',
                clientProvidedHostHeader: host,
              },
            }
          : {}),
        ...call.extra,
      },
    }
    if (rng.chance(0.02)) item.again = visible + rng.int(1, 20) * minute
    items.push(item)
    return item
  }
  return { items, write }
}

/** Somebody with a long-lived key. */
export const keyCaller = (account: Account, user: IamUser, ip: string, agent: string): Caller => ({
  identity: {
    type: 'IAMUser',
    principalId: user.principal,
    arn: `arn:aws:iam::${account.id}:user/${user.name}`,
    accountId: account.id,
    accessKeyId: user.key,
    userName: user.name,
  },
  ip,
  agent,
  client: true,
})

/** Somebody in the browser; each sign-in has its own temporary key. */
export const consoleCaller = (
  rng: Rng,
  account: Account,
  user: IamUser,
  from: { ip: string; agent: string; at: number },
): Caller => ({
  identity: {
    type: 'IAMUser',
    principalId: user.principal,
    arn: `arn:aws:iam::${account.id}:user/${user.name}`,
    accountId: account.id,
    accessKeyId: awsId(rng, 'ASIA'),
    userName: user.name,
    sessionContext: {
      attributes: { creationDate: isoSeconds(from.at), mfaAuthenticated: 'true' },
    },
  },
  ip: from.ip,
  agent: from.agent,
  client: true,
})

/** A role in use; `key` is its temporary access key id. */
export const roleCaller = (
  account: Account,
  role: Role,
  session: { name: string; key: string; at: number; ip: string; agent: string; by?: string },
): Caller => ({
  identity: {
    type: 'AssumedRole',
    principalId: `${role.principal}:${session.name}`,
    arn: `arn:aws:sts::${account.id}:assumed-role/${role.name}/${session.name}`,
    accountId: account.id,
    accessKeyId: session.key,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: role.principal,
        arn: `arn:aws:iam::${account.id}:role/${role.name}`,
        accountId: account.id,
        userName: role.name,
      },
      attributes: { creationDate: isoSeconds(session.at), mfaAuthenticated: 'false' },
    },
    ...(session.by ? { invokedBy: session.by } : {}),
  },
  ip: session.by ?? session.ip,
  agent: session.by ?? session.agent,
  client: !session.by,
})

/** An AWS service on its own account. */
export const serviceCaller = (service: string): Caller => ({
  identity: { type: 'AWSService', invokedBy: `${service}.amazonaws.com` },
  ip: `${service}.amazonaws.com`,
  agent: `${service}.amazonaws.com`,
  client: false,
})
