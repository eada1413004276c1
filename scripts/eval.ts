/**
 * Measures the models that ship: `npm run eval [-- --data DIR] [--json] [--full] [--only NAME]`.
 * Without DIR on the held-out records of models/data, with it also on the public sets in DIR
 * (`email`, `chat` and `cloudtrail` as `.jsonl.xz`). Prints Markdown, or JSON with `--json`.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { contrastTables, planTables, readingTables, wordTables } from './eval/analyst.ts'
import { chatTables, mailTables, trailTables } from './eval/ear.ts'
import { injectionTables, launderingTables } from './eval/injection.ts'
import { robustTables } from './eval/robust.ts'
import { markdown, type Table } from './eval/table.ts'
import { openVectors } from './train/vectors.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    adapter: { type: 'string' },
  },
})
const dir = values.data ?? null
const adapter = values.adapter && resolve(values.adapter)
const sections: Record<string, () => Promise<Table[]>> = {
  mail: () => withVectors((v) => mailTables(v, dir)),
  slack: () => withVectors((v) => chatTables(v, dir)),
  cloudtrail: () => withVectors((v) => trailTables(v, dir)),
  words: () => wordTables(adapter),
  writing: async () => contrastTables(),
  reading: () => readingTables(adapter),
  questions: () => planTables(values.full, adapter),
  injection: () => withVectors((v) => injectionTables(v, adapter)),
  robustness: () => withVectors((v) => robustTables(v)),
  laundering: () => launderingTables(adapter),
}

async function withVectors(work: (v: Awaited<ReturnType<typeof openVectors>>) => Promise<Table[]>) {
  const vectors = await openVectors((text) => process.stderr.write(`${text}\n`))
  try {
    return await work(vectors)
  } finally {
    await vectors.close()
  }
}

const wanted = Object.entries(sections).filter(([name]) => !values.only || name === values.only)
if (wanted.length === 0) {
  process.stderr.write(`--only must be one of ${Object.keys(sections).join(', ')}\n`)
  process.exit(2)
}
const report: Table[] = []
for (const [name, work] of wanted) {
  const began = performance.now()
  process.stderr.write(`${name} …\n`)
  for (const table of await work()) {
    report.push(table)
    if (!values.json) process.stdout.write(`${markdown(table)}\n`)
  }
  process.stderr.write(`${name} took ${((performance.now() - began) / 1000).toFixed(0)} s\n`)
}
if (values.json) process.stdout.write(`${JSON.stringify(report, null, 1)}\n`)
