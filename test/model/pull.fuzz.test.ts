import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { ServiceError } from '../../src/core/error.ts'
import { pull } from '../../src/model/pull.ts'
import { type Answer, startFileServer } from './file-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'pull-'))
afterAll(() => rmSync(folder, { recursive: true }))

const versions = ['first', 'second version'].map((text) => Buffer.from(`GGUF ${text} `.repeat(20)))
const size = Math.max(...versions.map((bytes) => bytes.length))
const hashes = versions.map((bytes) => createHash('sha256').update(bytes).digest('hex'))

const contentRange = fc.oneof(
  fc.constantFrom('bytes 0-9/10', 'bytes */10', 'bytes 5-/10', 'bytes 9-5/3', 'bytes 0-9/*', ''),
  fc.string({ unit: fc.constantFrom(...'bytes 0123456789-/*'), maxLength: 24 }),
)
const answer: fc.Arbitrary<Answer> = fc
  .record(
    {
      version: fc.nat(1),
      etag: fc.constantFrom('"v0"', '"v1"', 'W/"v"', '', 'of the version'),
      noRange: fc.boolean(),
      noIfRange: fc.boolean(),
      chunked: fc.boolean(),
      cutAfter: fc.nat(size),
      status: fc.constantFrom(200, 206, 302, 404, 416, 500),
      range: contentRange,
      location: fc.constantFrom('/again', 'http://127.0.0.1:1/', '', 'https://['),
    },
    { requiredKeys: ['version', 'etag'] },
  )
  .map(({ version, etag, range, location, ...rest }) => ({
    ...rest,
    bytes: versions[version] as Buffer,
    etag: etag === 'of the version' ? `"v${version}"` : etag,
    headers: {
      ...(range !== undefined && { 'content-range': range }),
      ...(location !== undefined && { location }),
    },
  }))

test('whatever a server answers: the very file that was asked for, or an error that says why', async () => {
  let answers: Answer[] = []
  const server = await startFileServer(() => answers.shift() ?? { bytes: versions[0] as Buffer })
  let n = 0
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 5 }), async (plan) => {
      answers = [...plan]
      n += 1
      const file = `m${n}.gguf`
      const path = join(folder, file)
      const options = { url: server.url, folder, file, size: null, sha256: hashes[0] as string }
      const signal = AbortSignal.timeout(20_000)
      const quick = { tries: 3, backoff: { first: 0, most: 0 }, reserve: 0 }
      const found = await pull({ ...options, ...quick, signal }).catch((error: unknown) => error)
      if (found instanceof Error) {
        expect(found).toBeInstanceOf(ServiceError)
        expect(existsSync(path)).toBe(false)
      } else expect(readFileSync(path).equals(versions[0] as Buffer)).toBe(true)
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 1000) },
  )
  await server.close()
})
