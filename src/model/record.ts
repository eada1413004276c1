import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { z } from 'zod'

const record = z.strictObject({
  url: z.string(),
  size: z.number(),
  sha256: z.string().regex(/^[\da-f]{64}$/),
  verified: z.boolean(),
})

/** What `pull` knew of a file when it had come: where from, and whether its hash was the one asked for. */
export type PullRecord = z.infer<typeof record>

const beside = (path: string) => `${path}.json`

export const writeRecord = (path: string, value: PullRecord): Promise<void> =>
  writeFile(beside(path), `${JSON.stringify(value)}\n`, { mode: 0o600 })

/** Null where the file was not pulled, or the record can't be read: then nothing is known. */
export function readRecord(path: string): PullRecord | null {
  try {
    return record.parse(JSON.parse(readFileSync(beside(path), 'utf8')))
  } catch {
    return null
  }
}
