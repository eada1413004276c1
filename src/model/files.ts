import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { messageOf, ServiceError } from '../core/error.ts'

/** SHA-256 of the files this project ships; `models/README.md` says where they come from. */
const shipped: Record<string, string> = {
  'smollm2-135m-instruct.Q4_1.gguf':
    'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  'analyst.lora.gguf': '70500937c53a971ab7782a620e56d356a06fa10a7da69554ff7eb858cb16163d',
  'all-minilm-l6-v2.Q8_0.gguf': 'a7ccdc393e87689dd31b66c300244f75f59542e3ff7ba0889f178d13cd888116',
}

const inModels = (name: string) => fileURLToPath(new URL(`../../models/${name}`, import.meta.url))

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

/** Every model file that ships. */
export const shippedFiles: readonly string[] = [shippedAnalyst, shippedAdapter, shippedEncoder]

/** Whether a path is one of our own files. */
export function isShipped(path: string): boolean {
  return shippedFiles.includes(path)
}
