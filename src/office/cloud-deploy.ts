import { type Account, awsId } from './account.ts'
import { hour, isoSeconds } from './calendar.ts'
import type { Deploy } from './plan.ts'
import type { Rng } from './rng.ts'
import { type Call, keyCaller, roleCaller, type TrailWriter } from './trail.ts'

/** A release as the cloud sees it: the build runner takes the deploy role, then its steps. */
export function cloudDeploy(rng: Rng, account: Account, trail: TrailWriter, deploy: Deploy): void {
  const agent = rng.pick([
    'aws-cli/2.24.6 md/awscrt#0.23.8 ua/2.0 os/linux#5.15.0 md/arch#x86_64 lang/python#3.12.9',
    'aws-sdk-js/3.744.0 ua/2.1 os/linux#5.15.0 lang/js md/nodejs#22.13.1 api/cloudformation',
  ])
  const { home: region, id } = account
  const { service } = deploy
  const key = awsId(rng, 'ASIA')
  const name = `build-${deploy.build}`
  let at = deploy.at
  const step = () => {
    at += rng.int(700, 14_000)
    return at
  }
  const runner = keyCaller(account, account.ci, account.ciIp, agent)
  const roleArn = `arn:aws:iam::${id}:role/${account.deployRole.name}`
  const assumed = `arn:aws:sts::${id}:assumed-role/${account.deployRole.name}/${name}`
  trail.write(at, runner, {
    service: 'sts',
    name: 'AssumeRole',
    region,
    request: { roleArn, roleSessionName: name, durationSeconds: 3600 },
    response: {
      credentials: { accessKeyId: key, expiration: isoSeconds(at + hour) },
      assumedRoleUser: {
        assumedRoleId: `${account.deployRole.principal}:${name}`,
        arn: assumed,
      },
    },
    resources: [{ accountId: id, type: 'AWS::IAM::Role', ARN: roleArn }],
  })
  const session = { name, key, at, ip: account.ciIp, agent }
  const caller = roleCaller(account, account.deployRole, session)
  const call = (call: Omit<Call, 'region'> & { region?: string }) =>
    trail.write(step(), caller, { region, ...call })
  const stack = `${service}-prod`
  call({ service: 'sts', name: 'GetCallerIdentity' })
  call({
    service: 'cloudformation',
    name: 'DescribeStacks',
    request: { stackName: stack },
  })
  if (rng.chance(0.5)) {
    call({
      service: 'ecr',
      name: 'GetAuthorizationToken',
      response: null,
    })
    for (const name of ['InitiateLayerUpload', 'CompleteLayerUpload', 'PutImage'])
      call({
        service: 'ecr',
        name,
        request: { registryId: id, repositoryName: service },
        resources: [{ accountId: id, ARN: `arn:aws:ecr:${region}:${id}:repository/${service}` }],
      })
    call({
      service: 'ecs',
      name: 'RegisterTaskDefinition',
      request: { family: service, cpu: '512', memory: '1024', networkMode: 'awsvpc' },
    })
    call({
      service: 'ecs',
      name: 'UpdateService',
      request: { cluster: 'prod', service, taskDefinition: `${service}:${deploy.build}` },
    })
    for (let i = rng.int(2, 6); i > 0; i--)
      call({
        service: 'ecs',
        name: 'DescribeServices',
        request: { cluster: 'prod', services: [service] },
      })
  } else {
    call({
      service: 'cloudformation',
      name: 'CreateChangeSet',
      request: { stackName: stack, changeSetName: `v${deploy.version.replaceAll('.', '-')}` },
    })
    for (let i = rng.int(1, 3); i > 0; i--)
      call({
        service: 'cloudformation',
        name: 'DescribeChangeSet',
        request: { stackName: stack },
      })
    call({
      service: 'cloudformation',
      name: 'ExecuteChangeSet',
      request: { stackName: stack },
    })
    const fn = { functionName: `${service}-api` }
    call({ service: 'lambda', name: 'GetFunction20150331v2', request: fn })
    call({
      service: 'lambda',
      name: 'UpdateFunctionCode20150331v2',
      request: { ...fn, s3Bucket: account.buckets[0], publish: true, dryRun: false },
      response: {
        ...fn,
        functionArn: `arn:aws:lambda:${region}:${id}:function:${service}-api`,
        runtime: 'nodejs22.x',
        version: String(deploy.build),
      },
    })
    for (let i = rng.int(3, 7); i > 0; i--)
      call({
        service: 'cloudformation',
        name: 'DescribeStackEvents',
        request: { stackName: stack },
      })
  }
  if (rng.chance(0.3))
    call({
      service: 'iam',
      name: 'GetRole',
      region: 'us-east-1',
      request: { roleName: account.roles[0]?.name },
    })
  if (rng.chance(0.35))
    call({
      service: 'cloudfront',
      name: 'CreateInvalidation',
      region: 'us-east-1',
      request: {
        distributionId: `E${rng.chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 13)}`,
        invalidationBatch: { paths: { quantity: 1, items: ['/*'] }, callerReference: name },
      },
    })
}
