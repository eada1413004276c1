import { expect, test } from 'vitest'
import { deliver } from '../../src/jobs/deliver.ts'
import { notice } from '../../src/jobs/notice.ts'
import { minute, testApp } from '../support.ts'

const signal = new AbortController().signal

async function withNotice() {
  const it = await testApp()
  notice(it.app, 'test', 'Hello', 'A notice.')
  return it
}

test('[fault] a post accepted and then reset is found, not posted again', async () => {
  const { app, clock, channel } = await withNotice()
  channel.plan.push('reset')
  await deliver(app, signal)
  clock.move(10_000)
  await deliver(app, signal)
  expect(channel.posts).toHaveLength(1)
  expect(app.store.outbox.takeDue(clock.now() + minute, 10)).toEqual([])
})

test('[fault] a post that does not show within 60 s is posted again, and a late copy points to it', async () => {
  const { app, clock, channel } = await withNotice()
  channel.plan.push('late')
  await deliver(app, signal)
  for (let i = 0; i < 14; i++) {
    clock.move(5_000)
    await deliver(app, signal)
  }
  expect(channel.posts).toHaveLength(1)
  channel.showHeld()
  clock.move(2 * minute)
  await deliver(app, signal)
  expect(channel.posts.map((p) => p.message.kind).sort()).toEqual(['notice', 'pointer'])
})

test('[fault] a post that shows 10 s late is found and not repeated', async () => {
  const { app, clock, channel } = await withNotice()
  channel.plan.push('late')
  await deliver(app, signal)
  clock.move(10_000)
  channel.showHeld()
  for (let i = 0; i < 30; i++) {
    await deliver(app, signal)
    clock.move(5_000)
  }
  expect(channel.posts).toHaveLength(1)
})

test('[fault] a refused post is tried again later', async () => {
  const { app, clock, channel } = await withNotice()
  channel.plan.push('refused', 'refused')
  for (let i = 0; i < 12; i++) {
    await deliver(app, signal)
    clock.move(5_000)
  }
  expect(channel.posts).toHaveLength(1)
})

test('[fault] killed between the call and the mark: the next start looks before it posts', async () => {
  const { app, clock, channel } = await withNotice()
  const [row] = app.store.outbox.takeDue(clock.now(), 1)
  if (!row) throw new Error('no row')
  app.store.outbox.markAttempt(row.uid, clock.now())
  await channel.notifier.post(row.body, null)
  clock.move(1_000)
  await deliver(app, signal)
  expect(channel.posts).toHaveLength(1)
  expect(app.store.outbox.get(row.uid)?.ref?.ts).toBe('0001')
})
