import { z } from 'zod'

const address = z.strictObject({ name: z.string(), address: z.string() })
const link = z.strictObject({ text: z.string(), href: z.string() })
const result = z.string().nullable()

/** An event whose every part is of the type that the code behind it trusts. */
export const eventShape = z.strictObject({
  metadata: z.strictObject({
    uid: z.string().regex(/^(slack|gmail|workspace|cloudtrail):/),
    product: z.strictObject({ name: z.enum(['slack', 'gmail', 'workspace', 'cloudtrail']) }),
    tenant_uid: z.string(),
    labels: z.array(z.string()),
  }),
  class_name: z.enum(['Base Event', 'Email Activity', 'API Activity']),
  activity_name: z.string().min(1),
  time: z.number().int(),
  status: z.enum(['success', 'failure', 'unknown']),
  message: z.string(),
  actor: z
    .strictObject({
      user: z.strictObject({
        uid: z.string().min(1),
        name: z.string().optional(),
        email_addr: z.string().optional(),
        credential_uid: z.string().optional(),
        type: z.enum(['user', 'bot', 'service', 'root', 'role', 'guest', 'external', 'unknown']),
      }),
    })
    .nullable(),
  src_endpoint: z.strictObject({ ip: z.union([z.ipv4(), z.ipv6()]) }).nullable(),
  api: z
    .strictObject({
      operation: z.string(),
      service: z.string(),
      error: z.string().nullable(),
      user_agent: z.string(),
      region: z.string(),
      read_only: z.boolean().nullable(),
      request: z.record(z.string(), z.unknown()).nullable(),
    })
    .nullable(),
  resources: z.array(z.strictObject({ name: z.string(), type: z.string() })),
  email: z
    .strictObject({
      from: address,
      reply_to: address.nullable(),
      to: z.array(address),
      cc: z.array(address),
      subject: z.string(),
      message_uid: z.string().nullable(),
      authentication: z.strictObject({ spf: result, dkim: result, dmarc: result }),
      links: z.array(link),
      files: z.array(z.string()),
      direction: z.enum(['inbound', 'outbound', 'internal']),
      fingerprint: z.string().length(64),
    })
    .nullable(),
  file: z.strictObject({ name: z.string() }).nullable(),
  observables: z.array(z.strictObject({ type: z.string(), value: z.string().min(1) })),
  raw_data: z.string(),
  unmapped: z.strictObject({
    activity: z.string().nullable(),
    secrets: z.array(z.never()),
    channel: z.strictObject({ uid: z.string(), name: z.string() }).optional(),
    thread: z.string().optional(),
    links: z.array(link).optional(),
    hidden_text: z.string().optional(),
    error: z.string().optional(),
  }),
})
