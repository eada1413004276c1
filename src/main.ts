import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { watch } from 'chokidar'
import type { App } from './app.ts'
import { checks } from './checks/index.ts'
import { openPlaces } from './clients/places.ts'
import { createRequestLog } from './clients/request-log.ts'
import { createSlack } from './clients/slack.ts'
import { systemClock } from './clock.ts'
import { type Config, type Loaded, watchConfig } from './config.ts'
import { messageOf } from './core/error.ts'
import { createPeople } from './core/people.ts'
import type { Clock, Notifier, Source } from './core/ports.ts'
import { createExclusion } from './core/privacy.ts'
import { detectors } from './detectors/index.ts'
import { assess } from './jobs/assess.ts'
import { collect } from './jobs/collect.ts'
import { correlate } from './jobs/correlate.ts'
import { deliver } from './jobs/deliver.ts'
import { detect } from './jobs/detect.ts'
import { digestMessage } from './jobs/digest.ts'
import { firstLook } from './jobs/first-look.ts'
import { notice } from './jobs/notice.ts'
import { plan } from './jobs/notify.ts'
import { pipeline } from './jobs/pipeline.ts'
import { hearEvents, placeEvents } from './jobs/read.ts'
import { schedule } from './jobs/schedule.ts'
import type { Log } from './log.ts'
import { createAnalyst } from './model/analyst.ts'
import {
  type Feature,
  features,
  measuredText,
  readCard,
  shippedCard,
  trusted,
} from './model/card.ts'
import { createEar } from './model/ear.ts'
import { loadHeads } from './model/heads.ts'
import { createLlama, type Llama } from './model/llama.ts'
import { createConsoleNotifier, createSlackNotifier, withCopy } from './notifiers/index.ts'
import { inventories, sources } from './sources/index.ts'
import { boxKey, fileLog, lock } from './state.ts'
import { openMemory } from './store/memory.ts'
import { createMasker } from './store/secrets.ts'
import { openStore } from './store/store.ts'

/** What a run may be given beside its config. */
export interface Options {
  signal: AbortSignal
  clock?: Clock
  /** Prints to the terminal; stdout by default. */
  write?: (text: string) => void
  /** Tells nobody and keeps nothing: posts go to the terminal, what is read is forgotten. */
  dryRun?: boolean
}

/** A built monitor: the parts, its model process, and how to let go of them. */
export interface Monitor {
  app: App
  llama: Llama
  close(): Promise<void>
}

/** Where `porchlight bench` writes how the models do on this box. */
export const cardFile = (stateDir: string): string => join(stateDir, 'model-card.json')

/** The accounts to poll. */
export function openSources(config: Config, clock: Clock, log: Log): Source[] {
  const { endpoints, company } = config
  const deps = { clock, log, domains: company.domains, requests: createRequestLog() }
  return [
    ...config.slack.flatMap((o) =>
      sources.slack.create(o, { ...deps, endpoint: endpoints?.slack }),
    ),
    ...config.gmail.flatMap((o) =>
      sources.gmail.create(o, { ...deps, endpoint: endpoints?.google }),
    ),
    ...config.workspace.flatMap((o) =>
      sources.workspace.create(o, { ...deps, endpoint: endpoints?.google }),
    ),
    ...config.cloudtrail.flatMap((o) =>
      sources.cloudtrail.create(o, { ...deps, endpoint: endpoints?.aws }),
    ),
    ...config.slack.flatMap((o) =>
      inventories.slack.create(o, { ...deps, endpoint: endpoints?.slack }),
    ),
    ...config.cloudtrail.flatMap((o) =>
      inventories.cloudtrail.create(o, { ...deps, endpoint: endpoints?.aws }),
    ),
    // Where servers on this machine stand in for the vendors, nobody else is asked either.
    ...(endpoints && !endpoints.dns
      ? []
      : inventories.domains.create({ ...deps, endpoint: endpoints?.dns }, config.dns)),
  ]
}

function openNotifier(config: Config, clock: Clock, log: Log, options: Options): Notifier {
  const write = options.write ?? ((text: string) => void process.stdout.write(text))
  const console = createConsoleNotifier({
    write,
    color: process.stdout.isTTY === true && !process.env.NO_COLOR,
    width: Math.min(100, process.stdout.columns ?? 80),
  })
  const { slack } = config.notify
  const account = config.slack.find((a) => a.name === slack?.workspace)
  if (!slack || !account || options.dryRun) return console
  const client = createSlack({
    token: account.token,
    endpoint: config.endpoints?.slack,
    clock,
    log,
  })
  const notifier = createSlackNotifier({ slack: client, channel: slack.channel, clock, log })
  return config.notify.console ? withCopy(notifier, console) : notifier
}

/**
 * Builds the parts from a config. `use` says how the state folder is used: `own` it as the one
 * process that works in it, `visit` it beside the daemon, or leave it and `forget` all at the end.
 * @throws Error with a readable message
 */
