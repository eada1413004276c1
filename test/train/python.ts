import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** A Python that has what training needs, or null. */
export const python =
  [process.env.TRAIN_PYTHON, join(root, 'scripts/train/.venv/bin/python')].find(
    (path) => path && spawnSync(path, ['-c', 'import torch, gguf']).status === 0,
  ) ?? null
