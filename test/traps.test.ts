import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { traps } from './traps.ts'

const tags = globSync('test/**/*.test.ts').flatMap((file) =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /^\s*(?:test|it)(?:\.\w+\([^)]*\))?\(\s*['"`]((?:\[trap \w+\] ?)+)/gm,
    ),
  ]
    .flatMap((m) => [...(m[1] as string).matchAll(/\[trap (\w+)\]/g)])
    .map((m) => ({ file, id: m[1] as string })),
)

test('every trap has a test', () => {
  const tested = new Set(tags.map(({ id }) => id))
  expect(Object.keys(traps).filter((id) => !tested.has(id))).toEqual([])
})

test('every tag names a trap', () => {
  expect(tags.filter(({ id }) => !(id in traps))).toEqual([])
})
