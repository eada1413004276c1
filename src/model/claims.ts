import type { Finding } from '../core/finding.ts'
import type { People } from '../core/people.ts'

/** Values that we computed; what a vendor reports may hold names that an intruder chose. */
const computed = (finding: Finding) => finding.evidence.filter((e) => e.provenance === 'computed')

const domainWord = /^(?=.{4,100}$)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+$/

const imitated = (finding: Finding) =>
  computed(finding)
    .map((e) => e.value.toLowerCase())
    .find((v) => domainWord.test(v))

/** The colleague whose addresses the detector lists. */
const colleague = (finding: Finding, people: People) =>
  computed(finding)
    .flatMap((e) => e.value.split(/[,\s]+/))
    .map((address) => people.find(address))
    .find((person) => person !== null)?.name

/** Kinds of secret an owner knows by name, by the id of the pattern that found it. */
const secretKinds: [RegExp, string][] = [
  [/aws/, 'AWS secret key'],
  [/private-key|\bssh\b/, 'private key'],
  [/password/, 'password'],
  [/slack/, 'Slack token'],
  [/github/, 'GitHub token'],
  [/stripe/, 'Stripe key'],
]

function secretClaims(finding: Finding): string[] {
  const key = finding.observables.find((o) => o.type === 'access_key')?.value
  const rules = computed(finding).map((e) => e.name)
  const kind = secretKinds.find(([pattern]) => rules.some((r) => pattern.test(r)))?.[1]
  if (!key) return [`${kind ?? 'secret'} posted`]
  return ['AWS access key posted', `key ${key.slice(0, 4)}…${key.slice(-4)}`]
}

type Claim = (finding: Finding, people: People) => string[]

/**
 * What a finding claims, in the short words of the fact grammar that sentences are made from and
 * checked against. A detector without an entry claims its title, which is its own words too.
 */
const claims: Record<string, Claim> = {
  'lookalike-domain': (f) => {
    const link = f.evidence.some((e) => e.name === 'links to') ? 'link to ' : ''
    return [`${link}lookalike domain of ${imitated(f) ?? 'another company'}`]
  },
  'colleague-impersonation': (f, people) =>
    f.evidence.some((e) => e.name === 'claims to come from')
      ? ['own address forged']
      : [`name of ${colleague(f, people) ?? 'a colleague'} on outside address`],
  'credential-link': () => ['link asks for a password'],
  'payment-redirect': () => ['asks for payment to new bank details'],
  'gift-cards': () => ['asks for gift cards'],
  'secret-posted': secretClaims,
  'hostile-text': () => ['reads like fraud'],
  'monitor-instruction': () => ['text addresses the monitor'],
  'root-use': () => ['root use'],
  'key-new-network': () => ['first use from this network'],
  'denied-sweep': () => ['denied sweep'],
  'trail-stopped': () => ['log tampering'],
  'admin-policy': () => ['policy with very wide rights'],
}

/** The claim of a finding, as it stands in a fact's `[finding: …]`. */
export const claimOf = (finding: Finding, people: People): string[] =>
  claims[finding.analytic.uid]?.(finding, people) ?? [finding.title]
