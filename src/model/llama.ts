import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { messageOf, ServiceError } from '../core/error.ts'
import type { AskOptions, Model } from '../core/ports.ts'
import { shippedAdapter, shippedAnalyst, shippedEar, shippedEncoder, verify } from './files.ts'
import { compileGrammar } from './gbnf.ts'
import { detectIsolation } from './launch.ts'
import type { Op, Template } from './protocol.ts'
import { createSupervisor, type Log } from './supervisor.ts'
import { rubricHash, type Task, taskOf, tasks } from './tasks.ts'
import { mostThreads } from './threads.ts'

export interface LlamaOptions {
  log: Log
  /** GGUF files; default the two that ship. */
  analyst?: string | undefined
  encoder?: string | undefined
  /** LoRA file that tunes the analyst for its tasks; default the one that ships with ours, none with others. */
  adapter?: string | null | undefined
  /** LoRA file that tunes the encoder for the ear; default the one that ships with ours, none with others. */
  ear?: string | null | undefined
  /** Use the chat template inside a GGUF named by `analyst`: it is somebody else's program. */
  chatTemplate?: boolean | undefined
  /** At most; default one fewer than there are cores. */
  threads?: number | undefined
  /** Tokens the analyst sees at once. Default 2,048. */
  contextSize?: number
  /** Resident bytes at which the child is killed. Default fits the files named. */
  memory?: number
  timeouts?: Partial<Record<Op, number>>
  backoff?: { first: number; most: number }
  watch?: number
  script?: string
}

/** The models on this box, in a supervised child process. */
export type Llama = ReturnType<typeof createLlama>

const child = fileURLToPath(new URL('child.ts', import.meta.url))

/** Characters of a text the encoder sees: about its 512 tokens of English. */
const embedChars = 2000
/** Bytes of a text the analyst's tokenizer sees: hostile text makes it slow. */
const scoreBytes = 8192
const answerTokens = 256

/** Models of the port, plus `start`, `stop`, `state` and `inFlight`. Nothing runs before `start`. */
export function createLlama(options: LlamaOptions) {
  const analyst = options.analyst ?? shippedAnalyst
  const encoder = options.encoder ?? shippedEncoder
  const own = analyst === shippedAnalyst ? shippedAdapter : null
  const adapter = options.adapter === undefined ? own : options.adapter
  const template: Template =
    analyst === shippedAnalyst ? 'chatml' : options.chatTemplate ? 'gguf' : 'plain'
  const ear =
    options.ear === undefined ? (encoder === shippedEncoder ? shippedEar : null) : options.ear
  const hashes = { analyst: '', encoder: '', adapter: '', ear: '' }
  let supervisor: ReturnType<typeof createSupervisor> | null = null
  let wanted = false

  const running = () => {
    if (!supervisor) throw new ServiceError('model', 'the model is away: not started')
    return supervisor
  }
  const prompt = ({ rubric, lead }: Task, text: string) => ({
    rubric,
    lead,
    text: bounded(text, scoreBytes),
  })

  async function vectorOf(text: string, tuned: boolean, signal?: AbortSignal) {
    const { vector } = await running().request(
      'embed',
      { op: 'embed', text: text.slice(0, embedChars).toWellFormed(), tuned },
      signal,
    )
    return Float32Array.from(vector)
  }

  return {
    async start(): Promise<void> {
      if (wanted) return
      wanted = true
      const files = Promise.all([
        verify(encoder),
        verify(analyst),
        adapter ? verify(adapter) : '',
        ear ? verify(ear) : '',
      ])
      ;[hashes.encoder, hashes.analyst, hashes.adapter, hashes.ear] = await files.catch((error) => {
        wanted = false
        throw error
      })
      const isolation = await detectIsolation()
      options.log('info', 'model files read', { ...hashes, isolation })
      if (isolation === 'none')
        options.log(
          'warn',
          'no namespaces here: nothing but its own code keeps the model process off the network',
        )
      if (!wanted) return
      const memory = options.memory ?? defaultMemory(analyst, encoder)
      supervisor = createSupervisor({
        log: options.log,
        script: options.script ?? child,
        files: [analyst, encoder, adapter, ear].filter((file) => file !== null),
        isolation,
        memory,
        load: {
          op: 'load',
          encoder,
          ear,
          analyst,
          adapter,
          template,
          threads: mostThreads(options.threads),
          contextSize: options.contextSize ?? 2048,
          memory,
          questions: Object.values(tasks).map(({ lead, labels }) => ({
            lead,
            labels: Object.values(labels),
          })),
        },
        timeouts: { load: 60_000, embed: 15_000, score: 60_000, ask: 120_000, ...options.timeouts },
        backoff: options.backoff ?? { first: 500, most: 60_000 },
        watch: options.watch ?? 1000,
      })
      await supervisor.start()
    },
    async stop(): Promise<void> {
      wanted = false
      await supervisor?.stop()
      supervisor = null
    },
    inFlight: () => supervisor?.inFlight() ?? 0,
    state: () => ({
      /** SHA-256 of the files, hex; '' before `start`. */
      ...hashes,
      process: supervisor?.state() ?? null,
    }),

    embed: (text: string, signal?: AbortSignal) => vectorOf(text, false, signal),
    intent: (text: string, signal?: AbortSignal) => vectorOf(text, true, signal),
    async score(id: string, text: string, signal?: AbortSignal) {
      const task = taskOf(id)
      const { probabilities } = await running().request(
        'score',
        { op: 'score', prompt: prompt(task, text), labels: Object.values(task.labels) },
        signal,
      )
      const sum = probabilities.reduce((a, b) => a + b, 0)
      return {
        labels: Object.fromEntries(
          Object.keys(task.labels).map((name, i) => [name, probabilities[i] ?? 0]),
        ),
        off_label: Math.max(0, 1 - sum),
        model: (hashes.adapter || hashes.analyst).slice(0, 12),
        rubric: rubricHash(task),
      }
    },
    async ask<T>(
      id: string,
      input: string,
      { schema, grammar, signal }: AskOptions<T>,
    ): Promise<T> {
      const { text } = await running().request(
        'ask',
        {
          op: 'ask',
          prompt: prompt(taskOf(id), input),
          grammar: grammar ?? compileGrammar(schema),
          maxTokens: answerTokens,
        },
        signal,
      )
      try {
        return schema.parse(JSON.parse(text))
      } catch (cause) {
        throw new ServiceError('model', `the answer is not usable: ${messageOf(cause)}`, { cause })
      }
    },
  } satisfies Model & Record<string, unknown>
}

const sizeOf = (file: string) => statSync(file).size

/**
 * Node, each file twice: mapped, and repacked for this processor; and the context, whose keys and
 * values are less than half of any file in the catalogue.
 */
const defaultMemory = (analyst: string, encoder: string) =>
  300e6 +
  2 * (sizeOf(analyst) + sizeOf(encoder)) +
  (analyst === shippedAnalyst ? 0 : sizeOf(analyst) / 2)

/** The beginning and the end of a text that is too long, in UTF-8 bytes. */
function bounded(text: string, bytes: number): string {
  const whole = Buffer.from(text.toWellFormed())
  if (whole.length <= bytes) return whole.toString()
  const half = Math.floor(bytes / 2) - 4
  return `${whole.subarray(0, half)} … ${whole.subarray(-half)}`
}
