import { tasks } from '../../src/model/tasks.ts'
import { type Tensor, type Value, writeGguf } from './gguf-file.ts'

/** Families of models whose tokenizers and chat templates others publish. */
export const families = ['llama2', 'llama3', 'mistral', 'smollm'] as const
export type Family = (typeof families)[number]

/** A token: its text, its kind of https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
interface Piece {
  text: string
  type: number
}
const [normal, unknown, control, byte] = [1, 2, 3, 6]
const pieces = (type: number, texts: string[]): Piece[] => texts.map((text) => ({ text, type }))

interface Kind {
  model: 'llama' | 'gpt2'
  pre: string | null
  begin: string
  end: string
  /** What ends an answer; not always `end`. */
  stop: string
  controls: string[]
  template: string
}

/** The frames of the families, said in our words. */
const kinds: Record<Family, Kind> = {
  llama2: {
    ...{ model: 'llama', pre: null, begin: '<s>', end: '</s>', stop: '</s>' },
    controls: ['<s>', '</s>'],
    template: `{%- set kept = namespace(rules='') -%}
{%- for said in messages -%}
{%- if said.role == 'system' -%}{%- set kept.rules = '<<SYS>>\\n' + said.content + '\\n<</SYS>>\\n\\n' -%}
{%- elif said.role == 'user' -%}{{ bos_token + '[INST] ' + kept.rules + said.content + ' [/INST]' }}{%- set kept.rules = '' -%}
{%- else -%}{{ ' ' + said.content + ' ' + eos_token }}{%- endif -%}
{%- endfor -%}`,
  },
  llama3: {
    ...{ model: 'gpt2', pre: 'llama-bpe', begin: '<|begin_of_text|>', end: '<|end_of_text|>' },
    stop: '<|eot_id|>',
    controls: [
      '<|begin_of_text|>',
      '<|end_of_text|>',
      '<|eot_id|>',
      '<|start_header_id|>',
      '<|end_header_id|>',
    ],
    template: `{{- bos_token -}}
{%- for said in messages -%}
{{ '<|start_header_id|>' + said.role + '<|end_header_id|>\\n\\n' + said.content + '<|eot_id|>' }}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{%- endif -%}`,
  },
  mistral: {
    ...{ model: 'llama', pre: null, begin: '<s>', end: '</s>', stop: '</s>' },
    controls: ['<s>', '</s>', '[INST]', '[/INST]', '[TOOL_CALLS]', '[AVAILABLE_TOOLS]'],
    template: `{{- bos_token -}}
{%- set kept = namespace(rules='') -%}
{%- for said in messages -%}
{%- if said.role == 'system' -%}{%- set kept.rules = said.content + '\\n\\n' -%}
{%- elif said.role == 'user' -%}{{ '[INST] ' + kept.rules + said.content + '[/INST]' }}{%- set kept.rules = '' -%}
{%- else -%}{{ ' ' + said.content + eos_token }}{%- endif -%}
{%- endfor -%}`,
  },
  smollm: {
    ...{
      model: 'gpt2',
      pre: 'smollm',
      begin: '<|im_start|>',
      end: '<|im_end|>',
      stop: '<|im_end|>',
    },
    controls: ['<|endoftext|>', '<|im_start|>', '<|im_end|>'],
    template: `{%- for said in messages -%}
{{ '<|im_start|>' + said.role + '\\n' + said.content + '<|im_end|>' + '\\n' }}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ '<|im_start|>assistant\\n' }}{%- endif -%}`,
  },
}

/** What a family's template makes of a prompt, as it was published. */
export function framed(family: Family, rules: string, text: string, lead: string): string {
  const head = (role: string) => `<|start_header_id|>${role}<|end_header_id|>\n\n`
  switch (family) {
    case 'llama2':
      return `<s>[INST] <<SYS>>\n${rules}\n<</SYS>>\n\n${text} [/INST] ${lead}`
    case 'mistral':
      return `<s>[INST] ${rules}\n\n${text}[/INST] ${lead}`
    case 'llama3':
      return `<|begin_of_text|>${head('system')}${rules}<|eot_id|>${head('user')}${text}<|eot_id|>${head('assistant')}${lead}`
    case 'smollm':
      return `<|im_start|>system\n${rules}<|im_end|>\n<|im_start|>user\n${text}<|im_end|>\n<|im_start|>assistant\n${lead}`
  }
}

/** Tokens of a family that would be a break-out if they were read in somebody's text. */
export const controlsOf = (family: Family): string[] => kinds[family].controls

const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))

/** The characters that stand for bytes in byte-level BPE: printable ones for themselves, others from U+0100 on. */
function byteCharacters(): string[] {
  const self = (b: number) => (b > 32 && b < 127) || (b > 160 && b !== 173)
  let next = 256
  return Array.from({ length: 256 }, (_, b) => String.fromCharCode(self(b) ? b : next++))
}

