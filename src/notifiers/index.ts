import { z } from 'zod'
import type { Notifier } from '../core/ports.ts'

export { createConsoleNotifier, renderBlocks } from './console.ts'
export { createSlackNotifier } from './slack.ts'

/** Config section `notify`: where people read. */
export const options = z.strictObject({
  slack: z
    .strictObject({
      /** Name of the entry in `slack` whose bot posts. */
      workspace: z.string().min(1),
      /** Channel name, with or without #, or its id. */
      channel: z.string().min(1).max(81),
    })
    .optional(),
  console: z.boolean().optional(),
})

/** Posts to `primary`, whose word counts; what arrived there is shown in `copy` as well. */
export function withCopy(primary: Notifier, copy: Notifier): Notifier {
  const refs = new Map<string, Awaited<ReturnType<Notifier['post']>>>()
  return {
    async post(message, thread) {
      const ref = await primary.post(message, thread)
      refs.set(ref.ts, await copy.post(message, thread && (refs.get(thread.ts) ?? null)))
      return ref
    },
    async update(ref, message) {
      await primary.update(ref, message)
      const shown = refs.get(ref.ts)
      if (shown) await copy.update(shown, message)
    },
    find: (uid, sinceMs, thread) => primary.find(uid, sinceMs, thread),
  }
}
