import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { watch } from 'chokidar'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { editorSchema, explain } from './config/explain.ts'
import { parseJson } from './config/json.ts'
import { type Problem, pathOf, valueAt } from './config/problem.ts'
import { resolveReferences } from './config/references.ts'
import { checkRules, literalSecrets } from './config/rules.ts'
import { options as notify } from './notifiers/index.ts'
import { inventories, sources } from './sources/index.ts'

export type { Problem } from './config/problem.ts'

const domain = z
  .string()
  .toLowerCase()
  .regex(/^(?=.{4,253}$)([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+[a-z][a-z\d-]{0,61}[a-z\d]$/, {
    error: (issue) => `“${issue.input}” is no domain`,
  })
  .describe('a domain such as "acme.example", without @ or https://')

const network = z
  .string()
  .refine(ipaddr.isValidCIDR, { error: (issue) => `“${issue.input}” is no network` })
  .describe('a network such as "203.0.113.0/24"; one address alone is "203.0.113.7/32"')

const mailAddress = z
  .email({ error: (issue) => `“${issue.input}” is no mail address` })
  .toLowerCase()
  .describe('a mail address such as "ana@acme.example"')

const timeZone = z
  .string()
  .refine(isTimeZone, { error: (issue) => `“${issue.input}” is no time zone` })
  .describe('a time zone such as "Europe/Berlin" or "America/Chicago"')

const loopbackUrl = z
  .string()
  .refine(isLoopback, { error: 'only servers on this machine may stand in for the real ones' })
  .describe('an address such as "http://127.0.0.1:4000"')

/** The whole config file. Its descriptions are shown by editors and in error messages. */
export const configSchema = z.strictObject({
  $schema: z.string().optional().describe('the path of config.schema.json, for your editor'),
  company: z
    .strictObject({
      name: z.string().min(1).max(100).describe('the company’s name'),
      domains: z.array(domain).min(1).describe('the company’s own mail domains, at least one'),
      time_zone: timeZone,
      networks: z.array(network).default([]).describe('the company’s own networks'),
    })
    .describe('"company": { "name", "domains", "time_zone" }'),
  people: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(100).describe('the person’s name'),
        emails: z.array(mailAddress).default([]).describe('a list of mail addresses'),
        role: z.string().max(100).default('').describe('what they do, such as "accounts"'),
        approver: z
          .boolean()
          .default(false)
          .describe('true for those who may approve what Porchlight proposes, or false'),
        accounts: z
          .array(z.string().min(1))
          .default([])
          .describe('a list of Slack ids and IAM user names, where they differ from the mail'),
      }),
    )
    .default([])
    .describe('a list of people: [{ "name", "emails" }]'),
  assets: z
    .array(
      z.strictObject({
        match: z.string().min(1).describe('the name of a thing, * for any letters'),
        value: z
          .enum(['low', 'medium', 'high', 'critical'])
          .describe('"low", "medium", "high" or "critical"'),
      }),
    )
    .default([])
    .describe('a list of what matters most: [{ "match", "value" }]'),
  slack: z
    .array(sources.slack.options)
    .default([])
    .describe('a list of Slack workspaces: [{ "name", "token" }]'),
  gmail: z
    .array(sources.gmail.options)
    .default([])
    .describe('a list of Google credentials: [{ "name", "mailboxes", "service_account" }]'),
  workspace: z
    .array(sources.workspace.options)
    .default([])
    .describe('a list of Google customers: [{ "name", "subject", "service_account" }]'),
  cloudtrail: z
    .array(sources.cloudtrail.options)
    .default([])
    .describe('a list of AWS accounts: [{ "name" }]'),
  dns: inventories.domains.options.prefault({}).describe('"dns": { "selectors": [] }'),
  notify: notify.describe('"notify": { "slack": { "workspace", "channel" } }'),
  digest: z
    .strictObject({
      at: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: (issue) => `“${issue.input}” is no time` })
        .default('08:00')
        .describe('the time of the daily digest, such as "08:00"'),
    })
    .prefault({})
    .describe('"digest": { "at": "08:00" }'),
  model: z
    .strictObject({
      path: z.string().min(1).optional().describe('the path of a Llama or Mistral GGUF file'),
      encoder_path: z.string().min(1).optional().describe('the path of an encoder GGUF file'),
      threads: z.int().min(1).max(256).optional().describe('how many CPU threads it may use'),
      write: z
        .boolean()
        .default(false)
        .describe('true to let a larger model write freely (checked), or false'),
      chat_template: z
        .boolean()
        .default(false)
        .describe('true to use the chat template inside that GGUF, or false'),
      download_hosts: z
        .array(domain)
        .default([])
        .describe('hosts that "model pull" may fetch from, such as ["huggingface.co"]'),
    })
    .prefault({})
    .describe('"model": { "path" }'),
  privacy: z
    .strictObject({
      keep: z
        .strictObject({
          days: z
            .number()
            .min(1)
            .max(3650)
            .default(7)
            .describe('how many days the words of mails and messages are kept'),
          flagged_days: z
            .number()
            .min(1)
            .max(3650)
            .default(90)
            .describe('how many days where something was found in them'),
        })
        .prefault({})
        .describe('"keep": { "days": 7, "flagged_days": 90 }'),
      exclude: z
        .strictObject({
          channels: z
            .array(z.string().min(1))
            .default([])
            .describe('Slack channels that are never kept, such as ["hr"]'),
          people: z
            .array(z.string().min(1))
            .default([])
            .describe('people of the config whose mails and messages are never kept, by name'),
        })
        .prefault({})
        .describe('"exclude": { "channels", "people" }'),
    })
    .prefault({})
    .describe('"privacy": { "keep", "exclude" }'),
  state_dir: z.string().min(1).default('state').describe('the folder for the database and log'),
  endpoints: z
    .strictObject({
      slack: loopbackUrl.optional(),
      google: loopbackUrl.optional(),
      aws: loopbackUrl.optional(),
      dns: z
        .string()
        .regex(/^127(\.\d{1,3}){3}:\d{1,5}$/, {
          error: 'only servers on this machine may stand in for the real ones',
        })
        .optional()
        .describe('an address such as "127.0.0.1:5300"'),
    })
    .optional()
    .describe('servers on this machine that stand in for the real ones, for tests'),
})

