import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { officeConfig } from './demo/config.ts'
import { printSummary } from './demo/print.ts'
import { summarize } from './demo/summary.ts'
import { build, type Monitor, work } from './main.ts'
import { createWorld } from './office/company.ts'
import { createLapseClock } from './office/lapse-clock.ts'
import { startOffice } from './office/servers.ts'
import { withSettings } from './office/settings.ts'
import type { World } from './office/world.ts'

/** How the demo is asked to run. */
export interface DemoOptions {
  seed: number
  /** The summary as JSON on stdout, the channel on stderr. */
  json: boolean
  /** Leave database and log where they are. */
  keep: boolean
  signal: AbortSignal
}

const hour = 3_600_000

/** What the company has had wrong for long. */
const alreadyWrong = ['delegate-outside', 'aws-year-old-key', 'slack-guest-leadership']

/**
 * Runs the real daemon with the real clients against a made-up company: a quiet day, then two
 * attacks in one morning. Prints the Slack channel as it fills, then a summary. Resolves to the
 * exit code: 0 when all was found and nothing else raised.
 */
export async function demo({ seed, json, keep, signal }: DemoOptions): Promise<number> {
  const talk = (text: string) => void process.stderr.write(text)
  const show = json ? talk : (text: string) => void process.stdout.write(text)
  const stateDir = mkdtempSync(join(tmpdir(), 'porchlight-demo-'))
  const world = withSettings(createWorld(seed), alreadyWrong)
  let monitor: Monitor | null = null
  const clock = createLapseClock({
    start: world.start,
    grain: 1_000,
    busy: () => office.inFlight() > 0 || (monitor?.llama.inFlight() ?? 0) > 0,
  })
  const office = await startOffice(world, { clock })
  const began = performance.now()
  try {
    const config = officeConfig(world, office, stateDir)
    const stop = new AbortController()
    monitor = await build(
      config,
      { clock, write: show, signal: AbortSignal.any([signal, stop.signal]) },
      'own',
    )
    show(opening(world))
    const peak = watchMemory(monitor)
    const working = work(monitor, config, AbortSignal.any([signal, stop.signal]))
    await untilOver(world, monitor, talk, signal)
    stop.abort()
    await working
    clock.stop()
    if (signal.aborted) return 1
    const seconds = (performance.now() - began) / 1000
    const summary = summarize(monitor, world, { seconds, stateDir, peak: peak() })
    process.stdout.write(json ? `${JSON.stringify(summary)}\n` : printSummary(summary))
    return summary.ok ? 0 : 1
  } finally {
    clock.stop()
    await monitor?.close()
    await office.close()
    if (!keep) rmSync(stateDir, { recursive: true, force: true })
  }
}

const opening = ({ company, people }: World) =>
  `${company.name}: ${people.length} people, one Slack workspace, ${people.length} mailboxes, one AWS account.\n` +
  'A quiet day, then two attacks in one morning. This is what Slack shows in #security:\n\n'

/** Says the time now and then, and returns once the story is told and nothing is left to do. */
async function untilOver(
  world: World,
  { app, llama }: Monitor,
  talk: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { clock, store } = app
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: world.company.time_zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
  while (clock.now() < world.end && !signal.aborted) {
    await clock.sleep(Math.min(3 * hour, world.end - clock.now()), signal)
    talk(`  · ${time.format(clock.now())}, ${store.events.total()} events read so far\n`)
  }
  const idle = () =>
    store.events.takeUnheard(1).length === 0 &&
    store.incidents.takeUnassessed(1).length === 0 &&
    store.outbox.nextTime() === null &&
    llama.inFlight() === 0
  for (let tries = 0; tries < 60 && !idle() && !signal.aborted; tries++)
    await clock.sleep(5_000, signal)
}

/** Highest resident memory seen, in MB, of this process and of the models'. */
function watchMemory({ llama }: Monitor): () => { daemon: number; model: number | null } {
  const mb = 1024 * 1024
  let daemon = 0
  const look = () => {
    daemon = Math.max(daemon, process.memoryUsage.rss())
  }
  const timer = setInterval(look, 500)
  timer.unref()
  return () => {
    look()
    clearInterval(timer)
    const peak = llama.state().process?.peak
    return { daemon: Math.round(daemon / mb), model: peak ? Math.round(peak / mb) : null }
  }
}
