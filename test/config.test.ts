import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { configJsonSchema, type Loaded, loadConfig, watchConfig } from '../src/config.ts'

const env = {
  SLACK_TOKEN: 'from-the-environment',
  GOOGLE_SERVICE_ACCOUNT: '{"type":"service_account"}',
  AWS_KEY_ID: `AKIA${'Q'.repeat(16)}`,
  AWS_SECRET: 'also-from-there',
}
const example = () => JSON.parse(readFileSync('config.example.json', 'utf8'))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'porchlight-config-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const file = () => join(folder, 'config.json')
function load(value: unknown, variables: Record<string, string> = env): Loaded {
  writeFileSync(file(), typeof value === 'string' ? value : JSON.stringify(value), { mode: 0o600 })
  return loadConfig(file(), variables)
}
function problemsOf(loaded: Loaded) {
  expect(loaded.ok).toBe(false)
  return loaded.ok ? [] : loaded.problems
}
const configOf = (loaded: Loaded) => {
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  return loaded.config
}

test('the example is valid as it stands once its variables exist', () => {
  const config = configOf(loadConfig('config.example.json', env))
  expect(config.slack[0]).toMatchObject({ token: env.SLACK_TOKEN, poll_seconds: 60 })
  expect(config.digest.at).toBe('08:00')
  expect(loadConfig('config.example.json', env).warnings).toEqual([])
})

test('the example without its variables names each of them', () => {
  const problems = problemsOf(loadConfig('config.example.json', {}))
  for (const name of Object.keys(env)) expect(JSON.stringify(problems)).toContain(name)
  expect(problems).toHaveLength(Object.keys(env).length)
})

test('the schema that editors use is the one the program uses', () => {
  const written = JSON.parse(readFileSync('docs/config.schema.json', 'utf8'))
  expect(written, 'run scripts/node scripts/write-schema.ts').toEqual(
    JSON.parse(JSON.stringify(configJsonSchema())),
  )
})

test('all mistakes are reported at once, each with its path and a mend', () => {
  const config = example()
  config.company.time_zone = 'Europe/Berln'
  config.company.networks = ['10.0.0.1', '10.0.0.0/33']
  config.people[0].emails = ['ana at acme.example']
  config.slack[0].tokn = config.slack[0].token
  delete config.slack[0].token
  config.slack.push({ name: 'acme', token: `\${NOT_THERE}` })
  config.notify.slack.workspace = 'acmee'
  config.digest.at = '25:00'
  config.cloudtrail[0].regions = ['mars']
  config.endpoints = { slack: 'https://slack.com/api/' }
  const problems = problemsOf(load(config))
  expect(problems.map((p) => p.path).sort()).toEqual([
    'cloudtrail[0].regions[0]',
    'company.networks[0]',
    'company.networks[1]',
    'company.time_zone',
    'digest.at',
    'endpoints.slack',
    'notify.slack.workspace',
    'people[0].emails[0]',
    'slack[0].token',
    'slack[0].tokn',
    'slack[1].name',
    'slack[1].token',
  ])
  for (const { problem, mend } of problems) {
    expect(problem).not.toBe('')
    expect(mend).toMatch(/[.?]$/)
  }
})

test('an unknown key suggests the nearest one', () => {
  const config = example()
  config.company.domain = ['acme.example']
  config.digset = {}
  const mends = Object.fromEntries(problemsOf(load(config)).map((p) => [p.path, p.mend]))
  expect(mends).toMatchObject({
    'company.domain': 'Did you mean "domains"?',
    digset: 'Did you mean "digest"?',
  })
})

test('names, mailboxes and addresses may not be used twice', () => {
  const config = example()
  config.gmail.push({ ...config.gmail[0], name: 'other', mailboxes: ['ANA@acme.example'] })
  config.people[1].emails = ['ana@acme.example']
  expect(problemsOf(load(config)).map((p) => p.path)).toEqual([
    'gmail[1].mailboxes[0]',
    'people[1].emails[0]',
  ])
})

test('nothing to watch, nobody to tell and half a credential are mistakes', () => {
  const config = example()
  Object.assign(config, { slack: [], gmail: [], cloudtrail: [], notify: {} })
  expect(problemsOf(load(config)).map((p) => p.problem)).toEqual(
    expect.arrayContaining(['there is nothing to watch', 'nobody would be told']),
  )
  const half = example()
  delete half.cloudtrail[0].secret_access_key
  half.gmail[0].oauth = { client_id: 'a', client_secret: `\${AWS_SECRET}`, refresh_token: 'b' }
  expect(problemsOf(load(half)).map((p) => p.path)).toEqual(
    expect.arrayContaining(['cloudtrail[0].access_key_id', 'gmail[0]']),
  )
})

test('the path of a key file in place of the key names the mend', () => {
  const config = example()
  config.gmail[0].service_account = '/etc/porchlight/google.json'
  expect(problemsOf(load(config))).toEqual([
    expect.objectContaining({
      path: 'gmail[0].service_account',
      mend: `Write "\${file:/etc/porchlight/google.json}".`,
    }),
  ])
})

test('people without an approver are a warning', () => {
  const config = example()
  config.people[0].approver = false
  const loaded = load(config)
  expect(loaded.ok).toBe(true)
  expect(loaded.warnings.map((w) => w.path)).toEqual(['people'])
})

