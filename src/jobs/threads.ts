import { type Event, mostEarlier, threadOf } from '../core/event.ts'

/** Threads that are remembered at once: the oldest is forgotten first. */
const most = 5000

interface Said {
  time: number
  text: string
}

/** What was said in each thread, for a run that keeps no events: of the records so far. */
export function createThreads() {
  const threads = new Map<string, Said[]>()
  return {
    /** What was said in the thread before a reply, oldest first; the event itself is then remembered. */
    earlier(event: Event): string[] {
      const thread = threadOf(event)
      if (event.unmapped.activity !== 'message') return []
      const key = thread ?? event.metadata.uid
      const said = threads.get(key) ?? []
      const before = said.filter(({ time }) => time < event.time).slice(-mostEarlier)
      threads.delete(key)
      threads.set(
        key,
        [...said, { time: event.time, text: event.message }]
          .sort((a, b) => a.time - b.time)
          .slice(-2 * mostEarlier),
      )
      if (threads.size > most) threads.delete(threads.keys().next().value as string)
      return thread ? before.map(({ text }) => text) : []
    },
  }
}
