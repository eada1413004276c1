import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ReplayLine, readExports, replay } from '../src/replay.ts'
import type { ExportKind } from '../src/sources/formats/inputs.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'porchlight-replay-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
  return path
}

async function lines(paths: string[], source: ExportKind | null = null, more = {}) {
  const out: ReplayLine[] = []
  const options = {
    paths,
    source,
    config: null,
    ear: null,
    log: () => {},
    incidentsFile: null,
    signal: new AbortController().signal,
    ...more,
  }
  for await (const line of replay(options)) out.push(line)
  return out
}

async function entries(paths: string[], source: ExportKind | null = null) {
  const out = []
  for await (const entry of readExports(paths, source, [])) out.push(entry)
  return out
}

const record = (eventID: string | undefined, more: Record<string, unknown> = {}) => ({
  eventVersion: '1.08',
  userIdentity: { type: 'Root', accountId: '210987654321', arn: 'arn:aws:iam::210987654321:root' },
  eventTime: '2026-11-20T10:02:03Z',
  eventSource: 'cloudtrail.amazonaws.com',
  eventName: 'StopLogging',
  awsRegion: 'eu-west-1',
  sourceIPAddress: '198.51.100.7',
  userAgent: 'a "quoted" [user] {agent}, \\ and more',
  recipientAccountId: '210987654321',
  ...(eventID === undefined ? {} : { eventID }),
  ...more,
})
const uid = (id: string) => `cloudtrail:210987654321:${id}`
const records = [
  record('a'),
  record('b', { eventName: 'ListBuckets', readOnly: true }),
  record('c'),
]

test('every form of a CloudTrail export gives the same lines', async () => {
  const wrapped = JSON.stringify({ Records: records })
  const files = {
    'plain.json': wrapped,
    'pretty.json': JSON.stringify({ Records: records }, null, 2),
    'packed.json.gz': gzipSync(wrapped),
    'lines.jsonl': records.map((r) => `${JSON.stringify(r)}\r\n`).join(''),
    'lines-no-end.jsonl': records.map((r) => JSON.stringify(r)).join('\n\n'),
    'list.json': JSON.stringify(records, null, 1),
    'one-after-the-other.json': records.map((r) => JSON.stringify(r, null, 4)).join('\n'),
    'lookup.json': JSON.stringify({
      Events: records.map((r) => ({ EventId: r.eventID, CloudTrailEvent: JSON.stringify(r) })),
      NextToken: 'more',
    }),
    'lookup-token-first.json': JSON.stringify({
      NextToken: 'more',
      Events: records.map((r) => ({ CloudTrailEvent: JSON.stringify(r) })),
    }),
    'wrapped-lines.jsonl': records.map((r) => JSON.stringify({ Records: [r] })).join('\n'),
  }
  const expected = await lines([write('first.json', files['plain.json'])])
  expect(expected.map((l) => l.uid)).toEqual(['a', 'b', 'c'].map(uid))
  expect(expected[0]).toMatchObject({
    source: 'cloudtrail',
    time: '2026-11-20T10:02:03.000Z',
    incident: expect.any(String),
  })
  expect(expected[0]?.findings.length).toBeGreaterThan(0)
  for (const [name, content] of Object.entries(files))
    expect(await lines([write(name, content)]), name).toEqual(expected)
})

test('folders are read in sorted order, and only what looks like an export', async () => {
  write('logs/b/2.json', JSON.stringify({ Records: [record('second')] }))
  write('logs/a/1.json.gz', gzipSync(JSON.stringify({ Records: [record('first')] })))
  write('logs/c.jsonl', JSON.stringify(record('third')))
  write('logs/notes.txt', 'nothing')
  expect((await lines([join(folder, 'logs')])).map((l) => l.uid)).toEqual(
    ['first', 'second', 'third'].map(uid),
  )
})

test('broken records keep their place, with an error that does not repeat them', async () => {
  const secret = ['hunter', '2'.repeat(30)].join('')
  const text = [
    JSON.stringify(record('a')),
    `{"eventID": "b", "password": "${secret}`,
    '42',
    JSON.stringify({ hello: 1 }),
    JSON.stringify({ CloudTrailEvent: `{"password": "${secret}"` }),
    JSON.stringify(record('c')),
  ].join('\n')
  const out = await lines([write('broken.jsonl', text)])
  expect(out.map((l) => l.error !== undefined)).toEqual([false, true, true, true, true, false])
  expect(out.map((l) => [l.time === null, l.incident === null])).toEqual([
    [false, false],
    [true, true],
    [true, true],
    [true, true],
    [true, true],
    [false, false],
  ])
  expect(JSON.stringify(out)).not.toContain(secret)
  expect(out[2]?.uid).toBe(createHash('sha256').update('42').digest('hex'))
})

test('a document that breaks off gives what it held and one error', async () => {
  const whole = JSON.stringify({ Records: records })
  const out = await lines([write('cut.json', whole.slice(0, -60))])
  expect(out.map((l) => l.error !== undefined)).toEqual([false, false, true])
  const packed = gzipSync(JSON.stringify({ Records: records }))
  const short = await lines([write('cut.json.gz', packed.subarray(0, packed.length - 20))])
  expect(short.at(-1)?.error).toContain('can’t be read')
  expect(await lines([write('empty.json', '')])).toEqual([])
})