test('invalid JSON names its line and column', () => {
  expect(problemsOf(load('{\n  "company": {\n    "name": Acme\n  }\n}'))).toEqual([
    expect.objectContaining({ path: 'line 3, column 13' }),
  ])
  expect(problemsOf(load('{ "a": 1, "a": 2 }'))[0]?.problem).toContain('twice')
  expect(problemsOf(load('{ // hello\n }'))[0]?.problem).toContain('comments')
  expect(problemsOf(load('{ "a": 1, }'))[0]?.mend).toContain('comma')
  expect(problemsOf(load(''))[0]?.problem).toContain('ends too early')
})

test('a file that is not there is reported, not thrown', () => {
  expect(problemsOf(loadConfig(join(folder, 'none.json'), env))[0]).toMatchObject({
    path: join(folder, 'none.json'),
    problem: 'there is no such file',
  })
})

test('references: files, credentials of systemd, escapes, empty values', () => {
  writeFileSync(join(folder, 'token'), 'from-a-file\n', { mode: 0o600 })
  const config = example()
  const tokenFor = (token: string, more: Record<string, string> = {}) =>
    configOf(load({ ...config, slack: [{ name: 'acme', token }] }, { ...env, ...more })).slack[0]
      ?.token
  expect(tokenFor(`\${file:${folder}/token}`)).toBe('from-a-file')
  expect(tokenFor(`\${file:token}`)).toBe('from-a-file')
  expect(
    tokenFor(`\${file:\${CREDENTIALS_DIRECTORY}/token}`, { CREDENTIALS_DIRECTORY: folder }),
  ).toBe('from-a-file')
  expect(tokenFor(`$\${SLACK_TOKEN}`)).toBe(`\${SLACK_TOKEN}`)
  expect(tokenFor(`a \${SLACK_TOKEN} b`)).toBe(`a ${env.SLACK_TOKEN} b`)

  writeFileSync(join(folder, 'empty'), '\n')
  for (const [token, problem] of [
    [`\${EMPTY}`, 'the variable EMPTY is empty'],
    [`\${file:empty}`, 'is empty'],
    [`\${file:none}`, 'does not exist'],
    [`\${file:.}`, 'is a folder'],
    [`\${SLACK_TOKEN:default}`, 'can’t be read'],
    [`\${`, 'can’t be read'],
  ]) {
    const slack = [{ name: 'acme', token }]
    const problems = problemsOf(load({ ...config, slack }, { ...env, EMPTY: '' }))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ path: 'slack[0].token' })
    expect(problems[0]?.problem).toContain(problem)
  }
})

test('numbers and yes-or-no values may come from the environment', () => {
  const config = example()
  config.slack[0].poll_seconds = `\${EVERY}`
  config.people[0].approver = `\${MAY}`
  const given = configOf(load(config, { ...env, EVERY: '90', MAY: 'true' }))
  expect(given.slack[0]?.poll_seconds).toBe(90)
  expect(given.people[0]?.approver).toBe(true)
  expect(
    problemsOf(load(config, { ...env, EVERY: 'often', MAY: 'yes' })).map((p) => p.path),
  ).toEqual(['people[0].approver', 'slack[0].poll_seconds'])
  config.slack[0].poll_seconds = '90'
  expect(problemsOf(load(config, { ...env, MAY: 'true' }))[0]?.problem).toContain('number')
})

test('a literal secret is refused where others may read the file, and never repeated', () => {
  const secret = ['xoxb', '7'.repeat(12), 'a1B2'.repeat(6)].join('-')
  const config = example()
  config.slack[0].token = secret
  const mine = load(config)
  expect(mine.ok).toBe(true)
  expect(mine.warnings[0]).toMatchObject({ path: 'slack[0].token' })
  chmodSync(file(), 0o644)
  const shared = loadConfig(file(), env)
  expect(problemsOf(shared)[0]).toMatchObject({ path: 'slack[0].token' })
  expect(JSON.stringify(shared)).not.toContain(secret)
})

test('paths start from the file’s folder, state from the service’s', () => {
  expect(configOf(load(example())).state_dir).toBe(join(folder, 'state'))
  expect(configOf(load(example(), { ...env, STATE_DIRECTORY: '/var/lib/x' })).state_dir).toBe(
    '/var/lib/x',
  )
  const own = { ...example(), state_dir: 'here' }
  expect(configOf(load(own, { ...env, STATE_DIRECTORY: '/var/lib/x' })).state_dir).toBe(
    join(folder, 'here'),
  )
})

test('the watcher sees edits in place and edits by rename, good and bad', async () => {
  load(example())
  const seen: boolean[] = []
  const stop = new AbortController()
  const next = async (count: number) => {
    while (seen.length < count) await new Promise((r) => setTimeout(r, 20))
  }
  const ready = watchConfig(file(), (loaded) => void seen.push(loaded.ok), stop.signal, env)
  await ready
  for (const text of [JSON.stringify(example()), '{ "company": ', JSON.stringify(example())]) {
    const count = seen.length + 1
    writeFileSync(`${file()}.new`, text)
    renameSync(`${file()}.new`, file())
    await next(count)
  }
  writeFileSync(file(), '{}')
  await next(4)
  expect(seen).toEqual([true, false, true, false])
  stop.abort()
})
