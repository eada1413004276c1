/**
 * Writes the Slack messages the ear is tuned on, as token ids:
 * `scripts/node scripts/train/ear-data.ts OUT.jsonl [--small]`. The first line holds the labels,
 * in order.
 */
import { writeFileSync } from 'node:fs'
import type { Token } from 'node-llama-cpp'
import { shippedEncoder } from '../../src/model/files.ts'
import { headLabels } from '../../src/model/heads.ts'
import { openBaseModel } from './base-model.ts'
import { foldOf, kinds } from './fit.ts'
import { learnedChats } from './learned.ts'

const [out, ...flags] = process.argv.slice(2)
if (!out) {
  console.error('usage: scripts/node scripts/train/ear-data.ts OUT.jsonl [--small]')
  process.exit(1)
}
const small = flags.includes('--small')

/** Tokens of a window beside the encoder's first and last. */
const windowTokens = 509
const model = await openBaseModel(shippedEncoder, true)
const tokens = (text: string): Token[] => model.tokenize(text, false).slice(0, windowTokens)

const { heard } = await learnedChats(null)
writeFileSync(
  out,
  `${[
    { labels: headLabels.chat },
    ...heard
      .filter((_, i) => !small || i % 60 === 0)
      .map((example) => {
        const { id, label, text } = example
        const [whole = ''] = example.windows
        const own = tokens(text)
        const earlier = tokens(whole.slice(text.length)).slice(0, windowTokens - own.length)
        const harm = kinds.chat.harm.includes(label)
        return { id, label, fold: foldOf(example), harm, tokens: own, earlier }
      }),
  ]
    .map((line) => JSON.stringify(line))
    .join('\n')}\n`,
)
process.exit(0)
