import { execFile, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { type PullOptions, pull } from '../../src/model/pull.ts'
import { type Answer, startFileServer } from './file-server.ts'
import { until } from './until.ts'

const base = mkdtempSync(join(tmpdir(), 'pull-'))
afterAll(() => rmSync(base, { recursive: true }))

/** A file that says it is GGUF and is otherwise noise; 3 MB unless told. */
function noise(seed: number, size = 3_000_000): Buffer {
  const bytes = Buffer.alloc(size)
  for (let i = 0, x = seed + 1; i < size; i++) {
    x = (x * 48_271) % 2_147_483_647
    bytes[i] = x & 255
  }
  bytes.write('GGUF')
  return bytes
}
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const model = noise(1)
const sha256 = hashOf(model)
const quick = { tries: 3, backoff: { first: 1, most: 5 }, reserve: 0 }

let server: Awaited<ReturnType<typeof startFileServer>> | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

/** First byte that a request asked for. */
const startOf = (request: { range: string | undefined } | undefined) =>
  Number(/\d+/.exec(request?.range ?? '')?.[0] ?? 0)

/** Pulls from a server that answers so, in turn, the last answer again and again. */
async function pulling(answers: Partial<Answer>[], more: Partial<PullOptions> = {}) {
  const all = answers.map((answer) => ({ bytes: model, etag: '"one"', ...answer }))
  server = await startFileServer((n) => (all[n - 1] ?? all.at(-1)) as Answer)
  const folder = more.folder ?? mkdtempSync(join(base, 'models-'))
  const remarks: string[] = []
  const result = pull({
    url: server.url,
    folder,
    file: 'model.gguf',
    size: model.length,
    sha256,
    signal: AbortSignal.timeout(30_000),
    onProgress: (_, __, remark) => remark && remarks.push(remark),
    ...quick,
    ...more,
  })
  return {
    result,
    folder,
    remarks,
    asked: server.asked,
    path: join(folder, 'model.gguf'),
    part: join(folder, 'model.gguf.part'),
  }
}

describe('a good server', () => {
  test('the file is there, whole and verified, and nothing half is left', async () => {
    const { result, path, folder } = await pulling([{}])
    expect(await result).toEqual({
      path,
      size: model.length,
      sha256,
      verified: true,
      already: false,
    })
    expect(readFileSync(path).equals(model)).toBe(true)
    expect(statSync(path).mode & 0o077).toBe(0)
    expect(readdirSync(folder).sort()).toEqual(['model.gguf', 'model.gguf.json'])
  })

  test('without a known hash it is there, and said to be unverified', async () => {
    const { result } = await pulling([{ chunked: true }], { sha256: null, size: null })
    expect(await result).toMatchObject({ sha256, verified: false })
  })

  test('a file that is there and right is not fetched again; a wrong one is replaced', async () => {
    const { result, folder, path } = await pulling([{}])
    await result
    await server?.close()
    const again = await pulling([{}], { folder })
    expect(await again.result).toMatchObject({ already: true, verified: true })
    expect(again.asked).toHaveLength(0)
    await server?.close()
    writeFileSync(path, noise(9, 1000))
    const replaced = await pulling([{}], { folder })
    expect(await replaced.result).toMatchObject({ already: false, verified: true })
  })
})

describe('resuming', () => {
  test('[fault] a cut connection goes on where it stopped, if the version is the same', async () => {
    const { result, asked, path } = await pulling([
      { cutAfter: 1_000_000 },
      { cutAfter: 500_000 },
      {},
    ])
    await result
    expect(readFileSync(path).equals(model)).toBe(true)
    expect(asked[0]).toEqual({ range: undefined, ifRange: undefined })
    // Of what was sent before a cut the last may be lost.
    const [first = 0, second = 0] = asked.slice(1).map(startOf)
    expect(asked.slice(1).map(({ ifRange }) => ifRange)).toEqual(['"one"', '"one"'])
    expect(first).toBeGreaterThan(0)
    expect(first).toBeLessThanOrEqual(1_000_000)
    expect(second).toBeGreaterThan(first)
    expect(second).toBeLessThanOrEqual(first + 500_000)
  })

  test('[fault] another version meanwhile: from the start, and only that version', async () => {
    const other = noise(2)
    const changed = { bytes: other, etag: '"two"' }
    const known = { size: other.length, sha256: hashOf(other) }
    const { result, path, remarks } = await pulling([{ cutAfter: 1_000_000 }, changed], known)
    await result
    expect(readFileSync(path).equals(other)).toBe(true)
    expect(remarks.join()).toContain('whole file')
  })

  test('[fault] a server that ignores If-Range can’t mix two versions', async () => {
    const other = noise(2)
    const answers = [{ cutAfter: 1_000_000 }, { bytes: other, etag: '"two"', noIfRange: true }]
    const { result, path } = await pulling(answers, { size: null, sha256: null })
    await result
    expect(readFileSync(path).equals(other)).toBe(true)
  })

  test('[fault] neither ETag nor hash: what has come is not built upon', async () => {
    const unsure = { size: null, sha256: null }
    const answers = [{ etag: '', cutAfter: 1_000_000 }, { etag: '' }]
    const { result, asked, path } = await pulling(answers, unsure)
    await result
    expect(asked[1]?.range).toBeUndefined()
    expect(readFileSync(path).equals(model)).toBe(true)
  })

  test('[fault] a server without Range: from the start', async () => {
    const { result, path, asked } = await pulling([
      { noRange: true, cutAfter: 1_000_000 },
      { noRange: true },
    ])
    await result
    expect(asked[1]?.range).toMatch(/^bytes=\d+-$/)
    expect(readFileSync(path).equals(model)).toBe(true)
  })

  test('[fault] silence counts as cut', async () => {
    const { result, path, remarks } = await pulling([{ silentAfter: 500_000 }, {}], {
      silence: 200,
    })
    await result
    expect(remarks.join()).toContain('nothing came')
    expect(readFileSync(path).equals(model)).toBe(true)
  })

  test('[fault] it gives up after so many tries that bring nothing, and keeps what has come', async () => {
    const { result, part, asked } = await pulling([{ cutAfter: 700_000 }, { cutAfter: 0 }])
    await expect(result).rejects.toMatchObject({
      permanent: false,
      message: expect.stringContaining('3 tries'),
      mend: expect.stringContaining('again'),
    })
    expect(asked).toHaveLength(3)
    expect(statSync(part).size).toBe(startOf(asked[2]))
    expect(statSync(part).size).toBeGreaterThan(0)
  })

  test('[fault] a busy server is asked again, when it says', async () => {
    const busy = { status: 503, headers: { 'retry-after': '1' } }
    const started = performance.now()
    const { result } = await pulling([busy, {}])
    await result
    expect(performance.now() - started).toBeGreaterThan(950)
  })

  test.each([
    ['known', model.length, 0],
    ['unknown', null, 1],
  ])('a half file that is whole needs no more bytes; size %s', async (_, size, requests) => {
    const { result, folder, path, part } = await pulling([{}])
    await result
    await server?.close()
    const url = `${server?.url}`
    // As after a kill between the last byte and the rename.
    writeFileSync(part, model)
    writeFileSync(`${part}.json`, JSON.stringify({ url, etag: '"one"' }))
    rmSync(path)
    const port = Number(new URL(url).port)
    server = await startFileServer(() => ({ bytes: model, etag: '"one"' }), port)
    expect(
      await pull({
        ...{ url, folder, file: 'model.gguf', size, sha256, ...quick },
        signal: AbortSignal.timeout(10_000),
      }),
    ).toMatchObject({ verified: true })
    expect(server.asked).toHaveLength(requests)
  })

  test('[kill] killed in the middle, the next pull goes on', async () => {
    server = await startFileServer((n) => ({
      bytes: model,
      etag: '"one"',
      ...(n === 1 && { slow: 20_000 }),
    }))
    const folder = mkdtempSync(join(base, 'models-'))
    const options = { url: server.url, folder, file: 'model.gguf', size: model.length, sha256 }
    const child = spawn(process.execPath, [pullScript({ ...options, ...quick })])
    const part = join(folder, 'model.gguf.part')
    await until(() => (statSync(part, { throwIfNoEntry: false })?.size ?? 0) > 300_000)
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('exit', resolve))
    const kept = statSync(part).size
    expect(kept).toBeLessThan(model.length)
    expect(existsSync(join(folder, 'model.gguf'))).toBe(false)
    await pull({ ...options, ...quick, signal: AbortSignal.timeout(10_000) })
    expect(server.asked[1]).toEqual({ range: `bytes=${kept}-`, ifRange: '"one"' })
    expect(readFileSync(join(folder, 'model.gguf')).equals(model)).toBe(true)
  })
})

