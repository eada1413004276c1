import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { styleText } from 'node:util'
import type { Config } from './config.ts'
import { ServiceError } from './core/error.ts'
import { nearest } from './core/nearest.ts'
import { catalogue, urlOf } from './model/catalogue.ts'
import { alertTokens, memoryOf, type Range, secondsOf } from './model/estimate.ts'
import { sourceUrl } from './model/offer.ts'
import { type Pulled, pull } from './model/pull.ts'
import { checkItem, type Item, itemAt, shapeOfItem, shelf } from './model/shelf.ts'
import { measureSpeed } from './model/speed.ts'
import { lock } from './state.ts'
import { count, exits, out, outJson, plain, say } from './terminal.ts'

/** One `porchlight model …`. */
export interface ModelCall {
  words: string[]
  /** Null where there is no config file: then pulled files go to `state/models`. */
  config: Config | null
  /** The config file's name. */
  file: string
  json: boolean
  url: string | undefined
  sha256: string | undefined
  signal: AbortSignal
}

const verbs = { list, pull: pullOne, verify: verifyFiles } as const

/** Runs it and returns its exit code. @throws ServiceError and Error, as sentences for the user */
export async function modelCommand(call: ModelCall): Promise<number> {
  const [verb = 'list', ...words] = call.words
  if (!Object.hasOwn(verbs, verb))
    throw new Error(
      `There is no “model ${plain(verb)}”. Try: model ${nearest(verb, Object.keys(verbs)) ?? 'list'}`,
    )
  if (call.sha256 !== undefined && !/^[\da-f]{64}$/i.test(call.sha256))
    throw new Error('--sha256 takes 64 hex digits')
  return verbs[verb as keyof typeof verbs]({ ...call, words })
}

/** Pulled files are data of this box: the installed program may not write into its own folder. */
const folderOf = ({ config }: ModelCall): string =>
  join(config?.state_dir ?? resolve(process.env.STATE_DIRECTORY ?? 'state'), 'models')

function itemsOf(call: ModelCall): Item[] {
  const { path, encoder_path } = call.config?.model ?? {}
  return shelf(
    folderOf(call),
    [path, encoder_path].filter((p) => p !== undefined),
  )
}

async function list(call: ModelCall): Promise<number> {
  const speed = await measureSpeed(call.config?.model.threads, call.signal)
  const models = await Promise.all(
    itemsOf(call).map(async (item) => {
      const { size } = item
      const shape = await shapeOfItem(item)
      const known = shape !== null && size !== null ? { shape, size } : null
      return {
        ...item,
        memory: known && memoryOf(known.shape, known.size),
        seconds: known && secondsOf(known.shape, known.size, speed),
        seconds_writing: known && secondsOf(known.shape, known.size, speed, alertTokens.written),
      }
    }),
  )
  if (call.json) {
    outJson({ folder: folderOf(call), speed, models })
    return exits.ok
  }
  const rows = models.map((m) => [
    m.id ?? '',
    m.name,
    bytes(m.size === null ? null : [m.size, m.size]),
    hereText(m),
    m.checked,
    bytes(m.memory),
    duration(m.seconds),
    duration(m.seconds_writing),
    m.licence ?? '',
  ])
  for (const row of table([
    ['id', 'model', 'size', 'here', 'checked', 'memory', 'an alert', 'if it writes', 'licence'],
    ...rows,
  ]))
    out(row)
  out('')
  out(`Pulled files are in ${folderOf(call)}.`)
  out(`Estimates are for this machine, found ${speed.how}.`)
  out('The installed service may hold 1 GB: for more, raise MemoryMax in porchlight.service.')
  out(
    `An alert reads about ${alertTokens.read} tokens; with "write": true the model writes about ${alertTokens.written} too.`,
  )
  return exits.ok
}

function hereText({ here, size, path }: Item): string {
  if (here === 0) return 'no'
  if (here === size) return existsSync(path) ? 'yes' : 'all but the check'
  return size === null ? 'a part' : `${Math.floor((100 * here) / size)} %`
}

function bytes(range: Range | null): string {
  if (!range) return ''
  return range[1] < 1e9
    ? `${span(range.map((n) => n / 1e6))} MB`
    : `${span(range.map((n) => n / 1e9))} GB`
}

function duration(range: Range | null): string {
  if (!range) return ''
  return range[1] < 120 ? `${span(range)} s` : `${span(range.map((n) => n / 60))} min`
}

/** `1.2`, or `1.2–3` where the two differ, with two digits that matter. */
function span(range: readonly number[]): string {
  const texts = range.map((n) => (n >= 10 ? n.toFixed(0) : String(Number(n.toPrecision(2)))))
  return [...new Set(texts)].join('–')
}

