import { ServiceError } from '../core/error.ts'
import type { Event, Scores } from '../core/event.ts'
import type { Ear, Model } from '../core/ports.ts'
import type { Feature } from './card.ts'
import { factsFor, type Heads, loadHeads, readable, textScores, withFacts } from './heads.ts'

/** What the ear needs of the models: vectors, and which file they come from. */
export type Encoder = Pick<Model, 'embed' | 'intent'> & {
  state(): { encoder: string; ear: string }
}

/** AWS calls come by the thousand in few words: their vectors are kept. */
const keptTexts = 2000

/**
 * Reads mails, chat messages and AWS calls with the encoder and the heads of `models/heads.json`: of
 * mails and messages only what it `may`.
 */
export function createEar(
  model: Encoder,
  heads: Heads = loadHeads(),
  may: (feature: Feature) => boolean = () => true,
): Ear {
  const kept = new Map<string, Promise<Float32Array>>()
  const again = (text: string, signal?: AbortSignal): Promise<Float32Array> => {
    const known = kept.get(text)
    if (known) return known
    const vector = model.embed(text, signal)
    if (kept.size >= keptTexts) kept.clear()
    kept.set(text, vector)
    vector.catch(() => kept.delete(text))
    return vector
  }
  const hearing = { mail: model.embed, chat: model.intent, trail: again }
  return {
    async hear(
      event: Event,
      earlier: readonly string[],
      signal?: AbortSignal,
    ): Promise<Scores | null> {
      const found = readable(event, earlier)
      if (!found || (found.head !== 'trail' && !may(found.head))) return null
      const vectors: Float32Array[] = []
      for (const text of found.windows) vectors.push(await hearing[found.head](text, signal))
      const { encoder, ear } = model.state()
      if (encoder !== heads.encoder || ear !== heads.ear)
        throw new ServiceError('model', 'the heads were trained for another encoder', {
          permanent: true,
          mend: 'Leave model.encoder_path out, or train heads for it with scripts/train/heads.ts.',
        })
      return {
        labels: textScores(heads[found.head], { vectors, text: found.text }),
        off_label: 0,
        raise: heads[found.head].raise,
        model: (ear || encoder).slice(0, 12),
        rubric: heads.hash,
      }
    },
    weigh(event, heard, context) {
      const found = heard && heard.rubric === heads.hash ? readable(event) : null
      if (!heard || !found) return heard
      const facts = factsFor[found.head].of(event, context)
      return { ...heard, labels: withFacts(heads[found.head], heard.labels, facts) }
    },
  }
}