/** A checked config: references filled in, defaults set, paths absolute. */
export type Config = z.output<typeof configSchema>

/** `docs/config.schema.json`: the schema as editors read it (JSON Schema 2020-12). */
export const configJsonSchema = () => editorSchema(configSchema)

/** What came of reading a config file. */
export type Loaded =
  | { ok: true; config: Config; warnings: Problem[] }
  | { ok: false; problems: Problem[]; warnings: Problem[] }

/** Reads and checks a config file; every mistake in it is reported at once. Never throws. */
export function loadConfig(path: string, env: Record<string, string | undefined>): Loaded {
  try {
    const mode = statSync(path).mode
    const text = readFileSync(path, 'utf8')
    return readConfig(text, {
      env,
      folder: dirname(resolve(path)),
      worldReadable: !!(mode & 0o004),
    })
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const problem = missing ? 'there is no such file' : `can’t be read: ${(error as Error).message}`
    const mend = 'Copy config.example.json to config.json, or name your file with --config.'
    return { ok: false, problems: [{ path, problem, mend }], warnings: [] }
  }
}

/** Checks the text of a config file; `worldReadable` says whether other users may read the file. */
export function readConfig(
  text: string,
  place: {
    env: Record<string, string | undefined>
    folder: string
    worldReadable: boolean
  },
): Loaded {
  const parsed = parseJson(text)
  if (!parsed.ok) return { ok: false, problems: [parsed.problem], warnings: [] }
  const refs = resolveReferences(parsed.value, place)
  const literals = literalSecrets(parsed.value, refs.referring, place.worldReadable)
  const rules = checkRules(refs.value)
  const problems = [...refs.problems, ...literals.problems]
  const warnings = [...refs.warnings, ...literals.warnings, ...rules.warnings]

  let data = refs.value
  let checked = configSchema.safeParse(data)
  if (!checked.success) {
    data = coerce(data, checked.error.issues, refs.whole)
    checked = configSchema.safeParse(data)
  }
  if (!checked.success) {
    // Said already: references that could not be filled, and rules of several fields.
    const known = new Set([...problems, ...rules.problems].map((p) => p.path))
    const more = explain(checked.error.issues, configSchema, data)
    problems.push(...more.filter((p) => !known.has(p.path)))
  }
  problems.push(...rules.problems)
  if (!checked.success || problems.length > 0) return { ok: false, problems, warnings }

  const config = checked.data
  const from = (path: string) => resolve(place.folder, path)
  const stateOfUnit = valueAt(data, ['state_dir']) === undefined && place.env.STATE_DIRECTORY
  config.state_dir = from(stateOfUnit || config.state_dir)
  if (config.model.path) config.model.path = from(config.model.path)
  if (config.model.encoder_path) config.model.encoder_path = from(config.model.encoder_path)
  return { ok: true, config, warnings }
}

/** Text from the environment where the schema wants a number or a yes or no. */
function coerce(
  data: unknown,
  issues: readonly z.core.$ZodIssue[],
  whole: ReadonlySet<string>,
): unknown {
  const copy = structuredClone(data)
  for (const issue of issues) {
    if (issue.code !== 'invalid_type' || !whole.has(pathOf(issue.path))) continue
    const text = valueAt(copy, issue.path)
    const parent = valueAt(copy, issue.path.slice(0, -1)) as Record<PropertyKey, unknown>
    const key = issue.path.at(-1) as PropertyKey
    if (issue.expected === 'boolean' && (text === 'true' || text === 'false'))
      parent[key] = text === 'true'
    else if (/^(number|int)$/.test(issue.expected) && /^-?\d+(\.\d+)?$/.test(String(text)))
      parent[key] = Number(text)
  }
  return copy
}

/**
 * Calls `onChange` with each new state of the file until `signal` aborts, also when an editor
 * replaces it; resolves once it watches. On problems the caller keeps the config it has.
 */
export async function watchConfig(
  path: string,
  onChange: (loaded: Loaded) => void,
  signal: AbortSignal,
  env: Record<string, string | undefined> = process.env,
): Promise<void> {
  // Editors write a new file and rename it; between the two there is none, hence `atomic`.
  const watcher = watch(path, {
    ignoreInitial: true,
    atomic: 200,
    awaitWriteFinish: { stabilityThreshold: 200, pollInterval: 50 },
  })
  const changed = () => onChange(loadConfig(path, env))
  watcher.on('change', changed).on('add', changed).on('unlink', changed)
  signal.addEventListener('abort', () => void watcher.close(), { once: true })
  await new Promise<void>((ready) => watcher.once('ready', ready))
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}

function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { hostname, protocol } = new URL(url)
  return /^https?:$/.test(protocol) && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}
