import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'porchlight-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const run = (args: string[], env: Record<string, string> = {}) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const options = { env: { PATH: process.env.PATH, ...env } }
    execFile('scripts/porchlight', args, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
    })
  })

const variables = {
  SLACK_TOKEN: 'a',
  GOOGLE_SERVICE_ACCOUNT: '{}',
  AWS_KEY_ID: 'b',
  AWS_SECRET: 'c',
}

test('version and help go to stdout, also as flags', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(await run(['version'])).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse((await run(['version', '--json'])).stdout)).toMatchObject({ version })
  const help = await run(['--help'])
  expect(help).toMatchObject({ code: 0, stderr: '' })
  for (const name of ['run', 'once', 'check-config', 'doctor', 'digest', 'replay', 'demo'])
    expect(help.stdout).toContain(name)
  expect((await run(['replay', '--help'])).stdout).toContain('--incidents FILE')
})

test('no command is an error that shows the commands on stderr', async () => {
  const { code, stdout, stderr } = await run([])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain('check-config')
})

test('slips of the finger are answered with the nearest word', async () => {
  expect((await run(['chek-config'])).stderr).toContain('Did you mean check-config?')
  expect((await run(['doctor', '--jsn'])).stderr).toContain('Did you mean --json?')
  expect((await run(['zzzzzzzzzzzz'])).stderr).toContain('help')
  expect((await run(['replay', '--source', 'fax', '.'])).stderr).toContain(
    'cloudtrail, mail, slack',
  )
  expect((await run(['demo', '--seed', 'x'])).stderr).toContain('--seed 7')
  expect((await run(['digest'])).stderr).toContain('digest --now')
})

test('check-config: 0 and a summary, or 78 and every mistake', async () => {
  const good = await run(['check-config', '--config', 'config.example.json'], variables)
  expect(good.code).toBe(0)
  expect(good.stdout).toContain('1 Slack workspace, 2 mailboxes, 1 AWS account')

  const file = join(folder, 'bad.json')
  const config = JSON.parse(readFileSync('config.example.json', 'utf8'))
  config.company.time_zone = 'Mars/Base'
  config.company.networks = ['10.0.0.300/8']
  config.people[0].emails = ['ana']
  config.slak = config.slack
  config.notify.slack.workspace = 'other'
  config.digest.at = 'noon'
  writeFileSync(file, JSON.stringify(config))
  const bad = await run(['check-config', '--config', file, '--json'], variables)
  expect(bad.code).toBe(78)
  const { problems } = JSON.parse(bad.stdout)
  expect(problems.map((p: { path: string }) => p.path).sort()).toEqual([
    'company.networks[0]',
    'company.time_zone',
    'digest.at',
    'notify.slack.workspace',
    'people[0].emails[0]',
    'slak',
  ])
})

test('commands that need a config end with 78 without one, and never with a stack', async () => {
  const none = join(folder, 'none.json')
  for (const args of [['run'], ['once', '--dry-run'], ['digest', '--now']]) {
    const { code, stdout, stderr } = await run([...args, '--config', none])
    expect({ code, stdout }).toEqual({ code: 78, stdout: '' })
    expect(stderr).toContain('config.example.json')
    expect(stderr).not.toMatch(/^\s+at /m)
  }
})

test('the config may be named by the environment', async () => {
  const env = { ...variables, PORCHLIGHT_CONFIG: 'config.example.json' }
  expect((await run(['check-config'], env)).code).toBe(0)
})

test('doctor looks at the machine even where the config is broken', async () => {
  const { code, stdout } = await run(['doctor', '--json', '--config', join(folder, 'none.json')])
  expect(code).toBe(78)
  const { ok, checks } = JSON.parse(stdout)
  expect(ok).toBe(false)
  const names = checks.map((c: { name: string }) => c.name)
  expect(names).toEqual(expect.arrayContaining(['node', 'memory', 'config', 'model']))
})

test('output that nobody reads to the end is no error', async () => {
  const { stdout } = await new Promise<{ stdout: string }>((resolve) =>
    execFile('sh', ['-c', 'scripts/porchlight help | head -1; exit 0'], (_, stdout) =>
      resolve({ stdout }),
    ),
  )
  expect(stdout).toContain('porchlight')
})
