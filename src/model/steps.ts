import type { Fact } from './facts.ts'
import { inCountry, keyEnding, personName, type Telling } from './naming.ts'

/** What a step may be filled with: from config, the vendor or our own computing, never outside text. */
export function fillIns(facts: Fact[], telling: Telling): Record<string, string> {
  const events = facts.flatMap(({ parts }) => (parts.kind === 'event' ? [parts.event] : []))
  const first = <T>(read: (e: (typeof events)[number]) => T | null): T | null =>
    events.map(read).find((found) => found !== null) ?? null
  const key = first((e) => e.key)
  const country = first((e) => e.country)
  return {
    person:
      first((e) => personName(e.who, telling) ?? personName(e.target, telling)) ??
      'the person concerned',
    key: key ? `the ${keyEnding(key)}` : 'the key',
    country: country ? inCountry(country) : 'that country',
    ip: first((e) => e.ip) ?? 'the address',
  }
}

const filled = (step: string, fills: Record<string, string>): string => {
  const text = step.replace(/\{(\w+)\}/g, (_, name: string) => fills[name] ?? 'it')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Steps of the vetted library, most urgent first, each once, blanks like `{key}` filled in. */
export const fillSteps = (library: string[], facts: Fact[], telling: Telling): string[] => {
  const fills = fillIns(facts, telling)
  return [...new Set(library.map((step) => filled(step.trim(), fills)))].filter((s) => s !== '')
}
