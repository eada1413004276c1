import { AccountClient } from '@aws-sdk/client-account'
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail'
import { gmail } from '@googleapis/gmail'
import { LogLevel, WebClient } from '@slack/web-api'
import { JWT, OAuth2Client } from 'google-auth-library'
import type { Clock } from '../../src/core/ports.ts'
import type { Office } from '../../src/office/servers.ts'

/** A clock that stands where it is set. */
export function standingClock(now: number): Clock & { set(now: number): void } {
  let time = now
  return {
    now: () => time,
    sleep: async () => {},
    set: (next) => {
      time = next
    },
  }
}

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
}

/** The real Slack client, without retries. */
export const slackClient = (office: Office, token = office.credentials.slack.token) =>
  new WebClient(token, {
    slackApiUrl: office.slackUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 2000,
    // It would print the errors that these tests are about.
    logger: silent,
  })

/** The real Gmail client of one mailbox, with its refresh token, without retries. */
export function gmailClient(office: Office, mailbox: string) {
  const { client_id, client_secret, refreshToken } = office.credentials.google
  const auth = new OAuth2Client({
    clientId: client_id,
    clientSecret: client_secret,
    endpoints: { oauth2TokenUrl: `${office.googleUrl}oauth2/token` },
  })
  auth.setCredentials({ refresh_token: refreshToken(mailbox) })
  return gmail({ version: 'v1', auth, rootUrl: office.googleUrl, retry: false })
}

/** The real Gmail client of a service account that acts for a mailbox. */
export function delegatedClient(office: Office, subject: string, scope = 'gmail.readonly') {
  const { client_email, private_key } = office.credentials.serviceAccount()
  const auth = new JWT({
    email: client_email,
    key: private_key,
    subject,
    scopes: [`https://www.googleapis.com/auth/${scope}`],
    // The library's token address is fixed: https://oauth2.googleapis.com/token
    transporterOptions: {
      fetchImplementation: (input, init) =>
        fetch(String(input).replace('https://oauth2.googleapis.com/', office.googleUrl), init),
    },
  })
  return gmail({ version: 'v1', auth, rootUrl: office.googleUrl, retry: false })
}

/** The real AWS clients of a Region, without retries. */
export function awsClients(office: Office, region: string) {
  const { access_key_id, secret_access_key } = office.credentials.aws
  const options = {
    endpoint: office.awsUrl,
    region,
    credentials: { accessKeyId: access_key_id, secretAccessKey: secret_access_key },
    maxAttempts: 1,
  }
  return { trail: new CloudTrailClient(options), account: new AccountClient(options) }
}
