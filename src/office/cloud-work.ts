import type { Account, IamUser } from './account.ts'
import { minute } from './calendar.ts'
import type { Rng } from './rng.ts'
import { type Call, consoleCaller, keyCaller, type TrailWriter } from './trail.ts'

/** What somebody does in one go, by hand. */
type Task = (rng: Rng, account: Account, user: IamUser) => Call[]

const call = (
  service: string,
  name: string,
  region: string,
  request: Record<string, unknown> | null = null,
): Call => ({ service, name, region, request })

const repeat = (rng: Rng, min: number, max: number, make: () => Call): Call[] =>
  Array.from({ length: rng.int(min, max) }, make)

const fn = (rng: Rng, account: Account) => ({ functionName: rng.pick(account.roles).name })

const tasks: Task[] = [
  (_rng, { home }) => [call('sts', 'GetCallerIdentity', home)],
  (rng, account) => [
    call('s3', 'ListBuckets', account.home, { Host: `s3.${account.home}.amazonaws.com` }),
    ...repeat(rng, 1, 3, () =>
      call('s3', rng.pick(['GetBucketPolicyStatus', 'GetBucketLifecycle']), account.home, {
        bucketName: rng.pick(account.buckets),
      }),
    ),
  ],
  (rng, account) => [
    call('logs', 'DescribeLogGroups', account.home),
    ...repeat(rng, 2, 6, () =>
      call(
        'logs',
        rng.pick(['FilterLogEvents', 'GetLogEvents', 'DescribeLogStreams']),
        account.home,
        {
          logGroupName: `/aws/lambda/${rng.pick(account.roles).name}`,
        },
      ),
    ),
  ],
  (rng, account) =>
    repeat(rng, 2, 5, () =>
      call(
        'lambda',
        rng.pick(['GetFunction20150331v2', 'ListVersionsByFunction20150331']),
        account.home,
        fn(rng, account),
      ),
    ),
  (rng, account) => [
    call('ec2', 'DescribeInstances', account.home, { filterSet: {} }),
    call('ec2', 'DescribeSecurityGroups', account.home),
    ...repeat(rng, 0, 2, () =>
      call('ec2', 'DescribeInstanceStatus', account.second, {
        instancesSet: { items: [{ instanceId: rng.pick(account.instances) }] },
      }),
    ),
  ],
  (rng, account) => [
    call('ecs', 'ListServices', account.home, { cluster: 'prod' }),
    ...repeat(rng, 1, 4, () => call('ecs', 'DescribeTasks', account.home, { cluster: 'prod' })),
  ],
  (rng, account) =>
    repeat(rng, 1, 3, () =>
      call('ssm', rng.pick(['GetParameter', 'GetParametersByPath']), account.home, {
        name: `/${rng.pick(['staging', 'dev'])}/${rng.pick(account.roles).name}/log-level`,
        withDecryption: false,
      }),
    ),
  (rng, account) => [
    call('rds', 'DescribeDBInstances', account.home),
    ...repeat(rng, 0, 2, () => call('rds', 'DescribeDBSnapshots', account.home)),
  ],
  (_rng, account, user) => [
    call('iam', 'GetUser', 'us-east-1', { userName: user.name }),
    call('iam', 'ListAccessKeys', 'us-east-1', { userName: user.name }),
    call('iam', 'ListMFADevices', 'us-east-1', { userName: user.name }),
    call('cloudwatch', 'DescribeAlarms', account.home),
  ],
  (rng) => [
    call('route53', 'ListHostedZones', 'us-east-1'),
    ...repeat(rng, 0, 2, () => call('route53', 'ListResourceRecordSets', 'us-east-1')),
  ],
  (rng, account) => {
    const request = { ...fn(rng, account), timeout: rng.int(10, 60), memorySize: 512 }
    return [
      call('lambda', 'GetFunctionConfiguration20150331v2', account.home, request),
      call('lambda', 'UpdateFunctionConfiguration20150331v2', account.home, request),
    ]
  },
  (rng, account) => {
    const instanceId = rng.pick(account.instances)
    return [
      call('ssm', 'StartSession', account.home, { target: instanceId }),
      call('ssm', 'TerminateSession', account.home, { sessionId: `${rng.hex(17)}` }),
    ]
  },
]

/** Reading what exists before changing it, as Terraform does. */
const planTask: Task = (rng, account) =>
  repeat(rng, 8, 16, () => {
    const [service, name] = rng.pick([
      ['ec2', 'DescribeVpcs'],
      ['ec2', 'DescribeSubnets'],
      ['ec2', 'DescribeRouteTables'],
      ['s3', 'GetBucketVersioning'],
      ['s3', 'GetBucketEncryption'],
      ['iam', 'GetRole'],
      ['iam', 'ListRolePolicies'],
      ['kms', 'DescribeKey'],
      ['sqs', 'GetQueueAttributes'],
      ['dynamodb', 'DescribeTable'],
    ] as const)
    return call(service, name, service === 'iam' ? 'us-east-1' : account.home)
  })

/** Rights that nobody thought of giving: asked for once, refused, forgotten. */
const refused: [service: string, name: string, region: string][] = [
  ['ce', 'GetCostAndUsage', 'us-east-1'],
  ['organizations', 'DescribeOrganization', 'us-east-1'],
  ['support', 'DescribeTrustedAdvisorChecks', 'us-east-1'],
]

