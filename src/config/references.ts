import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Problem, pathOf } from './problem.ts'

/** Where the values of references come from. */
export interface Surroundings {
  env: Record<string, string | undefined>
  /** Folder that relative `${file:…}` paths start from. */
  folder: string
}

/** Config with its references filled in. */
export interface Resolved {
  value: unknown
  /** Paths whose whole value came from one reference: text that may stand for a number. */
  whole: Set<string>
  /** Paths with any reference in them: not literal. */
  referring: Set<string>
  problems: Problem[]
  warnings: Problem[]
}

const longest = 64 * 1024
const reference = /\$\$\{|\$\{((?:[^{}$]|\$\{\w*\})*)\}|\$\{/g

/**
 * Fills in `${NAME}` and `${file:/path}` (inside which `${CREDENTIALS_DIRECTORY}` may stand) in every
 * string; `$${` is a plain `${`. What is not set, or empty, is a problem.
 */
export function resolveReferences(root: unknown, { env, folder }: Surroundings): Resolved {
  const out: Resolved = {
    value: null,
    whole: new Set(),
    referring: new Set(),
    problems: [],
    warnings: [],
  }

  const variable = (name: string, path: string): string => {
    const value = env[name]
    if (value) return value
    out.problems.push({
      path,
      problem: `the variable ${name} is ${value === undefined ? 'not set' : 'empty'}`,
      mend: `Set ${name} in the environment Porchlight starts in (for the service: its .env file).`,
    })
    return ''
  }

  const file = (name: string, path: string): string => {
    const missing = out.problems.length
    const at = resolve(
      folder,
      name.replace(/\$\{(\w*)\}/g, (_, inner) => variable(inner, path)),
    )
    if (out.problems.length > missing) return ''
    try {
      const { mode, size } = statSync(at)
      if (size > longest) throw new Error(`is larger than ${longest / 1024} KB`)
      const text = readFileSync(at, 'utf8').replace(/\r?\n$/, '')
      if (text === '') throw new Error('is empty')
      if (mode & 0o004)
        out.warnings.push({
          path,
          problem: `every user of this machine may read ${at}`,
          mend: `Run: chmod 600 ${at}`,
        })
      return text
    } catch (error) {
      out.problems.push({
        path,
        problem: `the file ${at} ${reasonOf(error)}`,
        mend: 'Write the secret into it, readable by the user that runs Porchlight.',
      })
      return ''
    }
  }

  const fill = (text: string, path: string): string => {
    const filled = text.replace(reference, (found: string, inner: string | undefined) => {
      if (found === '$${') return '${'
      out.referring.add(path)
      if (found === text) out.whole.add(path)
      if (inner && /^[A-Za-z_]\w*$/.test(inner)) return variable(inner, path)
      if (inner?.startsWith('file:')) return file(inner.slice('file:'.length), path)
      out.problems.push({
        path,
        problem: 'this reference can’t be read',
        mend: `Write \${NAME} or \${file:/path}; a plain \${ is written $\${.`,
      })
      return ''
    })
    return filled
  }

  const walk = (node: unknown, keys: PropertyKey[]): unknown => {
    if (typeof node === 'string') return fill(node, pathOf(keys))
    if (Array.isArray(node)) return node.map((item, i) => walk(item, [...keys, i]))
    if (typeof node === 'object' && node !== null)
      return Object.fromEntries(Object.entries(node).map(([k, v]) => [k, walk(v, [...keys, k])]))
    return node
  }

  out.value = walk(root, [])
  return out
}

function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown }).code
  if (code === 'ENOENT') return 'does not exist'
  if (code === 'EACCES') return 'may not be read by this user'
  if (code === 'EISDIR') return 'is a folder'
  return error instanceof Error ? error.message : 'can’t be read'
}