describe('what is wrong', () => {
  const refused = async (
    answer: Partial<Answer>,
    words: string,
    more: Partial<PullOptions> = {},
  ) => {
    const { result, path, part, asked } = await pulling([answer], more)
    await expect(result).rejects.toMatchObject({
      name: 'ServiceError',
      permanent: true,
      message: expect.stringContaining(words),
      mend: expect.any(String),
    })
    expect(existsSync(path)).toBe(false)
    expect(asked.length).toBeLessThanOrEqual(1)
    return part
  }

  test('[fault] a wrong hash: the half file is deleted, and both hashes are named', async () => {
    const other = noise(3)
    const part = await refused({ bytes: other }, hashOf(other))
    expect(existsSync(part)).toBe(false)
    expect(existsSync(`${part}.json`)).toBe(false)
  })

  test('[fault] another size, more than was told, a web page, a login, no GGUF', async () => {
    await refused({ bytes: noise(1, 5000) }, 'offers 5000 bytes')
    await refused({ bytes: noise(1, 4_000_000), chunked: true }, 'more than')
    await refused({ headers: { 'content-type': 'text/html; charset=utf-8' } }, 'web page')
    await refused({ headers: { 'content-encoding': 'gzip' } }, 'compressed')
    await refused({ status: 403 }, 'login')
    await refused({ status: 404 }, '404')
    const text = Buffer.from('Entry not found')
    await refused({ bytes: text }, 'no GGUF', { size: null, sha256: null })
  })

  test('a redirect to plain http, to nowhere, or on and on is not followed', async () => {
    const to = (location: string) => ({ status: 302, headers: { location } })
    await refused(to('http://models.example/model.gguf'), 'without https')
    await refused(to('/other.gguf'), 'without https')
    await refused(to('file:///etc/passwd'), 'without https')
    await refused(to('https://'), 'nowhere')
  })

  test('only https, or this machine’s own network, without a password', async () => {
    const none = async (url: string, words: string) =>
      expect(
        pull({
          ...{ url, folder: base, file: 'm.gguf', size: null, sha256: null },
          signal: AbortSignal.timeout(1000),
        }),
      ).rejects.toMatchObject({ permanent: true, message: expect.stringContaining(words) })
    await none('http://models.example/m.gguf', 'https')
    await none('ftp://models.example/m.gguf', 'https')
    await none('models.example', 'https')
    await none(`https://ana:${'x'.repeat(8)}@models.example/m.gguf`, 'password')
  })

  test.each([
    '../model.gguf',
    'a/model.gguf',
    '/etc/model.gguf',
    '.model.gguf',
    'model.gguf/..',
    '..\\model.gguf',
    'model\0.gguf',
    'model.json',
    `${'m'.repeat(200)}.gguf`,
    '',
  ])('a name that could leave its folder is refused: %j', async (file) => {
    const folder = mkdtempSync(join(base, 'names-'))
    const { result, asked } = await pulling([{}], { file, folder: join(folder, 'models') })
    await expect(result).rejects.toMatchObject({ permanent: true, mend: expect.any(String) })
    expect(asked).toHaveLength(0)
    expect(readdirSync(folder)).toEqual([])
  })

  test('a link in the folder is not written through', async () => {
    const folder = mkdtempSync(join(base, 'links-'))
    const victim = join(base, 'victim')
    writeFileSync(victim, 'mine')
    symlinkSync(victim, join(folder, 'model.gguf.part'))
    const half = await pulling([{}], { folder })
    await expect(half.result).rejects.toThrow('ELOOP')
    await server?.close()
    symlinkSync(victim, join(folder, 'other.gguf'))
    const whole = await pulling([{}], { folder, file: 'other.gguf' })
    await expect(whole.result).rejects.toMatchObject({ permanent: true })
    expect(readFileSync(victim, 'utf8')).toBe('mine')
  })

  test('stopping keeps what has come', async () => {
    const stop = new AbortController()
    const { result, part } = await pulling([{ slow: 20_000 }], {
      signal: stop.signal,
      onProgress: (have) => have > 300_000 && stop.abort(new Error('stopped')),
    })
    await expect(result).rejects.toThrow('stopped')
    expect(statSync(part).size).toBeGreaterThan(300_000)
  })
})

