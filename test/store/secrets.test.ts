import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { baseEvent, type Event } from '../../src/core/event.ts'
import { createMasker } from '../../src/store/secrets.ts'
import { plant } from './planted.ts'

const key = new Uint8Array(32).fill(7)
const masker = createMasker(key)
const [github, , , stripe] = plant(1, 4).map((p) => p.secret) as [string, string, string, string]

/** An event that holds `text` in every field an outsider can write. */
function everywhere(text: string): Event {
  return baseEvent({
    uid: 'gmail:ana@acme.example:18f',
    product: 'gmail',
    tenant_uid: 'ana@acme.example',
    message: `Hello\n${text}\nBye`,
    actor: { user: { uid: 'U1', name: text } },
    api: {
      operation: 'PutParameter',
      service: 'ssm',
      error: null,
      user_agent: `curl/8 ${text}`,
      region: 'eu-west-1',
      read_only: false,
      request: { list: [{ deep: { note: text } }], [text]: 1 },
    },
    resources: [{ name: text, type: 'channel' }],
    email: {
      from: { name: text, address: 'x@y.example' },
      reply_to: null,
      to: [{ name: text, address: 'z@y.example' }],
      cc: [],
      subject: `Re: ${text}`,
      message_uid: '<1@y.example>',
      authentication: { spf: null, dkim: null, dmarc: null },
      links: [{ text, href: `https://y.example/?q=${encodeURIComponent(text)}` }],
      files: [`${text} .txt`],
      direction: 'inbound',
      fingerprint: 'f'.repeat(64),
    },
    file: { name: text },
    observables: [{ type: 'url', value: `https://y.example/?q=${encodeURIComponent(text)}` }],
    raw_data: JSON.stringify({ text, nested: JSON.stringify({ text }), blocks: [{ text }] }),
    unmapped: {
      activity: null,
      secrets: [],
      hidden_text: text,
      error: text,
      thread: text,
      channel: { uid: 'C1', name: text },
      links: [{ text, href: text }],
    },
  })
}

describe('masked text', () => {
  test('shows four characters at each end, and an HMAC under the key of the box', () => {
    const { text, secrets } = masker.text(`use ${github} please`)
    const masked = `${github.slice(0, 4)}…${github.slice(-4)}`
    expect(text).toBe(`use ${masked} please`)
    expect(secrets).toEqual([
      {
        rule: 'github-token',
        masked,
        hmac: createHmac('sha256', key).update(github).digest('hex'),
      },
    ])
  })

  test('shows nothing of a short secret', () => {
    const password = plant(3, 20).find((p) => p.kind === 'password en')
    expect(masker.text(password?.text ?? '').text).toBe('The password is …')
  })

  test('masks what is broken up or escaped, to the same HMAC', () => {
    const hmac = masker.text(github).secrets[0]?.hmac
    const ways = [
      [...github].join('\u200b'),
      `${github.slice(0, 9)}\u00ad${github.slice(9)}`,
      `x=%${github.charCodeAt(0).toString(16)}${github.slice(1)}`,
      [...github].map((c) => `%${c.charCodeAt(0).toString(16)}`).join(''),
      [...github].map((c) => `&#${c.charCodeAt(0)};`).join(''),
      [...github].map((c) => `&#x${c.charCodeAt(0).toString(16)};`).join(''),
      github.replace('_', '%255f'),
      github.replace('_', '&lowbar;'),
    ]
    for (const way of ways) {
      const { text, secrets } = masker.text(`see ${way} ok`)
      expect(text).not.toContain(way.slice(4, -4))
      expect(secrets[0]?.hmac).toBe(hmac)
    }
  })

  test('changes nothing the second time', () => {
    for (const planted of plant(5, 60)) {
      const once = masker.text(planted.text).text
      expect(masker.text(once)).toEqual({ text: once, secrets: [] })
    }
  })

  test('masks what ends a sentence or stands in one without a colon', () => {
    const [, , gitlab] = plant(1, 3)
    const password = plant(3, 20).find((p) => p.kind === 'password en')?.secret ?? ''
    const token = plant(8, 19).find((p) => p.kind === 'generic')?.secret ?? ''
    for (const text of [
      `It is ${gitlab?.secret}.`,
      `(${gitlab?.secret}), thanks`,
      `user scans, pw ${password} it works`,
      `l'hôte est ftp, mot de passe ${password}`,
      `the key for the choir list is ${token}, Doris asked`,
    ]) {
      const masked = masker.text(text)
      expect(masked.text, text).toContain('…')
      expect(masked.secrets).toHaveLength(1)
    }
  })

  test('leaves identifiers alone', () => {
    const hex = (n: number) => '0123456789abcdef'.repeat(8).slice(3, 3 + n)
    const id = `AKI${'A'}QXZ7J4PLMN3WERTY`
    for (const text of [
      id,
      `${id} was used by AS${'IA'}QXZ7J4PLMN3WERTY`,
      `access key id: ${id}`,
      '3f2b8c1e-5d47-4a9b-9c0e-7f1d2a6b8c4d',
      'request id = 3f2b8c1e-5d47-4a9b-9c0e-7f1d2a6b8c4d',
      `commit ${hex(40)}`,
      `sha256:${hex(64)}`,
      `The key file has SHA ${hex(64)}`,
      'arn:aws:iam::123456789012:role/service-role/AWSReservedSSO_Admin_0123456789abcdef',
      '<CAF4b1c+Qz8xYk2=Jw9@mail.gmail.com>',
      'slack:T024BE7LD:C061EG9SL:1763712000.123456',
      'https://docs.google.com/document/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789abcdefg/edit',
      'Your password expires tomorrow. Reset your password: https://acme.example/reset',
      'Please tell nobody your password. It is important to us.',
      'the key uploads/2024/reports/final-version-2024-11.pdf was read',
      'see key-results-for-2024-and-2025-planning-notes',
      'a token 3f2b8c1e-5d47-4a9b-9c0e-7f1d2a6b8c4d in the log',
      'password managers like 1Password and Bitwarden',
      'IBAN DE89 3704 0044 0532 0130 00, card 4111 1111 1111 1111',
    ])
      expect(masker.text(text)).toEqual({ text, secrets: [] })
  })

  test('masks placeholders without reporting them', () => {
    for (const text of [
      `key ${github.slice(0, 4)}${'x'.repeat(36)}`,
      `aws secret wJalr${'XUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'}`,
      'postgres://user:password@localhost:5432/app',
    ]) {
      const masked = masker.text(text)
      expect(masked.text).not.toBe(text)
      expect(masked.secrets).toEqual([])
    }
  })
})

