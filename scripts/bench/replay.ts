import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { World } from '../../src/office/world.ts'
import { type Figure, launcher, node, runToEnd, seconds } from './figure.ts'

const mostMails = 200
const records = 10_000

const parseOnly = `
  for (const line of require('node:fs').readFileSync(process.argv[1], 'utf8').split('\\n'))
    if (line) JSON.parse(line)`

/** Whole processes, start-up and end included: exports judged by `replay`. */
export async function benchReplay(world: World, folder: string): Promise<Figure[]> {
  const trail = join(folder, 'trail.jsonl')
  writeFileSync(trail, trailLines(world))
  const mails = join(folder, 'mails')
  mkdirSync(mails)
  const chosen = world.mail.slice(0, mostMails)
  for (const { id, raw } of chosen) writeFileSync(join(mails, `${id}.eml`), raw)

  // 2: something was found.
  const replay = (...args: string[]) =>
    seconds(() => runToEnd(launcher, ['replay', '--json', ...args], [0, 2]))
  const judged = await replay(trail)
  const parsed = await seconds(() => runToEnd(node, ['-e', parseOnly, trail]))
  const read = await replay(mails)
  const heard = await replay('--models', mails)
  return [
    {
      what: `replay of ${records} CloudTrail records`,
      unit: 'events/s',
      value: records / judged,
      beside: { what: 'JSON.parse of the same lines and nothing else', value: records / parsed },
    },
    {
      what: `replay of ${chosen.length} mails, with models`,
      unit: 'mails/s',
      value: chosen.length / heard,
      beside: { what: 'without models', value: chosen.length / read },
    },
  ]
}

function trailLines({ trail }: World): string {
  const lines = Array.from({ length: records }, (_, i) => {
    const item = trail[i % trail.length]
    return JSON.stringify({ ...item?.record, eventID: randomUUID() })
  })
  return `${lines.join('\n')}\n`
}
