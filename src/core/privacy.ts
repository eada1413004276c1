import type { Event } from './event.ts'
import type { Person } from './people.ts'

/** What stays of an event when its words are no longer kept: who, when, from where, and hashes. */
export function withoutWords(event: Event): Event {
  const { email, unmapped } = event
  return {
    ...event,
    message: '',
    raw_data: '',
    file: null,
    api: event.api && { ...event.api, request: null },
    resources: event.resources.map(({ name, type }) => ({
      name: type === 'channel' || event.api ? name : '',
      type,
    })),
    observables: event.observables.filter(({ type }) => type !== 'url' && type !== 'file'),
    email: email && { ...email, subject: '', links: [], files: [] },
    unmapped: {
      activity: unmapped.activity,
      secrets: unmapped.secrets,
      ...(unmapped.channel && { channel: unmapped.channel }),
      ...(unmapped.thread && { thread: unmapped.thread }),
    },
  }
}

/** What is never kept, by the config. */
export interface Excluded {
  /** Slack channels by name, without #. */
  channels: readonly string[]
  /** People by name. */
  people: readonly string[]
}

/** Tells events that must not be kept: those of an excluded channel, and those an excluded person made. */
export function createExclusion(
  { channels, people }: Excluded,
  everybody: readonly Person[],
): (event: Event) => boolean {
  const rooms = new Set(channels.map((name) => name.replace(/^#/, '').toLowerCase()))
  const accounts = new Set(
    everybody
      .filter(({ name }) => people.includes(name))
      .flatMap(({ emails, accounts }) => [...emails, ...accounts])
      .map((account) => account.toLowerCase()),
  )
  return ({ unmapped, actor, metadata }) => {
    const { uid = '', email_addr = '', name = '' } = actor?.user ?? {}
    return (
      rooms.has(unmapped.channel?.name.replace(/^#/, '').toLowerCase() ?? '') ||
      [uid, email_addr, name, metadata.tenant_uid].some((a) => accounts.has(a.toLowerCase()))
    )
  }
}
