import { expect, test } from 'vitest'
import { literal, mrkdwn } from '../../src/notifiers/escape.ts'

test.each([
  ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
  ['<!channel> and <@U1>', '&lt;!channel&gt; and &lt;@U1&gt;'],
  ['ask @here or @Everyone', 'ask ＠here or ＠Everyone'],
  ['https://evil.example/a.b?q', 'hxxps://evil[.]example/a.b?q'],
  ['HTTP://10.0.0.1/', 'hxxp://10[.]0[.]0[.]1/'],
  ['ftp://x.com javascript:alert(1)', 'ftp[:]//x[.]com javascript[:]alert(1)'],
  ['go to evil.com or www.foo', 'go to evil[.]com or www[.]foo'],
  ['mail a@evil.example', 'mail a@evil[.]example'],
  ['*now* _or_ ~never~ `x`', '∗now∗ ˍorˍ ∼never∼ ˋxˋ'],
  [':rotating_light: act', '∶rotating_light: act'],
  ['> not a quotation', '› not a quotation'],
  ['e\u200bvil\u202e.c\u2060om', 'evil[.]com'],
  ['two\nlines\tand\u0007bell', 'two lines and bell'],
  ['z\u0300\u0300\u0300\u0300\u0300\u0300', 'z\u0300\u0300\u0300'],
])('in mrkdwn %j becomes %j', (text, expected) => {
  expect(mrkdwn(text, 200)).toBe(expected)
})

test.each([
  'AKIAEXAMPLE',
  'deploy_key_2',
  'arn:aws:iam::123456789012:user/ana',
  'invoice.pdf',
  '10.0.0.1',
  'e.g. 3.5 kg',
])('identifiers stay whole: %s', (text) => {
  expect(mrkdwn(text, 200)).toBe(text)
  expect(literal(text, 200)).toBe(text)
})

test('our own words may name a live address, but still call nobody', () => {
  expect(mrkdwn('See console.aws.amazon.com, @channel', 200, 'us')).toBe(
    'See console.aws.amazon.com, ＠channel',
  )
})

test('where Slack parses nothing, brackets change and the rest stays', () => {
  expect(literal('<!here> *a* & &lt;b&gt;', 200)).toBe('‹!here› *a* & ＆lt;b＆gt;')
  expect(literal(' \u200b ', 200)).toBe('–')
})

test('what is cut says how much, and cuts neither characters nor entities', () => {
  expect(mrkdwn('x'.repeat(300), 100)).toBe(`${'x'.repeat(76)} … (224 more characters)`)
  expect(mrkdwn('&'.repeat(100), 100)).toMatch(/^(&amp;)+ … \(\d+ more characters\)$/)
  expect(literal('😀'.repeat(100), 100)).toMatch(/^(😀)+ … \(\d+ more characters\)$/u)
  const [, kept, left] = /^(x+) … \((\d+) more/.exec(literal('x'.repeat(1_000_000), 100)) ?? []
  expect((kept ?? '').length + Number(left)).toBe(1_000_000)
  expect(literal('abcdefgh', 5)).toBe('abcd…')
})
