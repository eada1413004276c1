import { otherRoots, plain, roots } from './names.ts'
import { farPlaces, type Place, places } from './places.ts'
import type { Rng } from './rng.ts'
import { type Trade, trades } from './trades.ts'

/** A firm the company deals with. */
export interface Party {
  name: string
  domain: string
  contact: string
  email: string
  /** What is on its invoices. */
  supplies: string
  language: 'en' | 'de' | 'nl' | 'pt' | 'fr' | 'es'
}

/** What a company is before anybody works there. */
export interface Profile {
  name: string
  domain: string
  trade: Trade
  place: Place
  far: (typeof farPlaces)[number]
  /** CIDR, and the address its people share. */
  network: string
  officeIp: string
  customers: Party[]
  suppliers: Party[]
}

const contacts = [
  'Judith Penrose',
  'Alan Kettering',
  'Marta Oliveira',
  'Stephan Ullrich',
  'Wilma Groot',
  'Desmond Achebe',
  'Ioana Petrescu',
  'Graham Sillitoe',
  'Yuki Hoshino',
  'Farida Rahimi',
  'Colm Brannigan',
  'Teresa Vidal',
  'Ulla Sundqvist',
  'Hamish Ferrier',
  'Bianca Rossetti',
  'Nikos Stavrou',
  'Ruth Abelson',
  'Pieter Vos',
  'Camille Aubert',
  'Sunita Pillai',
]

const mailboxOf = (rng: Rng, contact: string) => {
  const [first = '', last = ''] = contact.split(' ').map(plain)
  return rng.pick([first, `${first}.${last}`, `${first[0]}.${last}`])
}

/** The company, where it sits, whom it sells to and buys from. */
export function createProfile(rng: Rng): Profile {
  const trade = rng.pick(trades)
  const place = rng.pick(places)
  const root = rng.pick(roots)
  const suffix = rng.pick(trade.suffixes)
  const prefix = `${rng.pick(place.offices)}.${rng.int(3, 250)}`
  const low = rng.int(1, 14) * 16
  const firms = rng.sample(otherRoots, 18)
  const names = rng.sample(contacts, 18)
  const party = (ending: string, supplies: string): Party => {
    const firm = firms.pop() as string
    const contact = names.pop() as string
    const domain = `${plain(firm)}${rng.pick(['', `-${plain(ending)}`, plain(ending)])}.example`
    return {
      name: `${firm} ${ending}`,
      domain,
      contact,
      email: `${mailboxOf(rng, contact)}@${domain}`,
      supplies,
      language: rng.chance(0.2) ? place.language : 'en',
    }
  }
  return {
    name: `${root} ${suffix}`,
    domain: `${plain(root)}${rng.pick(['', plain(suffix), `-${plain(suffix)}`])}.example`,
    trade,
    place,
    far: rng.pick(farPlaces.filter((far) => far.time_zone !== place.time_zone)),
    network: `${prefix}.${low}/28`,
    officeIp: `${prefix}.${low + rng.int(2, 13)}`,
    customers: Array.from({ length: 12 }, () => party(rng.pick(trade.customers), '')),
    suppliers: rng.sample(trade.supplies, 6).map(([ending, what]) => party(ending, what)),
  }
}
