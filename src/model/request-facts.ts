import {
  buys,
  cardCodes,
  coordinates,
  covert,
  credential,
  credentialElsewhere,
  elsewhere,
  extortion,
  giftCard,
  loginCode,
  pays,
  pressure,
  reports,
  runsCommand,
  threat,
  unreachable,
  windfall,
} from '../core/asks.ts'

type Test = (text: string) => boolean
const says =
  (...expressions: RegExp[]): Test =>
  (text) =>
    expressions.some((e) => e.test(text))
const both =
  (a: RegExp, b: RegExp): Test =>
  (text) =>
    a.test(text) && b.test(text)

const tests = {
  credential: says(credential, credentialElsewhere),
  pressure: says(pressure),
  threat: says(threat),
  gift_card: both(giftCard, buys),
  card_codes: both(giftCard, cardCodes),
  covert: says(covert),
  pays: says(pays),
  coordinates: says(coordinates),
  unreachable: says(unreachable),
  login_code: says(loginCode),
  moves_channel: says(elsewhere),
  windfall: says(windfall),
  extortion: says(extortion),
  reports: says(reports),
  runs_command: says(runsCommand),
} satisfies Record<string, Test>

/** What mails and messages alike may ask for, or talk of. */
export const requestFacts = Object.keys(tests)

/** Which of `requestFacts` hold of a text, each 1. */
export const requestsIn = (text: string): Record<string, number> =>
  Object.fromEntries(
    Object.entries(tests).flatMap(([name, test]) => (test(text) ? [[name, 1]] : [])),
  )
