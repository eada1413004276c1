import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { parseMail } from './clients/mail.ts'
import { openPlaces } from './clients/places.ts'
import { normalizeSlack } from './clients/slack-message.ts'
import { normalizeCloudTrail } from './clients/trail-record.ts'
import { systemClock } from './clock.ts'
import type { Config } from './config.ts'
import { messageOf } from './core/error.ts'
import type { Event } from './core/event.ts'
import { createPeople } from './core/people.ts'
import type { Ear } from './core/ports.ts'
import { detectors } from './detectors/index.ts'
import { createReplay, type Verdict } from './jobs/replay.ts'
import { createThreads } from './jobs/threads.ts'
import type { Log } from './log.ts'
import { createEar } from './model/ear.ts'
import { createLlama } from './model/llama.ts'
import { type ExportKind, type Input, inputsOf } from './sources/formats/inputs.ts'
import { jsonRecords } from './sources/formats/json.ts'
import { emlMail, envelopeOf, isMbox, mboxMail } from './sources/formats/mail.ts'
import {
  exportOf,
  openSlackExport,
  type SlackExport,
  slackMessages,
} from './sources/formats/slack.ts'
import { trailRecord } from './sources/formats/trail.ts'
import { createMasker } from './store/secrets.ts'
import { openStore } from './store/store.ts'

/** A record as an event, or why it could not become one. */
export type Entry = { source: ExportKind } & ({ event: Event } | { uid: string; error: string })

/** What was said of one record; one line of `replay --json`. */
export interface ReplayLine extends Verdict {
  uid: string
  source: ExportKind
  /** ISO 8601, UTC. */
  time: string | null
  error?: string
}

/** Every record of the exports as an event, in order; broken ones too. @throws for unreadable paths */
export async function* readExports(
  paths: readonly string[],
  kind: ExportKind | null,
  domains: readonly string[],
): AsyncGenerator<Entry> {
  const exports = new Map<string, SlackExport>()
  const name = createNamer()
  for await (const input of inputsOf(paths, kind)) {
    const source = input.kind
    try {
      if (source === 'mail') yield* mailEntries(input, domains)
      else if (source === 'slack') yield* slackEntries(input, exports, name)
      else yield* trailEntries(input, name)
    } catch (error) {
      yield { source, uid: input.path, error: `the file can’t be read: ${messageOf(error)}` }
    }
  }
}

async function* mailEntries({ path }: Input, domains: readonly string[]): AsyncGenerator<Entry> {
  for await (const { raw, uid, error } of isMbox(path) ? mboxMail(path) : emlMail(path)) {
    if (error) yield { source: 'mail', uid, error }
    else yield { source: 'mail', event: await parseMail(raw, { ...envelopeOf(raw), uid, domains }) }
  }
}

async function* slackEntries(
  { path }: Input,
  exports: Map<string, SlackExport>,
  name: Namer,
): AsyncGenerator<Entry> {
  const folder = exportOf(path) ?? ''
  const workspace = exports.get(folder) ?? (await openSlackExport(folder))
  exports.set(folder, workspace)
  const { team, users } = workspace
  for await (const { text, error, channel } of slackMessages(path, workspace)) {
    const record = error === null ? parsed(text) : undefined
    if (record === undefined)
      yield { source: 'slack', uid: sha256(text), error: error ?? 'not valid JSON' }
    else yield named('slack', normalizeSlack(record, { team, channel, users }), name)
  }
}

async function* trailEntries({ path }: Input, name: Namer): AsyncGenerator<Entry> {
  for await (const piece of jsonRecords(path)) {
    const { text, record, error } = trailRecord(piece)
    if (record) yield named('cloudtrail', normalizeCloudTrail(record), name)
    else yield { source: 'cloudtrail', uid: sha256(text), error }
  }
}

const named = (source: ExportKind, event: Event, name: Namer): Entry => ({
  source,
  event: {
    ...event,
    metadata: { ...event.metadata, uid: name(event.metadata.uid, event.raw_data) },
  },
})

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Its message would repeat the text, which may hold a secret.
    return undefined
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

type Namer = ReturnType<typeof createNamer>

/**
 * Uids that are one record's only: the same id with other content gets `#2`, `#3` … Remembers 52
 * bits of each id and content, about 40 bytes a record.
 */
