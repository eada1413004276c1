import { existsSync, readFileSync } from 'node:fs'
import { type ParseArgsOptionsConfig, parseArgs, styleText } from 'node:util'
import { type Config, type Loaded, loadConfig, type Problem } from './config.ts'
import { messageOf, ServiceError } from './core/error.ts'
import { nearest } from './core/nearest.ts'
import { createLog } from './log.ts'
import { count, destination, exits, out, outJson, plain, say, watched } from './terminal.ts'

interface Call {
  flags: Record<string, string | boolean | undefined>
  words: string[]
  signal: AbortSignal
}

interface Command {
  usage: string
  summary: string
  flags: ParseArgsOptionsConfig
  /** Takes words after its flags. */
  words?: boolean
  run(call: Call): Promise<number>
}

const configFlag = { config: { type: 'string' } } as const
const jsonFlag = { json: { type: 'boolean' } } as const
const dryFlag = { 'dry-run': { type: 'boolean', short: 'n' } } as const

class BadConfig extends Error {
  readonly loaded: Loaded
  readonly file: string
  constructor(file: string, loaded: Loaded) {
    super('bad config')
    this.file = file
    this.loaded = loaded
  }
}

const fileOf = ({ flags }: Call) =>
  String(flags.config ?? process.env.PORCHLIGHT_CONFIG ?? 'config.json')

function configOf(call: Call): Config {
  const file = fileOf(call)
  const loaded = loadConfig(file, process.env)
  if (!loaded.ok) throw new BadConfig(file, loaded)
  for (const warning of loaded.warnings) say(`warning: ${line(warning)}`)
  return loaded.config
}

const line = ({ path, problem, mend }: Problem) => plain(`${path}: ${problem}. ${mend}`)
const problemsOf = (loaded: Loaded) => (loaded.ok ? [] : loaded.problems)

