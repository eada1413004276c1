import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { createTrail } from '../../src/clients/aws.ts'
import { createGmail } from '../../src/clients/google.ts'
import { createSlack } from '../../src/clients/slack.ts'
import { messagesPage } from '../../src/clients/slack-directory.ts'
import { ServiceError } from '../../src/core/error.ts'
import { openLine, openOffice, quickClock } from '../sources/office.ts'

vi.setConfig({ testTimeout: 600_000 })
const options = { numRuns: Number(process.env.FUZZ_RUNS ?? 1000) }
const parts = { clock: quickClock(Date.UTC(2026, 0, 1)), log: () => {} }

/** An answer's value, and now and then something else in its place. */
const or = <T>(value: fc.Arbitrary<T>) => fc.oneof({ arbitrary: value, weight: 20 }, fc.jsonValue())
const some = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.oneof({ arbitrary: fc.record(model, { requiredKeys: [] }), weight: 4 }, fc.jsonValue())

const failsAsServiceError = (error: unknown) => {
  expect(error).toBeInstanceOf(ServiceError)
  return null
}

test('any answer of Gmail is read or a ServiceError', async () => {
  const { office } = await openOffice()
  let body = ''
  const endpoint = await openLine(office.googleUrl, (path) =>
    path.includes('/gmail/') ? { status: 200, body } : null,
  )
  const { client_id, client_secret, refreshToken } = office.credentials.google
  const mailbox = 'carla@marlow.example'
  const auth = { oauth: { client_id, client_secret, refresh_token: refreshToken(mailbox) } }
  const gmail = createGmail({ mailbox, auth, endpoint, ...parts })
  const message = fc.record({ id: or(fc.uuid()), labelIds: or(fc.constant(['INBOX'])) })
  const answer = some({
    id: or(fc.uuid()),
    historyId: or(fc.constant('1')),
    messages: or(fc.array(message)),
    history: or(fc.array(fc.record({ messagesAdded: or(fc.array(fc.record({ message }))) }))),
    raw: or(fc.base64String()),
    internalDate: or(fc.nat().map(String)),
  })
  const calls = [() => gmail.search('x'), () => gmail.added('1'), () => gmail.message('1')]
  await fc.assert(
    fc.asyncProperty(answer, fc.constantFrom(...calls), async (value, call) => {
      body = JSON.stringify(value)
      await call().catch(failsAsServiceError)
    }),
    options,
  )
})

test('any answer of Slack is read or a ServiceError', async () => {
  const { office } = await openOffice()
  let body = ''
  const endpoint = await openLine(office.slackUrl, () => ({ status: 200, body }))
  const slack = createSlack({ token: 't', endpoint, ...parts })
  const answer = some({
    ok: or(fc.boolean()),
    error: or(fc.constantFrom('not_in_channel', 'internal_error', '<html>')),
    needed: or(fc.string()),
    messages: or(fc.array(fc.jsonValue())),
    response_metadata: or(fc.record({ next_cursor: or(fc.constantFrom('', 'again')) })),
  })
  const readAll = async () => {
    for await (const { messages } of slack.pages('conversations.history', {}, messagesPage))
      expect(Array.isArray(messages)).toBe(true)
  }
  await fc.assert(
    fc.asyncProperty(answer, async (value) => {
      body = JSON.stringify(value)
      await readAll().catch(failsAsServiceError)
    }),
    options,
  )
})

test('any answer of CloudTrail is read or a ServiceError', async () => {
  const { office } = await openOffice()
  let body = ''
  const endpoint = await openLine(office.awsUrl, () => ({
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body,
  }))
  const { access_key_id, secret_access_key } = office.credentials.aws
  const trail = createTrail({ auth: { access_key_id, secret_access_key }, endpoint, ...parts })
  const event = fc.record(
    { EventId: or(fc.uuid()), EventTime: or(fc.nat()), CloudTrailEvent: or(fc.string()) },
    { requiredKeys: [] },
  )
  const answer = some({
    Events: or(fc.array(event)),
    NextToken: or(fc.constant('again')),
  })
  await fc.assert(
    fc.asyncProperty(answer, async (value) => {
      body = JSON.stringify(value)
      await trail.lookup('us-east-1', { start: 0 }).catch(failsAsServiceError)
    }),
    options,
  )
})
