import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSlack } from '../../src/clients/slack.ts'
import type { ServiceError } from '../../src/core/error.ts'
import { createSlackNotifier } from '../../src/notifiers/slack.ts'
import type { FaultKind } from '../../src/office/faults.ts'
import { type Office, startOffice } from '../../src/office/servers.ts'
import { smallWorld } from '../office/small-world.ts'
import { samples } from './samples.ts'
import { createTestClock } from './workspace.ts'

const world = smallWorld()
let clock = createTestClock(world.attackDay)
let office: Office
beforeEach(async () => {
  clock = createTestClock(world.attackDay)
  office = await startOffice(world, { clock })
})
afterEach(() => office.close())

const notifier = (channel = '#security') =>
  createSlackNotifier({
    slack: createSlack({
      token: office.credentials.slack.token,
      endpoint: office.slackUrl,
      clock,
      log: () => {},
    }),
    channel,
    clock,
    log: () => {},
  })
const since = () => clock.now() - 60_000
const lose = async (kind: FaultKind) => {
  office.faults.add({ method: 'chat.postMessage', kind })
  const slack = notifier()
  const error: ServiceError = await slack.post(samples.alert, null).then(
    () => expect.unreachable(),
    (e) => e,
  )
  return { slack, error }
}

test('[trap P3] Slack’s block rules accept every kind of message', async () => {
  const slack = notifier()
  for (const sample of Object.values(samples)) await slack.post(sample, null)
  const posts = office.posts()
  expect(posts).toHaveLength(Object.keys(samples).length)
  for (const post of posts) expect(post.blocks).not.toEqual([])
})

test('[trap P2] a post that shows 10 or 90 s late is found once it shows', async () => {
  for (const [kind, seconds] of [
    ['late10', 10],
    ['late90', 90],
  ] as const) {
    const { slack, error } = await lose(kind)
    expect(error).toMatchObject({ ambiguous: true, permanent: false })
    const start = since()
    const before = await slack.find(samples.alert.uid, start)
    await clock.sleep((seconds + 1) * 1000)
    expect(await slack.find(samples.alert.uid, start)).toHaveLength(before.length + 1)
  }
  expect(office.requests()['chat.postMessage']).toBe(2)
})

test('[trap P2] after a reset there is one post, after a dropped call none', async () => {
  const reset = await lose('reset')
  expect(reset.error.ambiguous).toBe(true)
  expect(await reset.slack.find(samples.alert.uid, since())).toHaveLength(1)
  const drop = await lose('drop')
  expect(drop.error.ambiguous).toBe(true)
  expect(await drop.slack.find(samples.alert.uid, since())).toHaveLength(1)
})

test('[trap P2] a reply is found in the thread of an alert that is days old', async () => {
  const slack = notifier()
  const top = await slack.post(samples.alert, null)
  await clock.sleep(12 * 3_600_000)
  office.faults.add({ method: 'chat.postMessage', kind: 'reset' })
  await expect(slack.post(samples.reply, top)).rejects.toMatchObject({ ambiguous: true })
  const found = await slack.find(samples.reply.uid, since(), top)
  expect(found).toHaveLength(1)
  expect(office.posts().find(({ ts }) => ts === found[0]?.ts)?.thread_ts).toBe(top.ts)
})

test('[trap P4] the office’s own limit of one post a second is never met', async () => {
  const slack = notifier()
  for (let i = 0; i < 10; i++) await slack.post({ ...samples.notice, uid: `n${i}` }, null)
  expect(office.posts()).toHaveLength(10)
  expect(office.requests()['chat.postMessage']).toBe(10)
})

test('a pointer links to the message that goes on', async () => {
  const slack = notifier()
  const top = await slack.post(samples.alert, null)
  await slack.update(top, { ...samples.pointer, url: top.url })
  const [post] = office.posts()
  expect(JSON.stringify(post?.blocks)).toContain(`"url":"${top.url}"`)
})

test('[fault] a token that no longer works says what to do', async () => {
  const { error } = await lose('denied')
  expect(error).toMatchObject({ permanent: true, ambiguous: false })
  expect(error.mend).toBeTruthy()
})

test('[fault] a channel the bot was not invited to says what to do', async () => {
  await expect(notifier('random').post(samples.alert, null)).rejects.toMatchObject({
    permanent: true,
    mend: expect.stringMatching(/\/invite/),
  })
})
