import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { officeConfig } from '../src/demo/config.ts'
import { runOnce } from '../src/main.ts'
import { type Office, startOffice } from '../src/office/servers.ts'
import type { MailItem, SlackItem, TrailItem, World } from '../src/office/world.ts'
import { createMasker } from '../src/store/secrets.ts'
import { openStore } from '../src/store/store.ts'
import { createTestClock } from './notifiers/workspace.ts'
import { smallWorld } from './office/small-world.ts'
import { type Planted, plant } from './store/planted.ts'
import { folder, minute } from './support.ts'

const places = [
  'slack text',
  'slack edit',
  'slack file',
  'mail subject',
  'mail text',
  'mail link',
  'trail request',
  'trail agent',
  'trail answer',
] as const
type Place = (typeof places)[number]

const planted = plant(20, 100)
const small = smallWorld()
/** Monday noon; the edits come twenty minutes later. */
const noon = small.start + 12 * 60 * minute
const at = (i: number) => noon + i * 1000
const placeOf = (i: number): Place => places[i % places.length] as Place
const inPlace = <T>(kind: string, make: (p: Planted, i: number, place: Place) => T): T[] =>
  planted.flatMap((p, i) => (placeOf(i).startsWith(kind) ? [make(p, i, placeOf(i))] : []))

const message = ({ text }: Planted, i: number, place: Place): SlackItem => ({
  channel: 'C01',
  ts: `${at(i) / 1000}.${String(i).padStart(6, '0')}`,
  user: 'U02',
  text: place === 'slack text' ? `For the exporter: ${text}` : 'For the exporter, see below',
  visible: at(i),
  ...(place === 'slack edit' && {
    edits: [{ at: at(i) + 20 * minute, text: `For the exporter: ${text}` }],
  }),
  ...(place === 'slack file' && {
    files: [{ id: `F9${i}`, name: `note ${text} .txt`, mimetype: 'text/plain' }],
  }),
})

/** A header as mail programs write it: words beyond ASCII are encoded. */
const header = (text: string) => {
  const line = text.replaceAll('\n', ' ')
  if (!/[^ -~]/.test(line)) return line
  return `=?UTF-8?B?${Buffer.from(line).toString('base64')}?=`
}

const mail = ({ text }: Planted, i: number, place: Place): MailItem => {
  const link = `https://files.example/open?note=${encodeURIComponent(text)}`
  const lines = [
    'From: Ana Marlow <ana@marlow.example>',
    'To: billing@kilns.example',
    `Subject: ${place === 'mail subject' ? header(`For you: ${text}`) : 'For you'}`,
    `Date: ${new Date(at(i)).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <p${i}@marlow.example>`,
    'MIME-Version: 1.0',
    `Content-Type: text/${place === 'mail link' ? 'html' : 'plain'}; charset=utf-8`,
    'Content-Transfer-Encoding: 8bit',
    '',
    place === 'mail link' ? `<p>Hello, <a href="${link}">the file</a></p>` : 'Hello,',
    place === 'mail text' ? text : 'see you on Thursday',
    '',
  ]
  return {
    mailbox: 'ana@marlow.example',
    id: `18d00000000001${i.toString(16).padStart(2, '0')}`,
    thread_id: `18d00000000001${i.toString(16).padStart(2, '0')}`,
    time: at(i),
    visible: at(i),
    labels: ['SENT'],
    raw: lines.join('\r\n'),
  }
}

const record = ({ text }: Planted, i: number, place: Place): TrailItem => {
  const model = small.trail[0] as TrailItem
  return {
    region: 'eu-west-1',
    visible: at(i),
    record: {
      ...model.record,
      awsRegion: 'eu-west-1',
      eventID: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
      eventTime: new Date(at(i)).toISOString().replace('.000Z', 'Z'),
      eventSource: 'ssm.amazonaws.com',
      eventName: 'PutParameter',
      readOnly: false,
      userAgent: place === 'trail agent' ? `deploy/1.0 ${text}` : 'deploy/1.0',
      requestParameters: place === 'trail request' ? { name: 'app', description: text } : null,
      responseElements: place === 'trail answer' ? { note: text, nested: [{ text }] } : null,
    },
  }
}

const world: World = {
  ...small,
  slack: { ...small.slack, messages: inPlace('slack', message) },
  mail: inPlace('mail', mail),
  trail: inPlace('trail', record),
}

/** The secret as it could stand somewhere: as it is, in a link, in JSON, and in base64. */
function forms({ secret }: Planted): string[] {
  const bytes = Buffer.from(secret)
  // Base64 of a longer text holds one of three, by where in the text the secret begins.
  const encoded = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64url')
    const whole = Math.floor(((shift + bytes.length) * 8) / 6)
    return text.slice(Math.ceil((shift * 8) / 6), whole)
  })
  const base64 = encoded.flatMap((s) => [s, s.replaceAll('-', '+').replaceAll('_', '/')])
  const json = JSON.stringify(secret).slice(1, -1)
  return [...new Set([secret, encodeURIComponent(secret), json, ...base64])]
}

