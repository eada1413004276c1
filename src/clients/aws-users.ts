import { z } from 'zod'
import { ServiceError } from '../core/error.ts'
import type { AwsCall, AwsOptions } from './aws-call.ts'
import { inside, list } from './aws-xml.ts'
import { parseReport, type ReportUser } from './credential-report.ts'

/** Reads who can enter one account. */
export interface UserClient {
  /** The account's number, 12 digits; needs no permission. @throws ServiceError */
  account(signal: AbortSignal): Promise<string>
  /** IAM's users and the root, up to four hours old. @throws ServiceError */
  users(signal: AbortSignal): Promise<ReportUser[]>
  /** What the root has just now. @throws ServiceError */
  root(signal: AbortSignal): Promise<Root>
}

/** What the root user can be entered with. */
export interface Root {
  mfa: boolean
  key: boolean
  /** Null where AWS does not say. */
  password: boolean | null
}

const home = 'us-east-1'
/** A report takes seconds; it is asked for again after `wait` ms, `times` times. */
const patience = { wait: 5_000, times: 24 }

const identity = z.object({
  GetCallerIdentityResponse: z.object({
    GetCallerIdentityResult: z.object({ Account: z.string().regex(/^\d{12}$/) }),
  }),
})

const generated = z.object({
  GenerateCredentialReportResponse: z.object({
    GenerateCredentialReportResult: inside(z.object({ State: z.string().catch('') })),
  }),
})

const report = z.object({
  GetCredentialReportResponse: z.object({
    GetCredentialReportResult: z.object({ Content: z.string() }),
  }),
})

const summary = z
  .object({
    GetAccountSummaryResponse: z.object({
      GetAccountSummaryResult: z.object({
        SummaryMap: z.object({
          entry: list(z.object({ key: z.string(), value: z.coerce.number() })),
        }),
      }),
    }),
  })
  .transform((a) => {
    const { entry } = a.GetAccountSummaryResponse.GetAccountSummaryResult.SummaryMap
    return new Map(entry.map(({ key, value }) => [key, value]))
  })

const iam = (name: string) => ({
  name,
  permission: `iam:${name}`,
  request: {
    service: 'iam',
    region: home,
    host: 'iam.amazonaws.com',
    form: { Action: name, Version: '2010-05-08' },
  },
})

/** Reads STS and IAM. */
export function createUsers(
  { ask, must }: AwsCall,
  { clock, log }: Pick<AwsOptions, 'clock' | 'log'>,
): UserClient {
  return {
    async account(signal) {
      const answer = await must(
        {
          name: 'GetCallerIdentity',
          permission: 'sts:GetCallerIdentity',
          request: {
            service: 'sts',
            region: home,
            host: `sts.${home}.amazonaws.com`,
            form: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
          },
          answer: identity,
        },
        signal,
      )
      return answer.GetCallerIdentityResponse.GetCallerIdentityResult.Account
    },

    async users(signal) {
      const missing = ['ReportInProgress', 'ReportNotPresent', 'ReportExpired']
      for (let n = 0; n < patience.times; n++) {
        // Within four hours of the last one this starts nothing:
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
        const made = await must({ ...iam('GenerateCredentialReport'), answer: generated }, signal)
        const { State } = made.GenerateCredentialReportResponse.GenerateCredentialReportResult
        const got =
          State === 'COMPLETE' &&
          (await ask({ ...iam('GetCredentialReport'), answer: report, missing }, signal))
        if (got) {
          const { Content } = got.GetCredentialReportResponse.GetCredentialReportResult
          const { users, unread } = parseReport(Buffer.from(Content, 'base64').toString('utf8'))
          if (unread > 0) log('warn', 'users of the credential report not read', { unread })
          if (users.length === 0)
            throw new ServiceError('cloudtrail', 'GetCredentialReport: answer not understood')
          return users
        }
        await clock.sleep(patience.wait, signal)
      }
      throw new ServiceError(
        'cloudtrail',
        'GetCredentialReport: still being made after two minutes',
      )
    },

    async root(signal) {
      const counts = await must({ ...iam('GetAccountSummary'), answer: summary }, signal)
      const password = counts.get('AccountPasswordPresent')
      return {
        mfa: counts.get('AccountMFAEnabled') === 1,
        key: (counts.get('AccountAccessKeysPresent') ?? 0) > 0,
        password: password === undefined ? null : password > 0,
      }
    },
  }
}