test('ids: a missing one is a hash, one used twice is numbered, the same record stays the same', async () => {
  const other = record('a', { eventName: 'DeleteTrail' })
  const third = record('a', { eventName: 'UpdateTrail' })
  const all = [record('a'), other, record('a'), third, other, record(undefined)]
  const file = write('ids.jsonl', all.map((r) => JSON.stringify(r)).join('\n'))
  const hash = createHash('sha256')
    .update(JSON.stringify(record(undefined)))
    .digest('hex')
  expect((await lines([file])).map((l) => l.uid)).toEqual(
    ['a', 'a#2', 'a', 'a#3', 'a#2', hash].map(uid),
  )
})

test('times other tools wrote are understood; a missing one is null and judged all the same', async () => {
  const odd = [
    record('a', { eventTime: '2022-09-29 23:04:35.000000000' }),
    record('b', { eventTime: undefined }),
    record('c', { eventTime: 'redacted' }),
  ]
  const out = await lines([write('times.json', JSON.stringify({ Records: odd }))])
  expect(out.map((l) => l.time)).toEqual(['2022-09-29T23:04:35.000Z', null, null])
  for (const line of out) expect(line.findings.length).toBeGreaterThan(0)
})

const mail = (subject: string) =>
  [
    'Received: by mx.acme.example; Fri, 20 Nov 2026 10:00:00 +0000',
    'Delivered-To: ana@acme.example',
    'From: Ben <ben@other.example>',
    'To: ana@acme.example',
    `Subject: ${subject}`,
    '',
    `Hello, ${subject}.`,
    '',
  ].join('\r\n')

test('mail: one file each, folders sorted, the uid is the path as given', async () => {
  write('box/b.eml', mail('two'))
  write('box/a/x.eml', mail('one'))
  const box = join(folder, 'box')
  const out = await lines([box])
  expect(out.map((l) => [l.uid, l.source, l.time])).toEqual([
    [join(box, 'a/x.eml'), 'mail', '2026-11-20T10:00:00.000Z'],
    [join(box, 'b.eml'), 'mail', '2026-11-20T10:00:00.000Z'],
  ])
})

test('mail: an mbox file is cut into its messages', async () => {
  const text = ['one', 'two', 'three']
    .map((s) => `From ben@other.example Fri Nov 20 10:00:00 2026\n${mail(s)}\n>From here on\n`)
    .join('\n')
  const file = write('old.mbox', text)
  const found = await entries([file])
  expect(found.map((e) => 'event' in e && e.event.metadata.uid)).toEqual(
    [1, 2, 3].map((n) => `${file}#${n}`),
  )
  expect(found[1]).toMatchObject({ event: { email: { subject: 'two' } } })
  expect('event' in (found[1] as object) && JSON.stringify(found[1])).toContain('\\nFrom here on')
})

function slackExport(): string {
  write('export/users.json', JSON.stringify([{ id: 'U1', team_id: 'T9', name: 'ana' }]))
  write('export/channels.json', JSON.stringify([{ id: 'C1', name: 'general' }]))
  const day = [
    { type: 'message', user: 'U1', text: 'hello', ts: '1795168800.000100' },
    { type: 'message', user: 'U1', text: 'no time' },
    { type: 'message', user: 'U1', text: 'bye', ts: '1795168801.000200' },
  ]
  write('export/general/2026-11-20.json', JSON.stringify(day, null, 4))
  write('export/general/2026-11-21.json', JSON.stringify([{ ...day[0], ts: '1795255200.000100' }]))
  return join(folder, 'export')
}

test('slack: an export folder, channel by channel and day by day', async () => {
  const out = await lines([slackExport()])
  expect(out.map((l) => l.uid)).toEqual([
    'slack:T9:C1:1795168800.000100',
    expect.stringMatching(/^slack:T9:C1:[0-9a-f]{64}$/),
    'slack:T9:C1:1795168801.000200',
    'slack:T9:C1:1795255200.000100',
  ])
  expect(out.map((l) => l.error !== undefined)).toEqual([false, true, false, false])
  const [first] = await entries([join(folder, 'export/general/2026-11-21.json')])
  expect(first).toMatchObject({ source: 'slack', event: { actor: { user: { name: 'ana' } } } })
})

test('the membership of incidents goes to a file, readable by its owner only', async () => {
  const incidentsFile = join(folder, 'incidents.json')
  const out = await lines([write('a.json', JSON.stringify({ Records: records }))], null, {
    incidentsFile,
  })
  const incidents = JSON.parse(readFileSync(incidentsFile, 'utf8'))
  expect(incidents.map((i: { uid: string }) => i.uid)).toContain(out[0]?.incident)
  expect(incidents[0].events).toContain(uid('a'))
})

test('the command prints one valid line for each record and ends with 2 for findings', async () => {
  const file = write('a.json', JSON.stringify({ Records: records }))
  const { code, stdout } = await run(['replay', '--json', file])
  expect(code).toBe(2)
  const out = stdout.trim().split('\n')
  expect(out).toHaveLength(records.length)
  for (const line of out) expect(JSON.parse(line)).toMatchObject({ risk: expect.any(Number) })
  const quiet = write('b.json', JSON.stringify({ Records: [] }))
  expect(await run(['replay', '--json', quiet])).toMatchObject({ code: 0, stdout: '' })
})

const run = (args: string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, ['src/cli.ts', ...args], (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr })
    })
  })
