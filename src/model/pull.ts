import { lstatSync, mkdirSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { messageOf, ServiceError } from '../core/error.ts'
import { verify } from './files.ts'
import { ask, type Offer, sourceUrl } from './offer.ts'
import { diskFull, openPart, type Part } from './part.ts'
import { writeRecord } from './record.ts'

export interface PullOptions {
  url: string
  /** Folder the file goes to; made where there is none. Nothing is written anywhere else. */
  folder: string
  /** Name of the file in it. */
  file: string
  /** Bytes and SHA-256 (hex) it must have; null where nobody knows. */
  size: number | null
  sha256: string | null
  signal: AbortSignal
  /** Bytes that have come, of how many (null: unknown), and a remark where something happened. */
  onProgress?(have: number, of: number | null, remark?: string): void
  /** Tries in a row that bring nothing new. Default 6. */
  tries?: number
  /** Milliseconds before the second and the slowest try; they double in between. */
  backoff?: { first: number; most: number }
  /** Milliseconds of silence until a connection counts as cut. Default 30,000. */
  silence?: number
  /** Bytes of disk left to others, such as the database. Default 500 MB. */
  reserve?: number
}

export interface Pulled {
  path: string
  size: number
  /** Of the file as it is, hex. */
  sha256: string
  /** It is the one that was asked for; false where no hash was known. */
  verified: boolean
  /** It had been there before. */
  already: boolean
}

/** Less than this is not counted as having got further. */
const step = 1_000_000

const permanent = (message: string, mend: string) =>
  new ServiceError('model', message, { permanent: true, mend })

/** A name that stays in its folder. @throws ServiceError, permanent */
export function checkFileName(file: string): string {
  if (/^[A-Za-z\d][\w.-]{0,120}\.gguf$/.test(file)) return file
  throw permanent(
    `${JSON.stringify(file.slice(0, 130))} is no name for a model file`,
    'Use letters, digits, dots and dashes, as in llama-3.2-1b.gguf.',
  )
}

/**
 * Fetches a GGUF file: into `FILE.part`, which a later call goes on with, and under its own name only
 * once size and SHA-256 are right. @throws ServiceError; what has come is kept unless it is wrong
 */
export async function pull(options: PullOptions): Promise<Pulled> {
  const url = sourceUrl(options.url)
  const path = join(options.folder, checkFileName(options.file))
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const there = lstatSync(path, { throwIfNoEntry: false })
  if (there && !there.isFile())
    throw permanent(`${path} is there and is no file`, 'Move it away, or use another name.')
  if (there) {
    const sha256 = await verify(path)
    const verified = options.sha256 === sha256
    if (verified || options.sha256 === null)
      return { path, size: there.size, sha256, verified, already: true }
  }
  const part = await openPart(`${path}.part`, url.href)
  try {
    await fill(part, url, options)
    await check(part, options, url.host)
    await part.finish(path)
    const known = { size: part.length(), sha256: part.digest(), verified: options.sha256 !== null }
    await writeRecord(path, { url: url.href, ...known })
    return { path, ...known, already: false }
  } finally {
    await part.close()
  }
}

/** Tries until everything has come or nothing new comes. */
async function fill(part: Part, url: URL, options: PullOptions): Promise<void> {
  const { signal, tries = 6, backoff = { first: 1000, most: 30_000 } } = options
  let farthest = part.length()
  for (let failed = 0; ; ) {
    try {
      if (await receive(part, url, options)) return
      throw new ServiceError('model', `${url.host} has another version of the file now`)
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof ServiceError) || error.permanent) throw error
      failed = part.length() >= farthest + step ? 1 : failed + 1
      farthest = Math.max(farthest, part.length())
      if (failed >= tries)
        throw new ServiceError('model', `gave up after ${tries} tries: ${error.message}`, {
          mend: 'What has come is kept: run the same command again later.',
          cause: error,
        })
      options.onProgress?.(part.length(), options.size, `${error.message}; trying again`)
      const wait = Math.min(backoff.first * 2 ** (failed - 1), backoff.most)
      await sleep(Math.max(wait, error.retryAfter ?? 0), undefined, { signal })
    }
  }
}

/** One request. True once all has come; false where what had come is of another version. */
async function receive(part: Part, url: URL, options: PullOptions): Promise<boolean> {
  const { size, sha256, silence = 30_000 } = options
  if (size !== null && part.length() === size) return true
  // What could not be told from another version must be told by its hash in the end.
  const unsure = part.etag() === null && sha256 === null
  if (unsure || (size !== null && part.length() > size)) await part.restart(null)

  const cut = new AbortController()
  const timer = setTimeout(
    () => cut.abort(new Error(`nothing came for ${silence / 1000} s`)),
    silence,
  )
  try {
    const both = AbortSignal.any([options.signal, cut.signal])
    const offer = await ask(url, part.length(), part.etag(), both)
    if (offer === 'complete') return true
    if (offer === 'changed') {
      await part.restart(null)
      return false
    }
    await take(part, offer, options, () => timer.refresh())
    return true
  } catch (cause) {
    options.signal.throwIfAborted()
    if (cause instanceof ServiceError) throw cause
    const why = cut.signal.aborted ? messageOf(cut.signal.reason) : messageOf(cause)
    throw new ServiceError('model', `the connection to ${url.host} was cut: ${why}`, { cause })
  } finally {
    clearTimeout(timer)
    cut.abort()
  }
}

/** Writes what is offered behind what has come. */
async function take(part: Part, offer: Offer, options: PullOptions, alive: () => void) {
  const { size, folder, onProgress, reserve = 500_000_000 } = options
  const total = offer.total ?? size
  if (size !== null && total !== size)
    throw permanent(
      `${offer.host} offers ${total} bytes where the file has ${size}`,
      'It is another file: name another address with --url.',
    )
  if (offer.from === 0) {
    if (part.length() > 0)
      onProgress?.(0, total, `${offer.host} only sends the whole file, or has another now`)
    await part.restart(offer.etag)
  }
  const room = () => {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize - reserve
  }
  const missing = total === null ? 0 : total - part.length()
  if (room() < missing)
    throw diskFull(`${megabytes(missing)} are still to come, ${megabytes(room())} are free`)
  for await (const bytes of offer.body) {
    alive()
    if (total !== null && part.length() + bytes.length > total)
      throw permanent(`${offer.host} sends more than ${total} bytes`, 'Name another --url.')
    const before = part.length()
    await part.append(bytes)
    const looked = Math.floor(before / 64e6) === Math.floor(part.length() / 64e6)
    if (!looked && total === null && room() < 0) throw diskFull('the rest of the disk is reserved')
    onProgress?.(part.length(), total)
  }
  if (total !== null && part.length() < total)
    throw new ServiceError('model', `${offer.host} ended after ${part.length()} of ${total} bytes`)
}

const megabytes = (bytes: number) => `${Math.max(0, Math.round(bytes / 1e6))} MB`

/** Right size, right hash, GGUF at all; what is wrong is deleted. */
async function check(part: Part, { sha256, file }: PullOptions, host: string): Promise<void> {
  const found = part.digest()
  if (sha256 !== null && found !== sha256) {
    await part.discard()
    throw permanent(
      `what ${host} sent is not ${file}: its SHA-256 is ${found}, not ${sha256}`,
      'It was deleted. Try once more; if it happens again, the file there is another one.',
    )
  }
  if ((await part.head(4)).toString('latin1') === 'GGUF') return
  await part.discard()
  throw permanent(`what ${host} sent is no GGUF file`, 'It was deleted. Name another address.')
}