const agents = [
  'aws-cli/2.24.6 md/awscrt#0.23.8 ua/2.0 os/macos#24.3.0 md/arch#arm64 lang/python#3.12.9',
  'aws-cli/2.17.44 md/awscrt#0.21.2 ua/2.0 os/linux#6.8.0 md/arch#x86_64 lang/python#3.11.9',
  'aws-cli/2.23.15 md/awscrt#0.23.8 ua/2.0 os/windows#10 md/arch#amd64 lang/python#3.12.6',
  'Boto3/1.36.21 md/Botocore#1.36.21 ua/2.0 os/macos#24.3.0 md/arch#arm64 lang/python#3.13.1',
  'aws-sdk-js/3.744.0 ua/2.1 os/darwin#24.3.0 lang/js md/nodejs#22.13.1 api/lambda',
]
const terraform =
  'APN/1.0 HashiCorp/1.0 Terraform/1.10.5 terraform-provider-aws/5.86.0 aws-sdk-go-v2/1.36.1 os/linux lang/go#1.23.5'
const browsers = [
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0 Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0 Safari/537.36',
]

/** Where and when somebody works at the command line; about `calls` successful calls. */
export interface Sitting {
  user: IamUser
  at: number
  ip: string
  calls: number
  /** One refused call among them. */
  denied?: boolean
}

const agentOf = (user: IamUser, list: string[]) =>
  list[user.principal.charCodeAt(5) % list.length] as string

/** Work at the command line with the person's own key. */
export function cliWork(rng: Rng, account: Account, trail: TrailWriter, sitting: Sitting): void {
  const { user, ip } = sitting
  const usual = keyCaller(account, user, ip, agentOf(user, agents))
  let at = sitting.at
  let done = 0
  while (done < sitting.calls) {
    const planning = rng.chance(0.08)
    const caller = planning ? { ...usual, agent: terraform } : usual
    for (const next of (planning ? planTask : rng.pick(tasks))(rng, account, user)) {
      trail.write(at, caller, next)
      at += rng.int(800, planning ? 2500 : 45_000)
      done++
    }
    at += rng.int(5, 90) * 1000
  }
  if (!sitting.denied) return
  const [service, name, region] = rng.pick(refused)
  const arn = `arn:aws:iam::${account.id}:user/${user.name}`
  const message = `User: ${arn} is not authorized to perform: ${service}:${name} because no identity-based policy allows the ${service}:${name} action`
  trail.write(at, usual, { service, name, region, error: ['AccessDeniedException', message] })
}

/** A sign-in in the browser with a second factor, and some looking around. */
export function consoleVisit(
  rng: Rng,
  account: Account,
  trail: TrailWriter,
  visit: { user: IamUser; at: number; ip: string; calls: number },
): void {
  const { user, ip, at } = visit
  const agent = agentOf(user, browsers)
  const arn = `arn:aws:iam::${account.id}:user/${user.name}`
  const person = { type: 'IAMUser', principalId: user.principal, arn }
  const identity = { ...person, accountId: account.id, userName: user.name }
  const door = { identity, ip, agent, client: true }
  trail.write(at, door, {
    service: 'signin',
    name: 'ConsoleLogin',
    region: 'us-east-1',
    readOnly: false,
    response: { ConsoleLogin: 'Success' },
    extra: {
      eventType: 'AwsConsoleSignIn',
      additionalEventData: {
        LoginTo: `https://${account.home}.console.aws.amazon.com/console/home`,
        MobileVersion: 'No',
        MFAUsed: 'Yes',
        MFAIdentifier: `arn:aws:iam::${account.id}:mfa/${user.name}`,
      },
    },
  })
  const caller = consoleCaller(rng, account, user, { ip, agent, at })
  let now = at
  for (let i = 0; i < visit.calls; i++) {
    now += rng.int(400, 9000)
    if (rng.chance(0.1)) now += rng.int(1, 6) * minute
    const [service, name, region] = rng.pick([
      ['health', 'DescribeEventAggregates', 'us-east-1'],
      ['notifications', 'ListNotificationEvents', 'us-east-1'],
      ['ec2', 'DescribeInstances', account.home],
      ['ec2', 'DescribeVolumes', account.home],
      ['ec2', 'DescribeRegions', account.home],
      ['cloudwatch', 'DescribeAlarms', account.home],
      ['cloudwatch', 'ListDashboards', account.home],
      ['logs', 'DescribeQueries', account.home],
      ['logs', 'StartQuery', account.home],
      ['s3', 'ListBuckets', account.home],
      ['s3', 'GetBucketPolicyStatus', account.home],
      ['lambda', 'ListFunctions20150331', account.home],
      ['ecs', 'DescribeClusters', account.home],
      ['rds', 'DescribeDBClusters', account.home],
      ['cloudfront', 'ListDistributions', 'us-east-1'],
      ['tagging', 'GetResources', account.second],
      ['ce', 'GetCostForecast', 'us-east-1'],
    ] as const)
    trail.write(now, caller, {
      service,
      name,
      region,
      extra: { sessionCredentialFromConsole: 'true' },
    })
  }
}