export async function build(
  config: Config,
  options: Options,
  use: 'own' | 'visit' | 'forget',
): Promise<Monitor> {
  const clock = options.clock ?? systemClock
  const { state_dir, company, model } = config
  mkdirSync(state_dir, { recursive: true, mode: 0o700 })
  const held = use === 'own' ? lock(state_dir) : null
  const log = fileLog(state_dir, clock.now)
  const database = use === 'forget' ? '' : join(state_dir, 'porchlight.db')
  const store = openStore(database, createMasker(boxKey(state_dir)))
  const llama = createLlama({
    analyst: model.path,
    encoder: model.encoder_path,
    threads: model.threads,
    chatTemplate: model.chat_template,
    log,
  })
  const box = readCard(cardFile(state_dir))
  const shipped = readCard(shippedCard)
  const trust = () => trusted([box, shipped], llama.state())
  const may = (feature: Feature) => trust().some((t) => t.feature === feature && t.on)
  const app: App = {
    clock,
    log,
    store,
    memory: await openMemory(join(state_dir, 'memory.json')),
    sources: openSources(config, clock, log),
    detectors,
    checks,
    ear: createEar(llama, loadHeads(), may),
    analyst: createAnalyst(llama, { write: model.write, may }),
    notifier: openNotifier(config, clock, log, options),
    people: createPeople(config.people, company),
    decoys: [],
    locate: openPlaces(),
    timeZone: company.time_zone,
    keep: config.privacy.keep,
    isExcluded: createExclusion(config.privacy.exclude, config.people),
    distrusted: () =>
      trusted([box], llama.state()).flatMap(({ feature, on, measured }) =>
        on || !measured || features[feature].instead
          ? []
          : [`${features[feature].name} is off: ${measuredText(measured)}`],
      ),
  }
  return {
    app,
    llama,
    async close() {
      await llama.stop()
      store.close()
      held?.close()
    },
  }
}

/**
 * Runs until `signal` aborts. With `file`, an edit of the config is taken up at once: a good one
 * by building the parts anew, a bad one by saying so and going on with the old.
 */
export async function runDaemon(
  config: Config,
  options: Options & { file?: string },
): Promise<void> {
  let current = config
  while (!options.signal.aborted) {
    const next = await runOnConfig(current, options)
    if (next) current = next
  }
}

async function runOnConfig(
  config: Config,
  options: Options & { file?: string },
): Promise<Config | null> {
  const monitor = await build(config, options, 'own')
  const { app } = monitor
  const changed = new AbortController()
  let next: Config | null = null
  const onChange = (loaded: Loaded) => {
    if (loaded.ok) {
      next = loaded.config
      changed.abort()
      return
    }
    const text = loaded.problems.map((p) => `${p.path}: ${p.problem}. ${p.mend}`).join(' ')
    notice(app, 'config', 'The changed config has mistakes', `${text} The old one stays in use.`)
  }
  const signal = AbortSignal.any([options.signal, changed.signal])
  if (options.file) await watchConfig(options.file, onChange, signal)
  await work(monitor, config, signal)
  await monitor.close()
  return next
}

/** Works until `signal` aborts: every task of the walk on one schedule. */
export async function work(
  { app, llama }: Monitor,
  config: Config,
  signal: AbortSignal,
): Promise<void> {
  const { clock, log, store, memory } = app
  const taught = watch(join(config.state_dir, 'memory.json'), { ignoreInitial: true, atomic: 200 })
  taught.on('change', async () => {
    const problem = await memory.reload()
    if (problem)
      notice(app, 'memory', 'memory.json has a mistake', `${problem} The old one stays in use.`)
  })
  log('info', 'started', { sources: app.sources.length })
  store.accounts.enableAll()
  llama.start().catch((error) => {
    notice(
      app,
      'model',
      'The model can’t be used',
      `${messageOf(error)} Alerts carry rule text meanwhile.`,
    )
  })
  const [hour, minute] = config.digest.at.split(':')
  const tasks = pipeline(app, { digestCron: `${Number(minute)} ${Number(hour)} * * *` })
  await schedule(tasks, { clock, log, signal })
  log('info', 'stopped')
  await taught.close()
}

/** One pass over everything: polls each account once and works off what came. */
export async function runOnce(
  config: Config,
  options: Options,
): Promise<{ events: number; findings: number; incidents: number; failed: string[] }> {
  const monitor = await build(config, options, options.dryRun ? 'forget' : 'own')
  const { app, llama } = monitor
  const { signal } = options
  await llama.start().catch((error) => {
    app.log('warn', 'model not started', { error: messageOf(error) })
  })
  const failed: string[] = []
  let events = 0
  try {
    await Promise.all(
      app.sources.map(async (source) => {
        try {
          const read = await collect(app, source, signal)
          events += read
        } catch {
          failed.push(source.name)
        }
      }),
    )
    while (!signal.aborted && placeEvents(app) > 0);
    while (!signal.aborted && (await hearEvents(app, signal)) > 0);
    while (!signal.aborted && detect(app) > 0);
    while (!signal.aborted && correlate(app) > 0);
    while (!signal.aborted && (await assess(app, signal)) > 0);
    plan(app)
    firstLook(app)
    while (!signal.aborted && (await deliver(app, signal)) > 0);
    const incidents = app.store.incidents.all()
    return {
      events,
      findings: incidents.reduce((n, i) => n + app.store.findings.ofIncident(i.uid).length, 0),
      incidents: incidents.length,
      failed,
    }
  } finally {
    await monitor.close()
  }
}

/** Posts the digest now, or prints it with `dryRun`; the daily one keeps its hour and its day. */
export async function digestNow(config: Config, options: Options): Promise<void> {
  const monitor = await build(config, options, 'visit')
  const { app } = monitor
  try {
    const message = digestMessage(app)
    await app.notifier.post({ ...message, uid: `${message.uid}:now:${app.clock.now()}` }, null)
  } finally {
    await monitor.close()
  }
}
