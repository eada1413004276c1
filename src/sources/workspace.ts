import { z } from 'zod'
import { clientIdOf } from '../clients/google-auth.ts'
import { isRefused } from '../clients/google-error.ts'
import { createWorkspace, type WorkspaceClient } from '../clients/workspace.ts'
import { readDirectory, workspaceItems } from '../clients/workspace-items.ts'
import { isOwnUse, normalizeWorkspace } from '../clients/workspace-record.ts'
import { readTrail, type TrailMark, trailMark } from '../clients/workspace-trail.ts'
import { messageOf, ServiceError } from '../core/error.ts'
import type { Event } from '../core/event.ts'
import type { Inventory } from '../core/inventory.ts'
import type { Source } from '../core/ports.ts'
import type { SourceDeps } from './index.ts'

/** One Google customer, read through a service account that stands in for an administrator. */
export const options = z.strictObject({
  name: z.string().min(1),
  subject: z
    .email()
    .toLowerCase()
    .describe(
      'Address the service account stands in for: give it a custom admin role with the privileges Reports, Users > Read and Groups > Read, never super admin',
    ),
  service_account: z.string().min(1),
  poll_seconds: z.number().min(10).max(3600).default(60),
  app_grants: z
    .boolean()
    .default(true)
    .describe(
      'Also read which apps and app passwords people let in. Google has no read-only scope for it: admin.directory.user.security could revoke them too, which is never done; set false to go without',
    ),
})

const minute = 60_000
const day = 86_400_000
/** How often the directory is read. */
const directoryEvery = 15 * minute
/** How long an application that can't be seen is left alone. */
const refusedFor = 6 * 60 * minute
const mostEvents = 5000

/** https://developers.google.com/workspace/admin/reports/reference/rest/v1/activities/list */
const applications = [
  'login',
  'token',
  'admin',
  'user_accounts',
  'groups',
  'drive',
  'saml',
  'rules',
  'calendar',
  'gmail',
]

const cursorShape = z.object({
  /** Until here, ms, everything is the first day's. */
  first: z.number(),
  /** When the directory was last asked for, ms. */
  directory: z.number(),
  trails: z.record(z.string(), trailMark),
})

/** Polls one customer. */
export function create(
  { name, subject, service_account, poll_seconds, app_grants }: z.infer<typeof options>,
  { clock, log, endpoint, domains }: SourceDeps,
): Source[] {
  const workspace = createWorkspace({ subject, auth: { service_account }, endpoint, clock, log })
  const ownClient = clientIdOf(service_account)
  /** Applications that the edition or the role does not show, and since when, ms. */
  const refused = new Map<string, number>()

  const poll: Source['poll'] = async (stored, signal) => {
    const now = clock.now()
    const cursor = cursorShape.safeParse(stored).data ?? { first: now, directory: 0, trails: {} }
    const trails = { ...cursor.trails }
    const events: Event[] = []
    const failures: { application: string; error: unknown }[] = []

    const readApplication = async (application: string) => {
      let was: TrailMark = trails[application] ?? { end: now - day, read: now, seen: [] }
      do {
        const isBack = was.end < cursor.first
        const { records, mark } = await readTrail(workspace, application, was, now, signal)
        for (const record of records.filter((r) => !isOwnUse(r, ownClient)))
          for (const event of normalizeWorkspace(record, { customer: name, domains })) {
            if (isBack && event.time <= cursor.first) event.metadata.labels.push('backfill')
            events.push(event)
          }
        was = mark
        trails[application] = mark
      } while (was.end < now && events.length < mostEvents && !signal.aborted)
      refused.delete(application)
    }

    const due = applications.filter((a) => now - (refused.get(a) ?? 0) >= refusedFor)
    await Promise.all(
      due.map((application) =>
        readApplication(application).catch((error: unknown) =>
          failures.push({ application, error }),
        ),
      ),
    )
    for (const { application, error } of failures) {
      log('warn', 'workspace records not read', { application, error: messageOf(error) })
      // Every edition shows sign-ins: where those are refused, it is the role that is missing.
      if (isRefused(error) && application !== 'login') refused.set(application, now)
      // Told as soon as nothing is lost by telling it.
      else if (events.length === 0) throw error
    }

    const isDue = now - cursor.directory >= directoryEvery
    const held = isDue ? await inventory(signal) : null
    return {
      events: events.toSorted((a, b) => a.time - b.time),
      cursor: { ...cursor, directory: isDue ? now : cursor.directory, trails },
      ...(held ? { inventory: [held] } : {}),
    }
  }

  /** What can't be seen is left out; a passing failure leaves all as it was. */
  const inventory = async (signal: AbortSignal): Promise<Inventory | null> => {
    try {
      const read = await readDirectory(workspace, { subject, seesGrants: app_grants, log }, signal)
      const customer = read.customer || name
      return {
        scope: `workspace:${customer}`,
        items: workspaceItems({ ...read, customer }, domains),
      }
    } catch (error) {
      log('warn', 'workspace directory not read', { source: name, error: messageOf(error) })
      return null
    }
  }

  return [
    {
      name: `workspace:${name}`,
      interval: poll_seconds * 1000,
      poll,
      check: (signal) => check(workspace, subject, app_grants, clock.now(), signal),
    },
  ]
}

async function check(
  workspace: WorkspaceClient,
  subject: string,
  seesGrants: boolean,
  now: number,
  signal: AbortSignal,
) {
  const lines: { name: string; ok: boolean; text: string }[] = []
  const attempt = async (what: string, run: () => Promise<string>) => {
    try {
      lines.push({ name: what, ok: true, text: await run() })
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
      const text = [error.message, error.mend].filter(Boolean).join('. ')
      lines.push({ name: what, ok: false, text })
    }
  }
  const span = { start: now - 10 * minute, end: now }
  await attempt('reports', async () => {
    const records = await workspace.activities('login', span, signal)
    return `allowed; ${records.length} sign-in records in the last ten minutes`
  })
  await attempt('users', async () => {
    const users = await workspace.users(signal)
    if (!users.some((u) => u.primaryEmail === subject && u.isAdmin)) return `${users.length} users`
    return `${users.length} users; ${subject} is a super admin, and a role that only reads would do`
  })
  await attempt('groups', async () => `${(await workspace.groups(signal)).length} groups`)
  if (seesGrants)
    await attempt('app grants', async () => {
      const grants = await workspace.grants(subject, signal)
      return `allowed; ${grants.length} of ${subject}`
    })
  return lines
}
