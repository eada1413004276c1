import type { Config } from './config.ts'
import { identitiesOf } from './core/identities.ts'
import type { Item } from './core/inventory.ts'
import { findIdentities, forgetPerson, personData } from './jobs/person.ts'
import { build } from './main.ts'
import { count, exits, out, outJson, plain, say } from './terminal.ts'

const nouns: Partial<Record<Item['kind'], string>> = {
  app_password: 'app password',
  app_grant: 'app with access',
  access_key: 'access key',
  forwarding: 'forwarding',
  mail_filter: 'mail filter',
  delegate: 'delegate of the mailbox',
  send_as: 'sending address',
  mail_client_access: 'mail program access',
  auto_reply: 'automatic reply',
}

const factsOf = ({ facts }: Item): string =>
  Object.entries(facts)
    .filter(([, value]) => value !== null && value !== false && value !== '')
    .map(([name, value]) => (value === true ? name : `${name} ${[value].flat().join(', ')}`))
    .join('; ')
    .replaceAll('_', ' ')
    .slice(0, 300)

/** What `porchlight person`, `export` and `forget` are asked. */
export interface PersonCall {
  what: 'person' | 'export' | 'forget'
  name: string
  json: boolean
  /** `forget` only does it with this. */
  yes: boolean
  signal: AbortSignal
}

/** Lists, writes out or erases what is kept about somebody. Returns the exit code. */
export async function personCommand(
  config: Config,
  { what, name, json, yes, signal }: PersonCall,
): Promise<number> {
  const monitor = await build(config, { signal }, 'visit')
  const { app } = monitor
  try {
    const found = findIdentities(app, name)
    if (found.length === 0) {
      const known = identitiesOf(app.store.inventory.ofKind('user'), app.people)
        .filter((identity) => identity.kind === 'person')
        .map((identity) => plain(identity.name))
      throw new Error(
        `Nobody here is called “${plain(name)}”. Known: ${known.slice(0, 20).join(', ') || 'nobody yet'}`,
      )
    }
    const [identity, another] = found
    if (what !== 'person' && (another || !identity))
      throw new Error(`Which one? ${found.map((i) => plain(i.name)).join(', ')}`)
    if (what === 'export') {
      outJson(personData(app, identity as (typeof found)[number]))
      return exits.ok
    }
    if (what === 'forget') {
      const who = identity as (typeof found)[number]
      if (!yes) {
        const { events, holds } = personData(app, who)
        say(
          `This would erase ${count(events.length, 'event')} and ${count(holds.length, 'setting')} of ${plain(who.name)}. To do it, add --yes.`,
        )
        return exits.error
      }
      out(`${count(forgetPerson(app, who), 'row')} of ${plain(who.name)} erased.`)
      return exits.ok
    }
    const told = found.map((one) => ({ ...one, holds: personData(app, one).holds }))
    if (json) {
      outJson(told)
      return exits.ok
    }
    for (const { name: theirs, kind, known, accounts, holds } of told) {
      out(`${plain(theirs)}${kind === 'person' ? '' : ` (${kind})`}`)
      if (kind === 'person' && !known)
        out('  not in the config: add them to "people", or take their accounts away')
      for (const account of accounts)
        out(`  ${account.product.padEnd(10)}  ${plain(account.name)}  ${plain(factsOf(account))}`)
      for (const item of holds)
        out(`  ${(nouns[item.kind] ?? item.kind).padEnd(22)}  ${plain(item.name)}`)
    }
    return exits.ok
  } finally {
    await monitor.close()
  }
}
