/** What time and memory depend on. */
export interface Shape {
  /** All weights. */
  parameters: number
  /** Weights of the token table, of which reading a token takes one row. */
  embedding: number
  layers: number
  /** Heads whose keys and values are kept, and numbers in each. */
  kvHeads: number
  headSize: number
}

/** A GGUF file that others offer, and what is known of it before it is here. */
export interface KnownModel {
  id: string
  name: string
  /** On huggingface.co: the repository, and the commit of it. */
  repository: string
  revision: string
  /** The file's name there and here. */
  file: string
  quantisation: string
  /** Bytes, or null where it could not be learned. */
  size: number | null
  /** Hex, or null where it could not be learned. */
  sha256: string | null
  licence: string
  shape: Shape
}

/** Where a known file is: one commit, so that it can't change. */
export const urlOf = ({ repository, revision, file }: KnownModel): string =>
  `https://huggingface.co/${repository}/resolve/${revision}/${file}`

/** The analyst that ships, which the others are measured against. */
export const shippedShape: Shape = {
  parameters: 134_515_008,
  embedding: 49_152 * 576,
  layers: 30,
  kvHeads: 3,
  headSize: 64,
}

/**
 * Llama and Mistral files that work here, smallest first. Size and hash of each are stated alike by
 * several independent projects that pin it; shapes are from `config.json` beside the original weights.
 */
export const catalogue: readonly KnownModel[] = [
  {
    id: 'smollm2-360m',
    name: 'SmolLM2 360M Instruct',
    repository: 'HuggingFaceTB/SmolLM2-360M-Instruct-GGUF',
    revision: '593b5a2e04c8f3e4ee880263f93e0bd2901ad47f',
    file: 'smollm2-360m-instruct-q8_0.gguf',
    quantisation: 'Q8_0',
    size: 386_404_992,
    sha256: '48ab3034d0dd401fbc721eb1df3217902fee7dab9078992d66431f09b7750201',
    licence: 'Apache-2.0',
    shape: {
      parameters: 361_821_120,
      embedding: 49_152 * 960,
      layers: 32,
      kvHeads: 5,
      headSize: 64,
    },
  },
  {
    id: 'llama-3.2-1b',
    name: 'Llama 3.2 1B Instruct',
    repository: 'bartowski/Llama-3.2-1B-Instruct-GGUF',
    revision: '067b946cf014b7c697f3654f621d577a3e3afd1c',
    file: 'Llama-3.2-1B-Instruct-Q4_K_M.gguf',
    quantisation: 'Q4_K_M',
    size: 807_694_464,
    sha256: '6f85a640a97cf2bf5b8e764087b1e83da0fdb51d7c9fab7d0fece9385611df83',
    licence: 'Llama 3.2 Community',
    shape: {
      parameters: 1_235_814_400,
      embedding: 128_256 * 2048,
      layers: 16,
      kvHeads: 8,
      headSize: 64,
    },
  },
  {
    id: 'smollm2-1.7b',
    name: 'SmolLM2 1.7B Instruct',
    repository: 'HuggingFaceTB/SmolLM2-1.7B-Instruct-GGUF',
    revision: '6a7e79393ef2957e087f11fce1e50476799e313c',
    file: 'smollm2-1.7b-instruct-q4_k_m.gguf',
    quantisation: 'Q4_K_M',
    size: 1_055_609_536,
    sha256: 'decd2598bc2c8ed08c19adc3c8fdd461ee19ed5708679d1c54ef54a5a30d4f33',
    licence: 'Apache-2.0',
    shape: {
      parameters: 1_711_376_384,
      embedding: 49_152 * 2048,
      layers: 24,
      kvHeads: 32,
      headSize: 64,
    },
  },
  {
    id: 'llama-3.2-3b',
    name: 'Llama 3.2 3B Instruct',
    repository: 'bartowski/Llama-3.2-3B-Instruct-GGUF',
    revision: '5ab33fa94d1d04e903623ae72c95d1696f09f9e8',
    file: 'Llama-3.2-3B-Instruct-Q4_K_M.gguf',
    quantisation: 'Q4_K_M',
    size: 2_019_377_696,
    sha256: '6c1a2b41161032677be168d354123594c0e6e67d2b9227c84f296ad037c728ff',
    licence: 'Llama 3.2 Community',
    shape: {
      parameters: 3_212_749_824,
      embedding: 128_256 * 3072,
      layers: 28,
      kvHeads: 8,
      headSize: 128,
    },
  },
  {
    id: 'mistral-7b-v0.3',
    name: 'Mistral 7B Instruct v0.3',
    repository: 'bartowski/Mistral-7B-Instruct-v0.3-GGUF',
    revision: '61fd4167fff3ab01ee1cfe0da183fa27a944db48',
    file: 'Mistral-7B-Instruct-v0.3-Q4_K_M.gguf',
    quantisation: 'Q4_K_M',
    size: 4_372_812_000,
    sha256: '1270d22c0fbb3d092fb725d4d96c457b7b687a5f5a715abe1e818da303e562b6',
    licence: 'Apache-2.0',
    shape: {
      parameters: 7_248_023_552,
      embedding: 32_768 * 4096,
      layers: 32,
      kvHeads: 8,
      headSize: 128,
    },
  },
]
