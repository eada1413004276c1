import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shippedAnalyst, shippedEncoder } from '../../src/model/files.ts'
import { detectIsolation, type Isolation, launch } from '../../src/model/launch.ts'
import type { Targets } from './hostile-child.ts'

const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
const config = join(folder, 'config.json')
const database = join(folder, 'porchlight.db')
let reached = 0
const server = createServer((socket) => {
  reached += 1
  socket.destroy()
})

beforeAll(async () => {
  writeFileSync(config, '{}')
  writeFileSync(database, 'rows')
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

/** What was tried → why it was refused, or null where it worked. */
async function hostile(isolation: Isolation): Promise<Map<string, string | null>> {
  const tries = new Map<string, string | null>()
  const { port } = server.address() as { port: number }
  const targets: Targets = { config, database, folder, port, daemon: process.pid }
  const ended = await new Promise<string>((resolve) => {
    const child = launch(
      {
        script: fileURLToPath(new URL('hostile-child.ts', import.meta.url)),
        files: [shippedAnalyst, shippedEncoder],
        isolation,
        memory: 300e6,
      },
      (line) => {
        const { what, refused } = JSON.parse(line) as { what: string; refused: string | null }
        tries.set(what, refused)
      },
      (reason, stderr) => resolve(`${reason} ${stderr}`.trim()),
    )
    child.send(JSON.stringify(targets))
  })
  expect(ended).toBe('exit code 0')
  return tries
}

/** Node's permission model knows neither network nor signals. */
const onlyByNamespaces = [
  'signal the daemon',
  "reach a port of the daemon's host",
  'reach the internet',
]

test('[fault] a hostile model child gets at nothing', async () => {
  const here = await detectIsolation()
  const bare = await hostile('none')
  const walled = here === 'namespaces' ? await hostile(here) : null
  const say = (tries: Map<string, string | null> | null, what: string) =>
    tries === null ? 'not on this machine' : (tries.get(what) ?? 'NOT REFUSED')
  const rows = [...bare.keys()].map((what) => [what, say(bare, what), say(walled, what)])
  const table = [
    ['a hostile model child tries', 'permission model alone', 'and namespaces'],
    ...rows,
  ]
    .map(([a = '', b = '', c = '']) => `${a.padEnd(38)}${b.padEnd(26)}${c}`)
    .join('\n')
  process.stdout.write(
    `\n${table}\nNot tried: native code that leaves JavaScript is bound by namespaces, not by the permission model.\n\n`,
  )

  expect(bare.size).toBe(16)
  const mustRefuse = [...bare.keys()].filter((what) => !onlyByNamespaces.includes(what))
  for (const what of mustRefuse) expect(bare.get(what), what).not.toBeNull()
  if (walled) for (const what of bare.keys()) expect(walled.get(what), what).not.toBeNull()
  expect(existsSync(join(folder, 'mine'))).toBe(false)
  // The server was reachable, so that "refused" says something.
  expect(reached).toBe(1)
})
