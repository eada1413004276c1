import type { Clock } from '../core/ports.ts'
import type { Log } from '../log.ts'
import * as cloudtrail from './cloudtrail.ts'
import * as gmail from './gmail.ts'
import * as slack from './slack.ts'

/** What every source is given beside its own options. */
export interface SourceDeps {
  clock: Clock
  log: Log
  /** An origin on loopback in place of the vendor's. */
  endpoint: string | undefined
  /** The company's own mail domains, lower case. */
  domains: string[]
}

/** Kind of account → its entry in the config (`options`) and the sources one entry makes. */
export const sources = { slack, gmail, cloudtrail }
