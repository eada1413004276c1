import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { ServiceError } from '../../src/core/error.ts'
import type { Notifier } from '../../src/core/ports.ts'
import { render } from '../../src/notifiers/blocks.ts'
import { createConsoleNotifier, renderBlocks, withCopy } from '../../src/notifiers/index.ts'
import { samples } from './samples.ts'

function terminal(options: { color?: boolean; width?: number } = {}) {
  const written: string[] = []
  const write = (text: string) => {
    written.push(text)
  }
  return {
    written,
    notifier: createConsoleNotifier({ write, color: false, width: 80, ...options }),
  }
}

test('an alert reads like its Slack message', () => {
  expect(renderBlocks(render(samples.alert).blocks, { color: false, width: 60 })).toBe(
    `🔴 Critical · An AWS key pasted in Slack is being used from
Germany

What   The key AKIAEXAMPLE7Q2F listed every bucket and user,
       and was refused 14 times.
Who    Deploy key of Ana Silva, pasted by her in #ops
Where  185.220.101.7 (Germany, Tor exit), eu-west-1
When   Friday 20 Nov, 10:02 to 10:09 (09:02 UTC)

Why this matters
Ana got a mail that claims to be from AWS, pasted the key in
#ops 20 minutes later, and it was then used from a network
it has never been used from.

👉 Do this first
Deactivate the key in the AWS console under IAM, Users, ana,
Security credentials.

Evidence and timeline are in the thread  ·  incident 7f3a`,
  )
})

test('a reply shows quotations as such and numbers its steps', () => {
  const shown = renderBlocks(render(samples.reply).blocks, { color: false, width: 80 })
  expect(shown).toContain(
    'AWS Support ‹no-reply@aws-verify[.]example› wrote (their words, not checked):\n▏ Your access keys',
  )
  expect(shown).toContain('1. Deactivate the key')
  expect(shown).toContain('• link goes to: hxxps://aws-verify[.]example/keys')
})

test.each(Object.values(samples))('all the words of a $kind message are shown', (message) => {
  const flat = (text: string) => text.replace(/[\s▏]+/g, ' ')
  const shown = flat(renderBlocks(render(message).blocks, { color: false, width: 80 }))
  const strings = (value: unknown, key = ''): string[] =>
    typeof value === 'string'
      ? key === 'text' || key === 'url'
        ? [value]
        : []
      : Object.entries(value ?? {}).flatMap(([name, inner]) => strings(inner, name))
  for (const text of strings(render(message).blocks))
    for (const line of text
      .replaceAll('*', '')
      .replace(/&(amp|lt|gt);/g, '')
      .split('\n'))
      expect(shown.replace(/[*&<>]/g, '')).toContain(flat(line).trim())
})

test('colours only where asked for, and the words are the same', () => {
  const { blocks } = render(samples.digest)
  const colored = renderBlocks(blocks, { color: true, width: 80 })
  const bare = renderBlocks(blocks, { color: false, width: 80 })
  expect(colored).toContain('\u001b[1m')
  expect(bare).not.toContain('\u001b')
  expect(stripVTControlCharacters(colored)).toBe(bare)
})

test.each([40, 60, 100])('no line of words is wider than %i columns', (width) => {
  for (const message of Object.values(samples))
    for (const line of renderBlocks(render(message).blocks, { color: false, width }).split('\n'))
      if (!/^\W*\S+$/.test(line)) expect(line.length).toBeLessThanOrEqual(width)
})

test('replies are indented, changes are marked and what did not change is not repeated', async () => {
  const { notifier, written } = terminal()
  const top = await notifier.post(samples.alert, null)
  await notifier.post(samples.reply, top)
  await notifier.update(top, samples.alert)
  expect(written).toHaveLength(2)
  expect(written[1]).toMatch(/^ {4}┃ #porchlight ↳ reply\n( {4}┃.*\n)+\n$/)
  await notifier.update(top, { ...samples.alert, headline: 'Changed' })
  expect(written[2]).toMatch(/^┃ #porchlight ✎ updated\n┃ 🔴 Critical · Changed\n/)
})

test('it finds what it printed', async () => {
  const { notifier } = terminal()
  const ref = await notifier.post(samples.notice, null)
  expect(await notifier.find(samples.notice.uid, 0)).toEqual([ref])
  expect(await notifier.find('other', 0)).toEqual([])
})

test('a copy shows only what arrived, in the same threads', async () => {
  const primary = terminal()
  const copy = terminal()
  const both = withCopy(primary.notifier, copy.notifier)
  const top = await both.post(samples.alert, null)
  await both.post(samples.reply, top)
  await both.update(top, { ...samples.alert, headline: 'Changed' })
  expect(copy.written).toEqual(primary.written)

  const broken: Notifier = {
    ...primary.notifier,
    post: () => Promise.reject(new ServiceError('slack', 'away')),
  }
  const before = copy.written.length
  await expect(withCopy(broken, copy.notifier).post(samples.alert, null)).rejects.toThrow('away')
  expect(copy.written).toHaveLength(before)
})
