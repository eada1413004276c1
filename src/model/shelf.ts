import { readdirSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { catalogue, type Shape, shippedShape } from './catalogue.ts'
import { isShipped, pinned, shippedAnalyst, shippedFiles, verify } from './files.ts'
import { shapeOf } from './header.ts'
import { readRecord } from './record.ts'

/** A model that is here, or that could be. */
export interface Item {
  /** What `pull` calls it, or null where it can't be pulled. */
  id: string | null
  name: string
  path: string
  /** Bytes: of the file if it is here, else as known. */
  size: number | null
  /** Bytes that are here, also of a file that is half fetched. */
  here: number
  /** What it must hash to, hex, and who says so; null where nobody does. */
  sha256: string | null
  by: string | null
  /** Whether it was compared with that, in a word. */
  checked: 'always' | 'when pulled' | 'no' | ''
  licence: string | null
}

/** What came of a check of the whole file. */
export interface Verdict {
  path: string
  state: 'right' | 'unknown' | 'wrong'
  text: string
}

/** The models that ship, those known, and what else is in the folder or named by the config. */
export function shelf(folder: string, configured: readonly string[]): Item[] {
  const paths = [
    ...shippedFiles,
    ...catalogue.map(({ file }) => join(folder, file)),
    ...ggufIn(folder),
    ...configured,
  ]
  return [...new Set(paths)].map(itemAt)
}

/** What is known of the file at a path: from us, the catalogue, or whoever pulled it. */
export function itemAt(path: string): Item {
  const known = catalogue.find(({ file }) => file === basename(path))
  const record = readRecord(path)
  const ships = isShipped(path)
  const size = sizeOf(path)
  const told = record?.verified ? record.sha256 : null
  return {
    id: known?.id ?? null,
    name: known?.name ?? basename(path),
    path,
    size: size ?? known?.size ?? null,
    here: size ?? sizeOf(`${path}.part`) ?? 0,
    sha256: pinned(path) ?? known?.sha256 ?? told,
    by: ships
      ? 'this project'
      : known?.sha256
        ? 'the catalogue'
        : told && 'you, when it was pulled',
    checked: ships ? 'always' : size === null ? '' : told ? 'when pulled' : 'no',
    licence: ships ? 'Apache-2.0' : (known?.licence ?? null),
  }
}

const sizeOf = (path: string): number | null =>
  statSync(path, { throwIfNoEntry: false })?.size ?? null

function ggufIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.gguf'))
    return names.map((name) => resolve(folder, name))
  } catch {
    // No folder yet: nothing was pulled.
    return []
  }
}

/** The shape of an analyst that is here or known; null for others, and where it can't be read. */
export async function shapeOfItem({ path, here, size }: Item): Promise<Shape | null> {
  if (path === shippedAnalyst) return shippedShape
  if (isShipped(path)) return null
  const known = catalogue.find(({ file }) => file === basename(path))
  return known?.shape ?? (here === size ? shapeOf(path) : null)
}

/** Reads the whole file and says whether it is what it should be. @throws ServiceError if it can't */
export async function checkItem({ path, sha256, by }: Item): Promise<Verdict> {
  const found = await verify(path, null)
  const verdict = (state: Verdict['state'], text: string) => ({
    path,
    state,
    text: `SHA-256 ${found}${text}`,
  })
  if (sha256 !== null)
    return found === sha256
      ? verdict('right', `, as ${by} says`)
      : verdict('wrong', `, but ${by} says ${sha256}`)
  const record = readRecord(path)
  if (!record) return verdict('unknown', ': nobody says what it should be')
  return record.sha256 === found
    ? verdict('unknown', `, as it came from ${record.url}: nobody says what it should be`)
    : verdict('wrong', `, but it came with ${record.sha256}`)
}
