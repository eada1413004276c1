import { killWalk } from './walk.ts'

const result = await killWalk(Number(process.argv[2] ?? 200), console.error)
console.log(JSON.stringify(result, null, 2))
process.exitCode = result.missing.length + result.twice.length > 0 ? 1 : 0