const commands: Record<string, Command> = {
  run: {
    usage: 'run [--config FILE]',
    summary: 'Watch the accounts until stopped.',
    flags: configFlag,
    async run(call) {
      const config = configOf(call)
      const { runDaemon } = await import('./main.ts')
      say(`Watching ${watched(config)}. Alerts go to ${destination(config)}.`)
      await runDaemon(config, { signal: call.signal, file: fileOf(call) })
      say('Stopped.')
      return exits.ok
    },
  },
  once: {
    usage: 'once [--dry-run] [--config FILE] [--json]',
    summary: 'Look once and end. With --dry-run nothing is kept and nobody is told.',
    flags: { ...configFlag, ...jsonFlag, ...dryFlag },
    async run(call) {
      const { runOnce } = await import('./main.ts')
      const dryRun = call.flags['dry-run'] === true
      const write = call.flags.json ? (text: string) => void process.stderr.write(text) : undefined
      const result = await runOnce(configOf(call), {
        signal: call.signal,
        dryRun,
        ...(write && { write }),
      })
      if (call.flags.json) outJson(result)
      else
        out(
          `${count(result.events, 'event')}, ${count(result.findings, 'finding')}, ${count(result.incidents, 'incident')}.`,
        )
      if (result.failed.length > 0)
        say(`Could not be read: ${result.failed.join(', ')}. Run doctor to see why.`)
      if (result.findings > 0) return exits.findings
      return result.failed.length > 0 ? exits.temporary : exits.ok
    },
  },
  'check-config': {
    usage: 'check-config [--config FILE] [--json]',
    summary: 'Check the config file: every mistake, and how to mend it.',
    flags: { ...configFlag, ...jsonFlag },
    async run(call) {
      const file = fileOf(call)
      const loaded = loadConfig(file, process.env)
      if (call.flags.json)
        outJson({ ok: loaded.ok, problems: problemsOf(loaded), warnings: loaded.warnings })
      else {
        for (const problem of problemsOf(loaded)) out(line(problem))
        for (const warning of loaded.warnings) out(`warning: ${line(warning)}`)
        if (loaded.ok)
          out(
            `${plain(file)} is fine: ${watched(loaded.config)}; alerts to ${destination(loaded.config)}.`,
          )
        else say(`${plain(file)} has ${count(problemsOf(loaded).length, 'mistake')}.`)
      }
      return loaded.ok ? exits.ok : exits.badConfig
    },
  },
  doctor: {
    usage: 'doctor [--config FILE] [--json]',
    summary: 'Check the machine and every account, and say what can’t be seen.',
    flags: { ...configFlag, ...jsonFlag },
    async run(call) {
      const { diagnose } = await import('./doctor.ts')
      const file = fileOf(call)
      const loaded = loadConfig(file, process.env)
      const colour = { ok: 'green', note: 'dim', warn: 'yellow', fail: 'red' } as const
      const all = []
      for await (const check of diagnose(file, loaded, call.signal)) {
        all.push(check)
        if (call.flags.json) continue
        const mark = styleText(colour[check.state], check.state.padEnd(4), {
          stream: process.stdout,
        })
        out(`${mark}  ${plain(`${check.name}: ${check.text}`)}`)
        if (check.mend) out(`      ${plain(check.mend)}`)
      }
      const failed = all.some((check) => check.state === 'fail')
      if (call.flags.json) outJson({ ok: !failed, checks: all })
      if (!loaded.ok) return exits.badConfig
      return failed ? exits.error : exits.ok
    },
  },
  look: {
    usage: 'look [--config FILE] [--json]',
    summary: 'Say what is wrong with the accounts as they stand, and how to mend it.',
    flags: { ...configFlag, ...jsonFlag },
    async run(call) {
      const { lookCommand } = await import('./look-command.ts')
      return lookCommand(configOf(call), { json: call.flags.json === true, signal: call.signal })
    },
  },
  person: {
    usage: 'person NAME [--config FILE] [--json]',
    summary: 'List every account of a person, and what it holds.',
    flags: { ...configFlag, ...jsonFlag },
    words: true,
    run: (call) => runPerson('person', call),
  },
  export: {
    usage: 'export NAME [--config FILE]',
    summary: 'Write out everything kept about a person, as JSON.',
    flags: configFlag,
    words: true,
    run: (call) => runPerson('export', call),
  },
  forget: {
    usage: 'forget NAME --yes [--config FILE]',
    summary: 'Erase what is kept about a person; what was found in an incident stays with it.',
    flags: { ...configFlag, yes: { type: 'boolean' } },
    words: true,
    run: (call) => runPerson('forget', call),
  },
  digest: {
    usage: 'digest --now [--dry-run] [--config FILE]',
    summary: 'Post the digest now instead of waiting for the morning.',
    flags: { ...configFlag, ...dryFlag, now: { type: 'boolean' } },
    async run(call) {
      if (!call.flags.now)
        throw new Error('The digest comes every morning by itself. To have one now: digest --now')
      const { digestNow } = await import('./main.ts')
      const dryRun = call.flags['dry-run'] === true
      await digestNow(configOf(call), { signal: call.signal, dryRun })
      return exits.ok
    },
  },
  replay: {
    usage:
      'replay [--source cloudtrail|mail|slack] PATH… [--json] [--incidents FILE] [--[no-]models]',
    summary: 'Judge exported records: no account or config needed. Exit 2 with findings.',
    flags: {
      ...configFlag,
      ...jsonFlag,
      source: { type: 'string' },
      incidents: { type: 'string' },
      models: { type: 'boolean' },
    },
    words: true,
    run: runReplay,
  },
  model: {
    usage: 'model list | pull ID [--url URL] [--sha256 HEX] | verify [FILE…] [--json]',
    summary: 'Models for this machine: what each would cost, fetch one, check the files.',
    flags: { ...configFlag, ...jsonFlag, url: { type: 'string' }, sha256: { type: 'string' } },
    words: true,
    async run(call) {
      const { words, signal, flags } = call
      const { modelCommand } = await import('./model-command.ts')
      return modelCommand({
        words,
        signal,
        file: fileOf(call),
        config: flags.config || existsSync(fileOf(call)) ? configOf(call) : null,
        json: flags.json === true,
        url: flags.url as string | undefined,
        sha256: flags.sha256 as string | undefined,
      })
    },
  },
  bench: {
    usage: 'bench [--config FILE] [--json]',
    summary: 'Measure the models on this machine; what is too weak here stays off.',
    flags: { ...configFlag, ...jsonFlag },
    async run(call) {
      const { benchCommand } = await import('./bench-command.ts')
      return benchCommand({
        config: call.flags.config || existsSync(fileOf(call)) ? configOf(call) : null,
        json: call.flags.json === true,
        signal: call.signal,
      })
    },
  },
  demo: {
    usage: 'demo [--seed N] [--json] [--keep]',
    summary: 'Watch a made-up company being attacked, on this machine alone.',
    flags: { ...jsonFlag, seed: { type: 'string' }, keep: { type: 'boolean' } },
    async run({ flags, signal }) {
      const seed = Number(flags.seed ?? 1)
      if (!Number.isSafeInteger(seed) || seed < 0)
        throw new Error('--seed takes a whole number, such as --seed 7')
      const { demo } = await import('./demo.ts')
      return demo({ seed, json: flags.json === true, keep: flags.keep === true, signal })
    },
  },
  version: {
    usage: 'version [--json]',
    summary: 'Print the version.',
    flags: jsonFlag,
    async run({ flags }) {
      const file = new URL('../package.json', import.meta.url)
      const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
      const node = process.versions.node
      if (flags.json) outJson({ version, node })
      else out(`porchlight ${version} (Node ${node})`)
      return exits.ok
    },
  },
  help: {
    usage: 'help [COMMAND]',
    summary: 'Print this.',
    flags: {},
    words: true,
    async run({ words: [word] }) {
      const command = word === undefined ? null : lookUp(word)
      out(command ? `porchlight ${command.usage}\n\n${command.summary}` : overview())
      return exits.ok
    },
  },
}

