import { getLlama, LlamaLogLevel } from 'node-llama-cpp'
import { shippedAnalyst } from '../../src/model/files.ts'

/** The analyst's base in this process, on one thread; with `vocabOnly` its tokenizer alone. */
export async function openBaseModel(vocabOnly: boolean) {
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.error,
    maxThreads: 1,
  })
  return llama.loadModel({ modelPath: shippedAnalyst, vocabOnly })
}
