import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { catalogue, urlOf } from '../src/model/catalogue.ts'
import { startFileServer } from './model/file-server.ts'
import { folder as freshFolder } from './support.ts'

const folder = freshFolder()
afterAll(() => rmSync(folder, { recursive: true }))

let server: Awaited<ReturnType<typeof startFileServer>> | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

/** Runs `model …` in a folder of its own, where without a config pulled files go to state/models. */
const run = (args: string[], cwd = folder) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const options = { cwd, env: { PATH: process.env.PATH } }
    const program = join(import.meta.dirname, '../scripts/porchlight')
    execFile(program, ['model', ...args], options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
    })
  })

const bytes = Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(100_000, 'not really a model ')])
const sha256 = createHash('sha256').update(bytes).digest('hex')

test('every known file is one commit of one repository, with size and hash well formed', () => {
  expect(catalogue.map(({ id }) => id)).toEqual([
    'smollm2-360m',
    'llama-3.2-1b',
    'smollm2-1.7b',
    'llama-3.2-3b',
    'mistral-7b-v0.3',
  ])
  for (const model of catalogue) {
    expect(urlOf(model)).toMatch(
      /^https:\/\/huggingface\.co\/[\w-]+\/[\w.-]+\/resolve\/[\da-f]{40}\/[\w.-]+\.gguf$/,
    )
    expect(model.sha256).toMatch(/^[\da-f]{64}$/)
    // Between 4 and 9 bits a weight, as the quantisation says.
    const bits = (8 * (model.size ?? 0)) / model.shape.parameters
    expect(bits).toBeGreaterThan(4)
    expect(bits).toBeLessThan(9)
  }
})

test('nothing goes out to a host that nobody named', async () => {
  const none = await run(['pull', 'llama-3.2-1b'])
  expect({ code: none.code, stdout: none.stdout }).toEqual({ code: 1, stdout: '' })
  expect(none.stderr).toContain('"download_hosts": ["huggingface.co"]')
  expect(none.stderr).toContain('--url https://huggingface.co/')
  expect(existsSync(join(folder, 'state'))).toBe(false)

  const config = JSON.parse(readFileSync('config.example.json', 'utf8'))
  const file = join(folder, 'other.json')
  const secrets = { slack: [], gmail: [], notify: { console: true }, cloudtrail: [{ name: 'a' }] }
  const model = { download_hosts: ['models.example'] }
  writeFileSync(file, JSON.stringify({ ...config, ...secrets, model, state_dir: 'there' }))
  const other = await run(['pull', 'llama-3.2-1b', '--config', file])
  expect(other.code).toBe(1)
  expect(other.stderr).toContain(file)
})

test('slips are answered with what was meant', async () => {
  expect((await run(['pul'])).stderr).toContain('model pull')
  expect((await run(['pull'])).stderr).toContain('mistral-7b-v0.3')
  expect((await run(['pull', 'lama-3.2-1b'])).stderr).toContain('Did you mean llama-3.2-1b?')
  expect((await run(['pull', 'x', '--url', 'http://a.example/x'])).stderr).toContain('https')
  expect((await run(['verify', 'none.gguf'])).stderr).toContain('no file')
  expect((await run(['verify', '--sha256', 'abc'])).stderr).toContain('64 hex digits')
  const away = await run(['pull', '../../up', '--url', 'http://127.0.0.1:1/x'])
  expect(away).toMatchObject({ code: 1, stderr: expect.stringContaining('no name for a model') })
})

test('pull, and verify before and after damage', async () => {
  server = await startFileServer(() => ({ bytes, etag: '"one"' }))
  const path = join(folder, 'state/models/mine.gguf')
  const unverified = await run(['pull', 'mine', '--url', server.url])
  expect(unverified.code).toBe(0)
  expect(unverified.stdout).toContain(sha256)
  expect(unverified.stdout).toContain('UNVERIFIED')
  expect(unverified.stdout).toContain(`"path": ${JSON.stringify(path)}`)
  const unknown = JSON.parse((await run(['verify', 'mine.gguf', '--json'])).stdout)
  expect(unknown).toMatchObject({ ok: true, files: [{ path, state: 'unknown' }] })

  rmSync(path)
  const verified = await run(['pull', 'mine', '--url', server.url, '--sha256', sha256])
  expect(verified.stdout).not.toContain('UNVERIFIED')
  const all = JSON.parse((await run(['verify', '--json'])).stdout)
  expect(all.ok).toBe(true)
  // The two that ship, and this one.
  expect(all.files.map((f: { state: string }) => f.state)).toEqual([
    ...['right', 'right', 'right', 'right', 'right'],
  ])

  writeFileSync(path, bytes.fill('X', 50_000, 50_001))
  const damaged = await run(['verify'])
  expect(damaged.code).toBe(1)
  expect(damaged.stdout).toMatch(/^wrong .*mine\.gguf.*you, when it was pulled/m)
})

test('a wrong hash ends with 1, says what to do, and leaves nothing', async () => {
  server = await startFileServer(() => ({ bytes, etag: '"one"' }))
  const wrong = await run(['pull', 'bad', '--url', server.url, '--sha256', 'a'.repeat(64)])
  expect(wrong.code).toBe(1)
  expect(wrong.stderr).toContain('It was deleted')
  expect(existsSync(join(folder, 'state/models/bad.gguf.part'))).toBe(false)
})

test('list: what is here, what each would cost, and how that was found', async () => {
  const models = join(folder, 'state/models')
  mkdirSync(models, { recursive: true })
  writeFileSync(join(models, 'Llama-3.2-1B-Instruct-Q4_K_M.gguf.part'), Buffer.alloc(8_100_000))
  const { code, stdout } = await run(['list', '--json'])
  expect(code).toBe(0)
  const { speed, models: rows } = JSON.parse(stdout)
  expect(speed.how).toMatch(/timing|guess/)
  const bySize = rows.filter((r: { memory: unknown }) => r.memory)
  expect(bySize.length).toBeGreaterThanOrEqual(6)
  for (const { memory, seconds, seconds_writing, size } of bySize) {
    expect(memory[0]).toBeGreaterThan(size)
    expect(memory[1]).toBeGreaterThan(memory[0])
    expect(seconds[0]).toBeGreaterThan(0)
    expect(seconds[1]).toBeGreaterThanOrEqual(seconds[0])
    expect(seconds_writing[1]).toBeGreaterThan(seconds[1])
  }
  const table = (await run(['list'])).stdout
  expect(table).toMatch(/^llama-3\.2-1b +Llama 3\.2 1B Instruct +808 MB +1 % /m)
  expect(table).toMatch(/smollm2-135m-instruct.* yes +always/)
  expect(table).toContain('Estimates are for this machine')
})