/** A program that pulls with these options and prints how it went. */
function pullScript(options: Partial<PullOptions>): string {
  const file = join(mkdtempSync(join(base, 'script-')), 'pull.ts')
  const door = fileURLToPath(new URL('../../src/model/pull.ts', import.meta.url))
  writeFileSync(
    file,
    `import { pull } from ${JSON.stringify(door)}
const signal = AbortSignal.timeout(20_000)
const said = await pull({ ...${JSON.stringify(options)}, signal }).catch((error) => ({
  permanent: error.permanent, message: error.message, mend: error.mend }))
console.log(JSON.stringify(said))`,
  )
  return file
}

const shell = (script: string, env: Record<string, string> = {}) =>
  new Promise<string>((resolve, reject) => {
    execFile('sh', ['-c', script], { env: { ...process.env, ...env } }, (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message}\n${stderr}`)) : resolve(stdout),
    )
  })

function possible(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe('disk full', () => {
  const mount = 'mount -t tmpfs -o size=2m tmpfs'
  const mounts = possible('unshare', ['-rm', 'sh', '-c', `${mount} /mnt`])

  test.skipIf(!mounts)(
    '[fault] a real full disk of 2 MB: said so, kept, and gone on with',
    async () => {
      server = await startFileServer(() => ({ bytes: model, etag: '"one"', chunked: true }))
      const folder = join(base, 'tmpfs')
      mkdirSync(folder)
      const script = pullScript({
        ...{ url: server.url, folder, file: 'model.gguf', size: null, sha256, ...quick },
      })
      const run = `${process.execPath} ${script}`
      const lines = await shell(
        `exec unshare -rm sh -ec '${mount} ${folder}; ${run}; wc -c <${folder}/model.gguf.part
        mount -o remount,size=8m ${folder}; ${run}'`,
      )
      const [failed, size, done] = lines.trim().split('\n')
      expect(JSON.parse(failed ?? '')).toMatchObject({
        permanent: true,
        message: expect.stringContaining('ENOSPC'),
        mend: expect.stringContaining('Make room'),
      })
      expect(Number(size)).toBeGreaterThan(1_500_000)
      expect(server.asked[1]?.range).toBe(`bytes=${Number(size)}-`)
      expect(JSON.parse(done ?? '')).toMatchObject({ sha256, verified: true })
    },
  )

  test('[fault] a limit on the size of files (ulimit -f, EFBIG) is the same', async () => {
    server = await startFileServer(() => ({ bytes: model, etag: '"one"' }))
    const folder = mkdtempSync(join(base, 'limit-'))
    const options = { url: server.url, folder, file: 'model.gguf', size: model.length, sha256 }
    // In blocks of 512 bytes, as POSIX has it, or of 1,024 in some shells.
    const said = await shell(
      `ulimit -f 2000; exec ${process.execPath} ${pullScript({ ...options, ...quick })}`,
    )
    expect(JSON.parse(said)).toMatchObject({
      permanent: true,
      message: expect.stringContaining('EFBIG'),
      mend: expect.stringContaining('Make room'),
    })
    const kept = statSync(join(folder, 'model.gguf.part')).size
    expect(kept).toBeGreaterThan(500_000)
    await pull({ ...options, ...quick, signal: AbortSignal.timeout(10_000) })
    expect(server.asked[1]?.range).toBe(`bytes=${kept}-`)
  })

  test('what would not fit is not begun', async () => {
    const { result, part } = await pulling([{}], { reserve: 1e18 })
    await expect(result).rejects.toMatchObject({ message: expect.stringContaining('no room') })
    expect(statSync(part).size).toBe(0)
  })
})

const openssl = possible('openssl', ['version'])

test.skipIf(!openssl)('redirects to https are followed', async () => {
  const folder = mkdtempSync(join(base, 'tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=DNS:localhost'],
    ],
    { stdio: 'ignore' },
  )
  const secure = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) =>
    response.writeHead(200, { etag: '"s"', 'content-length': model.length }).end(model),
  )
  await new Promise<void>((resolve) => secure.listen(0, resolve))
  const { port } = secure.address() as AddressInfo
  const location = `https://localhost:${port}/model.gguf`
  server = await startFileServer(() => ({ bytes: model, status: 302, headers: { location } }))
  const options = { url: server.url, folder, file: 'model.gguf', size: model.length, sha256 }
  const run = `exec ${process.execPath} ${pullScript({ ...options, ...quick })}`
  const trusted = await shell(run, { NODE_EXTRA_CA_CERTS: cert })
  expect(JSON.parse(trusted)).toMatchObject({ verified: true })
  rmSync(join(folder, 'model.gguf'))
  // A certificate nobody vouches for is no way in.
  expect(JSON.parse(await shell(run))).toMatchObject({
    message: expect.stringContaining('certificate'),
  })
  secure.close()
  secure.closeAllConnections()
})
