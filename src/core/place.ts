import { type Event, type Observable, uniqueObservables } from './event.ts'
import { type People, personOf } from './people.ts'

/** Account names an actor may be known by, surest first. */
function names(event: Event): string[] {
  const user = event.actor?.user
  if (!user) return []
  const last = user.uid.split(/[/:]/).at(-1)
  return [user.email_addr, user.uid, user.name, last].filter((n): n is string => !!n)
}

/**
 * Adds what only the box knows: the country and network of the address, the person behind the
 * account. A mail concerns the mailbox's owner, and its sender where that is a colleague.
 */
export function place(
  event: Event,
  people: People,
  locate: (ip: string) => Event['src_endpoint'],
): Event {
  const persons: Observable[] = []
  const note = (account: string) => {
    const person = personOf(people, account)
    if (person) persons.push(person)
    return person?.value
  }
  if (event.email) {
    note(event.metadata.tenant_uid)
    if (event.email.direction !== 'inbound') note(event.email.from.address)
  }
  const user = event.actor?.user
  const person = user && names(event).map(note).find(Boolean)
  return {
    ...event,
    actor: user ? { user: person ? { ...user, person } : user } : null,
    src_endpoint: event.src_endpoint && (locate(event.src_endpoint.ip) ?? event.src_endpoint),
    observables: uniqueObservables([...event.observables, ...persons]),
  }
}
