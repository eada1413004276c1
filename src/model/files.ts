import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { messageOf, ServiceError } from '../core/error.ts'

const inModels = (name: string) => fileURLToPath(new URL(`../../models/${name}`, import.meta.url))

/** SHA-256 of the files this project ships, as `sha256sum -c` reads them. */
const shipped = Object.fromEntries(
  readFileSync(inModels('SHA256SUMS'), 'utf8')
    .split('\n')
    .map((line) => line.split('  '))
    .map(([hash, name]) => [name, hash]),
) as Record<string, string>

/** What a file must hash to, hex, or null where its owner chose it. */
export const pinned = (path: string): string | null =>
  (isShipped(path) ? shipped[basename(path)] : null) ?? null

/** The analyst that ships with the project. */
export const shippedAnalyst = inModels('smollm2-135m-instruct.Q4_1.gguf')
/** The sentence encoder that ships with the project. */
export const shippedEncoder = inModels('all-minilm-l6-v2.Q8_0.gguf')

/**
 * SHA-256 of a model file, hex. llama.cpp checks nothing, and damaged weights load and answer.
 * @throws ServiceError, permanent, if it can't be read or is not `expected`: of a shipped file, ours
 */
export async function verify(path: string, expected = pinned(path)): Promise<string> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  } catch (cause) {
    throw new ServiceError('model', `model file ${path} can't be read: ${messageOf(cause)}`, {
      permanent: true,
      mend: 'Set model.path or model.encoder_path to a readable GGUF file, or leave them out.',
      cause,
    })
  }
  const found = hash.digest('hex')
  if (expected !== null && expected !== found)
    throw new ServiceError('model', `model file ${path} is damaged: its SHA-256 is ${found}`, {
      permanent: true,
      mend: `Restore it with: git checkout -- models/${basename(path)}`,
    })
  return found
}

/** What tunes the shipped analyst for its tasks: a LoRA made by `scripts/train/analyst`. */
export const shippedAdapter = inModels('analyst.lora.gguf')

/** What tunes the shipped encoder for the ear: a LoRA made by `scripts/train/ear`. */
export const shippedEar = inModels('ear.lora.gguf')

/** Every model file that ships. */
export const shippedFiles: readonly string[] = [
  shippedAnalyst,
  shippedAdapter,
  shippedEncoder,
  shippedEar,
]

/** Whether a path is one of our own files. */
export function isShipped(path: string): boolean {
  return shippedFiles.includes(path)
}
