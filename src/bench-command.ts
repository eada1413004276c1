import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Counts, type Found, type Suite, suites } from './bench/suites.ts'
import type { Config } from './config.ts'
import { cardFile } from './main.ts'
import {
  type Card,
  featureIds,
  features,
  type Measured,
  measuredText,
  rubrics,
} from './model/card.ts'
import { createEar } from './model/ear.ts'
import { createLlama } from './model/llama.ts'
import { exits, out, outJson, plain } from './terminal.ts'

/** One `porchlight bench`. */
export interface BenchCall {
  /** Null where there is no config file: then the models that ship are measured. */
  config: Config | null
  json: boolean
  signal: AbortSignal
  /** Fewer cases, where the figures don't matter. */
  counts?: Partial<Counts>
}

/**
 * Measures the models of this box on the suites that ship and writes its card: what is below its
 * floor stays off from the next start on. Returns the exit code. @throws ServiceError
 */
export async function benchCommand({ config, json, signal, counts }: BenchCall): Promise<number> {
  const { model } = config ?? {}
  const llama = createLlama({
    log: () => {},
    analyst: model?.path,
    encoder: model?.encoder_path,
    threads: model?.threads,
    chatTemplate: model?.chat_template,
  })
  await llama.start()
  try {
    const parts = { model: llama, ear: createEar(llama), signal }
    const measured: Measured[] = []
    for (const suite of suites(counts)) measured.push(...(await timed(suite, parts)))
    signal.throwIfAborted()
    const { analyst, encoder, adapter, ear } = llama.state()
    const card: Card = {
      made: new Date().toISOString(),
      files: { analyst, encoder, adapter, ear },
      rubrics: rubrics(),
      measured,
    }
    const file = cardFile(config?.state_dir ?? resolve(process.env.STATE_DIRECTORY ?? 'state'))
    save(file, `${JSON.stringify(card, null, 2)}\n`)
    save(file.replace(/json$/, 'md'), markdown(card))
    if (json) outJson(card)
    else {
      for (const line of lines(card)) out(line)
      out('')
      out(`The card is in ${plain(file)}; a running Porchlight takes it up at its next start.`)
    }
    return exits.ok
  } finally {
    await llama.stop()
  }
}

type Parts = Parameters<Suite['run']>[0]

async function timed(suite: Suite, parts: Parts): Promise<Measured[]> {
  const bar = progress(suite)
  const began = performance.now()
  const found: Found[] = await suite.run(parts, bar.step)
  bar.end()
  const seconds = (performance.now() - began) / 1000 / suite.size
  return found.map((f) => ({
    ...f,
    value: digits(f.value),
    floor: digits(f.floor),
    seconds: digits(seconds),
  }))
}

const digits = (x: number) => Number(x.toPrecision(3))

/** A bar on a terminal, a line a suite elsewhere; on stderr. */
function progress({ name, size }: Suite) {
  const { isTTY } = process.stderr
  const began = performance.now()
  let done = 0
  const text = () => {
    const part = done / size
    const left = ((performance.now() - began) / 1000) * (1 / Math.max(part, 1e-9) - 1)
    const bar = '█'.repeat(Math.round(part * 24)).padEnd(24, '░')
    return `\r${bar} ${name}, ${done} of ${size}, ${Math.ceil(left)} s left \x1b[K`
  }
  return {
    step() {
      done++
      if (isTTY) process.stderr.write(text())
    },
    end() {
      process.stderr.write(isTTY ? '\r\x1b[K' : `${name}: ${size} done\n`)
    },
  }
}

function save(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, text)
  renameSync(`${file}.new`, file)
}

const isOn = ({ value, floor }: Measured) => value >= floor

function lines({ measured }: Card): string[] {
  return featureIds.flatMap((id) => {
    const m = measured.find((one) => one.feature === id)
    return m ? [`${isOn(m) ? 'on ' : 'off'}  ${features[id].name}: ${measuredText(m)}`] : []
  })
}

const markdown = ({ made, files, measured }: Card): string =>
  [
    '# The models on this box',
    '',
    `Measured ${made} by \`porchlight bench\`, on records the models never learned from.`,
    '',
    `SHA-256 of the files: ${Object.entries(files)
      .filter(([, hash]) => hash)
      .map(([name, hash]) => `${name} ${hash.slice(0, 12)}`)
      .join(', ')}.`,
    '',
    '| feature | on | value | floor | what is counted | cases | seconds each |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...measured.map(
      (m) =>
        `| ${features[m.feature].name} | ${isOn(m) ? 'yes' : 'no'} | ${m.value} | ${m.floor} | ${m.measure} | ${m.cases} | ${m.seconds} |`,
    ),
    '',
  ].join('\n')
