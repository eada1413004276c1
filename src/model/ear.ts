import { ServiceError } from '../core/error.ts'
import type { Event, Scores } from '../core/event.ts'
import type { Ear, Model } from '../core/ports.ts'
import { applyHead, type Heads, loadHeads, readable } from './heads.ts'

/** What the ear needs of the models: vectors, and which file they come from. */
export type Encoder = Pick<Model, 'embed'> & { state(): { encoder: string } }

/** Reads mails and chat messages with the sentence encoder and the heads of `models/heads.json`. */
export function createEar(model: Encoder, heads: Heads = loadHeads()): Ear {
  return {
    async hear(event: Event, signal?: AbortSignal): Promise<Scores | null> {
      const found = readable(event)
      if (!found) return null
      const vector = await model.embed(found.text, signal)
      const { encoder } = model.state()
      if (encoder !== heads.encoder)
        throw new ServiceError('model', 'the heads were trained for another encoder', {
          permanent: true,
          mend: 'Leave model.encoder_path out, or train heads for it with scripts/train/heads.ts.',
        })
      return {
        labels: applyHead(heads[found.head], vector),
        off_label: 0,
        model: encoder.slice(0, 12),
        rubric: heads.hash,
      }
    },
  }
}
