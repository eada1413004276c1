import type { Prompt } from './protocol.ts'

/** Trusted tokens before and behind the text of a prompt. */
export interface Framed<T> {
  before: T[]
  after: T[]
}

/**
 * ChatML, as the shipped analyst was trained on it. `tokenize` may make control tokens: only our own
 * words go through it.
 */
export const chatml =
  <T>(tokenize: (text: string) => T[]) =>
  ({ rubric, lead }: Omit<Prompt, 'text'>): Framed<T> => ({
    before: tokenize(`<|im_start|>system\n${rubric}<|im_end|>\n<|im_start|>user\n`),
    after: tokenize(`<|im_end|>\n<|im_start|>assistant\n${lead}`),
  })
