import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

/** Folder (or top-level file) → folders it may import from, besides itself. */
const allowed: Record<string, string[]> = {
  core: [],
  clients: ['core', 'log.ts'],
  store: ['core'],
  model: ['core'],
  detectors: ['core'],
  checks: ['core'],
  // The suites run what ships, on what ships.
  bench: ['core', 'clients', 'store', 'model'],
  office: ['core'],
  config: ['core'],
  sources: ['core', 'clients', 'log.ts'],
  notifiers: ['core', 'clients', 'log.ts'],
  // Through App, which names the parts each job is given.
  jobs: ['core', 'app.ts', 'log.ts'],
}
const typesOnly: Record<string, string[]> = {
  'app.ts': ['core', 'store', 'log.ts'],
  'log.ts': [],
  'clock.ts': ['core'],
}
/** May import anything, except that only `demo` reaches the office. */
const top = [
  'main.ts',
  'cli.ts',
  'config.ts',
  'demo.ts',
  'demo',
  'replay.ts',
  'doctor.ts',
  'model-command.ts',
  'bench-command.ts',
  'look-command.ts',
  'person-command.ts',
  'state.ts',
  'terminal.ts',
]

const roomOf = (file: string) => file.split('/')[1] as string

const imports = globSync('src/**/*.ts').flatMap((file) =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /^(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?['"](\.[^'"]+)['"]/gm,
    ),
  ].map((m) => ({
    file,
    type: m[1] !== undefined,
    target: normalize(join(dirname(file), m[2] as string)),
  })),
)

test('imports run one way', () => {
  const wrong = imports.filter(({ file, type, target }) => {
    const from = roomOf(file)
    const to = roomOf(target)
    if (from === to) return false
    if (to === 'office') return !from.startsWith('demo')
    if (top.includes(from)) return false
    if (from in typesOnly) return !type || !typesOnly[from]?.includes(to)
    return !allowed[from]?.includes(to)
  })
  expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([])
  expect(imports.length).toBeGreaterThan(0)
})

test('plug-ins do not import one another', () => {
  const plugins = ['sources', 'detectors', 'checks', 'notifiers']
  const lists = ['index.ts', 'sample.ts', 'blocks.ts', 'escape.ts']
  const wrong = imports.filter(
    ({ file, target }) =>
      plugins.some((room) => dirname(file) === `src/${room}`) &&
      dirname(target) === dirname(file) &&
      !file.endsWith('/index.ts') &&
      !lists.some((name) => target.endsWith(`/${name}`)),
  )
  expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([])
})
