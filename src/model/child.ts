/**
 * The model process: reads one JSON request a line on stdin and answers on stdout. It is the only
 * file that loads native code, runs with an empty environment and may read nothing but code and
 * models (see launch.ts). It never disposes of anything: it is killed.
 */
import { registerHooks } from 'node:module'
import { createInterface } from 'node:readline'
import type { LlamaEmbeddingContext, LlamaModel, LlamaText, Token } from 'node-llama-cpp'
import { chatml } from './frame.ts'
import type { Prompt, Request, Template } from './protocol.ts'

// Each pool thread that once computed keeps some 30 MB of glibc arena; two are all that are needed.
process.env.UV_THREADPOOL_SIZE = '2'

// node-llama-cpp forks once to try its binary, which would need the right to start processes. The
// supervisor restarts this process if the binary is unfit, so the trial is skipped, as in a bundle.
registerHooks({
  load: (url, context, next) =>
    url.endsWith('/node-llama-cpp/dist/bindings/utils/testBindingBinary.js')
      ? {
          format: 'module',
          source: 'export const testBindingBinary = async () => true',
          shortCircuit: true,
        }
      : next(url, context),
})
const { getLlama, LlamaGrammarEvaluationState, LlamaLogLevel, resolveChatWrapper, SpecialToken } =
  await import('node-llama-cpp')

/** Tokens evaluated at once. Fixed steps give the same bits whether a beginning is reused or not. */
const step = 64
const encoderTokens = 512

const fresh = () => ({ read: 0, readMs: 0, wrote: 0, wroteMs: 0 })

function encoding(encoder: LlamaModel, threads: number) {
  return encoder.createEmbeddingContext({
    contextSize: encoderTokens,
    batchSize: encoderTokens,
    threads,
  })
}
type Encoding = LlamaEmbeddingContext

/** Only contexts that write can be given a LoRA openly; what those call is there in this kind too. */
async function tune(context: Encoding, filePath: string) {
  const { _llamaContext } = context as unknown as {
    _llamaContext: { _setLoras(loras: { filePath: string; scale: number }[]): Promise<void> }
  }
  await _llamaContext._setLoras([{ filePath, scale: 1 }])
}

