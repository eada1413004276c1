import { xmlFailure, xmlRefusal } from './aws-refusals.ts'
import { reportCsv } from './aws-report.ts'
import { bucketAnswer, bucketMethod } from './aws-s3.ts'
import type { AwsDisk, AwsSettings } from './aws-settings.ts'
import { type Xml, xmlAnswer } from './aws-xml.ts'
import { isoSeconds } from './calendar.ts'
import type { Answer, Request } from './serve.ts'
import type { World } from './world.ts'

/** A call on the settings, as its signature and its form tell. */
export interface SettingsCall {
  /** `iam`, `sts`, `ec2`, `s3`. */
  service: string
  region: string
  request: Request
}

const namespaces: Record<string, string> = {
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  ec2: 'http://ec2.amazonaws.com/doc/2016-11-15/',
}
const requestId = '4442587f-b7d0-4200-8000-000000000000'
const hour = 3_600_000
/** How long a credential report takes to make, and how long it is good for, ms. */
const report = { making: 6_000, good: 4 * hour }

/** IAM and STS (query), EC2 (its own query) and S3 (REST) of one account. */
export function createAwsSettingsServer(world: World) {
  const { aws } = world
  const account = world.company.aws_account
  let made: { at: number; csv: string } | null = null

  const generate = (now: number): Xml => {
    if (made && now - made.at < report.making) return { State: 'INPROGRESS' }
    if (made && now - made.at < report.making + report.good) return { State: 'COMPLETE' }
    made = { at: now, csv: reportCsv(account, aws?.users ?? []) }
    return {
      State: 'STARTED',
      Description: 'No report exists. Starting a new report generation task',
    }
  }

  const fetchReport = (now: number): Answer => {
    if (!made) return xmlFailure('iam', 'ReportNotPresent', 410)
    const age = now - made.at
    if (age < report.making) return xmlFailure('iam', 'ReportInProgress', 404)
    if (age > report.making + report.good) return xmlFailure('iam', 'ReportExpired', 410)
    return queryAnswer('iam', 'GetCredentialReport', {
      Content: Buffer.from(made.csv).toString('base64'),
      ReportFormat: 'text/csv',
      GeneratedTime: isoSeconds(made.at + report.making),
    })
  }

  return {
    /** The call's name, or null where it is none of these services'. */
    method({ service, request }: SettingsCall): string | null {
      if (service === 's3') return bucketMethod(request)
      if (!(service in namespaces)) return null
      return new URLSearchParams(request.body).get('Action')
    },

    answer(method: string, { service, region, request }: SettingsCall, now: number): Answer {
      if (method === 'GetCallerIdentity') {
        const arn = `arn:aws:iam::${account}:user/porchlight`
        return queryAnswer('sts', method, { Arn: arn, UserId: 'AIDAPORCHLIGHT', Account: account })
      }
      if (!aws) return xmlRefusal(service, 'denied')
      if (service === 's3') return bucketAnswer(aws, account, { method, region, request })
      const form = new URLSearchParams(request.body)
      switch (method) {
        case 'GenerateCredentialReport':
          return queryAnswer('iam', method, generate(now))
        case 'GetCredentialReport':
          return fetchReport(now)
        case 'GetAccountSummary':
          return queryAnswer('iam', method, summaryOf(aws))
        case 'DescribeSnapshots':
          return page(method, 'snapshotSet', diskList(aws.snapshots, region, form), snapshot, form)
        case 'DescribeImages':
          return page(method, 'imagesSet', diskList(aws.images, region, form), image, form)
        default:
          return xmlFailure(service, 'InvalidAction', 400)
      }
    },
  }
}

const queryAnswer = (service: string, method: string, result: Xml): Answer =>
  xmlAnswer(`${method}Response`, {
    '@xmlns': namespaces[service] ?? '',
    [`${method}Result`]: result,
    ResponseMetadata: { RequestId: requestId },
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
function summaryOf({ users }: AwsSettings): Xml {
  const [root] = users
  const counts = {
    Users: users.length - 1,
    AccountMFAEnabled: Number(root?.mfa ?? false),
    AccountAccessKeysPresent: Number((root?.keys.length ?? 0) > 0),
    AccountPasswordPresent: Number(root?.password !== null),
    MFADevicesInUse: users.filter(({ mfa }) => mfa).length,
  }
  return { SummaryMap: { entry: Object.entries(counts).map(([key, value]) => ({ key, value })) } }
}

/** Everything of the Region, or only what everybody may use. */
function diskList(disks: AwsDisk[], region: string, form: URLSearchParams): AwsDisk[] {
  const isPublicOnly =
    form.get('RestorableBy.1') === 'all' ||
    (form.get('Filter.1.Name') === 'is-public' && form.get('Filter.1.Value.1') === 'true')
  return disks.filter((disk) => disk.region === region && (disk.public || !isPublicOnly))
}

const snapshot = ({ id, name, created }: AwsDisk): Xml => ({
  snapshotId: id,
  volumeId: `vol-${id.slice(5)}`,
  status: 'completed',
  startTime: new Date(created).toISOString(),
  description: name,
  encrypted: false,
})

const image = ({ id, name, created, public: isPublic }: AwsDisk): Xml => ({
  imageId: id,
  imageState: 'available',
  isPublic,
  name,
  creationDate: new Date(created).toISOString(),
})

/** A page of EC2: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html */
function page(
  method: string,
  set: string,
  disks: AwsDisk[],
  shape: (disk: AwsDisk) => Xml,
  form: URLSearchParams,
): Answer {
  const start = Number(form.get('NextToken') ?? 0)
  const end = start + Number(form.get('MaxResults') ?? 1000)
  return xmlAnswer(`${method}Response`, {
    '@xmlns': namespaces.ec2 ?? '',
    requestId,
    [set]: { item: disks.slice(start, end).map(shape) },
    ...(end < disks.length ? { nextToken: String(end) } : {}),
  })
}
