import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ServiceError } from '../../src/core/error.ts'
import { eventShape } from './event-shape.ts'
import { openLine, openOffice } from './office.ts'

/** Each run is several requests over loopback, so these take a tenth of the usual number. */
const options = { numRuns: Math.ceil(Number(process.env.FUZZ_RUNS ?? 1000) / 10) }

const or = <T>(value: fc.Arbitrary<T>) => fc.oneof({ arbitrary: value, weight: 4 }, fc.jsonValue())
const id = fc.constantFrom('18c0000000000102', '18c0000000000103', 'x')
const answer = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      historyId: or(fc.constant('100000000000000000001')),
      messages: or(fc.array(or(fc.record({ id: or(id) })))),
      history: or(
        fc.array(
          fc.record({
            messagesAdded: or(fc.array(fc.record({ message: fc.record({ id: or(id) }) }))),
          }),
        ),
      ),
      nextPageToken: fc.constantFrom('', undefined),
    },
    { requiredKeys: [] },
  ),
)

test('any answer of Gmail’s lists gives events that hold or a ServiceError', async () => {
  const office = await openOffice({ hours: 13, limits: false })
  let body = ''
  const url = await openLine(office.office.googleUrl, (path) =>
    /\/(messages|history)\?/.test(path) ? { status: 200, body } : null,
  )
  await fc.assert(
    fc.asyncProperty(answer, answer, async (first, second) => {
      const { poll } = office.gmail(undefined, {}, url)
      for (const value of [first, second]) {
        body = JSON.stringify(value)
        const events = await poll().catch((error: unknown) => {
          expect(error).toBeInstanceOf(ServiceError)
          return []
        })
        for (const event of events) eventShape.parse(event)
      }
    }),
    options,
  )
})

test('any answer of Slack’s history gives events that hold or a ServiceError', async () => {
  const office = await openOffice({ hours: 13, limits: false })
  let body = ''
  const url = await openLine(office.office.slackUrl, (path) =>
    /history|replies/.test(path) ? { status: 200, body } : null,
  )
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.jsonValue(),
        fc.record({
          ok: fc.constantFrom(true, false),
          error: or(fc.constant('not_in_channel')),
          messages: or(
            fc.array(
              or(
                fc.record({ ts: or(fc.constant('1794820000.000001')), reply_count: or(fc.nat(2)) }),
              ),
            ),
          ),
        }),
      ),
      async (value) => {
        body = JSON.stringify(value)
        const events = await office
          .slack(url)
          .poll()
          .catch((error: unknown) => {
            expect(error).toBeInstanceOf(ServiceError)
            return []
          })
        for (const event of events) eventShape.parse(event)
      },
    ),
    options,
  )
})
