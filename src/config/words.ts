const secret = (what: string): string => `${what}, as "\${NAME}" or "\${file:/path}"`
const accountName = 'a short name of your own for this account'
const seconds = 'a number of seconds between polls, 10 to 3600'

/** What belongs into the settings that plug-ins define, for editors and error messages. */
export const words: Record<string, string> = {
  'slack.name': accountName,
  'slack.token': secret('the bot token (xoxb-…) of the Slack app'),
  'slack.poll_seconds': seconds,
  'gmail.name': accountName,
  'gmail.mailboxes': 'a list of the mail addresses to watch',
  'gmail.service_account': secret('the JSON key of a service account with delegation'),
  'gmail.oauth': '{ "client_id", "client_secret", "refresh_token" } of an Internal OAuth app',
  'gmail.oauth.client_id': 'the client id of the OAuth app',
  'gmail.oauth.client_secret': secret('the client secret of the OAuth app'),
  'gmail.oauth.refresh_token': secret('the refresh token of the OAuth app'),
  'gmail.poll_seconds': seconds,
  'cloudtrail.name': accountName,
  'cloudtrail.regions': '"enabled", or a list of Regions such as ["us-east-1", "eu-west-1"]',
  'cloudtrail.access_key_id': 'the access key id of the user made for Porchlight',
  'cloudtrail.secret_access_key': secret('the secret access key that goes with it'),
  'cloudtrail.profile': 'the name of a profile in ~/.aws/config',
  'cloudtrail.role_arn': 'the ARN of a role to assume, "arn:aws:iam::…:role/…"',
  'cloudtrail.external_id': 'the external id that the role asks for',
  'cloudtrail.poll_seconds': seconds,
  'notify.slack': 'where alerts go: { "workspace", "channel" }',
  'notify.slack.workspace': 'the "name" of one of the Slack entries',
  'notify.slack.channel': 'a channel such as "#security", or its id',
  'notify.console': 'true to print alerts to the terminal, or false',
}
