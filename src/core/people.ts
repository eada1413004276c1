import type { Observable } from './event.ts'

/** A person of the company, as config names them. */
export interface Person {
  name: string
  emails: string[]
  role: string
  approver: boolean
  /** Slack user ids and IAM user names, where they differ from the mail address. */
  accounts: string[]
}

/** What the box knows about the company: its people, domains and networks. */
export interface People {
  readonly list: readonly Person[]
  /** The company's own mail domains, lower case. */
  readonly domains: readonly string[]
  /** CIDR ranges of the company's own networks. */
  readonly networks: readonly string[]
  /** The person behind a mail address, Slack id or IAM user name, or null. */
  find(account: string): Person | null
}

/** Looks people up by any of their addresses and account names, ignoring case. */
export function createPeople(
  list: readonly Person[],
  company: { domains: readonly string[]; networks: readonly string[] },
): People {
  const index = new Map<string, Person>()
  for (const person of list)
    for (const key of [...person.emails, ...person.accounts]) index.set(key.toLowerCase(), person)
  return {
    list,
    domains: company.domains.map((d) => d.toLowerCase()),
    networks: company.networks,
    find: (account) => index.get(account.toLowerCase()) ?? null,
  }
}

/** The person observable of an account, where the account is known. */
export function personOf(people: People, account: string): Observable | null {
  const person = people.find(account)
  return person ? { type: 'person', value: person.name } : null
}
