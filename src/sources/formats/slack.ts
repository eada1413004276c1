import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { type SlackUser, slackUser } from '../../clients/slack-message.ts'
import type { Piece } from './bytes.ts'
import { jsonRecords } from './json.ts'

/** What an export says of the workspace besides its messages. */
export interface SlackExport {
  team: string
  users: ReadonlyMap<string, SlackUser>
  /** By name of the channel's folder. */
  channels: ReadonlyMap<string, { id: string; name: string }>
}

const channel = z.object({ id: z.string(), name: z.string().default('') })

/** Whether a folder is a Slack workspace export: https://slack.com/help/articles/220556107 */
export const isSlackExport = (folder: string): boolean =>
  existsSync(join(folder, 'users.json')) && existsSync(join(folder, 'channels.json'))

/** The export a day's file `EXPORT/CHANNEL/2026-11-20.json` belongs to, or null. */
export function exportOf(file: string): string | null {
  const folder = dirname(dirname(file))
  return isSlackExport(folder) ? folder : null
}

/** People and channels of an export; what is missing or broken is left out. */
export async function openSlackExport(folder: string): Promise<SlackExport> {
  const entries = async (name: string): Promise<unknown[]> => {
    const path = join(folder, name)
    if (!existsSync(path)) return []
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    return Array.isArray(value) ? value : []
  }
  const members = await entries('users.json')
  const users = members.flatMap((user) => slackUser.safeParse(user).data ?? [])
  const teams = members.flatMap(
    (user) => z.object({ team_id: z.string() }).safeParse(user).data ?? [],
  )
  const lists = ['channels.json', 'groups.json', 'mpims.json', 'dms.json']
  const channels = (await Promise.all(lists.map(entries)))
    .flat()
    .flatMap((entry) => channel.safeParse(entry).data ?? [])
  return {
    team: teams[0]?.team_id ?? 'export',
    users: new Map(users.map((user) => [user.id, user])),
    channels: new Map(
      channels.map(({ id, name }) => [name || id, { id, name: name || id }] as const),
    ),
  }
}

/** The day files of an export: channels, then days, sorted. */
export async function slackDays(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).filter((e) => e.isDirectory())
  const days = await Promise.all(
    entries.map(async ({ name }) =>
      (await readdir(join(folder, name)))
        .filter((file) => file.endsWith('.json'))
        .map((file) => join(folder, name, file)),
    ),
  )
  return days.flat().sort()
}

/** The messages of a day's file, in order, and the channel they were said in. */
export async function* slackMessages(
  path: string,
  { channels }: SlackExport,
): AsyncGenerator<Piece & { channel: { id: string; name: string } }> {
  const name = basename(dirname(path))
  const here = channels.get(name) ?? { id: name, name }
  for await (const piece of jsonRecords(path)) yield { ...piece, channel: here }
}
