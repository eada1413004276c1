import { describe, expect, test } from 'vitest'
import { domainOf } from '../../src/core/domains.ts'
import { detectors } from '../../src/detectors/index.ts'
import { judgeExample } from './judge-example.ts'

test('ids are unique and named for the file', async () => {
  const ids = detectors.map((d) => d.id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids)
    expect(Object.values(await import(`../../src/detectors/${id}.ts`))).toContain(
      detectors.find((d) => d.id === id),
    )
})

describe.each(detectors.map((d) => [d.id, d] as const))('%s', (id, detector) => {
  test('says what it is, in words for its reader', () => {
    expect(detector.attacks.length).toBeGreaterThan(0)
    for (const attack of detector.attacks) expect(attack).toMatch(/^T\d{4}(?:\.\d{3})?$/)
    expect(detector.falsepositives.length).toBeGreaterThan(0)
    expect(detector.title).toMatch(/^\p{Lu}[^.!]{3,50}$/u)
    expect(detector.next_step).toMatch(/^\p{Lu}[^!]{20,160}\.$/u)
    expect(detector.next_step).not.toMatch(/immediately|urgent|asap|danger/i)
    expect(detector.examples.match.length).toBeGreaterThanOrEqual(2)
    expect(detector.examples.ignore.length).toBeGreaterThanOrEqual(3)
  })

  test.each(detector.examples.match.map((e) => [e.name, e] as const))(
    'matches %s',
    (_, example) => {
      const finding = judgeExample(example).find((f) => f.analytic.uid === id)
      expect(finding).toBeDefined()
      expect(finding?.confidence_score).toBeGreaterThan(0)
      expect(finding?.confidence_score).toBeLessThanOrEqual(100)
      // What a stranger wrote is never passed off as a fact of ours.
      for (const { value, provenance } of finding?.evidence ?? []) {
        if (provenance === 'outside') continue
        expect(value.length).toBeLessThan(200)
        const address = example.event.email?.from.address ?? ''
        if (example.event.email?.direction === 'inbound' && address && provenance === 'computed')
          expect(value).not.toBe(domainOf(address.split('@')[1] ?? ''))
      }
    },
  )

  test.each(detector.examples.ignore.map((e) => [e.name, e] as const))(
    'ignores %s',
    (_, example) => {
      expect(judgeExample(example).filter((f) => f.analytic.uid === id)).toEqual([])
    },
  )
})

test('no ignored example raises any other detector to high', () => {
  for (const { examples } of detectors)
    for (const example of examples.ignore) {
      const loud = judgeExample(example).filter(
        (f) => f.severity === 'high' || f.severity === 'critical',
      )
      expect(
        loud.map((f) => f.uid),
        example.name,
      ).toEqual([])
    }
})

test('every detector is quiet about an empty event, and none throws', () => {
  for (const { examples } of detectors)
    for (const { event } of examples.match) {
      const hollow = {
        ...event,
        message: '',
        observables: [],
        unmapped: { ...event.unmapped, secrets: [] },
      }
      if (hollow.api) hollow.api = { ...hollow.api, request: null }
      if (hollow.email)
        hollow.email = { ...hollow.email, links: [], subject: '', from: { name: '', address: '' } }
      expect(() => judgeExample({ name: 'hollow', event: hollow })).not.toThrow()
    }
})
