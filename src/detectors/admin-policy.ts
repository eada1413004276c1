import { z } from 'zod'
import type { Detector } from '../core/ports.ts'
import { sampleTrail } from './sample.ts'

const list = z
  .union([z.string(), z.array(z.string())])
  .transform((v) => (Array.isArray(v) ? v : [v]))
const statement = z.object({
  Effect: z.string(),
  Action: list.optional(),
  NotAction: list.optional(),
  Resource: list.optional(),
})
const policy = z.object({ Statement: z.union([statement, z.array(statement)]) })

/** A policy document as CloudTrail shows it: JSON, URL-encoded JSON or an object; null if it is none. */
function documentOf(value: unknown): z.infer<typeof policy> | null {
  let input = value
  if (typeof input === 'string')
    try {
      input = JSON.parse(input.trimStart().startsWith('%7B') ? decodeURIComponent(input) : input)
    } catch {
      return null
    }
  return policy.safeParse(input).data ?? null
}

const isStar = (text: string) => /^\*+(?::\*+)?$/.test(text)

/** Whether the document allows everything everywhere, or all of IAM. */
function grantsAll(value: unknown): boolean {
  const document = documentOf(value)
  if (!document) return false
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement]
  return statements.some(
    ({ Effect, Action = [], NotAction, Resource = [] }) =>
      Effect === 'Allow' &&
      Resource.some(isStar) &&
      (Action.some((a) => isStar(a) || /^iam:\*$/i.test(a)) || (NotAction?.length ?? 0) > 0),
  )
}

const adminPolicy =
  /^arn:aws[\w-]*:iam::aws:policy\/(?:.*\/)?(?:AdministratorAccess(?:-Amplify)?|IAMFullAccess|PowerUserAccess)$/

const attachers = new Set(['AttachUserPolicy', 'AttachRolePolicy', 'AttachGroupPolicy'])
const writers = new Set([
  'PutUserPolicy',
  'PutRolePolicy',
  'PutGroupPolicy',
  'CreatePolicyVersion',
  'CreatePolicy',
])

/** Somebody is given the right to do everything. */
export const adminPolicyAttached: Detector = {
  id: 'admin-policy',
  title: 'Full rights given in AWS',
  level: 'high',
  type: 'Rule',
  attacks: ['T1098.003', 'T1098'],
  falsepositives: [
    'The first administrator of a new account',
    'A deploy tool that sets up its own role',
  ],
  next_step:
    'Ask whoever made this change why full rights were needed, and take the policy away if nobody can say.',
  match(event) {
    const { api } = event
    if (!api || !event.src_endpoint || !api.request) return null
    const request = api.request
    const target =
      request.userName ??
      request.roleName ??
      request.groupName ??
      request.policyName ??
      request.policyArn
    if (/AWSServiceRoleFor|^aws-service-role/.test(String(target))) return null
    let what: string | null = null
    if (attachers.has(api.operation) && adminPolicy.test(String(request.policyArn)))
      what = String(request.policyArn).split('/').at(-1) ?? null
    if (writers.has(api.operation) && grantsAll(request.policyDocument)) {
      if (api.operation === 'CreatePolicyVersion' && request.setAsDefault !== true) return null
      what = 'a policy that allows everything'
    }
    if (!what) return null
    const weaker = event.status === 'failure' || api.operation === 'CreatePolicy'
    return {
      severity: weaker ? 'medium' : 'high',
      confidence_score: weaker ? 65 : 85,
      evidence: [
        {
          name: event.status === 'failure' ? 'tried to give' : 'gave',
          value: what,
          provenance: 'computed',
        },
        { name: 'to', value: String(target), provenance: 'vendor' },
      ],
    }
  },
  examples: {
    match: [
      {
        name: 'AdministratorAccess for a user',
        event: iam('AttachUserPolicy', {
          userName: 'temp',
          policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
        }),
      },
      {
        name: 'stars in an inline policy, URL-encoded',
        event: iam('PutRolePolicy', {
          roleName: 'web',
          policyDocument: encodeURIComponent(
            JSON.stringify({ Statement: { Effect: 'Allow', Action: ['*'], Resource: '*' } }),
          ),
        }),
      },
      {
        name: 'stars in a new default version',
        event: iam('CreatePolicyVersion', {
          policyArn: 'arn:aws:iam::111122223333:policy/app',
          setAsDefault: true,
          policyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: '*:*', Resource: ['*'] }],
          }),
        }),
      },
    ],
    ignore: [
      {
        name: 'read only',
        event: iam('AttachUserPolicy', {
          userName: 'temp',
          policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
        }),
      },
      {
        name: 'everything denied',
        event: iam('PutUserPolicy', {
          userName: 'old',
          policyDocument: JSON.stringify({
            Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
          }),
        }),
      },
      {
        name: 'one service on one bucket',
        event: iam('PutRolePolicy', {
          roleName: 'web',
          policyDocument: JSON.stringify({
            Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::site/*' }],
          }),
        }),
      },
      {
        name: 'a version that is not the default',
        event: iam('CreatePolicyVersion', {
          policyArn: 'arn:aws:iam::111122223333:policy/app',
          setAsDefault: false,
          policyDocument: JSON.stringify({
            Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
          }),
        }),
      },
      {
        name: 'not JSON',
        event: iam('PutUserPolicy', { userName: 'x', policyDocument: '{"Statement":' }),
      },
    ],
  },
}

function iam(operation: string, request: Record<string, unknown>) {
  return sampleTrail({ operation, service: 'iam.amazonaws.com', request })
}
