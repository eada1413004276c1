import type { RequestLog } from '../clients/request-log.ts'
import type { Clock } from '../core/ports.ts'
import type { Log } from '../log.ts'
import * as awsSettings from './aws-settings.ts'
import * as cloudtrail from './cloudtrail.ts'
import * as domains from './domains.ts'
import * as gmail from './gmail.ts'
import * as slack from './slack.ts'
import * as slackSettings from './slack-settings.ts'
import * as workspace from './workspace.ts'

/** What every source is given beside its own options. */
export interface SourceDeps {
  clock: Clock
  log: Log
  /** An origin on loopback in place of the vendor's. */
  endpoint: string | undefined
  /** Ids of the requests made to AWS by all sources together. */
  requests?: RequestLog
  /** The company's own mail domains, lower case. */
  domains: string[]
}

/** Kind of account → its entry in the config (`options`) and the sources one entry makes. */
export const sources = { slack, gmail, workspace, cloudtrail }

/** What else the entries of an account make: what it holds, beside what happens in it. */
export const inventories = { slack: slackSettings, cloudtrail: awsSettings, domains }
