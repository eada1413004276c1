import type { Shape } from './catalogue.ts'

/** Lowest and highest of what an honest guess allows. */
export type Range = readonly [low: number, high: number]

/** What this machine does in a second with a model, and how that was found. */
export interface Speed {
  /** Operations while reading: two a weight and token. */
  read: Range
  /** Bytes of weights while writing: all of them a token. */
  write: Range
  how: string
}

/** Tokens of an alert: what is read to choose its words, and what is written where `model.write` is on. */
export const alertTokens = { read: 1100, written: 120 } as const

/** What runs beside the weights, in bytes: Node, and the encoder that ships, mapped and repacked. */
const beside = 60e6 + 2 * 25_282_176
/** Tokens the analyst sees at once, and bytes of each key and value (f16). */
const context = 2048
const f16 = 2

/**
 * Resident bytes of the model process: at least the weights, the context and what runs beside; at
 * most the weights twice, as llama.cpp repacks most of a file for the processor and the mapped pages
 * go only when memory runs short.
 */
export function memoryOf({ layers, kvHeads, headSize }: Shape, size: number): Range {
  const least = beside + size + 2 * layers * kvHeads * headSize * context * f16
  return [least, least + size]
}

/** Seconds until an alert has its words; with `written` also until the model has written its own. */
export function secondsOf(
  { parameters, embedding }: Shape,
  size: number,
  { read, write }: Speed,
  written = 0,
): Range {
  const work = 2 * (parameters - embedding) * alertTokens.read
  const seconds = (i: 0 | 1) => work / read[i] + (written * size) / write[i]
  return [seconds(1), seconds(0)]
}