function createNamer(): (uid: string, record: string) => string {
  const first = new Map<number, number>()
  const others = new Map<string, number[]>()
  const bits = (text: string) => Number.parseInt(sha256(text).slice(0, 13), 16)
  return (uid, record) => {
    const id = bits(uid)
    const content = bits(record)
    const was = first.get(id)
    if (was === undefined) first.set(id, content)
    if (was === undefined || was === content) return uid
    const more = others.get(uid) ?? []
    others.set(uid, more)
    if (!more.includes(content)) more.push(content)
    return `${uid}#${more.indexOf(content) + 2}`
  }
}

export interface ReplayOptions {
  paths: readonly string[]
  /** Null: told by the names of the files. */
  source: ExportKind | null
  /** Company, people and networks, where a config was named. */
  config: Config | null
  /** Reads mail and messages too; null: rules and history only. */
  ear: Ear | null
  log: Log
  /** Final membership of the incidents goes there as JSON. */
  incidentsFile: string | null
  signal: AbortSignal
}

/** As `replay`, with a line of its own for what starts the models. */
export type PrintOptions = Omit<ReplayOptions, 'ear'> & {
  /** Whether the models read along; undefined: no. */
  models: boolean | undefined
}

/**
 * Prints a replay to stdout: as JSON lines, or for people only what was found. Returns the number
 * of findings.
 */
export async function printReplay(options: PrintOptions, json: boolean): Promise<number> {
  const llama = options.models ? createLlama({ log: options.log }) : null
  await llama?.start()
  let records = 0
  let broken = 0
  let found = 0
  let said = Date.now()
  let text = ''
  const flush = async () => {
    if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain')
    text = ''
  }
  const progress = () => {
    if (Date.now() - said < 2000) return
    said = Date.now()
    process.stderr.write(`${records} records, ${found} findings so far\n`)
  }
  try {
    const ear = llama && createEar(llama)
    for await (const line of replay({ ...options, ear })) {
      records++
      if (line.error) broken++
      found += line.findings.length
      if (json) text += `${JSON.stringify(line)}\n`
      else for (const { severity, title } of line.findings) text += human(line, severity, title)
      if (text.length > 65_536) await flush()
      if (process.stderr.isTTY) progress()
    }
    await flush()
  } finally {
    await llama?.stop()
  }
  process.stderr.write(`${records} records, ${broken} broken, ${found} findings.\n`)
  return found
}

const human = ({ uid, time, risk }: ReplayLine, severity: string, title: string): string =>
  `${[time ?? 'no time', severity, risk.toFixed(1), title, uid].join('\t').replace(/[^\P{Cc}\t]/gu, '�')}\n`

/** Judges exports, a line for each record in input order; each depends on it and earlier ones only. */
export async function* replay(options: ReplayOptions): AsyncGenerator<ReplayLine> {
  const { config, ear, log, signal } = options
  const company = config?.company ?? { domains: [], networks: [] }
  // Made for this run: hashes of secrets mean nothing outside it.
  const masker = createMasker(randomBytes(32))
  const store = openStore('', masker)
  const replayer = createReplay({
    store,
    detectors,
    people: createPeople(config?.people ?? [], company),
    locate: openPlaces(),
    clock: systemClock,
    log,
    decoys: [],
    ear,
    mask: masker.event,
  })
  const threads = createThreads()
  try {
    for await (const entry of readExports(options.paths, options.source, company.domains)) {
      if (signal.aborted) return
      if ('error' in entry) {
        const { uid, source, error } = entry
        yield { uid, source, time: null, ...nothing, error: masker.text(error).text }
        continue
      }
      const { event, source } = entry
      const scores = await hear(ear, event, threads.earlier(event), options)
      const verdict = replayer.judge(event, scores)
      const { error } = event.unmapped
      yield {
        uid: event.metadata.uid,
        source,
        time: event.time > 0 ? new Date(event.time).toISOString() : null,
        ...verdict,
        risk: Number(verdict.risk.toFixed(4)),
        ...(error && { error: masker.text(error).text }),
      }
    }
    if (options.incidentsFile)
      await writeFile(options.incidentsFile, `${JSON.stringify(replayer.incidents(), null, 2)}\n`, {
        mode: 0o600,
      })
  } finally {
    store.close()
  }
}

/** Without scores where the models are away: the rules judge all the same. */
async function hear(
  ear: Ear | null,
  event: Event,
  earlier: string[],
  { log, signal }: ReplayOptions,
) {
  try {
    return ear ? await ear.hear(event, earlier, signal) : null
  } catch (error) {
    log('warn', 'read without models', { uid: event.metadata.uid, error: messageOf(error) })
    return null
  }
}

const nothing: Verdict = { risk: 0, severity: 'informational', findings: [], incident: null }
