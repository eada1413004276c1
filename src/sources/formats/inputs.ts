import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { exportOf, isSlackExport, slackDays } from './slack.ts'

/** Kinds of exports, as `replay --source` names them. */
export const exportKinds = ['cloudtrail', 'mail', 'slack'] as const
export type ExportKind = (typeof exportKinds)[number]

/** A file to read, and how. */
export interface Input {
  kind: ExportKind
  path: string
}

/**
 * The files behind the paths, in the order given, folders sorted; `kind` null: told by the names.
 * @throws where a path can't be read, naming it
 */
export async function* inputsOf(
  paths: readonly string[],
  kind: ExportKind | null,
): AsyncGenerator<Input> {
  for (const path of paths) yield* inputsUnder(path, kind, true)
}

async function* inputsUnder(
  path: string,
  kind: ExportKind | null,
  named: boolean,
): AsyncGenerator<Input> {
  if (!(await stat(path)).isDirectory()) {
    const told = kindOf(path)
    // A file that was named is read whatever its name; in a folder, only what looks right.
    if (named) yield { kind: kind ?? told ?? 'cloudtrail', path }
    else if (
      told &&
      (kind === null || kind === told || (kind === 'slack' && told === 'cloudtrail'))
    )
      yield { kind: kind ?? told, path }
    return
  }
  if (kind !== 'mail' && kind !== 'cloudtrail' && isSlackExport(path)) {
    for (const day of await slackDays(path)) yield { kind: 'slack', path: day }
    return
  }
  const names = (await readdir(path)).sort()
  for (const name of names) yield* inputsUnder(join(path, name), kind, false)
}

function kindOf(path: string): ExportKind | null {
  if (/\.(eml|mbox)$/i.test(path)) return 'mail'
  if (!/\.(json|jsonl|ndjson)(\.gz)?$/i.test(path)) return null
  return exportOf(path) ? 'slack' : 'cloudtrail'
}
