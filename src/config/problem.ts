/** A mistake in a config file: where, what, and what to do about it. Never holds a secret. */
export interface Problem {
  /** `gmail[0].mailboxes[1]`, `line 3, column 7`, or the file's own path. */
  path: string
  problem: string
  mend: string
}

/** Keys and indexes as people write them: `gmail[0].mailboxes[1]`. */
export const pathOf = (keys: readonly PropertyKey[]): string =>
  keys
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`))
    .join('')

/** What lies at a path of parsed JSON, or undefined. */
export const valueAt = (root: unknown, keys: readonly PropertyKey[]): unknown =>
  keys.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null && Object.hasOwn(node, key)
        ? (node as Record<PropertyKey, unknown>)[key]
        : undefined,
    root,
  )
