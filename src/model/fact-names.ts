import type { EventParts, Part } from './fact-line.ts'

/** Words by which a name or mail address is called, lower case: `ana.ruiz@x` → `ana`, `ruiz`. */
export const nameWords = (name: string): string[] =>
  (name.includes('@') ? (name.split('@')[0] ?? '').split(/[._+-]/) : name.split(' '))
    .map((w) => w.toLowerCase())
    .filter((w) => w.length > 1)

/** Whether somebody called `name` may be the one the part names. */
export const isCalled = (name: string, part: Part | null): boolean =>
  part !== null &&
  part.provenance !== 'outside' &&
  name
    .toLowerCase()
    .split(' ')
    .every((w) => nameWords(part.text).includes(w))

/** The colleague whose name an outside mail uses, as the finding tells it. */
export const usedName = (e: EventParts): string | null =>
  e.findings.map((f) => /^name of (.+) on outside address$/.exec(f)?.[1]).find(Boolean) ?? null

/** Names that a sentence about the event may use. */
export const namesOf = (e: EventParts): string[] =>
  [e.who, e.target]
    .flatMap((part) => (part && part.provenance !== 'outside' ? [part.text] : []))
    .concat(usedName(e) ?? [])
