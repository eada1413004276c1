import type { App } from '../app.ts'
import type { Weakness } from '../core/check.ts'
import { messageOf } from '../core/error.ts'
import { severityRank } from '../core/finding.ts'
import type { Item } from '../core/inventory.ts'

/** What is wrong with what the accounts hold now, worst first. */
export const look = (app: App): Weakness[] => weaknessesOf(app, app.store.inventory.all())

/** What is wrong with these items, beside all others, worst first. */
export function weaknessesOf(
  { store, checks, people, clock, log }: App,
  items: readonly Item[],
): Weakness[] {
  const context = { now: clock.now(), people, items: store.inventory.ofKind }
  const found = items.flatMap((item) =>
    checks
      .filter((check) => check.kind === item.kind)
      .flatMap((check) => {
        try {
          const said = check.find(item, context)
          if (said === null) return []
          const { text, severity } =
            typeof said === 'string' ? { text: said, severity: check.severity } : said
          return { uid: `${check.id}:${item.uid}`, severity, text, mend: check.mend, item }
        } catch (error) {
          log('error', 'check failed', { check: check.id, uid: item.uid, error: messageOf(error) })
          return []
        }
      }),
  )
  return found.sort((a, b) => severityRank(b.severity) - severityRank(a.severity))
}