/** What of the planted stands in the bytes, and where it was planted. */
const foundIn = (name: string, bytes: Buffer): string[] =>
  planted.flatMap((p, i) =>
    forms(p).some((form) => bytes.includes(form)) ? [`${name}: ${p.kind} of ${placeOf(i)}`] : [],
  )

const foundUnder = (dir: string): string[] =>
  readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ parentPath, name }) => foundIn(name, readFileSync(join(parentPath, name))))

let office: Office
let dir: string
beforeAll(async () => {
  dir = folder()
})
afterAll(async () => {
  await office?.close()
  rmSync(dir, { recursive: true })
})

test('the search would find each secret in the records themselves, in each form', () => {
  for (const p of planted)
    for (const form of forms(p))
      expect(foundIn('text', Buffer.from(`x ${form} y`)).length).toBeGreaterThan(0)
  const raw = Buffer.from(JSON.stringify([world.slack, world.mail, world.trail]))
  expect(foundIn('world', raw)).toHaveLength(planted.length)
})

test('a planted secret is nowhere in the state folder, in the posts or on the terminal', async () => {
  const clock = createTestClock(noon + 10 * minute)
  office = await startOffice(world, { clock, limits: false })
  const state = join(dir, 'state')
  mkdirSync(state)
  const config = officeConfig(world, office, state)
  // They would only see what is masked already, and take their time for it.
  config.model.path = join(dir, 'no-model.gguf')
  let printed = ''
  const write = (text: string) => {
    printed += text
  }
  const { signal } = new AbortController()
  const edits = world.slack.messages.filter((m) => m.edits).length
  const first = await runOnce(config, { signal, clock, write })
  await clock.sleep(30 * minute)
  const second = await runOnce(config, { signal, clock, write })
  expect([...first.failed, ...second.failed]).toEqual([])
  expect(first.events + second.events).toBe(planted.length + edits)

  const store = openStore(join(state, 'porchlight.db'), createMasker(new Uint8Array(32)))
  const reported = store.incidents
    .all()
    .flatMap((incident) => store.findings.ofIncident(incident.uid))
    .filter((finding) => finding.analytic.uid === 'secret-posted')
  const posts = office.posts()
  expect(posts.length).toBeGreaterThan(0)
  expect(printed).not.toBe('')
  expect(foundUnder(state)).toEqual([])
  store.close()
  expect(foundUnder(state)).toEqual([])
  expect(reported.length).toBeGreaterThan(20)
  expect(foundIn('posts', Buffer.from(JSON.stringify(posts)))).toEqual([])
  expect(foundIn('terminal', Buffer.from(printed))).toEqual([])
  const own = [office.credentials.slack.token, office.credentials.aws.secret_access_key]
  for (const file of readdirSync(state))
    for (const secret of own)
      expect(readFileSync(join(state, file)).includes(secret), file).toBe(false)
})

/** The same records as the vendors' exports. */
function writeExports(): string {
  const base = join(dir, 'exports')
  const put = (name: string, content: string) => {
    mkdirSync(join(base, name, '..'), { recursive: true })
    writeFileSync(join(base, name), content)
  }
  put('slack/users.json', JSON.stringify([{ id: 'U02', team_id: 'T01', name: 'ben' }]))
  put('slack/channels.json', JSON.stringify([{ id: 'C01', name: 'general' }]))
  const day = world.slack.messages.map(({ ts, user, text, files, edits }) => {
    const [edit] = edits ?? []
    const edited = edit && { edited: { user, ts: `${edit.at / 1000}.000000` } }
    return { type: 'message', ts, user, text: edit?.text ?? text, files, ...edited }
  })
  put('slack/general/2026-11-16.json', JSON.stringify(day))
  for (const { id, raw } of world.mail) put(`mail/${id}.eml`, raw)
  put('trail.json', JSON.stringify({ Records: world.trail.map((item) => item.record) }))
  return base
}

test('a planted secret is nowhere in what replay prints and writes', async () => {
  const base = writeExports()
  const incidents = join(dir, 'incidents.json')
  const run = (args: string[]) =>
    new Promise<{ stdout: string; stderr: string }>((resolve) => {
      execFile('scripts/porchlight', ['replay', ...args, base], (_, stdout, stderr) =>
        resolve({ stdout, stderr }),
      )
    })
  const json = await run(['--json', '--incidents', incidents])
  const people = await run([])
  const lines = json.stdout.trim().split('\n')
  expect(lines).toHaveLength(planted.length)
  expect(lines.filter((l) => l.includes('secret-posted')).length).toBeGreaterThan(20)
  expect(people.stdout.trim().split('\n').length).toBeGreaterThan(20)
  const all = [json.stdout, json.stderr, people.stdout, people.stderr, readFileSync(incidents)]
  expect(foundIn('replay', Buffer.from(all.join('\n')))).toEqual([])
})
