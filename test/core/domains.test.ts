import { expect, test } from 'vitest'
import { hostOf } from '../../src/core/domains.ts'

test.each([
  ['https://Login.Example.com/a?b', 'login.example.com'],
  ['ana@acme.example', 'acme.example'],
  ['bill@evil.example .trusted.invalid', 'evil.example'],
  [' bill@evil.example\nx@trusted.example', 'evil.example'],
  ['https://ana@acme.example/', 'acme.example'],
  ['http://xn--pypal-4ve.example', 'pаypal.example'],
  ['two words', ''],
])('the host of %s is %s', (text, host) => {
  expect(hostOf(text)).toBe(host)
})
