import type { Shape } from './catalogue.ts'

/**
 * The shape of a GGUF file, by its header (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md),
 * or null where it can't be read.
 */
export async function shapeOf(path: string): Promise<Shape | null> {
  const { readGgufFileInfo } = await import('node-llama-cpp')
  try {
    const { architectureMetadata: about, tensorInfo = [] } = await readGgufFileInfo(path, {
      sourceType: 'filesystem',
      logWarnings: false,
      spliceSplitFiles: false,
    })
    const { block_count: layers, embedding_length: width, attention } = about
    const heads = first(attention?.head_count)
    const kvHeads = first(attention?.head_count_kv) ?? heads
    const headSize = attention?.key_length ?? (width && heads && width / heads)
    const weights = ({ dimensions }: { dimensions: readonly (number | bigint)[] }) =>
      dimensions.reduce<number>((product, n) => product * Number(n), 1)
    const table = tensorInfo.find(({ name }) => name === 'token_embd.weight')
    if (!layers || !kvHeads || !headSize || !table) return null
    return {
      parameters: tensorInfo.reduce((sum, tensor) => sum + weights(tensor), 0),
      embedding: weights(table),
      layers,
      kvHeads,
      headSize,
    }
  } catch {
    return null
  }
}

/** Some models have another number in each layer. */
const first = (value: number | number[] | undefined) => (Array.isArray(value) ? value[0] : value)
