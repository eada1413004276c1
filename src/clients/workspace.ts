import { z } from 'zod'
import type { Clock } from '../core/ports.ts'
import type { Log } from '../log.ts'
import { type GoogleAccount, type GoogleAuth, signIn } from './google-auth.ts'
import { createCall, everyPage } from './google-call.ts'
import { createLimiter } from './limiter.ts'
import {
  type AppPassword,
  type DirectoryCall,
  type DirectoryGroup,
  type DirectoryUser,
  type Grant,
  type Member,
  readAppPasswords,
  readGrants,
  readGroups,
  readMembers,
  readUsers,
} from './workspace-directory.ts'

/** Reads one Google customer: who there is, what they let in, and what was done. */
export interface WorkspaceClient {
  /** Everybody, the suspended too. @throws ServiceError */
  users(signal?: AbortSignal): Promise<DirectoryUser[]>
  /** @throws ServiceError */
  groups(signal?: AbortSignal): Promise<DirectoryGroup[]>
  members(group: string, signal?: AbortSignal): Promise<Member[]>
  grants(user: string, signal?: AbortSignal): Promise<Grant[]>
  appPasswords(user: string, signal?: AbortSignal): Promise<AppPassword[]>
  /** Records of an application in a span of ms since 1970, newest first, every page, as they came. */
  activities(
    application: string,
    span: { start: number; end: number },
    signal?: AbortSignal,
  ): Promise<unknown[]>
}

const base = 'https://www.googleapis.com/auth/'
/** Each part signs in for itself, so that one that is not allowed leaves the others working. */
const parts = {
  people: ['admin.directory.user.readonly'],
  groups: ['admin.directory.group.readonly', 'admin.directory.group.member.readonly'],
  // Google has no read-only scope for what users let into their accounts:
  // https://developers.google.com/workspace/admin/directory/reference/rest/v1/tokens/list
  grants: ['admin.directory.user.security'],
  reports: ['admin.reports.audit.readonly'],
}

/** Requests a minute, of 2,400: https://developers.google.com/workspace/admin/reports/v1/limits */
const quota = { perMinute: 1200, burst: 300 }
/** Records of one span at most; spans are chosen shorter than that. */
const mostRecords = 50_000

const activities = z.object({
  items: z.array(z.unknown()).default([]),
  nextPageToken: z.string().optional(),
})

/** Reads as the administrator `subject`, whom the service account stands in for. */
export function createWorkspace({
  subject,
  auth,
  endpoint,
  clock,
  log,
  timeout = 20_000,
}: {
  subject: string
  auth: GoogleAuth
  endpoint?: string | undefined
  clock: Clock
  log: Log
  /** ms of real time for one request. */
  timeout?: number
}): WorkspaceClient {
  const limiter = createLimiter(clock, quota)
  const rootUrl = endpoint && new URL('/', endpoint).href
  const shared = { limiter, clock, log, timeout }

  const accountOf = (scopes: string[]): GoogleAccount => ({
    service: 'workspace',
    api: 'Admin SDK API',
    subject,
    scopes: scopes.map((scope) => base + scope),
  })
  const directory = (scopes: string[]): DirectoryCall => {
    const account = accountOf(scopes)
    const open = async () => {
      const { admin } = await import('@googleapis/admin')
      const client = await signIn(account, auth, endpoint, timeout)
      return admin({
        version: 'directory_v1',
        auth: client,
        ...(rootUrl ? { rootUrl } : {}),
      })
    }
    return createCall({ account, open, ...shared })
  }
  const people = directory(parts.people)
  const groups = directory(parts.groups)
  const grants = directory(parts.grants)
  const account = accountOf(parts.reports)
  const reports = createCall({
    account,
    open: async () => {
      const { admin } = await import('@googleapis/admin')
      const client = await signIn(account, auth, endpoint, timeout)
      return admin({ version: 'reports_v1', auth: client, ...(rootUrl ? { rootUrl } : {}) })
    },
    ...shared,
  })

  return {
    users: (signal) => readUsers(people, signal),
    groups: (signal) => readGroups(groups, signal),
    members: (group, signal) => readMembers(groups, group, signal),
    grants: (user, signal) => readGrants(grants, user, signal),
    appPasswords: (user, signal) => readAppPasswords(grants, user, signal),

    activities: (applicationName, { start, end }, signal) =>
      everyPage(
        (pageToken) =>
          reports(
            `${applicationName} activities`,
            1,
            (api, o) =>
              api.activities.list(
                {
                  userKey: 'all',
                  applicationName,
                  startTime: new Date(start).toISOString(),
                  endTime: new Date(end).toISOString(),
                  maxResults: 1000,
                  ...(pageToken ? { pageToken } : {}),
                },
                o,
              ),
            activities,
            signal,
          ),
        (page) => page.items,
        mostRecords,
      ),
  }
}
