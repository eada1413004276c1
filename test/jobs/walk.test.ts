import { expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import type { Event, Observable } from '../../src/core/event.ts'
import { assess } from '../../src/jobs/assess.ts'
import { collect } from '../../src/jobs/collect.ts'
import { correlate } from '../../src/jobs/correlate.ts'
import { deliver } from '../../src/jobs/deliver.ts'
import { detect } from '../../src/jobs/detect.ts'
import { plan } from '../../src/jobs/notify.ts'
import { placeEvents } from '../../src/jobs/read.ts'
import { listSource, minute, said, start, testApp, wordDetector } from '../support.ts'

const signal = new AbortController().signal
const person = (value: string): Observable => ({ type: 'person', value })
const domain = (value: string): Observable => ({ type: 'domain', value })
const ip = (value: string): Observable => ({ type: 'ip', value })

function judge(app: App, events: Event[]) {
  app.store.events.save(events, app.clock.now())
  while (placeEvents(app) + detect(app) + correlate(app) > 0);
}

async function tellAll(app: App) {
  plan(app)
  while ((await deliver(app, signal)) > 0);
}

/** Which events stand together, as sorted lists. */
const groups = (app: App) =>
  app.store.incidents
    .all()
    .map((i) =>
      app.store.findings
        .ofIncident(i.uid)
        .flatMap((f) => f.event_uids)
        .sort(),
    )
    .sort((a, b) => String(a).localeCompare(String(b)))

test('an event becomes a finding, an incident and one alert with its evidence below', async () => {
  const { app, channel } = await testApp()
  await collect(app, listSource('slack:acme', [said('alarm one', start, [person('Ana')])]), signal)
  judge(app, [])
  await tellAll(app)
  expect(channel.tops()).toHaveLength(1)
  expect(channel.posts.map((p) => p.message.kind)).toEqual(['alert', 'reply'])
  expect(channel.posts[1]?.thread).toBe(channel.posts[0]?.ref.ts)
})

test('polling the same event twice changes nothing', async () => {
  const { app } = await testApp()
  const events = [said('alarm one', start)]
  expect(await collect(app, listSource('a', events), signal)).toBe(1)
  expect(await collect(app, listSource('b', events), signal)).toBe(0)
})

test('low findings are noted, not told', async () => {
  const { app, channel } = await testApp()
  judge(app, [said('note this', start, [person('Ana')])])
  await tellAll(app)
  expect(app.store.incidents.all()).toHaveLength(1)
  expect(channel.posts).toEqual([])
})

test('later events update the alert and reply; never a second top message', async () => {
  const { app, channel } = await testApp()
  judge(app, [said('alarm one', start, [person('Ana')])])
  await tellAll(app)
  judge(app, [said('alarm two', start + minute, [person('Ana')])])
  await tellAll(app)
  expect(channel.tops()).toHaveLength(1)
  expect(channel.posts.map((p) => p.message.uid.split(':')[0])).toEqual([
    'alert',
    'evidence',
    'later',
  ])
})

test('rule text goes out first, the analyst’s words follow as an update', async () => {
  const { app, channel } = await testApp()
  judge(app, [said('alarm one', start, [person('Ana')])])
  await tellAll(app)
  expect(channel.tops()[0]?.message).toMatchObject({ note: expect.stringContaining('rule') })
  await assess(app, signal)
  await tellAll(app)
  expect(channel.tops()[0]?.message).toMatchObject({ note: null })
  expect(channel.posts).toHaveLength(2)
})

test('two stories that turn out to be one are merged, the older survives and is pointed to', async () => {
  const { app, channel } = await testApp()
  judge(app, [said('alarm mail', start, [person('Ana'), domain('evil.example')])])
  judge(app, [said('alarm call', start + minute, [ip('198.51.100.7')])])
  await tellAll(app)
  expect(channel.tops()).toHaveLength(2)
  judge(app, [said('alarm link', start + 2 * minute, [domain('evil.example'), ip('198.51.100.7')])])
  await tellAll(app)
  expect(groups(app)).toHaveLength(1)
  expect(channel.tops().map((p) => p.message.kind)).toEqual(['alert', 'pointer'])
})

test.each([
  ['the company’s own network', [ip('203.0.113.9')]],
  ['the company’s own domain', [domain('acme.example')]],
  ['a public mail domain', [domain('gmail.com')]],
])('%s never joins', async (_, shared) => {
  const { app } = await testApp()
  judge(app, [
    said('alarm one', start, [person('Ana'), ...shared]),
    said('alarm two', start, [person('Ben'), ...shared]),
  ])
  expect(groups(app)).toHaveLength(2)
})

test('what more than five people were seen with never joins', async () => {
  const { app } = await testApp()
  const shared = domain('everybody.example')
  judge(
    app,
    ['Ana', 'Ben', 'Cleo', 'Dan', 'Eve', 'Fay'].map((p, i) =>
      said(`quiet ${p}`, start - minute * (i + 1), [person(p), shared]),
    ),
  )
  judge(app, [
    said('alarm one', start, [person('Ana'), shared]),
    said('alarm two', start, [person('Ben'), shared]),
  ])
  expect(groups(app)).toHaveLength(2)
})

test('findings far apart do not join, drills never join real ones', async () => {
  const { app } = await testApp()
  const drill = said('alarm drill', start, [person('Ana')])
  drill.metadata.labels.push('drill "stolen key"')
  judge(app, [
    said('alarm one', start, [person('Ana')]),
    said('alarm two', start + 30 * 60 * minute, [person('Ana')]),
    drill,
  ])
  expect(groups(app)).toHaveLength(3)
})

test('any order of arrival ends in the same incidents', async () => {
  const many = Array.from({ length: 12 }, (_, i) =>
    said(`alarm ${i}`, start + i * 40 * minute, [
      ...(i % 3 === 0 ? [person('Ana')] : []),
      ...(i % 4 === 1 ? [domain('evil.example')] : []),
      ...(i % 5 === 2 ? [ip('198.51.100.7')] : []),
      ...(i === 9 ? [domain('evil.example')] : []),
    ]),
  )
  const results = new Set<string>()
  for (let order = 0; order < 20; order++) {
    const { app } = await testApp()
    const shuffled = many
      .map((event, i) => ({ event, key: Math.sin((i + 1) * (order + 1) * 999) }))
      .sort((a, b) => a.key - b.key)
    for (const { event } of shuffled) judge(app, [event])
    results.add(JSON.stringify(groups(app)))
    app.store.close()
  }
  expect(results.size).toBe(1)
})

test('a late event makes later ones be judged again, and what no longer holds is withdrawn', async () => {
  const novelty = {
    ...wordDetector('call'),
    match: (event: Event, { history }: { history: { count(...a: never[]): number } }) =>
      event.message.startsWith('call') &&
      (history.count as (e: string, k: string, v: null, s: number) => number)(
        `ip:198.51.100.7`,
        'person',
        null,
        60 * minute,
      ) === 0
        ? {}
        : null,
  }
  const { app } = await testApp({ detectors: [novelty] })
  const by = { actor: { user: { uid: 'U1' } } }
  const seen = [person('Ana'), ip('198.51.100.7')]
  judge(app, [said('call late', start, seen, by)])
  expect(groups(app)).toHaveLength(1)
  judge(app, [said('earlier', start - minute, seen, by)])
  expect(groups(app)).toHaveLength(0)
})

test('muted findings are not told', async () => {
  const { app, channel } = await testApp()
  app.memory.taught.mutes.push({ detector: 'alarm', reason: 'we know' })
  judge(app, [said('alarm one', start, [person('Ana')])])
  await tellAll(app)
  expect(channel.posts).toEqual([])
})
