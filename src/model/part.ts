import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import { messageOf, ServiceError } from '../core/error.ts'

/** What is remembered beside a half file: where it is from, and which version of it that was. */
const origin = z.strictObject({ url: z.string(), etag: z.string().nullable() })

/** A download that is not whole yet: `FILE.part`, and the hash of what is in it. */
export interface Part {
  /** Bytes that have come. */
  length(): number
  /** The strong ETag of the version they are of, or null. */
  etag(): string | null
  /** Writes more at the end. @throws ServiceError, permanent, when the disk is full */
  append(bytes: Uint8Array): Promise<void>
  /** Forgets what has come; what comes next is of the version `etag`. */
  restart(etag: string | null): Promise<void>
  /** SHA-256 of what has come, hex. */
  digest(): string
  /** Its first bytes. */
  head(count: number): Promise<Buffer>
  /** Gives it its name, safe against a power cut. */
  finish(target: string): Promise<void>
  discard(): Promise<void>
  close(): Promise<void>
}

/** Error codes of a full disk, a used-up quota, and a file over the limit set for this process. */
const full = ['ENOSPC', 'EDQUOT', 'EFBIG']

/** Opens or begins the half file at `path` for a download from `url`; one of another url is emptied. */
export async function openPart(path: string, url: string): Promise<Part> {
  // Never through a link that somebody put there: it could lead anywhere.
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW
  const handle = await open(path, flags, 0o600)
  const beside = `${path}.json`
  const known = await remembered(beside)
  let hash = createHash('sha256')
  let length = 0
  let etag = known?.etag ?? null

  async function restart(next: string | null) {
    await handle.truncate(0)
    await writeFile(beside, JSON.stringify({ url, etag: next }), { mode: 0o600 })
    hash = createHash('sha256')
    length = 0
    etag = next
  }
  if (known?.url !== url) await restart(null)
  else
    for await (const chunk of handle.createReadStream({ start: 0, autoClose: false })) {
      hash.update(chunk)
      length += chunk.length
    }

  return {
    length: () => length,
    etag: () => etag,
    async append(bytes) {
      try {
        for (let at = 0; at < bytes.length; ) {
          const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, length)
          hash.update(bytes.subarray(at, at + bytesWritten))
          at += bytesWritten
          length += bytesWritten
        }
      } catch (cause) {
        if (full.includes((cause as NodeJS.ErrnoException).code ?? ''))
          throw diskFull(`${messageOf(cause)} after ${length} bytes`, cause)
        const message = `${path} can’t be written: ${messageOf(cause)}`
        throw new ServiceError('model', message, { permanent: true, cause })
      }
    },
    restart,
    digest: () => hash.copy().digest('hex'),
    async head(count) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0)
      return buffer.subarray(0, bytesRead)
    },
    async finish(target) {
      await handle.sync()
      await rename(path, target)
      await syncFolder(dirname(target))
      await rm(beside, { force: true })
    },
    async discard() {
      await Promise.all([rm(path, { force: true }), rm(beside, { force: true })])
    },
    close: () => handle.close(),
  }
}

/** What a full disk is told as; what has come is kept. */
export const diskFull = (why: string, cause?: unknown) =>
  new ServiceError('model', `there is no room for the file: ${why}`, {
    permanent: true,
    mend: 'Make room and run the same command again: it goes on where it stopped.',
    cause,
  })

async function remembered(path: string): Promise<z.infer<typeof origin> | null> {
  try {
    return origin.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    // None, or not whole: then the half file is of nobody knows what.
    return null
  }
}

/** A rename lasts once its folder is on the disk: https://man7.org/linux/man-pages/man2/fsync.2.html */
async function syncFolder(path: string): Promise<void> {
  let folder: FileHandle | null = null
  try {
    folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY)
    await folder.sync()
  } finally {
    await folder?.close()
  }
}
