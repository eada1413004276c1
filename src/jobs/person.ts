import type { App } from '../app.ts'
import type { Event } from '../core/event.ts'
import type { Finding } from '../core/finding.ts'
import { type Identity, identitiesOf } from '../core/identities.ts'
import type { Item } from '../core/inventory.ts'
import { words } from '../core/names.ts'

/** Everything kept about somebody. */
export interface PersonData {
  identity: Identity
  /** What their accounts hold. */
  holds: Item[]
  events: Event[]
  findings: Finding[]
  history: Record<string, unknown>[]
}

/** Those whose name holds every word, or who own an account of that name. */
export function findIdentities({ store, people }: App, name: string): Identity[] {
  const wanted = words(name)
  return identitiesOf(store.inventory.ofKind('user'), people).filter(
    (identity) =>
      namesOf(identity).includes(name.toLowerCase()) ||
      (wanted.length > 0 && wanted.every((w) => words(identity.name).includes(w))),
  )
}

/** Names and addresses of the accounts, lower case. */
function namesOf({ accounts }: Identity): string[] {
  const all = accounts.flatMap((a) => [a.holder, a.name, a.facts.email, a.facts.aliases].flat())
  return [...new Set(all.filter((n) => typeof n === 'string').map((n) => n.toLowerCase()))]
}

/** Everything that is kept about somebody. */
export function personData({ store, people }: App, identity: Identity): PersonData {
  const known = people.list.find(({ name }) => name === identity.name)
  const names = [
    ...namesOf(identity),
    ...[...(known?.emails ?? []), ...(known?.accounts ?? [])].map((n) => n.toLowerCase()),
  ]
  const events = store.events.ofPerson(identity.name, names)
  const findings = new Map(
    events
      .flatMap(({ metadata }) => store.findings.ofEvent(metadata.uid))
      .map((finding) => [finding.uid, finding]),
  )
  return {
    identity,
    holds: store.inventory
      .all()
      .filter((i) => i.kind !== 'user' && names.includes(i.holder?.toLowerCase() ?? '')),
    events,
    findings: [...findings.values()],
    history: store.history.about([...names, identity.name.toLowerCase()]),
  }
}

/**
 * Erases what is kept about somebody: their events but for the bare fact of them, what history learned,
 * their settings. What was found in an incident stays with it. Returns how many rows.
 */
export function forgetPerson(app: App, identity: Identity): number {
  const { store, clock } = app
  const { events, holds, history } = personData(app, identity)
  store.transaction(() => {
    for (const event of events)
      if (store.findings.ofEvent(event.metadata.uid).length === 0)
        store.events.erase(event, clock.now())
    store.history.forget([...namesOf(identity), identity.name.toLowerCase()])
    store.inventory.forget([...holds, ...identity.accounts])
  })
  store.tidy()
  return events.length + holds.length + history.length
}
