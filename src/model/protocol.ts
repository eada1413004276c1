import { z } from 'zod'

/** How a prompt is framed: our own ChatML, no frame, or the template inside the GGUF file. */
export type Template = 'chatml' | 'plain' | 'gguf'

/** A trusted rubric, untrusted text, and the trusted words the answer starts with. */
export interface Prompt {
  rubric: string
  text: string
  lead: string
}

/** What the daemon asks of the child: one JSON line each. `threads` has no answer. */
export type Request =
  | {
      op: 'load'
      encoder: string
      /** A LoRA file that tunes the encoder for the ear, or null. */
      ear: string | null
      analyst: string
      /** A LoRA file beside the analyst, or null. */
      adapter: string | null
      template: Template
      threads: number
      contextSize: number
      /** Bytes llama.cpp may plan for. */
      memory: number
      /** Leads and the labels that will follow them: each label must be one token there. */
      questions: { lead: string; labels: string[] }[]
    }
  | { op: 'embed'; text: string; tuned: boolean }
  | { op: 'score'; prompt: Prompt; labels: string[] }
  | { op: 'ask'; prompt: Prompt; grammar: string; maxTokens: number }
  | { op: 'threads'; threads: number }

export type Op = 'load' | 'embed' | 'score' | 'ask'

const used = {
  /** Tokens read and written, and the milliseconds each took. */
  used: z.object({ read: z.number(), readMs: z.number(), wrote: z.number(), wroteMs: z.number() }),
}
const probability = z.number().min(-0.001).max(1.001)

/** What the child may answer. It reads hostile text in native code, so nothing it says is trusted. */
export const answers = {
  load: z.strictObject({ dimensions: z.number(), millis: z.number() }),
  embed: z.strictObject({ vector: z.array(z.number()).length(384), ...used }),
  score: z.strictObject({ probabilities: z.array(probability).max(32), ...used }),
  ask: z.strictObject({ text: z.string().max(65_536), ...used }),
} as const

export type Answer<O extends Op> = z.infer<(typeof answers)[O]>

/** One line of the child. */
export const reply = z.union([
  z.strictObject({ id: z.number(), ok: z.unknown() }),
  z.strictObject({ id: z.number(), error: z.string().max(2000) }),
])
