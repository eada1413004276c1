import { plain } from './names.ts'
import type { Staff } from './people.ts'
import type { Profile } from './profile.ts'
import type { Rng, Slots } from './rng.ts'

/** AWS's own placeholder in its documentation, not a key: https://docs.aws.amazon.com/IAM/latest/UserGuide/security-creds.html */
const docKey = ['AKIA', 'IOSFODNN7', 'EXAMPLE'].join('')

/** Words of the company for phrases; each slot keeps its word until asked for new slots. */
export function companySlots(rng: Rng, profile: Profile, staff: Staff[], others: Staff[]): Slots {
  const [customer, other] = rng.sample(profile.customers, 2)
  const supplier = rng.pick(profile.suppliers)
  const of = (job: string) => staff.find((person) => person.job === job)?.first ?? ''
  return {
    company: profile.name,
    domain: profile.domain,
    slug: profile.domain.split('.')[0] as string,
    city: profile.place.city,
    currency: profile.place.currency,
    service: rng.pick(profile.trade.services),
    feature: rng.pick(profile.trade.features),
    good: rng.pick(profile.trade.goods),
    customer: customer?.name ?? '',
    customerSlug: plain(customer?.name ?? ''),
    contact: customer?.contact ?? '',
    contactFirst: customer?.contact.split(' ')[0] ?? '',
    otherCustomer: other?.name ?? '',
    supplier: supplier.name,
    supplies: supplier.supplies,
    person: rng.pick(others).first,
    owner: of('owner'),
    finance: of('finance'),
    number: String(rng.int(10_000, 99_999)),
    few: String(rng.int(2, 9)),
    docKey,
    docid: () => rng.chars('abcdefghjkmnpqrstuvwxyz23456789', 14),
  }
}
