import type { Event } from './event.ts'

/** Something an event teaches: `entity` was seen with `value`. */
export interface Lesson {
  entity: string
  kind: string
  value: string
}

/** Errors that say somebody may not do what they tried. */
export const isDenied = (error: string | null): boolean =>
  error !== null && /AccessDenied|UnauthorizedOperation|NotAuthorized|Forbidden/i.test(error)

/**
 * What history remembers of an event. Entities and kinds:
 * - `access_key:AKIA…`, `session:ASIA…` (the caller's own) and `user:UID` (actor): `network`, `country`, `api`, `region`;
 *   of denied calls only `denied_api`, which familiarises nobody with anything
 * - `mailbox:ADDRESS` (received): `sender`, `sender_domain`; (sent): `correspondent`
 * - `company`: the same three over all mailboxes
 * - `name:DISPLAY NAME` (lower case): `address` it wrote from
 * - `OBSERVABLE TYPE:VALUE`: `person` who was seen with it (what more than five share never joins)
 */
export function lessons(event: Event): Lesson[] {
  const out: Lesson[] = []
  const learn = (entity: string, kind: string, value: string | null | undefined) => {
    if (value) out.push({ entity, kind, value })
  }
  const persons = event.observables.filter((o) => o.type === 'person')
  for (const o of event.observables)
    if (o.type !== 'person')
      for (const p of persons) learn(`${o.type}:${o.value}`, 'person', p.value)

  if (event.api) {
    // A call may name other keys: those it made, or acts on. They did nothing here.
    const { uid, credential_uid } = event.actor?.user ?? {}
    const actors = event.observables
      .filter((o) => o.type === 'access_key' || o.type === 'session')
      .filter((o) => o.value === credential_uid)
      .map((o) => `${o.type}:${o.value}`)
    if (uid) actors.push(`user:${uid}`)
    for (const actor of actors) {
      if (isDenied(event.api.error)) learn(actor, 'denied_api', event.api.operation)
      if (event.status === 'failure') continue
      learn(actor, 'network', event.src_endpoint?.network)
      learn(actor, 'country', event.src_endpoint?.location?.country)
      learn(actor, 'api', event.api.operation)
      learn(actor, 'region', event.api.region)
    }
  }

  if (event.email) {
    const { from, to, direction } = event.email
    const mailbox = `mailbox:${event.metadata.tenant_uid}`
    if (direction === 'outbound')
      for (const { address } of to) {
        learn(mailbox, 'correspondent', address)
        learn('company', 'correspondent', address)
      }
    else {
      const domain = from.address.split('@')[1]
      for (const entity of [mailbox, 'company']) {
        learn(entity, 'sender', from.address)
        learn(entity, 'sender_domain', domain)
      }
      learn(`name:${from.name.toLowerCase()}`, 'address', from.address)
    }
  }
  return out
}
