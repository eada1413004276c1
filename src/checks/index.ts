import type { Check } from '../core/check.ts'
import { awsChecks } from './aws.ts'
import { awsDataChecks } from './aws-data.ts'
import { domainChecks } from './domains.ts'
import { leaverChecks } from './leavers.ts'
import { mailboxChecks } from './mailbox.ts'
import { slackChecks } from './slack.ts'
import { workspaceChecks } from './workspace.ts'

/** Every way in which what the accounts hold can already be wrong. */
export const checks: readonly Check[] = [
  ...workspaceChecks,
  ...mailboxChecks,
  ...awsChecks,
  ...awsDataChecks,
  ...slackChecks,
  ...domainChecks,
  ...leaverChecks,
]
