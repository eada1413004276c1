import { rename } from 'node:fs/promises'
import { Low } from 'lowdb'
import { JSONFile } from 'lowdb/node'
import { z } from 'zod'

const mute = z.strictObject({
  /** Detector id, or `*`. */
  detector: z.string(),
  /** `type:value` of an observable the finding must hold, or absent for all. */
  observable: z.string().optional(),
  reason: z.string(),
  /** ISO 8601; the mute ends then. */
  until: z.string().optional(),
})

const schema = z.strictObject({
  mutes: z.array(mute),
  /** Plain sentences people taught, shown as context: who said it, and what. */
  notes: z.array(z.strictObject({ about: z.string(), text: z.string(), by: z.string() })),
})

/** The content of memory.json. */
export type Taught = z.infer<typeof schema>

/** The file of what people taught, kept in step with edits by hand. */
export interface Memory {
  /** What people taught, as the file said it last. */
  readonly taught: Taught
  /** Reads the file again after an edit; a broken edit leaves the old state and says why. */
  reload(): Promise<string | null>
}

/**
 * What people taught the agent: one small readable JSON file, mendable by hand. A broken file is
 * set aside under a `.broken` name, never overwritten.
 */
export async function openMemory(path: string): Promise<Memory> {
  const empty: Taught = { mutes: [], notes: [] }
  const open = async () => {
    const low = new Low<Taught>(new JSONFile(path), structuredClone(empty))
    await low.read()
    return low
  }
  let db = await open().catch(async () => {
    await rename(path, `${path}.broken`)
    return open()
  })
  let taught = empty
  const take = (): string | null => {
    const parsed = schema.safeParse(db.data)
    if (!parsed.success) return z.prettifyError(parsed.error)
    taught = parsed.data
    return null
  }
  const problem = take()
  if (problem) {
    await rename(path, `${path}.broken`)
    db = await open()
    take()
  }
  await db.write()
  return {
    get taught() {
      return taught
    },
    async reload() {
      try {
        await db.read()
      } catch (error) {
        return error instanceof Error ? error.message : String(error)
      }
      return take()
    },
  }
}