describe('masked events', () => {
  test('hold none of 100 planted secrets, in any field', () => {
    for (const { kind, text, secret } of plant(11, 100)) {
      const json = JSON.stringify(masker.event(everywhere(text)))
      expect(json.includes(secret), `${kind} left in ${json}`).toBe(false)
      expect(json.includes(encodeURIComponent(secret)), `${kind} left encoded in ${json}`).toBe(
        false,
      )
    }
  })

  test('hold none of 100 secrets that the JSON around them names', () => {
    for (const { secret } of plant(12, 100)) {
      const inner = JSON.stringify({
        api_token: secret,
        env: [{ name: 'DB_PASSWORD', value: secret }],
      })
      const event = baseEvent({
        uid: 'cloudtrail:1:2',
        product: 'cloudtrail',
        tenant_uid: '1',
        raw_data: JSON.stringify({
          requestParameters: { Password: secret },
          CloudTrailEvent: inner,
        }),
      })
      expect(JSON.stringify(masker.event(event))).not.toContain(secret)
    }
  })

  test('keep their identity, and raw JSON stays JSON', () => {
    const before = everywhere(`${github} and ${stripe}`)
    const after = masker.event(before)
    expect(after.metadata).toEqual(before.metadata)
    expect(after.email?.fingerprint).toBe(before.email?.fingerprint)
    expect(after.email?.message_uid).toBe(before.email?.message_uid)
    expect(Object.keys(JSON.parse(after.raw_data))).toEqual(['text', 'nested', 'blocks'])
    expect(JSON.parse(JSON.parse(after.raw_data).nested).text).toContain('…')
    expect(after.unmapped.secrets.map((s) => s.rule).sort()).toEqual(['github-token', 'stripe-key'])
  })

  test('without a secret are the same, byte for byte', () => {
    const event = everywhere('nothing to see')
    event.raw_data = '{"b" : 12345678901234567890, "a":[1.0]}'
    expect(masker.event(event)).toEqual(event)
  })

  test('of mail: tokens of its headers are masked, and not told as posted', () => {
    const mail = everywhere('nothing to see')
    const word = plant(3, 200).find((p) => p.kind === 'aws secret')?.secret ?? ''
    const subject = `=?UTF-8?B?${word}?=`
    mail.raw_data = `X-Token: ${github}\r\nSubject: ${subject}\r\n`
    const { raw_data, unmapped } = masker.event(mail)
    expect(raw_data).not.toContain(github)
    expect(unmapped.secrets).toEqual([])
    expect(masker.text(subject).secrets).toEqual([])
    expect(masker.text(word).secrets).toHaveLength(1)
    const said = masker.event({ ...mail, message: `Use ${github} for it` })
    expect(said.unmapped.secrets).toHaveLength(1)
    expect(masker.event({ ...mail, email: null }).unmapped.secrets).toEqual([])
    const metadata = { ...mail.metadata, product: { name: 'slack' as const } }
    const chat = masker.event({ ...mail, metadata, email: null })
    expect(chat.unmapped.secrets).toHaveLength(1)
  })

  test('are not masked twice', () => {
    const once = masker.event(everywhere(github))
    expect(masker.event(once)).toEqual(once)
  })
})
