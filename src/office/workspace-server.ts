import type { Clock } from '../core/ports.ts'
import type { Row } from './google-settings.ts'
import type { World } from './world.ts'

/** What each method needs: any one of the scopes. */
export const workspaceScopes: Record<string, string[]> = {
  'users.list': ['admin.directory.user.readonly'],
  'tokens.list': ['admin.directory.user.security'],
  'asps.list': ['admin.directory.user.security'],
  'groups.list': ['admin.directory.group.readonly'],
  'members.list': ['admin.directory.group.readonly', 'admin.directory.group.member.readonly'],
  'activities.list': ['admin.reports.audit.readonly'],
}

/** Google's own limits of what one page may hold. */
const pages: Record<string, { usual: number; most: number }> = {
  'users.list': { usual: 100, most: 500 },
  'groups.list': { usual: 200, most: 200 },
  'members.list': { usual: 200, most: 200 },
  'activities.list': { usual: 1000, most: 1000 },
}

/** An answer's body, or how the call fails: an HTTP status and Google's reason and words for it. */
export type WorkspaceResult = Row | { failure: [number, string, string] }

const failed = (status: number, reason: string, message: string): WorkspaceResult => ({
  failure: [status, reason, message],
})
const isFailure = (result: WorkspaceResult): result is { failure: [number, string, string] } =>
  'failure' in result

const directoryPath =
  /^\/admin\/directory\/v1\/(users|groups)(?:\/([^/]+)\/(tokens|asps|members))?$/
const reportsPath = /^\/admin\/reports\/v1\/activity\/users\/all\/applications\/([^/]+)$/

/** `/admin/directory/v1/users/{key}/tokens` is `tokens.list` of that key. */
export function workspaceRoute(path: string): { method: string; key: string } | null {
  const application = reportsPath.exec(path)?.[1]
  if (application) return { method: 'activities.list', key: decodeURIComponent(application) }
  const [, kind, key, what] = directoryPath.exec(path) ?? []
  return kind ? { method: `${what ?? kind}.list`, key: decodeURIComponent(key ?? '') } : null
}

/** The Directory and Reports APIs of the world's Google customer. */
export function createWorkspaceApi({ google }: World, clock: Clock) {
  const ofUser = (lists: Record<string, Row[]> | undefined, key: string): WorkspaceResult => {
    const user = google?.users.find((u) => u.id === key || u.primaryEmail === key)
    return user
      ? { items: lists?.[user.id] ?? [] }
      : failed(404, 'notFound', 'Resource Not Found: userKey')
  }

  const members = (key: string): WorkspaceResult => {
    const found = google?.groups.find(({ group }) => group.id === key || group.email === key)
    return found
      ? { members: found.members }
      : failed(404, 'notFound', 'Resource Not Found: groupKey')
  }

  const activities = (application: string, query: URLSearchParams): WorkspaceResult => {
    const now = clock.now()
    const [start, end] = ['startTime', 'endTime'].map((name) => query.get(name))
    const from = start ? Date.parse(start) : now - 180 * 86_400_000
    const to = end ? Date.parse(end) : now
    if (!(from <= to)) return failed(400, 'invalid', 'Start time cannot be after end time')
    if (application === 'gmail' && !(start && end))
      return failed(400, 'required', 'Both startTime and endTime are needed for gmail')
    if (google?.hidden.includes(application))
      return failed(403, 'forbidden', 'The edition of the customer does not show this application')
    const items = (google?.activities ?? [])
      .filter((row) => row.application === application && row.visible <= now)
      .map(({ record }) => record)
      .filter(({ id }) => Date.parse(id.time) >= from && Date.parse(id.time) <= to)
      .sort((a, b) => b.id.time.localeCompare(a.id.time))
    return { items }
  }

  const page = (method: string, body: Row, query: URLSearchParams): WorkspaceResult => {
    const limits = pages[method]
    const [name, all] = Object.entries(body)[0] ?? []
    if (!limits || !name || !Array.isArray(all)) return body
    const most = Math.min(Number(query.get('maxResults') ?? limits.usual), limits.most)
    const from = Number(query.get('pageToken') ?? 0)
    const rows = all.slice(from, from + most)
    return {
      kind: `admin#${method}`,
      // Google leaves empty lists out.
      ...(rows.length > 0 ? { [name]: rows } : {}),
      ...(from + most < all.length ? { nextPageToken: String(from + most) } : {}),
    }
  }

  const answers: Record<string, (key: string, query: URLSearchParams) => WorkspaceResult> = {
    'users.list': () => ({ users: google?.users ?? [] }),
    'groups.list': () => ({ groups: google?.groups.map(({ group }) => group) ?? [] }),
    'members.list': members,
    'tokens.list': (key) => ofUser(google?.grants, key),
    'asps.list': (key) => ofUser(google?.appPasswords, key),
    'activities.list': activities,
  }

  return {
    /** Whether somebody may see any of this. */
    isAdmin: (email: string): boolean =>
      !google ||
      email === google.subject ||
      google.users.some((u) => u.primaryEmail === email && u.isAdmin),

    call(method: string, key: string, query: URLSearchParams): WorkspaceResult {
      const result = answers[method]?.(key, query) ?? failed(404, 'notFound', 'Not Found')
      return isFailure(result) ? result : page(method, result, query)
    },
  }
}
