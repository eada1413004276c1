import type { Rng } from '../../../src/office/rng.ts'
import { close, open } from './values.ts'

/** How a question is written: with care, as it comes, in haste, or badly. */
export type Style = 'careful' | 'plain' | 'low' | 'hasty' | 'loud'

/** A style by how often people write so. */
export function style(rng: Rng): Style {
  const roll = rng.next()
  if (roll < 0.38) return 'careful'
  if (roll < 0.62) return 'plain'
  if (roll < 0.86) return 'low'
  return roll < 0.985 ? 'hasty' : 'loud'
}

const short: [RegExp, string][] = [
  [/\bplease\b/gi, 'pls'],
  [/\byou\b/g, 'u'],
  [/\bare\b/g, 'r'],
  [/\band\b/g, '&'],
  [/\bwith\b/g, 'w/'],
  [/\bpeople\b/g, 'ppl'],
  [/\byesterday\b/g, 'yday'],
  [/\bmessages\b/g, 'msgs'],
  [/\bpasswords\b/g, 'pwds'],
  [/\baccounts\b/g, 'accts'],
  [/\bthanks\b/gi, 'thx'],
  [/\bbecause\b/g, 'cos'],
  [/\bsomeone\b/g, 'sb'],
  [/\bbetween\b/g, 'betw'],
]
const american: [RegExp, string][] = [
  [/authoris/g, 'authoriz'],
  [/summaris/g, 'summariz'],
  [/behaviour/g, 'behavior'],
  [/enrol\b/g, 'enroll'],
]

/** Applies a change outside of marked values only. */
const outside = (text: string, change: (part: string) => string): string =>
  text
    .split(new RegExp(`(${open}[^${close}]*${close})`))
    .map((part) => (part.startsWith(open) ? part : change(part)))
    .join('')

/** One slip of the fingers in some of the longer words. */
function typos(rng: Rng, text: string, rate: number): string {
  return text.replace(/\p{L}{4,}/gu, (word) => {
    if (!rng.chance(rate)) return word
    const at = rng.int(1, word.length - 2)
    const [a, b] = [word[at] as string, word[at + 1] as string]
    const slips = [
      () => word.slice(0, at) + word.slice(at + 1),
      () => word.slice(0, at) + b + a + word.slice(at + 2),
      () => word.slice(0, at) + a + word.slice(at),
    ]
    return rng.pick(slips)()
  })
}

/** Spaces and marks as they should be where a slot was empty. */
const tidy = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/ ([,.;:?!])/g, '$1')
    .replace(/\b(the|all|our|every one of the) (the|our|my|a|an) /g, '$2 ')
    .replace(/^[\s,;:.?!]+/, '')
    .replace(/,+([,.?:])/g, '$1')
    .replace(/([:,])\s*$/, '')
    .trim()

/** The question as typed; marks are gone. English only where `words` says so. */
export function typed(rng: Rng, text: string, how: Style, words = true): string {
  let said = tidy(text)
  if (words && rng.chance(0.5))
    said = outside(said, (part) => american.reduce((s, [a, b]) => s.replace(a, b), part))
  if (how === 'careful') {
    said = said.replace(/^(\uE000?)(\p{Ll})/u, (all, mark: string, first: string) =>
      mark ? all : first.toUpperCase(),
    )
    said = said.replace(
      /([.!?] )(\p{Ll})/gu,
      (_, stop: string, first: string) => stop + first.toUpperCase(),
    )
    if (!/[.?!)"…]$/.test(said) && rng.chance(0.6)) said += '.'
  }
  if (how === 'low') {
    said = outside(said, (part) => part.toLowerCase())
    if (rng.chance(0.6)) said = said.replace(/[?.]$/, '')
  }
  if (how === 'hasty') {
    said = outside(said, (part) => {
      let out = rng.chance(0.7) ? part.toLowerCase() : part
      if (words) {
        for (const [long, brief] of short) if (rng.chance(0.5)) out = out.replace(long, brief)
        if (rng.chance(0.5))
          out = out.replace(/\b(the|a|an) /gi, (all) => (rng.chance(0.6) ? '' : all))
      }
      return typos(rng, out, 0.12)
    })
    if (rng.chance(0.5)) said = said.replace(/\?$/, '')
    if (rng.chance(0.15)) said = said.replace(/\?$/, '??')
  } else if (rng.chance(0.05)) said = outside(said, (part) => typos(rng, part, 0.06))
  if (how === 'loud') said = outside(said, (part) => part.toUpperCase())
  if (rng.chance(0.04)) said = said.replace(/\?$/, rng.pick(['??', '???', '?!']))
  return said.replaceAll(open, '').replaceAll(close, '').replace(/\s+/g, ' ').trim()
}
