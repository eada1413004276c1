import type { Severity } from './finding.ts'
import type { Item, ItemKind } from './inventory.ts'
import type { People } from './people.ts'

/** What a check may know beside the item. */
export interface CheckContext {
  /** ms since 1970. */
  now: number
  people: People
  /** Every other item of the kinds it asks for. */
  items(kind: ItemKind): readonly Item[]
}

/** Something that is already wrong, as the owner reads it. */
export interface Weakness {
  /** `check:item`; finding it twice changes nothing. */
  uid: string
  severity: Severity
  /** One sentence: whose, what, and what it allows. Names in it may be outside text. */
  text: string
  /** What to do about it: a full sentence. */
  mend: string
  item: Item
}

/** One way in which an item can be wrong. Pure: what it says follows from the item and the context. */
export interface Check {
  id: string
  kind: ItemKind
  severity: Severity
  mend: string
  /** The sentence, or null where nothing is wrong; may raise or lower the severity. */
  find(item: Item, context: CheckContext): string | { text: string; severity: Severity } | null
}
