import type { admin_directory_v1 } from '@googleapis/admin'
import { z } from 'zod'
import { type Call, everyPage } from './google-call.ts'
import { isGone } from './google-error.ts'

/** Calls on the Directory API, signed in for a part of it. */
export type DirectoryCall = Call<admin_directory_v1.Admin>

const text = z.string().catch('')
const flag = z.boolean().nullable().catch(null)
const nextPageToken = z.string().optional()
const time = z.iso
  .datetime({ offset: true })
  .transform((t) => Date.parse(t))
  .nullable()
  .catch(null)
const listOf = <T extends z.ZodType>(shape: T) =>
  z
    .array(shape.nullable().catch(null))
    .default([])
    .transform((list) => list.filter((one) => one !== null))
const texts = z.array(z.string()).catch([])

/** https://developers.google.com/workspace/admin/directory/reference/rest/v1/users */
const user = z.object({
  id: z.string().min(1),
  primaryEmail: z.string().min(1).toLowerCase(),
  customerId: text,
  name: z.object({ fullName: text }).partial().catch({}),
  isAdmin: flag,
  isDelegatedAdmin: flag,
  isEnrolledIn2Sv: flag,
  isEnforcedIn2Sv: flag,
  suspended: flag,
  archived: flag,
  /** 1970 for somebody who never signed in. */
  lastLoginTime: time,
  creationTime: time,
  aliases: texts,
  recoveryEmail: text,
})
const users = z.object({ users: listOf(user), nextPageToken })
const tokens = z.object({
  items: listOf(
    z.object({
      clientId: z.string().min(1),
      displayText: text,
      scopes: texts,
      anonymous: flag,
      nativeApp: flag,
    }),
  ),
})
/** Milliseconds in practice, seconds by the documentation; 0 is never. */
const unixTime = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform((t) => (Number(t) < 1e11 ? Number(t) * 1000 : Number(t)) || null)
  .nullable()
  .catch(null)
const asps = z.object({
  items: listOf(
    z.object({
      codeId: z.number(),
      name: text,
      creationTime: unixTime,
      lastTimeUsed: unixTime,
    }),
  ),
})
const groups = z.object({
  groups: listOf(
    z.object({
      id: z.string().min(1),
      email: z.string().min(1).toLowerCase(),
      name: text,
      description: text,
      directMembersCount: z.coerce.number().catch(0),
    }),
  ),
  nextPageToken,
})
const members = z.object({
  members: listOf(z.object({ email: text, role: text, type: text })),
  nextPageToken,
})

export type DirectoryUser = z.infer<typeof user>
export type Grant = z.infer<typeof tokens>['items'][number]
export type AppPassword = z.infer<typeof asps>['items'][number]
export type DirectoryGroup = z.infer<typeof groups>['groups'][number]
export type Member = z.infer<typeof members>['members'][number]

/** Everybody of the company, the suspended too. @throws ServiceError */
export const readUsers = (call: DirectoryCall, signal?: AbortSignal): Promise<DirectoryUser[]> =>
  everyPage(
    (pageToken) =>
      call(
        'users',
        1,
        (api, o) =>
          api.users.list(
            { customer: 'my_customer', maxResults: 500, ...(pageToken ? { pageToken } : {}) },
            o,
          ),
        users,
        signal,
      ),
    (page) => page.users,
    5000,
  )

/** Groups of the company. @throws ServiceError */
export const readGroups = (call: DirectoryCall, signal?: AbortSignal): Promise<DirectoryGroup[]> =>
  everyPage(
    (pageToken) =>
      call(
        'groups',
        1,
        (api, o) =>
          api.groups.list(
            { customer: 'my_customer', maxResults: 200, ...(pageToken ? { pageToken } : {}) },
            o,
          ),
        groups,
        signal,
      ),
    (page) => page.groups,
    2000,
  )

/** Direct members of a group; none where it has gone meanwhile. @throws ServiceError */
export const readMembers = (
  call: DirectoryCall,
  groupKey: string,
  signal?: AbortSignal,
): Promise<Member[]> =>
  everyPage(
    (pageToken) =>
      call(
        'members',
        1,
        (api, o) =>
          api.members.list({ groupKey, maxResults: 200, ...(pageToken ? { pageToken } : {}) }, o),
        members,
        signal,
      ),
    (page) => page.members,
    2000,
  ).catch(noneIfGone)

/** Apps somebody let into the account; none where the account has gone. @throws ServiceError */
export const readGrants = (
  call: DirectoryCall,
  userKey: string,
  signal?: AbortSignal,
): Promise<Grant[]> =>
  call('app grants', 1, (api, o) => api.tokens.list({ userKey }, o), tokens, signal)
    .then(({ items }) => items)
    .catch(noneIfGone)

/** Passwords for single apps, which pass by the second step. @throws ServiceError */
export const readAppPasswords = (
  call: DirectoryCall,
  userKey: string,
  signal?: AbortSignal,
): Promise<AppPassword[]> =>
  call('app passwords', 1, (api, o) => api.asps.list({ userKey }, o), asps, signal)
    .then(({ items }) => items)
    .catch(noneIfGone)

const noneIfGone = (error: unknown): never[] => {
  if (isGone(error)) return []
  throw error
}
