import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Config, Loaded } from '../src/config.ts'
import { officeConfig } from '../src/demo/config.ts'
import { type Check, diagnose } from '../src/doctor.ts'
import { createWorld } from '../src/office/company.ts'
import { type Office, startOffice } from '../src/office/servers.ts'
import { withSettings } from '../src/office/settings.ts'

const world = withSettings(createWorld(5))
let folder: string
let office: Office
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'porchlight-doctor-'))
  office = await startOffice(world, {
    clock: { now: () => world.attackDay + performance.now(), sleep: async () => {} },
  })
})
afterAll(async () => {
  await office.close()
  rmSync(folder, { recursive: true })
})

async function checks(change: (config: Config) => void = () => {}): Promise<Check[]> {
  const config = structuredClone(officeConfig(world, office, folder))
  change(config)
  const out: Check[] = []
  const loaded: Loaded = { ok: true, config, warnings: [] }
  for await (const check of diagnose('config.json', loaded, AbortSignal.timeout(20_000)))
    out.push(check)
  return out
}

test('all accounts of the office can be read, and what can’t be seen is said', async () => {
  const all = await checks()
  expect(all.filter((c) => c.state === 'fail')).toEqual([])
  const names = all.map((c) => c.name).join('\n')
  for (const part of ['node', 'memory', 'state folder', 'model', 'slack:', 'gmail:', 'cloudtrail:'])
    expect(names).toContain(part)
  expect(all.find((c) => c.name === 'alerts')?.state).toBe('ok')
  expect(
    all
      .filter((c) => c.state === 'note')
      .map((c) => c.text)
      .join(' '),
  ).toMatch(/direct messages.*S3 objects/s)
})

test('a channel that is not there and a server that does not answer are named with a mend', async () => {
  const all = await checks((config) => {
    config.notify = { slack: { workspace: config.slack[0]?.name ?? '', channel: '#nowhere' } }
    config.gmail = []
    config.cloudtrail = []
    config.model.path = '/nowhere/model.gguf'
  })
  const failed = all.filter((c) => c.state === 'fail')
  expect(failed.map((c) => c.name).sort()).toEqual(['alerts', 'model'])
  for (const { mend } of failed) expect(mend).toBeTruthy()
  expect(all.some((c) => c.text.includes('Gmail and AWS: not connected'))).toBe(true)
})
