import { rmSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { officeConfig } from '../src/demo/config.ts'
import { collect } from '../src/jobs/collect.ts'
import { correlate } from '../src/jobs/correlate.ts'
import { deliver } from '../src/jobs/deliver.ts'
import { detect } from '../src/jobs/detect.ts'
import { firstLook } from '../src/jobs/first-look.ts'
import { look } from '../src/jobs/look.ts'
import { plan } from '../src/jobs/notify.ts'
import { placeEvents } from '../src/jobs/read.ts'
import { build } from '../src/main.ts'
import { createWorld } from '../src/office/company.ts'
import { startOffice } from '../src/office/servers.ts'
import { plantsOf, withSettings } from '../src/office/settings.ts'
import { folder } from './support.ts'

const dirs: string[] = []
afterAll(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true })
})
const { signal } = new AbortController()

/** Twenty-five faults that can stand side by side. */
const planted = [
  'forward-outside',
  'filter-hides',
  'delegate-outside',
  'reply-elsewhere',
  'admin-password-alone',
  'person-password-alone',
  'stranger-admin',
  'greedy-app',
  'app-password',
  'leaver-app-password',
  'stranger-in-group',
  'aws-root-with-key',
  'aws-root-without-mfa',
  'aws-user-without-mfa',
  'aws-year-old-key',
  'aws-open-exports',
  'aws-shared-snapshot',
  'aws-narrow-trail',
  'aws-unsealed-trail',
  'slack-owner-one-step',
  'slack-full-stranger',
  'slack-guest-leadership',
  'slack-recap-app',
  'dns-spf-all',
  'dns-no-dmarc',
]

/** The first day of a company with these faults: what is wrong, and the posts in #security. */
async function firstDay(seed: number, ids: readonly string[]) {
  const world = withSettings(createWorld(seed), ids)
  let time = world.start
  const clock = {
    now: () => time,
    sleep: async (ms: number) => {
      time += ms
    },
  }
  const office = await startOffice(world, { clock, limits: false })
  const dir = folder()
  dirs.push(dir)
  const monitor = await build(
    officeConfig(world, office, dir),
    { clock, write: () => {}, signal },
    'own',
  )
  const { app } = monitor
  try {
    for (const source of app.sources) await collect(app, source, signal)
    while (placeEvents(app) > 0);
    time += 10_000
    while (detect(app) > 0);
    while (correlate(app) > 0);
    plan(app)
    expect(firstLook(app)).toBe(1)
    while ((await deliver(app, signal)) > 0);
    return { world, found: look(app), posts: office.posts() }
  } finally {
    await monitor.close()
    await office.close()
  }
}

test.each([1, 2, 3])(
  'company %i: what is already wrong is in one message, and nothing else',
  async (seed) => {
    const { world, found, posts } = await firstDay(seed, planted)
    const told = new Set(found.map((w) => w.uid))
    const wanted = plantsOf(world).filter(({ id }) => planted.includes(id))
    const named = wanted.filter(({ check, item }) => told.has(`${check}:${item}`))
    expect(wanted.map((p) => p.id).filter((id) => !named.some((n) => n.id === id))).toEqual([])
    const invented = [...told].filter((uid) => !wanted.some((p) => uid === `${p.check}:${p.item}`))
    expect(invented).toEqual([])
    const first = posts.filter((p) => p.text.startsWith('First look'))
    expect(first).toHaveLength(1)
    const lists = JSON.stringify(first[0]?.blocks).match(/"type":"rich_text_list"/g)
    const rows = JSON.stringify(first[0]?.blocks).split('"rich_text_section"').length
    expect(rows).toBeGreaterThan(found.length + (lists?.length ?? 0))
    expect(JSON.stringify(first[0]?.blocks)).not.toContain('more not shown')
  },
)

test.each([4, 5, 6])('company %i in good order: nothing is wrong', async (seed) => {
  const { found } = await firstDay(seed, [])
  expect(found.map((w) => w.text)).toEqual([])
})
