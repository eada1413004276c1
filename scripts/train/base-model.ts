import { getLlama, LlamaLogLevel } from 'node-llama-cpp'

/** A GGUF file in this process, on one thread; with `vocabOnly` its tokenizer alone. */
export async function openBaseModel(modelPath: string, vocabOnly: boolean) {
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.error,
    maxThreads: 1,
  })
  return llama.loadModel({ modelPath, vocabOnly })
}
