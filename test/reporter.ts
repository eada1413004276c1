import type { Reporter, TestModule } from 'vitest/node'

/** Tests that passed or failed, by the tags in front of their titles: `[kill 20] …` counts 20. */
export function tally(tests: Iterable<{ name: string; passed: boolean }>): string[] {
  const tags = new Map([
    ['kill', 0],
    ['fault', 0],
    ['trap', 0],
    ['emulate', 0],
  ])
  let passed = 0
  let failed = 0
  for (const test of tests) {
    if (!test.passed) {
      failed++
      continue
    }
    passed++
    for (const [, tag = '', number] of test.name.matchAll(/\[(\w+)(?: ([^\]]*))?\]/g)) {
      const had = tags.get(tag)
      if (had === undefined) continue
      tags.set(tag, had + (tag === 'kill' && number ? Number(number) : 1))
    }
  }
  return [
    [...tags].map(([tag, n]) => `${tag} ${n}`).join(', '),
    `${passed} passed, ${failed} failed`,
  ]
}

/** Says at the end how many tests of each special list passed. */
export default class ListReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [
      ...[...module.children.allTests()]
        .filter((test) => test.result().state !== 'skipped')
        .map((test) => ({ name: test.fullName, passed: test.result().state === 'passed' })),
      // A file that can't be loaded has no tests to fail.
      ...(module.state() === 'failed' && module.children.size === 0
        ? [{ name: module.moduleId, passed: false }]
        : []),
    ])
    for (const line of tally(tests)) process.stdout.write(`${line}\n`)
  }
}
