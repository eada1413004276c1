import { z } from 'zod'

const name = z.string().min(1).max(64).describe('a short name of your own for this account')
const secret = (what: string) =>
  z.string().min(1).describe(`${what}, by reference: "\${NAME}" or "\${file:/path}"`)
const poll = (seconds: number) =>
  z
    .number()
    .min(10)
    .max(3600)
    .default(seconds)
    .describe('a number of seconds between polls, 10 to 3600')

/** One Slack workspace. */
export const slack = z.strictObject({
  name,
  token: secret('the bot token (xoxb-…) of the Slack app'),
  poll_seconds: poll(60),
})

/** Mailboxes that one Google credential may read. */
export const gmail = z.strictObject({
  name,
  mailboxes: z
    .array(z.email().toLowerCase().describe('a mail address'))
    .min(1)
    .describe('the mail addresses to watch'),
  service_account: secret('the JSON key of a service account with delegation').optional(),
  oauth: z
    .strictObject({
      client_id: z.string().min(1).describe('the client id of an Internal OAuth app'),
      client_secret: secret('its client secret'),
      refresh_token: secret('its refresh token'),
    })
    .optional(),
  poll_seconds: poll(30),
})

/** One AWS account. */
export const cloudtrail = z.strictObject({
  name,
  regions: z
    .union([z.literal('enabled'), z.array(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/)).min(1)])
    .default('enabled')
    .describe('"enabled", or a list of Regions such as ["us-east-1", "eu-west-1"]'),
  access_key_id: z.string().min(16).optional().describe('the access key id of the monitor’s user'),
  secret_access_key: secret('its secret access key').optional(),
  profile: z.string().min(1).optional().describe('a profile of ~/.aws/config'),
  role_arn: z.string().startsWith('arn:').optional().describe('the ARN of a role to assume'),
  external_id: z.string().min(2).optional().describe('the external id of that role'),
  poll_seconds: poll(60),
})
