import type { Clock } from '../core/ports.ts'
import { xmlRefusal } from './aws-refusals.ts'
import { createAwsSettingsServer } from './aws-settings-server.ts'
import { trailAnswer } from './aws-trails.ts'
import { createLookup } from './cloudtrail-lookup.ts'
import { createQuotas } from './quota.ts'
import { createRng } from './rng.ts'
import type { Answer, Request, Vendor } from './serve.ts'
import type { World } from './world.ts'

/** Regions that are on in every account: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html */
const always = [
  ['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1'],
  ['ap-southeast-2', 'ca-central-1', 'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2'],
  ['eu-west-3', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
].flat()
/** Some of those that an owner has to switch on. */
const optional = ['af-south-1', 'ap-east-1', 'eu-south-1', 'me-south-1']

const messages: Record<string, string> = {
  ThrottlingException: 'Rate exceeded',
  TooManyRequestsException: 'Rate exceeded',
  AccessDeniedException: 'User is not authorized to perform this operation',
  ExpiredTokenException: 'The security token included in the request is expired',
  UnrecognizedClientException: 'The security token included in the request is invalid.',
  InvalidNextTokenException: 'Invalid or mismatched next token.',
  InvalidTimeRangeException: 'The start time is later than the end time.',
  InvalidMaxResultsException: 'The max results value must be between 1 and 50.',
  InvalidLookupAttributesException: 'The lookup attributes are not valid.',
  TrailNotFoundException: 'Unknown trail.',
  UnknownOperationException: 'The office serves no such call.',
}

const trailMethods = ['LookupEvents', 'DescribeTrails', 'GetTrailStatus']

/** The id that the nth LookupEvents answer of a run carries. */
export const requestId = (seed: number, nth: number): string =>
  createRng(`request ${seed} ${nth}`).uuid()

/**
 * CloudTrail (awsJson 1.1), Account's ListRegions (REST JSON), and what reads the settings (XML) at
 * one address.
 */
export function awsServer(
  world: World,
  { clock, accessKey, limits }: { clock: Clock; accessKey: string; limits: boolean },
): Vendor {
  const byRegion = Map.groupBy(world.trail, ({ region }) => region)
  const enabled = [...new Set([...always, ...byRegion.keys()])].sort()
  const lookups = new Map(enabled.map((name) => [name, createLookup(byRegion.get(name) ?? [])]))
  // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
  const quota = createQuotas(2, 1000)

  let calls = 0
  const lookup = (region: string, body: string): Answer => {
    if (limits && quota(region, clock.now()) > 0) return failure('ThrottlingException')
    const found = lookups.get(region)?.(body, clock.now()) ?? { Events: [] }
    if (typeof found === 'string') return failure(found)
    calls += 1
    const headers = { ...json, 'x-amzn-requestid': requestId(world.seed, calls) }
    return { status: 200, headers, body: found }
  }

  const settings = createAwsSettingsServer(world)
  const describe = (method: string, region: string, body: string): Answer => {
    if (!world.aws) return failure('AccessDeniedException')
    const account = world.company.aws_account
    const found = trailAnswer(world.aws.trails, account, { method, region, body })
    return typeof found === 'string' ? failure(found) : { status: 200, headers: json, body: found }
  }

  return {
    method(request) {
      if (request.path === '/listRegions') return 'ListRegions'
      const name = String(request.headers['x-amz-target']).split('CloudTrail_20131101.')[1] ?? ''
      if (trailMethods.includes(name)) return name
      return settings.method({ ...scopeOf(request), request })
    },

    answer(method, request, fault) {
      if (!method) return failure('UnknownOperationException')
      const { key, region, service } = scopeOf(request)
      const isKnown = key === accessKey && lookups.has(region)
      if (method !== 'ListRegions' && !trailMethods.includes(method)) {
        if (fault?.kind === 'limited') return xmlRefusal(service, 'limited')
        if (fault?.kind === 'expired') return xmlRefusal(service, 'expired')
        if (!isKnown) return xmlRefusal(service, 'stranger')
        if (fault?.kind === 'denied') return xmlRefusal(service, 'denied')
        return settings.answer(method, { service, region, request }, clock.now())
      }
      if (fault?.kind === 'limited') {
        return method === 'ListRegions'
          ? failure('TooManyRequestsException', 429)
          : failure('ThrottlingException')
      }
      if (fault?.kind === 'expired') return failure('ExpiredTokenException')
      if (!isKnown) return failure('UnrecognizedClientException')
      if (fault?.kind === 'denied') {
        return failure('AccessDeniedException', method === 'ListRegions' ? 403 : 400)
      }
      if (method === 'ListRegions') return listRegions(enabled, request.body)
      return method === 'LookupEvents'
        ? lookup(region, request.body)
        : describe(method, region, request.body)
    },
  }
}

/** https://docs.aws.amazon.com/accounts/latest/APIReference/API_ListRegions.html */
function listRegions(enabled: string[], body: string): Answer {
  const input = JSON.parse(body || '{}') as Record<string, unknown>
  const wanted = input.RegionOptStatusContains
  const all = [
    ...enabled.map((name) => [name, always.includes(name) ? 'ENABLED_BY_DEFAULT' : 'ENABLED']),
    ...optional.filter((name) => !enabled.includes(name)).map((name) => [name, 'DISABLED']),
  ]
    .filter(([, status]) => !Array.isArray(wanted) || wanted.includes(status))
    .map(([RegionName, RegionOptStatus]) => ({ RegionName, RegionOptStatus }))
  const start = Number(input.NextToken ?? 0)
  const end = start + Math.min(Number(input.MaxResults ?? 50), 50)
  const next = end < all.length ? { NextToken: String(end) } : {}
  return { status: 200, headers: json, body: { Regions: all.slice(start, end), ...next } }
}

/** From `Credential=AKIA…/20261116/eu-west-1/cloudtrail/aws4_request`. */
function scopeOf({ headers }: Request): { key: string; region: string; service: string } {
  const [, key = '', region = '', service = ''] =
    /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? '') ?? []
  return { key, region, service }
}

const json = { 'content-type': 'application/x-amz-json-1.1' }

const failure = (name: string, status = 400): Answer => ({
  status,
  headers: { ...json, 'x-amzn-errortype': name },
  body: { __type: name, message: messages[name] ?? name },
})
