import type { Rng } from '../../../src/office/rng.ts'
import { accountActs } from './acts-accounts.ts'
import { cloudActs } from './acts-cloud.ts'
import { mailActs } from './acts-mail.ts'
import { nounFamilies } from './frames.ts'
import { actFamilies } from './frames-acts.ts'
import { fixed } from './frames-fixed.ts'
import { style } from './noise.ts'
import { ofFamily } from './of-family.ts'
import { ofFixed } from './of-fixed.ts'
import type { Asked } from './question.ts'
import type { Act } from './types.ts'

/** Every act that names an activity. */
export const acts: Act[] = [...accountActs, ...mailActs, ...cloudActs]
const families = [...nounFamilies, ...actFamilies]
/** Every frame of English questions that have a plan. */
export const frames: string[] = [...families, ...fixed].flatMap((family) => family.frames)

/** An English question that has a plan, at `now`. */
export function english(rng: Rng, now: number): Asked {
  const how = style(rng)
  for (;;) {
    const asked = rng.chance(0.15)
      ? ofFixed(rng, now, how, fixed)
      : ofFamily(rng, now, how, families, acts)
    if (asked) return asked
  }
}
