import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { messageOf } from '../src/core/error.ts'
import { createWorld } from '../src/office/company.ts'
import { benchDaemon, benchStart } from './bench/daemon.ts'
import type { Figure } from './bench/figure.ts'
import { benchModel } from './bench/model.ts'
import { benchReplay } from './bench/replay.ts'
import { benchStore } from './bench/store.ts'

/**
 * Prints what Porchlight costs on this machine, each figure beside another way in the same run:
 * `npm run bench`, with `-- --json` as JSON, with `-- store daemon` only those. Takes about three
 * minutes.
 */
const folder = mkdtempSync(join(tmpdir(), 'porchlight-bench-'))
const place = (name: string) => {
  const path = join(folder, name)
  mkdirSync(path)
  return path
}
const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1e9)} GB, Node ${process.versions.node}`
const load = loadavg()[0] ?? 0
try {
  const world = createWorld(1)
  const figures: Figure[] = []
  const steps: [string, () => Promise<Figure[]>][] = [
    ['start', async () => [await benchStart()]],
    ['store', () => benchStore(world, place('store'))],
    ['replay', () => benchReplay(world, place('replay'))],
    ['models', () => benchModel(world)],
    ['daemon', () => benchDaemon(world, place('state'))],
  ]
  const chosen = process.argv.slice(2).filter((word) => word !== '--json')
  for (const [name, step] of steps) {
    if (chosen.length > 0 && !chosen.includes(name)) continue
    process.stderr.write(`${name} …\n`)
    try {
      figures.push(...(await step()))
    } catch (error) {
      // The others are worth having.
      process.stderr.write(`${name}: ${messageOf(error)}\n`)
      process.exitCode = 1
    }
  }
  const result = { machine, load, loadAfter: loadavg()[0] ?? 0, figures }
  process.stdout.write(
    process.argv.includes('--json') ? `${JSON.stringify(result)}\n` : table(result),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function table({ figures, ...about }: { machine: string; load: number; figures: Figure[] }) {
  const rows = figures.map(({ what, unit, value, beside }) =>
    beside
      ? `| ${what} | ${round(value)} ${unit} | ${beside.what} | ${round(beside.value)} ${unit} |`
      : `| ${what} | ${round(value)} ${unit} | | |`,
  )
  return [
    `${about.machine}; load ${about.load.toFixed(1)} at the start.`,
    '',
    '| | | Beside | |',
    '| --- | ---: | --- | ---: |',
    ...rows,
    '',
  ].join('\n')
}

/** Two digits that matter, or whole above 100. */
function round(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)))
}