function table(rows: string[][]): string[] {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? []
  return rows.map((row) =>
    plain(row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ')).trimEnd(),
  )
}

async function verifyFiles(call: ModelCall): Promise<number> {
  const named = call.words.map((word) => [resolve(word), join(folderOf(call), word)])
  for (const [i, paths] of named.entries())
    if (!paths.some((path) => existsSync(path)))
      throw new Error(
        `There is no file ${plain(call.words[i] ?? '')}, here or in ${folderOf(call)}`,
      )
  const items =
    named.length > 0
      ? named.map((paths) => itemAt(paths.find((path) => existsSync(path)) as string))
      : itemsOf(call).filter(({ path }) => existsSync(path))
  const verdicts = []
  const colour = { right: 'green', unknown: 'yellow', wrong: 'red' } as const
  for (const item of items) {
    const sha256 = call.sha256?.toLowerCase()
    const verdict = await checkItem(sha256 ? { ...item, sha256, by: '--sha256' } : item)
    verdicts.push(verdict)
    if (call.json) continue
    const mark = styleText(colour[verdict.state], verdict.state.padEnd(7), {
      stream: process.stdout,
    })
    out(`${mark}  ${plain(`${verdict.path}: ${verdict.text}`)}`)
  }
  const wrong = verdicts.filter(({ state }) => state === 'wrong')
  if (call.json) outJson({ ok: wrong.length === 0, files: verdicts })
  else if (wrong.length > 0) say(`${count(wrong.length, 'file')} must not be used.`)
  return wrong.length > 0 ? exits.error : exits.ok
}

/** What to fetch, and what it must be. @throws where it has no id, no address, or no leave */
function wanted({ words: [id, ...more], url, sha256, config, file }: ModelCall) {
  const ids = catalogue.map((model) => model.id)
  if (id === undefined || more.length > 0)
    throw new Error(`Name one model to pull: ${ids.join(', ')}`)
  const known = catalogue.find((model) => model.id === id)
  if (!known && url === undefined) {
    const near = nearest(id, ids)
    throw new Error(
      `There is no model “${plain(id)}”. ${near ? `Did you mean ${near}?` : `Known are ${ids.join(', ')}; any other needs --url`}`,
    )
  }
  const address = url ?? (known ? urlOf(known) : '')
  const { hostname } = sourceUrl(address)
  const hosts = config?.model.download_hosts ?? []
  if (url === undefined && !hosts.some((host) => isUnder(hostname, host)))
    throw new ServiceError('model', `no host to fetch ${id} from is named`, {
      permanent: true,
      mend: `Nothing goes out to a host you did not name. Write "model": { "download_hosts": ["${hostname}"] } in ${plain(file)}, or name the address: model pull ${id} --url ${address}`,
    })
  // A size and hash of ours are of our file; whoever names another address and hash means another file.
  const ours = known && (url === undefined || sha256 === undefined) ? known : null
  return {
    url: address,
    file: known?.file ?? `${id}.gguf`,
    size: ours?.size ?? null,
    sha256: sha256?.toLowerCase() ?? ours?.sha256 ?? null,
  }
}

const isUnder = (hostname: string, host: string) =>
  hostname === host || hostname.endsWith(`.${host}`)

async function pullOne(call: ModelCall): Promise<number> {
  const file = wanted(call)
  const folder = folderOf(call)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const held = lock(folder, 'Another pull is running. Wait for it, or stop it.')
  const progress = createProgress(file.file)
  let pulled: Pulled
  try {
    pulled = await pull({ ...file, folder, signal: call.signal, onProgress: progress.show })
  } catch (error) {
    if (call.signal.aborted)
      throw new Error('Stopped. What has come is kept: run the same command again.')
    throw error
  } finally {
    progress.end()
    held.close()
  }
  if (call.json) outJson(pulled)
  else {
    out(
      plain(`${pulled.path} is here${pulled.already ? ' already' : ''}: SHA-256 ${pulled.sha256}`),
    )
    out(
      pulled.verified
        ? 'It is the file that was asked for.'
        : 'It is UNVERIFIED: no hash was known to compare it with. Give one with --sha256 HEX.',
    )
    out(`To use it: "model": { "path": ${JSON.stringify(pulled.path)} } in ${plain(call.file)}.`)
  }
  return exits.ok
}

/** One line that is written over on a terminal; elsewhere only remarks. */
function createProgress(name: string) {
  const began = performance.now()
  let first: number | null = null
  let shown = 0
  const clear = () => process.stderr.isTTY && shown > 0 && process.stderr.write('\r\u001B[K')
  return {
    show(have: number, of: number | null, remark?: string) {
      if (remark !== undefined) {
        clear()
        say(plain(remark))
      }
      first ??= have
      const now = performance.now()
      if (!process.stderr.isTTY || now - shown < 200) return
      shown = now
      const rate = ((have - first) / 1e6 / ((now - began) / 1000)).toFixed(1)
      const part =
        of === null ? '' : `${Math.floor((100 * have) / of)} % of ${Math.round(of / 1e6)} MB`
      process.stderr.write(
        `\r\u001B[K${name}: ${part || `${Math.round(have / 1e6)} MB`}, ${rate} MB/s`,
      )
    },
    end: clear,
  }
}