/** Every beginning of a label that has to be one token, shortest first. */
function beginnings(without: string): string[] {
  const labels = Object.values(tasks).flatMap((task) => Object.values<string>(task.labels))
  const all = labels.filter((label) => label !== without)
  return [...new Set(all.flatMap((label) => [...label].map((_, i) => label.slice(0, i + 1))))]
    .filter((text) => text.length > 1)
    .sort((a, b) => a.length - b.length)
}

function sentencePieces({ controls }: Kind, words: string[]): Piece[] {
  const space = (text: string) => text.replaceAll(' ', '▁')
  const bytes = Array.from({ length: 256 }, (_, i) => i.toString(16).toUpperCase().padStart(2, '0'))
  return [
    ...pieces(unknown, ['<unk>']),
    ...pieces(control, controls),
    ...pieces(
      byte,
      bytes.map((hex) => `<0x${hex}>`),
    ),
    ...pieces(normal, words.map(space)),
    ...pieces(normal, printable.map(space)),
  ]
}

/** Weights are noise; only the first number of every state is fixed, for `favour`. */
const [width, layers, heads, kvHeads, inner] = [64, 2, 4, 2, 96]

/**
 * Writes a model of a few hundred thousand random weights with the tokenizer and template of a
 * family. `stops`: it would end at every step, or never. `without`: a label that is not one token.
 */
export function writeTinyModel(
  path: string,
  family: Family,
  { stops = true, without = '' }: { stops?: boolean; without?: string } = {},
): void {
  const kind = kinds[family]
  const words = beginnings(without)
  const spaced = words.map((word) => word.replaceAll(' ', 'Ġ'))
  const tokens =
    kind.model === 'llama'
      ? sentencePieces(kind, words)
      : [...pieces(control, kind.controls), ...pieces(normal, [...byteCharacters(), ...spaced])]
  const idOf = (text: string) => tokens.findIndex((token) => token.text === text)
  const merges = spaced.map((word) => `${word.slice(0, -1)} ${word.slice(-1)}`)

  const header: Record<string, Value> = {
    'general.architecture': { text: 'llama' },
    'general.name': { text: `Tiny ${family}` },
    'llama.context_length': { u32: 4096 },
    'llama.embedding_length': { u32: width },
    'llama.block_count': { u32: layers },
    'llama.feed_forward_length': { u32: inner },
    'llama.attention.head_count': { u32: heads },
    'llama.attention.head_count_kv': { u32: kvHeads },
    'llama.attention.layer_norm_rms_epsilon': { f32: 1e-5 },
    'llama.rope.dimension_count': { u32: width / heads },
    'llama.vocab_size': { u32: tokens.length },
    'tokenizer.ggml.model': { text: kind.model },
    ...(kind.pre !== null && { 'tokenizer.ggml.pre': { text: kind.pre } }),
    'tokenizer.ggml.tokens': { texts: tokens.map(({ text }) => text) },
    'tokenizer.ggml.token_type': { i32s: tokens.map(({ type }) => type) },
    ...(kind.model === 'llama'
      ? { 'tokenizer.ggml.scores': { f32s: tokens.map((_, i) => -i) } }
      : { 'tokenizer.ggml.merges': { texts: merges } }),
    'tokenizer.ggml.bos_token_id': { u32: idOf(kind.begin) },
    'tokenizer.ggml.eos_token_id': { u32: idOf(kind.end) },
    'tokenizer.ggml.add_bos_token': { bool: family !== 'smollm' },
    'tokenizer.chat_template': { text: kind.template },
  }
  const favour = stops
    ? new Map([[idOf(kind.stop), 4]])
    : new Map(kind.controls.map((text) => [idOf(text), -4]))
  writeGguf(path, header, weights(tokens.length, favour))
}

/** `favour`: by token, how much it is liked whatever was read. */
function weights(vocabulary: number, favour: ReadonlyMap<number, number>): Tensor[] {
  let state = 7
  const random = () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647 - 0.5
  }
  const noise = (name: string, rows: number, columns: number): Tensor => ({
    name: `${name}.weight`,
    dimensions: [rows, columns],
    values: Float32Array.from({ length: rows * columns }, () => random() / 4),
  })
  const ones = (name: string): Tensor => ({
    name: `${name}.weight`,
    dimensions: [width],
    values: new Float32Array(width).fill(1),
  })
  const table = noise('token_embd', width, vocabulary)
  const output = noise('output', width, vocabulary)
  for (let token = 0; token < vocabulary; token++) {
    table.values[token * width] = 4
    output.values[token * width] = favour.get(token) ?? 0
  }
  const blocks = Array.from({ length: layers }, (_, i) => `blk.${i}`).flatMap((block) => [
    ones(`${block}.attn_norm`),
    noise(`${block}.attn_q`, width, width),
    noise(`${block}.attn_k`, width, (width / heads) * kvHeads),
    noise(`${block}.attn_v`, width, (width / heads) * kvHeads),
    noise(`${block}.attn_output`, width, width),
    ones(`${block}.ffn_norm`),
    noise(`${block}.ffn_gate`, width, inner),
    noise(`${block}.ffn_up`, width, inner),
    noise(`${block}.ffn_down`, inner, width),
  ])
  return [table, ...blocks, ones('output_norm'), output]
}