async function load(options: Extract<Request, { op: 'load' }>) {
  const started = performance.now()
  const { threads } = options
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.error,
    maxThreads: threads,
  })
  await llama.setRamCap(options.memory)
  const encoder = await llama.loadModel({ modelPath: options.encoder })
  const embedding = { plain: await encoding(encoder, threads), tuned: null as Encoding | null }
  if (options.ear) {
    embedding.tuned = await encoding(encoder, threads)
    await tune(embedding.tuned, options.ear)
  }
  const model = await llama.loadModel({ modelPath: options.analyst })
  const context = await model.createContext({
    contextSize: options.contextSize,
    batchSize: step,
    sequences: 1,
    // Without it a sliding-window model can't be cut back to the rubric.
    swaFullCache: true,
    ...(options.adapter && { lora: options.adapter }),
    threads,
  })
  const sequence = context.getSequence({
    // The default erases the oldest tokens: the rubric.
    contextShift: {
      strategy() {
        throw new Error('the text does not fit the context')
      },
    },
  })
  const grammars = new Map<string, Awaited<ReturnType<typeof llama.createGrammar>>>()
  const frame = framer(options.template)
  /** What the sequence holds. */
  let held: Token[] = []

  function framer(template: Template): (prompt: Prompt) => { before: Token[]; after: Token[] } {
    const tokens = (text: string) => model.tokenize(text, true)
    const bos =
      model.tokens.shouldPrependBosToken && model.tokens.bos !== null ? [model.tokens.bos] : []
    if (template === 'chatml') return chatml(tokens)
    if (template === 'plain')
      return ({ rubric, lead }) => ({
        before: [...bos, ...model.tokenize(`${rubric}\n\n`, false)],
        after: model.tokenize(`\n\n${lead}`, false),
      })
    const wrapper = resolveChatWrapper(model)
    const spelt = (value: LlamaText['values'][number]): string => {
      if (!(value instanceof SpecialToken)) return typeof value === 'string' ? value : value.value
      if (value.value === 'BOS') return bos.length > 0 ? (model.tokens.bosString ?? '') : ''
      return (value.value === 'EOS' ? model.tokens.eosString : model.tokens.nlString) ?? ''
    }
    return ({ rubric, lead }) => {
      const mark = '\u2042text\u2042'
      const { contextText } = wrapper.generateContextState({
        chatHistory: [
          { type: 'system', text: rubric },
          { type: 'user', text: mark },
          { type: 'model', response: [] },
        ],
      })
      // As one string: pieces that are tokenized apart gain spaces in SentencePiece.
      const [head, tail, ...more] = contextText.values.map(spelt).join('').split(mark)
      if (head === undefined || tail === undefined || more.length > 0)
        throw new Error('the chat template of the model file drops or repeats the text')
      return { before: tokens(head), after: model.tokenize(tail + lead, true, 'trimLeadingSpace') }
    }
  }

  /** Trusted tokens around text that can hold no control token; too long a text loses its middle. */
  function compose(prompt: Prompt, room: number): Token[] {
    const { before, after } = frame(prompt)
    const text = model.tokenize(prompt.text, false, 'trimLeadingSpace')
    const space = context.contextSize - before.length - after.length - room
    if (space < step) throw new Error('the rubric leaves no room for text')
    const kept =
      text.length <= space
        ? text
        : [...text.slice(0, Math.ceil(space / 2)), ...text.slice(-Math.floor(space / 2))]
    return [...before, ...kept, ...after]
  }

  const labelTokens = new Map<string, Token>()
  /** The one token that a label is where it stands, right behind the lead. */
  function labelToken(lead: string, label: string): Token {
    const key = JSON.stringify([lead, label])
    const known = labelTokens.get(key)
    if (known !== undefined) return known
    const without = frame({ rubric: '', text: '', lead }).after
    const whole = frame({ rubric: '', text: '', lead: lead + label }).after
    const token = whole.at(-1)
    if (
      token === undefined ||
      whole.length !== without.length + 1 ||
      without.some((t, i) => t !== whole[i])
    )
      throw new Error(`the label ${JSON.stringify(label)} is not one token in this model`)
    labelTokens.set(key, token)
    return token
  }
  for (const { lead, labels } of options.questions)
    for (const label of labels) labelToken(lead, label)

  /** Reads all but the last step of `tokens`, from where they first differ from what is held. */
  async function read(tokens: Token[], used: ReturnType<typeof fresh>): Promise<Token[]> {
    held = held.slice(0, sequence.nextTokenIndex)
    const differs = tokens.findIndex((token, i) => token !== held[i])
    const same = differs < 0 ? tokens.length : differs
    let at = Math.floor(Math.min(same, tokens.length - 1) / step) * step
    held = held.slice(0, at)
    if (sequence.nextTokenIndex > at)
      await sequence.eraseContextTokenRanges([{ start: at, end: sequence.nextTokenIndex }])
    for (; at + step < tokens.length; at += step) {
      const piece = tokens.slice(at, at + step)
      await sequence.controlledEvaluate(piece)
      held.push(...piece)
      used.read += step
    }
    return tokens.slice(at)
  }

  async function embed(text: string, tuned: boolean) {
    const used = fresh()
    const start = performance.now()
    // One token stays free, and the encoder adds its own first and last.
    const some = encoder.tokenize(text, false).slice(0, encoderTokens - 3)
    const tokens = some.length > 0 ? some : encoder.tokenize('.', false)
    const { vector } = await ((tuned && embedding.tuned) || embedding.plain).getEmbeddingFor(tokens)
    const length = Math.hypot(...vector) || 1
    used.read = tokens.length
    used.readMs = performance.now() - start
    return { vector: vector.map((x) => Math.fround(x / length)), used }
  }

  async function score(prompt: Prompt, labels: string[]) {
    const used = fresh()
    const start = performance.now()
    const wanted = labels.map((label) => labelToken(prompt.lead, label))
    const rest = await read(compose(prompt, 1), used)
    const input = [
      ...rest.slice(0, -1),
      [
        rest.at(-1) as Token,
        {
          generateNext: {
            logits: { filter: { tokens: wanted, includeSelected: true } },
            totalLogitWeight: true,
          },
        },
      ] as [Token, object],
    ]
    const next = (await sequence.controlledEvaluate(input)).at(-1)?.next
    held.push(...rest)
    used.read += rest.length
    used.readMs = performance.now() - start
    if (!next?.logits || next.totalLogitWeight === undefined) throw new Error('no logits came back')
    // The sampler is greedy, so the selected token has the highest logit.
    const top = Math.max(...next.logits.values())
    const weight = next.totalLogitWeight
    return {
      probabilities: wanted.map((t) => Math.exp((next.logits?.get(t) ?? -1e9) - top) / weight),
      used,
    }
  }

  async function ask(prompt: Prompt, source: string, maxTokens: number) {
    const used = fresh()
    let start = performance.now()
    const grammar = grammars.get(source) ?? (await llama.createGrammar({ grammar: source }))
    if (grammars.size < 64) grammars.set(source, grammar)
    const rest = await read(compose(prompt, maxTokens), used)
    const out: Token[] = []
    held.push(...rest)
    used.read += rest.length
    const state = new LlamaGrammarEvaluationState({ model, grammar })
    for await (const token of sequence.evaluate(rest, { grammarEvaluationState: state })) {
      if (out.length === 0) {
        used.readMs = performance.now() - start
        start = performance.now()
      }
      if (model.isEogToken(token)) break
      out.push(token)
      if (out.length >= maxTokens) break
    }
    // What was written stays in the sequence; `read` erases it, as nothing held stands for it.
    used.wrote = out.length
    used.wroteMs = performance.now() - start
    return { text: model.detokenize(out), used }
  }

  return {
    answer: { dimensions: encoder.embeddingVectorSize, millis: performance.now() - started },
    embed,
    score,
    ask,
    setThreads: (n: number) => {
      llama.maxThreads = n
    },
  }
}

let models: Awaited<ReturnType<typeof load>> | null = null

async function answer(request: Request): Promise<unknown> {
  if (request.op === 'load') {
    models = await load(request)
    return models.answer
  }
  if (!models) throw new Error('no model is loaded')
  switch (request.op) {
    case 'embed':
      return models.embed(request.text, request.tuned)
    case 'score':
      return models.score(request.prompt, request.labels)
    case 'ask':
      return models.ask(request.prompt, request.grammar, request.maxTokens)
    case 'threads':
      return models.setThreads(request.threads)
  }
}

const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { id, ...request } = JSON.parse(line) as Request & { id: number }
    void answer(request as Request).then(
      (ok) => request.op !== 'threads' && say({ id, ok }),
      (error: unknown) => say({ id, error: String(error).slice(0, 500) }),
    )
  })
  // The daemon is gone, however it went.
  .on('close', () => process.exit(0))
