import { messageOf, ServiceError } from '../core/error.ts'
import type { Item, ItemKind } from '../core/inventory.ts'
import type { Log } from '../log.ts'
import { accessOf } from './google-scopes.ts'
import { plain } from './plain.ts'
import type { WorkspaceClient } from './workspace.ts'
import type {
  AppPassword,
  DirectoryGroup,
  DirectoryUser,
  Grant,
  Member,
} from './workspace-directory.ts'

/** All that was read of a customer. */
export interface Directory {
  customer: string
  /** The administrator it was read as. */
  subject: string
  users: DirectoryUser[]
  groups: { group: DirectoryGroup; members: Member[] }[]
  /** Of each user, by id. */
  grants: Map<string, Grant[]>
  appPasswords: Map<string, AppPassword[]>
}

/**
 * Reads a customer's directory as `subject`. Groups and what was let in are left out where they may
 * not be seen. @throws ServiceError
 */
export async function readDirectory(
  workspace: WorkspaceClient,
  { subject, seesGrants, log }: { subject: string; seesGrants: boolean; log: Log },
  signal: AbortSignal,
): Promise<Directory> {
  const users = await workspace.users(signal)
  const customer = users.find((u) => u.customerId)?.customerId ?? ''
  const read: Directory = {
    customer,
    subject,
    users,
    groups: [],
    grants: new Map(),
    appPasswords: new Map(),
  }
  const attempt = async (what: string, run: () => Promise<void>) => {
    try {
      await run()
    } catch (error) {
      if (!(error instanceof ServiceError) || !error.permanent) throw error
      log('warn', `workspace ${what} not shown`, { subject, error: messageOf(error) })
    }
  }
  await attempt('groups', async () => {
    for (const group of await workspace.groups(signal))
      read.groups.push({ group, members: await workspace.members(group.id, signal) })
  })
  if (seesGrants)
    await attempt('app grants', async () => {
      for (const { id } of users) {
        read.grants.set(id, await workspace.grants(id, signal))
        read.appPasswords.set(id, await workspace.appPasswords(id, signal))
      }
    })
  return read
}

const cut = (text: string, longest = 320): string => text.slice(0, longest)

/** Users, groups and what was let in, as items; `domains` are the company's own. Pure. */
export function workspaceItems(read: Directory, domains: readonly string[]): Item[] {
  const { customer, users } = read
  const item = (
    kind: ItemKind,
    id: string,
    name: string,
    holder: string | null,
    facts: Item['facts'],
  ): Item => ({
    uid: `workspace:${customer}:${kind}:${cut(id)}`,
    kind,
    product: 'workspace',
    tenant_uid: customer,
    name: plain(name),
    holder,
    facts,
  })
  // Addresses of users stand on domains that the company has proved to Google to be its own.
  const own = new Set([...domains, ...users.map((u) => u.primaryEmail.split('@').at(-1) ?? '')])
  const isOwn = (email: string) => own.has(email.split('@').at(-1) ?? '')

  return [
    ...users.map((u) =>
      item('user', u.id, plain(u.name.fullName ?? '') || u.primaryEmail, u.primaryEmail, {
        email: u.primaryEmail,
        is_admin: u.isAdmin,
        is_delegated_admin: u.isDelegatedAdmin,
        suspended: u.suspended === true,
        archived: u.archived === true,
        is_enrolled_in_2sv: u.isEnrolledIn2Sv,
        is_enforced_in_2sv: u.isEnforcedIn2Sv,
        // Google says 1970 of somebody who never signed in.
        last_login_time: u.lastLoginTime || null,
        creation_time: u.creationTime,
        aliases: u.aliases.slice(0, 50).map((a) => cut(a)),
        recovery_email: cut(u.recoveryEmail) || null,
        used_by_porchlight: u.primaryEmail === read.subject,
      }),
    ),
    ...users.flatMap((u) =>
      (read.grants.get(u.id) ?? []).slice(0, 500).map((grant) => {
        const scopes = grant.scopes.slice(0, 50).map((s) => cut(s, 200))
        const name = plain(grant.displayText) || grant.clientId
        return item('app_grant', `${u.id}:${grant.clientId}`, name, u.primaryEmail, {
          client_id: cut(grant.clientId),
          user: u.primaryEmail,
          suspended: u.suspended === true,
          scopes,
          access: accessOf(grant.scopes),
        })
      }),
    ),
    ...users.flatMap((u) =>
      (read.appPasswords.get(u.id) ?? [])
        .slice(0, 100)
        .map(({ codeId, name, creationTime, lastTimeUsed }) =>
          item(
            'app_password',
            `${u.id}:${codeId}`,
            plain(name) || 'without a name',
            u.primaryEmail,
            {
              user: u.primaryEmail,
              suspended: u.suspended === true,
              creation_time: creationTime,
              last_used_time: lastTimeUsed,
            },
          ),
        ),
    ),
    ...read.groups.map(({ group, members }) => {
      const outside = members
        .filter(({ email }) => email.includes('@') && !isOwn(email.toLowerCase()))
        .map(({ email }) => plain(email.toLowerCase(), 320))
      return item('group', group.id, plain(group.name) || group.email, group.email, {
        email: group.email,
        description: cut(group.description, 500),
        external_members: [...new Set(outside)].sort().slice(0, 200),
        direct_members_count: group.directMembersCount,
      })
    }),
  ]
}
