import type { gmail_v1 } from '@googleapis/gmail'
import { z } from 'zod'
import type { Call } from './google-call.ts'

/** Calls on one mailbox. */
export type GmailCall = Call<gmail_v1.Resource$Users>

const text = z.string().catch('')
const flag = z.boolean().catch(false)
const labels = z.array(z.string()).catch([])
/** Milliseconds since 1970, as Google writes them. */
const time = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .nullable()
  .catch(null)
/** A list that Google leaves out when it is empty; what can't be read in it is passed over. */
const listOf = <T extends z.ZodType>(shape: T) =>
  z
    .array(shape.nullable().catch(null))
    .default([])
    .transform((list) => list.filter((one) => one !== null))

const filters = z.object({
  filter: listOf(
    z.object({
      id: z.string(),
      criteria: z
        .object({ from: text, to: text, subject: text, query: text, negatedQuery: text })
        .partial()
        .catch({}),
      action: z
        .object({ addLabelIds: labels, removeLabelIds: labels, forward: text })
        .partial()
        .catch({}),
    }),
  ),
})
const forwardingAddresses = z.object({
  forwardingAddresses: listOf(z.object({ forwardingEmail: z.string(), verificationStatus: text })),
})
const autoForwarding = z.object({ enabled: flag, emailAddress: text, disposition: text })
const sendAs = z.object({
  sendAs: listOf(
    z.object({
      sendAsEmail: z.string(),
      displayName: text,
      replyToAddress: text,
      isPrimary: flag,
      isDefault: flag,
      treatAsAlias: flag,
      verificationStatus: text,
    }),
  ),
})
const delegates = z.object({
  delegates: listOf(z.object({ delegateEmail: z.string(), verificationStatus: text })),
})
const imap = z.object({ enabled: flag })
const pop = z.object({ accessWindow: text })
const vacation = z.object({
  enableAutoReply: flag,
  responseSubject: text,
  responseBodyPlainText: text,
  restrictToContacts: flag,
  restrictToDomain: flag,
  startTime: time,
  endTime: time,
})

/** A mailbox's settings by Google's own names. */
export interface MailboxSettings {
  filters: z.infer<typeof filters>['filter']
  forwardingAddresses: z.infer<typeof forwardingAddresses>['forwardingAddresses']
  autoForwarding: z.infer<typeof autoForwarding>
  sendAs: z.infer<typeof sendAs>['sendAs']
  /** null where the credentials may not see them. */
  delegates: z.infer<typeof delegates>['delegates'] | null
  imap: z.infer<typeof imap>
  pop: z.infer<typeof pop>
  vacation: z.infer<typeof vacation>
}

const userId = 'me'

/**
 * Eight requests of one quota unit each: https://developers.google.com/workspace/gmail/api/reference/quota
 * @throws ServiceError
 */
export async function readSettings(
  call: GmailCall,
  seesDelegates: boolean,
  signal: AbortSignal | undefined,
): Promise<MailboxSettings> {
  const read = <T>(
    what: string,
    send: (
      settings: gmail_v1.Resource$Users$Settings,
      options: Parameters<Parameters<GmailCall>[2]>[1],
    ) => Promise<{ data: unknown }>,
    shape: z.ZodType<T>,
  ) => call(what, 1, ({ settings }, o) => send(settings, o), shape, signal)
  const me = { userId }
  return {
    filters: (await read('filters', (s, o) => s.filters.list(me, o), filters)).filter,
    forwardingAddresses: (
      await read(
        'forwarding addresses',
        (s, o) => s.forwardingAddresses.list(me, o),
        forwardingAddresses,
      )
    ).forwardingAddresses,
    autoForwarding: await read('forwarding', (s, o) => s.getAutoForwarding(me, o), autoForwarding),
    sendAs: (await read('addresses', (s, o) => s.sendAs.list(me, o), sendAs)).sendAs,
    delegates: seesDelegates
      ? (await read('delegates', (s, o) => s.delegates.list(me, o), delegates)).delegates
      : null,
    imap: await read('imap', (s, o) => s.getImap(me, o), imap),
    pop: await read('pop', (s, o) => s.getPop(me, o), pop),
    vacation: await read('auto-reply', (s, o) => s.getVacation(me, o), vacation),
  }
}
