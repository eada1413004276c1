import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    reporters: ['default', './test/reporter.ts'],
    include: ['test/**/*.test.ts'],
    // Ten thousand cases take their time.
    testTimeout: process.env.FUZZ_RUNS ? 1_800_000 : 90_000,
    pool: 'forks',
    maxWorkers: 2,
  },
})
