import type { Finding } from '../core/finding.ts'

/** Evidence that is ours or the vendor's; outside text never becomes part of a claim. */
const own = (finding: Finding) => finding.evidence.filter((e) => e.provenance !== 'outside')

const domainWord = /^(?=.{4,100}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/

const domainIn = (finding: Finding) =>
  own(finding)
    .map((e) => e.value.toLowerCase())
    .find((v) => domainWord.test(v))

const personIn = (finding: Finding) =>
  own(finding).find((e) => /name|person|colleague|imperson|pretend/i.test(e.name))?.value

/** Kinds of secret an owner knows by name, by words of the pattern that found it. */
const secretKinds: [RegExp, string][] = [
  [/aws|AKIA/, 'AWS access key'],
  [/private-key|\bssh\b/, 'private key'],
  [/password/, 'password'],
  [/slack/, 'Slack token'],
  [/github/, 'GitHub token'],
  [/stripe/, 'Stripe key'],
]

function secretKind(finding: Finding): string {
  const told = own(finding)
    .map((e) => `${e.name} ${e.value}`)
    .join(' ')
  const key = finding.observables.some((o) => o.type === 'access_key')
  return (
    secretKinds.find(([pattern]) => pattern.test(told))?.[1] ?? (key ? 'AWS access key' : 'secret')
  )
}

/**
 * What a finding claims, in the short words of the fact grammar that sentences are made from and
 * checked against. The first item is the claim; detectors without an entry give their title.
 */
const claims: Record<string, (finding: Finding) => string[]> = {
  'lookalike-domain': (f) => [`lookalike domain of ${domainIn(f) ?? 'a domain you know'}`],
  'colleague-impersonation': (f) => [`name of ${personIn(f) ?? 'a colleague'} on outside address`],
  'credential-link': () => ['link asks for a password'],
  'payment-redirect': () => ['asks for payment to new bank details'],
  'gift-cards': () => ['asks for gift cards'],
  'secret-posted': (f) => {
    const key = f.observables.find((o) => o.type === 'access_key')?.value
    return [`${secretKind(f)} posted`, ...(key ? [`key ${key.slice(0, 4)}…${key.slice(-4)}`] : [])]
  },
  'monitor-instruction': () => ['text addresses the monitor'],
  'root-use': () => ['root use'],
  'key-new-network': () => ['first use from this network'],
  'denied-sweep': () => ['denied sweep'],
  'trail-stopped': () => ['log tampering'],
  'admin-policy': () => ['policy allows everything'],
}

/** The claim of a finding as it stands in a fact's `[finding: …]`. */
export const claimOf = (finding: Finding): string[] =>
  claims[finding.analytic.uid]?.(finding) ?? [
    finding.title,
    ...own(finding).map((e) => `${e.name} ${e.value}`),
  ]
