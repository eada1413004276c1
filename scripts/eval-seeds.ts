/**
 * Walks made-up companies without servers or models, and says for each whether the attacks are
 * exactly told and what else would alert.
 * Usage: scripts/node scripts/eval-seeds.ts FROM TO [--proofs]
 * With --proofs each attack event is taken out in turn, and 20 random orders are tried: slower.
 */
import { walkSeed } from '../test/demo/seed.ts'

const [from = '1', to = from, proofs] = process.argv.slice(2)
let good = 0
for (let seed = Number(from); seed <= Number(to); seed++) {
  const walk = await walkSeed(seed)
  const problems = walk.attacks.flatMap((a) =>
    a.exact
      ? []
      : [
          `${a.name} ${a.level ?? 'not told'}`,
          ...a.missed.map((m) => `missed ${JSON.stringify(m.slice(0, 600))}`),
          ...(a.extra.length > 0 ? [`extra ${a.extra.join(' ')}`, walk.why(a.incident)] : []),
        ],
  )
  if (new Set(walk.attacks.map((a) => a.incident)).size < walk.attacks.length)
    problems.push('attacks are one incident')
  problems.push(...walk.other.map((o) => `other ${o}`))
  if (proofs) {
    problems.push(...walk.spare().map((w) => `spare ${JSON.stringify(w)}`))
    const { tried, same } = walk.orders(20)
    if (same < tried) problems.push(`orders ${same} of ${tried}`)
  }
  walk.close()
  if (problems.length === 0) good++
  const levels = walk.attacks.map((a) => a.level ?? '-').join(' ')
  console.log(
    `${seed} ${problems.length === 0 ? 'exact' : 'WRONG'} ${walk.events} events, ${levels}`,
  )
  for (const problem of problems) console.log(`    ${problem}`)
}
console.log(`${good} of ${Number(to) - Number(from) + 1} exact`)
