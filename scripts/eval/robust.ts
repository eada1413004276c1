import { join } from 'node:path'
import { z } from 'zod'
import { above } from '../../src/bench/measure.ts'
import { dataDir, holdout, type MailRecord, readLines, records } from '../../src/bench/records.ts'
import { loadHeads } from '../../src/model/heads.ts'
import { createRng } from '../../src/office/rng.ts'
import { mailExample } from '../train/examples.ts'
import type { Vectors } from '../train/vectors.ts'
import { shippedReader } from './readers.ts'
import { percent, type Table } from './table.ts'

const variant = z.object({
  of: z.string(),
  kind: z.enum(['paraphrase', 'polished', 'translated']),
  language: z.string(),
  subject: z.string(),
  text: z.string(),
})

const twins = new Map(Object.entries({ a: 'а', e: 'е', o: 'о', p: 'р', c: 'с', x: 'х', i: 'і' }))

/** One letter in twelve dropped, doubled or swapped with its neighbour. */
function withTypos(text: string, random: () => number): string {
  const letters = [...text]
  return letters
    .map((c, i) => {
      if (!/\p{L}/u.test(c) || random() > 1 / 12) return c
      const roll = random()
      return roll < 0.34 ? '' : roll < 0.67 ? c + c : `${letters[i + 1] ?? ''}${c}`
    })
    .join('')
}

/** One letter in eight as a look-alike of another alphabet, and a zero-width space here and there. */
const disguised = (text: string, random: () => number): string =>
  [...text]
    .map((c) => {
      const twin = twins.get(c)
      if (twin && random() < 1 / 8) return twin
      return random() < 1 / 60 ? `${c}\u200b` : c
    })
    .join('')

/** The held-out hostile mails in other words: how many the ear still raises by itself. */
export async function robustTables(vectors: Vectors): Promise<Table[]> {
  const { mail } = loadHeads()
  const read = shippedReader(mail, ['phishing', 'bec'])
  const apart = holdout()
  const held = new Map(
    records('mail', 'written')
      .filter((r) => apart.has(r.id) && (r.label === 'phishing' || r.label === 'bec'))
      .map((r) => [r.id, r]),
  )
  const scores = async (list: MailRecord[]) => {
    const out: number[] = []
    for (const record of list) out.push(read(await mailExample(record, vectors.plain)))
    return out
  }
  const changed = (change: (text: string, random: () => number) => string) =>
    [...held.values()].map((r, i) => {
      const rng = createRng(`typing ${i}`)
      const random = () => rng.next()
      return { ...r, subject: change(r.subject, random), text: change(r.text, random) }
    })
  const others = readLines(join(dataDir, 'variants.jsonl')).map((l) => variant.parse(l))
  const sets: [string, MailRecord[]][] = [
    ['typing mistakes', changed(withTypos)],
    ['look-alike letters and zero-width spaces', changed(disguised)],
    ...(['paraphrase', 'polished', 'translated'] as const).map((kind): [string, MailRecord[]] => [
      kind,
      others.flatMap((v) => {
        const record = held.get(v.of)
        if (!record || v.kind !== kind) return []
        return { ...record, subject: v.subject, text: v.text, language: v.language }
      }),
    ]),
  ]
  const rows: Table['rows'] = []
  for (const [name, list] of sets) {
    const before = above(await scores(list.map((r) => held.get(r.id) as MailRecord)), mail.raise)
    const after = above(await scores(list), mail.raise)
    rows.push([name, list.length, percent(before), percent(after), percent(before - after)])
  }
  return [
    {
      title: 'Held-out hostile mails in other words',
      note: 'Raised by the ear alone at its shipped threshold; sender, links and history stay.',
      columns: ['', 'mails', 'as written', 'changed', 'lost'],
      rows,
    },
  ]
}
