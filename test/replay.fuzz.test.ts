import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseJson } from '../src/config/json.ts'
import { readExports } from '../src/replay.ts'
import { recordsIn } from '../src/sources/formats/json.ts'

const numRuns = Number(process.env.FUZZ_RUNS ?? 1000)
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'porchlight-fuzz-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function texts(bytes: Buffer, chunk: number): Promise<string[]> {
  const chunks = []
  for (let i = 0; i < bytes.length; i += chunk) chunks.push(bytes.subarray(i, i + chunk))
  const out = []
  for await (const { text, error } of recordsIn(Readable.from(chunks))) {
    expect(error).toBeNull()
    out.push(JSON.parse(text))
  }
  return out
}

test('records are found whole, however the export wraps, spaces and cuts them', async () => {
  const record = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }), { minKeys: 1 }).filter(
    // A record that is itself a wrapper is one.
    (r) => !('Records' in r) && !('Events' in r),
  )
  const indent = fc.constantFrom(0, 1, 4)
  await fc.assert(
    fc.asyncProperty(
      fc.array(record, { minLength: 1, maxLength: 5 }),
      fc.constantFrom('Records', 'Events', 'list', 'lines'),
      indent,
      fc.integer({ min: 1, max: 64 }),
      async (records, form, space, chunk) => {
        const text =
          form === 'lines'
            ? records.map((r) => JSON.stringify(r, null, space)).join('\n')
            : JSON.stringify(form === 'list' ? records : { [form]: records }, null, space)
        expect(await texts(Buffer.from(text), chunk)).toEqual(
          records.map((r) => JSON.parse(JSON.stringify(r))),
        )
      },
    ),
    { numRuns },
  )
})

test('any bytes at all are read without a throw, as every kind of export', async () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('{"Records":[', '{"Events":[', ']}', '{', '}', '[', ']', '"', '\\', ',', '\n'),
    fc.constantFrom('From a\n', 'From: a@b\r\n', '\r\n\r\n', '{"eventID":1}', '{"ts":"1.000001"}'),
    fc.json(),
  )
  const bytes = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((list) => Buffer.from(list.join(''))),
    fc.uint8Array({ maxLength: 200 }).map((list) => Buffer.from(list)),
  )
  const kinds = [
    ['any.json', 'cloudtrail'],
    ['any.eml', 'mail'],
    ['any.mbox', 'mail'],
    ['any.json', 'slack'],
  ] as const
  await fc.assert(
    fc.asyncProperty(bytes, fc.constantFrom(...kinds), async (content, [name, kind]) => {
      const path = join(folder, name)
      writeFileSync(path, content)
      for await (const entry of readExports([path], kind, []))
        expect('error' in entry ? entry.error : entry.event.metadata.uid).not.toBe('')
    }),
    { numRuns },
  )
})

test('the config’s JSON reader accepts exactly what JSON.parse does, but for keys used twice', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"a"',
    '"b"',
    '1',
    '-0.5e3',
    'true',
    ' ',
  )
  const text = fc.oneof(
    fc.json(),
    fc.json().map((t) => t.slice(0, -1)),
    fc.array(piece, { maxLength: 12 }).map((list) => list.join('')),
    fc.string(),
  )
  fc.assert(
    fc.property(text, (t) => {
      const read = parseJson(t)
      let valid = true
      try {
        JSON.parse(t)
      } catch {
        valid = false
      }
      if (read.ok) expect(valid).toBe(true)
      else if (valid) expect(read.problem.problem).toMatch(/stands here twice|nested too deep/)
    }),
    { numRuns },
  )
})
