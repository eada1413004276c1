import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { createSlack } from './clients/slack.ts'
import { systemClock } from './clock.ts'
import type { Config, Loaded } from './config.ts'
import { messageOf, ServiceError } from './core/error.ts'
import type { Source } from './core/ports.ts'
import type { Log } from './log.ts'
import { cardFile, openSources } from './main.ts'
import { type Files, features, measuredText, readCard, shippedCard, trusted } from './model/card.ts'
import {
  shippedAdapter,
  shippedAnalyst,
  shippedEar,
  shippedEncoder,
  verify,
} from './model/files.ts'
import { detectIsolation } from './model/launch.ts'

/** One thing looked at. `note`: nothing to mend, but good to know. */
export interface Check {
  name: string
  state: 'ok' | 'note' | 'warn' | 'fail'
  text: string
  /** What to do about it, or null. */
  mend: string | null
}

const ok = (name: string, text: string): Check => ({ name, state: 'ok', text, mend: null })
const note = (text: string): Check => ({ name: 'can’t see', state: 'note', text, mend: null })
const bad = (state: 'warn' | 'fail', name: string, text: string, mend: string | null): Check => ({
  name,
  state,
  text,
  mend,
})
const failed = (name: string, error: unknown): Check =>
  bad('fail', name, messageOf(error), error instanceof ServiceError ? error.mend : null)

/** Looks at the machine, the config and every account, a line each as it is known. Never throws. */
export async function* diagnose(
  file: string,
  loaded: Loaded,
  signal: AbortSignal,
): AsyncGenerator<Check> {
  yield* machine()
  for (const { path, problem, mend } of loaded.warnings)
    yield bad('warn', 'config', `${path}: ${problem}`, mend)
  if (!loaded.ok) {
    for (const { path, problem, mend } of loaded.problems)
      yield bad('fail', 'config', `${path}: ${problem}`, mend)
    yield* await models(null)
    return
  }
  const { config } = loaded
  yield ok('config', `${file} is fine`)
  yield stateFolder(config.state_dir)
  yield* await models(config)
  yield await clockSkew(config, signal)
  const silent: Log = () => {}
  for (const source of openSources(config, systemClock, silent))
    yield* await account(source, signal)
  yield await channel(config, silent, signal)
  yield* blindSpots(config)
}

const mb = 1_000_000
/** Daemon 200 MB and models 450 MB at most, and some air. */
const wantedMemory = 700 * mb

function* machine(): Generator<Check> {
  const { node } = process.versions
  yield Number(node.split('.')[0]) >= 24
    ? ok('node', node)
    : bad('fail', 'node', `${node} is too old`, 'Start Porchlight with scripts/porchlight.')
  const free = process.availableMemory()
  const text = `${Math.round(free / mb)} MB free, ${availableParallelism()} cores`
  yield free >= wantedMemory
    ? ok('memory', text)
    : bad(
        'warn',
        'memory',
        text,
        'The models need 700 MB; without them alerts have the rules’ words.',
      )
}

function stateFolder(folder: string): Check {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
    const { bavail, bsize } = statfsSync(folder)
    const text = `${folder} is writable, ${Math.round((bavail * bsize) / mb)} MB free`
    return bavail * bsize > 1000 * mb
      ? ok('state folder', text)
      : bad('warn', 'state folder', text, 'Make at least 1,000 MB of room.')
  } catch (error) {
    return bad(
      'fail',
      'state folder',
      messageOf(error),
      'Give the user that runs Porchlight write access, or set state_dir.',
    )
  }
}

async function models(config: Config | null): Promise<Check[]> {
  const checks: Check[] = []
  const hashOf = async (path: string) => {
    try {
      const hash = await verify(path)
      checks.push(ok('model', `${path} (SHA-256 ${hash.slice(0, 8)}…)`))
      return hash
    } catch (error) {
      checks.push(failed('model', error))
      return null
    }
  }
  const { path, encoder_path } = config?.model ?? {}
  const analyst = await hashOf(path ?? shippedAnalyst)
  const encoder = await hashOf(encoder_path ?? shippedEncoder)
  const adapter = path ? '' : await hashOf(shippedAdapter)
  const ear = encoder_path ? '' : await hashOf(shippedEar)
  if (analyst && encoder && adapter !== null && ear !== null)
    checks.push(...trust(config, { analyst, encoder, adapter, ear }))
  const closed = (await detectIsolation()) === 'namespaces'
  return [
    ...checks,
    closed
      ? ok('model process', 'has no network of its own and no view of other processes')
      : bad(
          'warn',
          'model process',
          'is kept in by Node’s permission model alone: this machine allows no user namespaces',
          'On Debian: sysctl kernel.unprivileged_userns_clone=1',
        ),
  ]
}

