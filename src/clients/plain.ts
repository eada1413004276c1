import { invisible } from '../core/invisible.ts'

const unseen = new RegExp(`[${invisible}“”"]`, 'gu')

/**
 * Outside text as it may stand in a sentence of ours: one line of at most `longest` letters, nothing
 * hidden in it, and no quotation mark that would end ours.
 */
export const plain = (text: string, longest = 120): string =>
  text
    .slice(0, 4 * longest)
    .replaceAll(unseen, '')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, longest)