async function runPerson(what: 'person' | 'export' | 'forget', call: Call): Promise<number> {
  const name = call.words.join(' ')
  if (!name) throw new Error(`Name somebody, such as: porchlight ${what} Ana Ruiz`)
  const { personCommand } = await import('./person-command.ts')
  const { signal, flags } = call
  return personCommand(configOf(call), {
    what,
    name,
    json: flags.json === true,
    yes: flags.yes === true,
    signal,
  })
}

async function runReplay(call: Call): Promise<number> {
  const { flags, words, signal } = call
  const { exportKinds } = await import('./sources/formats/inputs.ts')
  const source = exportKinds.find((kind) => kind === flags.source) ?? null
  if (flags.source !== undefined && source === null)
    throw new Error(`--source takes one of: ${exportKinds.join(', ')}`)
  if (words.length === 0) throw new Error('Name at least one file or folder to replay')
  for (const path of words)
    if (!existsSync(path)) throw new Error(`There is no file or folder ${plain(path)}`)
  const { printReplay } = await import('./replay.ts')
  const log = createLog((text) => void process.stderr.write(text), Date.now)
  const findings = await printReplay(
    {
      paths: words,
      source,
      config: flags.config === undefined ? null : configOf(call),
      models: flags.models as boolean | undefined,
      log: (level, msg, fields) => {
        if (level === 'warn' || level === 'error') log(level, msg, fields)
      },
      incidentsFile: (flags.incidents as string | undefined) ?? null,
      signal,
    },
    flags.json === true,
  )
  return findings > 0 ? exits.findings : exits.ok
}

function overview(): string {
  const rows = Object.values(commands).map(({ usage, summary }) => `  ${usage}\n      ${summary}`)
  return [
    'porchlight: watches a small company’s Slack, Gmail and AWS from its own box',
    '',
    ...rows,
    '',
    'The config is --config FILE, else $PORCHLIGHT_CONFIG, else config.json in this folder.',
    'Ends with 0 ok, 1 error, 2 findings (look, once, replay), 75 try again later, 78 bad config.',
  ].join('\n')
}

function lookUp(word: string): Command {
  const command = Object.hasOwn(commands, word) ? commands[word] : undefined
  if (command) return command
  const near = nearest(word, Object.keys(commands))
  throw new Error(
    `There is no command “${plain(word)}”. ${near ? `Did you mean ${near}?` : 'Try: help'}`,
  )
}

function parse(command: Command, args: string[]): Pick<Call, 'flags' | 'words'> {
  const options = { ...command.flags, help: { type: 'boolean', short: 'h' } } as const
  try {
    const { values, positionals } = parseArgs({
      args,
      options,
      allowPositionals: command.words === true,
      allowNegative: true,
    })
    return { flags: values as Call['flags'], words: positionals }
  } catch (error) {
    const flag = /'-{0,2}([\w-]+)/.exec(messageOf(error))?.[1] ?? ''
    const near = nearest(flag, Object.keys(options))
    const hint = near && near !== flag ? ` Did you mean --${near}?` : ''
    throw new Error(
      `${messageOf(error).split('. ')[0]}.${hint}\nUsage: porchlight ${command.usage}`,
    )
  }
}

function report(error: unknown): number {
  if (error instanceof BadConfig) {
    for (const problem of problemsOf(error.loaded)) say(line(problem))
    say(`${plain(error.file)} has ${count(problemsOf(error.loaded).length, 'mistake')}.`)
    return exits.badConfig
  }
  say(`porchlight: ${messageOf(error)}`)
  if (!(error instanceof ServiceError)) return exits.error
  if (error.mend) say(error.mend)
  return error.permanent ? exits.error : exits.temporary
}

/** Runs one command line and returns its exit code; all failures end as a sentence on stderr. */
export async function cli(args: readonly string[], signal: AbortSignal): Promise<number> {
  try {
    const [word, ...rest] = args
    if (word === undefined) {
      say(overview())
      return exits.error
    }
    if (word === '--help' || word === '-h')
      return await lookUp('help').run({ flags: {}, words: rest, signal })
    const command = lookUp(word === '--version' ? 'version' : word)
    const call = parse(command, rest)
    if (call.flags.help) return await lookUp('help').run({ flags: {}, words: [word], signal })
    return await command.run({ ...call, signal })
  } catch (error) {
    return report(error)
  }
}

if (import.meta.main) {
  const stop = new AbortController()
  const end = (code: number) => process.exit(code)
  for (const name of ['SIGTERM', 'SIGINT'] as const)
    process.on(name, () => {
      if (stop.signal.aborted) end(exits.error)
      stop.abort()
      setTimeout(end, 10_000, exits.error).unref()
    })
  // Whoever reads the output has enough of it.
  process.stdout.on('error', () => end(exits.ok))
  for (const kind of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(kind, (error: unknown) => end(report(error)))
  const code = await cli(process.argv.slice(2), stop.signal)
  process.stdout.write('', () => end(code))
}