/** What the models may do here, and what was found too weak. */
function trust(config: Config | null, files: Files): Check[] {
  const own = config && readCard(cardFile(config.state_dir))
  const all = trusted([own, readCard(shippedCard)], files)
  const on = all.filter((t) => t.on).map((t) => features[t.feature].name)
  const checks = [ok('model may do', on.join(', ') || 'nothing')]
  for (const { feature, on, measured } of all)
    if (!on && measured)
      checks.push({
        name: 'model may not do',
        state: 'note',
        text: [`${features[feature].name}: ${measuredText(measured)}`, features[feature].instead]
          .filter(Boolean)
          .join('; '),
        mend: null,
      })
  if (all.every((t) => !t.measured))
    checks.push(
      bad(
        'warn',
        'model',
        'nobody measured these files: the analyst stays out of alerts',
        'Measure them, which takes some minutes: porchlight bench',
      ),
    )
  return checks
}

/** AWS refuses requests that are five minutes off. */
async function clockSkew({ endpoints, ...config }: Config, signal: AbortSignal): Promise<Check> {
  const hosts = [
    config.slack.length > 0 && (endpoints?.slack ?? 'https://slack.com'),
    config.gmail.length > 0 && (endpoints?.google ?? 'https://gmail.googleapis.com'),
    endpoints?.aws ?? 'https://cloudtrail.us-east-1.amazonaws.com',
  ]
  const host = hosts.find((h) => typeof h === 'string') as string
  try {
    const before = Date.now()
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(10_000)])
    const response = await fetch(host, { method: 'HEAD', redirect: 'manual', signal: timeout })
    const there = Date.parse(response.headers.get('date') ?? '')
    if (Number.isNaN(there)) return bad('warn', 'clock', `${host} did not say the time`, null)
    const seconds = Math.round(Math.abs(there + 500 - (before + Date.now()) / 2) / 1000)
    const mend = 'Switch time synchronisation on: timedatectl set-ntp true'
    if (seconds > 240) return bad('fail', 'clock', `${seconds} s off`, mend)
    return seconds > 30 ? bad('warn', 'clock', `${seconds} s off`, mend) : ok('clock', 'right')
  } catch (error) {
    const why = error instanceof Error && error.cause ? messageOf(error.cause) : messageOf(error)
    return bad('fail', 'network', `${host} can’t be reached: ${why}`, 'Check network and firewall.')
  }
}

async function account(source: Source, signal: AbortSignal): Promise<Check[]> {
  try {
    return (await source.check(signal)).map(({ name, ok: good, text }) =>
      good ? ok(`${source.name} ${name}`, text) : bad('fail', `${source.name} ${name}`, text, null),
    )
  } catch (error) {
    return [failed(source.name, error)]
  }
}

const channelPage = z.object({
  channels: z.array(
    z.object({ id: z.string(), name: z.string(), is_member: z.boolean().default(false) }),
  ),
})

async function channel(config: Config, log: Log, signal: AbortSignal): Promise<Check> {
  const { slack: to } = config.notify
  const workspace = config.slack.find(({ name }) => name === to?.workspace)
  if (!to || !workspace) return ok('alerts', 'go to the terminal')
  const slack = createSlack({
    token: workspace.token,
    endpoint: config.endpoints?.slack,
    clock: systemClock,
    log,
  })
  const args = { types: 'public_channel,private_channel', exclude_archived: true, limit: 200 }
  const wanted = to.channel.replace(/^#/, '')
  try {
    for await (const page of slack.pages('conversations.list', args, channelPage, signal))
      for (const { id, name, is_member } of page.channels) {
        if (id !== wanted && name !== wanted) continue
        return is_member
          ? ok('alerts', `go to #${name} in ${to.workspace}`)
          : bad(
              'fail',
              'alerts',
              `Porchlight is not in #${name}`,
              `Write there: /invite @Porchlight`,
            )
      }
    const mend = 'Create the channel, and write there: /invite @Porchlight'
    return bad('fail', 'alerts', `there is no channel ${to.channel} that Porchlight sees`, mend)
  } catch (error) {
    return failed('alerts', error)
  }
}

/** What no account shows however well it is connected. */
function* blindSpots({ slack, gmail, cloudtrail }: Config): Generator<Check> {
  if (slack.length > 0)
    yield note('Slack: direct messages, and channels Porchlight was not invited to.')
  if (slack.length > 0)
    yield note('Slack: what files say (only their names), and what was deleted within one poll.')
  if (gmail.length > 0)
    yield note('Gmail: mailboxes not listed in the config, and what attachments hold.')
  if (cloudtrail.length > 0)
    yield note(
      'AWS: reading and writing of single S3 objects, Lambda calls and other data events; what happens inside a server. Records come about 5 minutes late, sometimes 15.',
    )
  const absent = [
    slack.length === 0 && 'Slack',
    gmail.length === 0 && 'Gmail',
    cloudtrail.length === 0 && 'AWS',
  ].filter((name) => name !== false)
  if (absent.length > 0) yield note(`${absent.join(' and ')}: not connected at all.`)
  yield note('The computers and phones themselves, and every service not named here.')
}
