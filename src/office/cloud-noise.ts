import { type Account, awsId } from './account.ts'
import { day, hour, isoSeconds, minute } from './calendar.ts'
import type { Rng } from './rng.ts'
import { keyCaller, roleCaller, serviceCaller, type TrailWriter } from './trail.ts'

const roleArn = (account: Account, name: string) => `arn:aws:iam::${account.id}:role/${name}`

/** What the account does by itself, day and night, between two moments. */
export function cloudNoise(
  rng: Rng,
  account: Account,
  trail: TrailWriter,
  from: number,
  to: number,
): void {
  const { write } = trail
  const region = () => (rng.chance(0.85) ? account.home : account.second)
  const moments = (perDay: number) =>
    Array.from({ length: Math.round((perDay * (to - from)) / day) }, () =>
      Math.floor(from + rng.next() * (to - from)),
    )

  for (const at of moments(95)) {
    const role = rng.pick(account.roles)
    const key = awsId(rng, 'ASIA')
    const name = `${role.name}-${rng.int(1, 4)}`
    const where = region()
    write(at, serviceCaller('lambda'), {
      service: 'sts',
      name: 'AssumeRole',
      region: where,
      request: { roleArn: roleArn(account, role.name), roleSessionName: name },
      response: {
        credentials: { accessKeyId: key, expiration: isoSeconds(at + 12 * hour) },
        assumedRoleUser: {
          assumedRoleId: `${role.principal}:${name}`,
          arn: `arn:aws:sts::${account.id}:assumed-role/${role.name}/${name}`,
        },
      },
      resources: [
        { accountId: account.id, type: 'AWS::IAM::Role', ARN: roleArn(account, role.name) },
      ],
      extra: { sharedEventID: rng.uuid() },
    })
    if (!rng.chance(0.55)) continue
    const session = { name, key, at, ip: rng.pick(account.natIps), agent: 'awslambda-worker/1.0' }
    write(at + rng.int(300, 4000), roleCaller(account, role, session), {
      service: 'logs',
      name: 'CreateLogStream',
      region: where,
      request: {
        logGroupName: `/aws/lambda/${role.name}`,
        logStreamName: `${isoSeconds(at).slice(0, 10).replaceAll('-', '/')}/[$LATEST]${rng.hex(32)}`,
      },
    })
  }

  for (const at of moments(60)) {
    const role = rng.pick(account.roles)
    const session = {
      name: rng.pick(account.instances),
      key: awsId(rng, 'ASIA'),
      at: at - rng.int(1, 300) * minute,
      ip: rng.pick(account.natIps),
      agent: '',
      by: rng.pick(['s3.amazonaws.com', 'dynamodb.amazonaws.com', 'secretsmanager.amazonaws.com']),
    }
    write(at, roleCaller(account, role, session), {
      service: 'kms',
      name: rng.pick(['Decrypt', 'Decrypt', 'GenerateDataKey']),
      region: account.home,
      readOnly: true,
      request: {
        encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::${rng.pick(account.buckets)}` },
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      },
      resources: [
        {
          accountId: account.id,
          type: 'AWS::KMS::Key',
          ARN: `arn:aws:kms:${account.home}:${account.id}:key/${account.keyId}`,
        },
      ],
    })
  }

  for (const at of moments(50))
    write(at, serviceCaller('cloudtrail'), {
      service: 's3',
      name: 'GetBucketAcl',
      region: account.home,
      request: { bucketName: account.buckets[3], acl: '' },
      extra: { sharedEventID: rng.uuid() },
    })

  const agent = `amazon-ssm-agent/3.3.${rng.int(400, 1900)}.0 os/linux lang/go#1.23.4`
  const machines = account.instances.map((instance, i) => ({
    instance,
    start: from - (i + 1) * hour,
  }))
  for (const at of moments(90)) {
    const { instance, start } = rng.pick(machines)
    const role = account.roles[0]
    if (!role) continue
    const caller = roleCaller(account, role, {
      name: instance,
      key: awsId(rng, 'ASIA'),
      at: Math.max(start, at - rng.int(1, 300) * minute),
      ip: rng.pick(account.natIps),
      agent,
    })
    write(at, caller, {
      service: 'ssm',
      name: 'UpdateInstanceInformation',
      region: account.home,
      request: {
        instanceId: instance,
        agentStatus: 'Active',
        platformName: 'Amazon Linux',
        platformType: 'Linux',
      },
    })
  }

  for (const at of moments(110)) {
    const [service, name] = rng.pick([
      ['ec2', 'DescribeInstances'],
      ['autoscaling', 'DescribeAutoScalingGroups'],
      ['elasticloadbalancing', 'DescribeTargetHealth'],
      ['ec2', 'DescribeVolumes'],
      ['rds', 'DescribeDBInstances'],
      ['cloudwatch', 'DescribeAlarms'],
    ] as const)
    const by = rng.pick(['autoscaling.amazonaws.com', 'resource-explorer-2.amazonaws.com'])
    const role = { name: 'AWSServiceRoleForAutoScaling', principal: account.vendorRole.principal }
    const session = { name: 'AutoScaling', key: awsId(rng, 'ASIA'), at, ip: by, agent: by, by }
    write(at, roleCaller(account, role, session), { service, name, region: region() })
  }

  for (const at of moments(8)) {
    const key = awsId(rng, 'ASIA')
    const agent = 'Boto3/1.35.90 md/Botocore#1.35.90 ua/2.0 os/linux lang/python#3.12.8'
    const name = `cost-sync-${rng.int(1000, 9999)}`
    const vendor = {
      identity: {
        type: 'AWSAccount',
        principalId: `AIDA${rng.chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
        accountId: account.vendorAccount,
      },
      ip: account.vendorIp,
      agent,
      client: true,
    }
    write(at, vendor, {
      service: 'sts',
      name: 'AssumeRole',
      region: 'us-east-1',
      request: {
        roleArn: roleArn(account, account.vendorRole.name),
        roleSessionName: name,
        durationSeconds: 3600,
      },
      response: { credentials: { accessKeyId: key, expiration: isoSeconds(at + hour) } },
    })
    const session = { name, key, at, ip: account.vendorIp, agent }
    const caller = roleCaller(account, account.vendorRole, session)
    for (let i = rng.int(2, 5); i > 0; i--)
      write(at + i * rng.int(400, 900), caller, {
        service: 'ce',
        name: rng.pick(['GetCostAndUsage', 'GetReservationUtilization', 'GetDimensionValues']),
        region: 'us-east-1',
      })
  }

  const office = keyCaller(
    account,
    account.office,
    '',
    'aws-cli/2.22.12 md/awscrt#0.23.4 ua/2.0 os/linux#6.1.0 md/arch#x86_64 lang/python#3.12.6',
  )
  for (const at of moments(44))
    write(
      at,
      { ...office, ip: account.officeIp },
      {
        service: 's3',
        name: rng.pick(['ListBuckets', 'GetBucketLocation', 'GetBucketVersioning']),
        region: account.home,
        request: { bucketName: account.buckets[1], Host: `s3.${account.home}.amazonaws.com` },
      },
    )
}
