import { createHash } from 'node:crypto'
import { z } from 'zod'
import { baseEvent, type Event, type Observable, uniqueObservables } from '../core/event.ts'
import { addressIn, inHost } from './joints.ts'
import { plain } from './plain.ts'
import { meaningOf, type Parameters } from './workspace-meaning.ts'

const text = z.string().catch('')
const texts = z.array(z.string()).catch([])

/** https://developers.google.com/workspace/admin/reports/reference/rest/v1/activities/list */
const activity = z.looseObject({
  id: z.object({
    time: z.iso.datetime({ offset: true }),
    uniqueQualifier: z.string().min(1),
    applicationName: z.string().min(1),
    customerId: text,
  }),
  actor: z
    .object({ email: text, profileId: text, callerType: text, key: text })
    .partial()
    .catch({}),
  ipAddress: text,
  events: z.array(z.unknown()).min(1),
})
const event = z.looseObject({
  name: z.string().min(1),
  parameters: z
    .array(
      z
        .object({
          name: z.string(),
          value: text,
          intValue: text,
          boolValue: z.boolean().nullable().catch(null),
          multiValue: texts,
        })
        .nullable()
        .catch(null),
    )
    .catch([]),
})
const ids = z.object({ id: z.object({ time: text, uniqueQualifier: text }) })

/** What tells a record from every other of its application, or null where it has nothing. */
export function activityId(record: unknown): string | null {
  const id = ids.safeParse(record).data?.id
  return id ? `${id.time} ${id.uniqueQualifier}` : null
}

/**
 * Whether a record tells of nothing but our own reading: Google writes down each call of an app, and
 * those records would make more of them. `client`: the service account's id.
 */
export function isOwnUse(record: unknown, client: string | null): boolean {
  const read = activity.safeParse(record).data
  if (client === null || read?.id.applicationName !== 'token') return false
  return read.events.every((one) => {
    const { name, parameters } = event.safeParse(one).data ?? {}
    const isOwn = parameters?.some((p) => p?.name === 'client_id' && p.value === client)
    return name === 'activity' && isOwn === true
  })
}

/**
 * A record of the Reports API as Events, one for each act in it; what can't be parsed becomes a Base
 * Event, never an error. `customer`: whose it is, where the record does not say; `domains`: the
 * company's own.
 */
export function normalizeWorkspace(
  record: unknown,
  { customer, domains }: { customer: string; domains: readonly string[] },
): Event[] {
  const parsed = activity.safeParse(record)
  if (!parsed.success) return [broken(record, customer, parsed.error)]
  const { id, actor, ipAddress, events } = parsed.data
  const tenant_uid = id.customerId || customer
  const ip = addressIn(ipAddress)
  const email = (actor.email ?? '').toLowerCase()
  const uid = email || actor.profileId || actor.key
  return events.map((one, index): Event => {
    const found = event.safeParse(one)
    const metadata = {
      uid: `workspace:${tenant_uid}:${id.applicationName}:${id.time}:${id.uniqueQualifier}:${index}`,
      product: 'workspace' as const,
      tenant_uid,
      time: Date.parse(id.time),
      raw_data: JSON.stringify({ ...(record as object), events: [one] }),
    }
    if (!found.success)
      return baseEvent({
        ...metadata,
        unmapped: { activity: null, secrets: [], error: z.prettifyError(found.error) },
      })
    const p = parametersOf(found.data, domains)
    const meaning = meaningOf(id.applicationName, found.data.name, p)
    const failed = /_failure$|_blocked$/.test(found.data.name)
    const title = p.one('doc_title')
    const name = email || (actor.key ?? '') || 'somebody'
    return baseEvent({
      ...metadata,
      class_name: 'API Activity',
      activity_name: found.data.name,
      status: failed ? 'failure' : 'success',
      message: `${plain(name)} ${meaning.did(p)}`,
      actor: uid
        ? {
            user: {
              uid,
              name,
              type: actor.callerType === 'KEY' ? 'service' : 'user',
              ...(email ? { email_addr: email } : {}),
            },
          }
        : null,
      src_endpoint: ip ? { ip } : null,
      resources: resourcesOf(p),
      file: title ? { name: title.slice(0, 500) } : null,
      observables: observablesOf(p, email, ip),
      unmapped: { activity: meaning.activity, secrets: [] },
    })
  })
}

function broken(record: unknown, customer: string, error: z.ZodError): Event {
  const raw_data = JSON.stringify(record) ?? 'null'
  const hash = createHash('sha256').update(raw_data).digest('hex')
  return baseEvent({
    uid: `workspace:${customer || 'unknown'}:${hash}`,
    product: 'workspace',
    tenant_uid: customer,
    raw_data,
    unmapped: { activity: null, secrets: [], error: z.prettifyError(error) },
  })
}

function parametersOf(
  { parameters }: z.infer<typeof event>,
  domains: readonly string[],
): Parameters {
  const values = new Map<string, string[]>()
  for (const p of parameters)
    if (p) {
      const one = p.value || p.intValue || (p.boolValue === null ? '' : String(p.boolValue))
      values.set(p.name.toLowerCase(), one ? [one] : p.multiValue)
    }
  const all = (name: string) => values.get(name) ?? []
  const one = (name: string) => all(name)[0] ?? ''
  const isAway = (address: string) =>
    address.includes('@') &&
    domains.length > 0 &&
    !domains.includes(address.split('@').at(-1)?.toLowerCase() ?? '')
  const isTaken = ['none', 'no_access'].includes(one('new_value') || one('access_level'))
  // Google's own word of what an act changed, where it says one.
  const change = one('visibility_change')
  const isOutward =
    change === 'external' ||
    (!isTaken &&
      change !== 'internal' &&
      ['target_user', 'grantee_email'].some((n) => isAway(one(n))))
  return {
    all,
    one,
    isOutward,
    said(...names) {
      const value = names.map((name) => plain(one(name))).find(Boolean)
      return value ? `“${value}”` : 'something'
    },
  }
}

/** Parameters that name the thing acted on. */
const targets: Record<string, string> = {
  app_name: 'app',
  client_id: 'app id',
  api_client_name: 'app id',
  application_name: 'app',
  doc_title: 'file',
  doc_id: 'file id',
  user_email: 'user',
  affected_email_address: 'user',
  target_user: 'user',
  grantee_email: 'user',
  group_email: 'group',
  role_name: 'role',
  email_forwarding_destination_address: 'mailbox',
  email_monitor_dest_email: 'mailbox',
}

const resourcesOf = (p: Parameters): Event['resources'] =>
  Object.entries(targets).flatMap(([name, type]) =>
    p
      .all(name)
      .slice(0, 10)
      .flatMap((value) => (value ? [{ name: value.slice(0, 500), type }] : [])),
  )

function observablesOf(p: Parameters, email: string, ip: string | null): Observable[] {
  const out: Observable[] = email ? [{ type: 'mailbox', value: email }] : []
  for (const { name, type } of resourcesOf(p)) {
    const isMailbox = type === 'user' || type === 'mailbox'
    if (isMailbox && name.includes('@')) out.push({ type: 'mailbox', value: name.toLowerCase() })
    if (type === 'mailbox') out.push(...inHost(name.split('@').at(-1) ?? ''))
    if (type === 'app id') out.push({ type: 'app', value: name })
    if (type === 'file') out.push({ type: 'file', value: name })
  }
  if (ip) out.push({ type: 'ip', value: ip })
  return uniqueObservables(out)
}
