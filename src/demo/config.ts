import type { Config } from '../config.ts'
import { readConfig } from '../config.ts'
import type { Person } from '../core/people.ts'
import type { Office } from '../office/servers.ts'
import type { World } from '../office/world.ts'

/** The office's people as config names them. */
export const officePeople = ({ people }: World): Person[] =>
  people.map(({ name, email, role, slack_id, iam_user }) => ({
    name,
    emails: [email],
    role,
    approver: role === 'owner',
    accounts: [slack_id, ...(iam_user ? [iam_user] : [])],
  }))

/** A config as the office's owner would write it, with the loopback servers in the vendors' place. */
export function officeConfig(
  world: World,
  office: Pick<Office, 'slackUrl' | 'googleUrl' | 'awsUrl' | 'dnsAddress' | 'credentials'>,
  stateDir: string,
): Config {
  const { company } = world
  const { credentials } = office
  const { client_email, private_key } = credentials.serviceAccount()
  const serviceAccount = JSON.stringify({ type: 'service_account', client_email, private_key })
  const text = JSON.stringify({
    company: {
      name: company.name,
      domains: world.dns?.domains ?? [company.domain],
      time_zone: company.time_zone,
      networks: company.networks,
    },
    people: officePeople(world),
    slack: [
      {
        name: 'office',
        token: credentials.slack.token,
        ...(world.slack_settings && { admin_token: world.slack_settings.admin.token }),
      },
    ],
    ...(world.google && {
      workspace: [
        {
          name: 'office',
          subject: world.google.subject,
          service_account: serviceAccount,
        },
      ],
    }),
    gmail: [
      {
        name: 'office',
        mailboxes: [...new Set(world.mail.map((m) => m.mailbox))].sort(),
        service_account: serviceAccount,
        poll_seconds: 60,
      },
    ],
    cloudtrail: [{ name: 'office', ...credentials.aws }],
    notify: { slack: { workspace: 'office', channel: '#security' }, console: true },
    state_dir: stateDir,
    endpoints: {
      slack: office.slackUrl,
      google: office.googleUrl,
      aws: office.awsUrl,
      ...(office.dnsAddress && { dns: office.dnsAddress }),
    },
  })
  const loaded = readConfig(text, { env: {}, folder: stateDir, worldReadable: false })
  if (!loaded.ok)
    throw new Error(loaded.problems.map((p) => `${p.path}: ${p.problem} ${p.mend}`).join('\n'))
  return loaded.config
}
