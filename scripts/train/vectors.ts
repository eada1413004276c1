import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { createLlama } from '../../src/model/llama.ts'

/** Sentence vectors of the shipped encoder, each text read once and kept in `.cache/`. */
export interface Vectors {
  /** As the encoder gives it. */
  plain(text: string): Promise<Float32Array>
  /** As what tunes it for the ear has it. */
  tuned(text: string): Promise<Float32Array>
  /** SHA-256 of the files. */
  files(): { encoder: string; ear: string }
  close(): Promise<void>
}

/** Opens the cache; `tuned`: what tunes the encoder, if not what ships. */
export async function openVectors(
  note: (text: string) => void = () => {},
  tuned?: string | null,
): Promise<Vectors> {
  const folder = fileURLToPath(new URL('../../.cache/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  const db = new DatabaseSync(`${folder}vectors.db`)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 20000')
  db.exec('CREATE TABLE IF NOT EXISTS vectors (hash BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID')
  const get = db.prepare('SELECT vector FROM vectors WHERE hash = ?')
  const put = db.prepare('INSERT OR REPLACE INTO vectors VALUES (?, ?)')
  const llama = createLlama({ log: (_, msg) => note(msg), adapter: null, ear: tuned })
  await llama.start()
  const { encoder, ear } = llama.state()
  let fresh = 0
  const kept =
    (by: string, make: (text: string) => Promise<Float32Array>) => async (text: string) => {
      const hash = createHash('sha256').update(`${by}\n${text}`).digest()
      const known = get.get(hash)?.vector as Uint8Array | undefined
      if (known) return new Float32Array(known.slice().buffer)
      const vector = await make(text)
      put.run(hash, new Uint8Array(vector.buffer))
      if (++fresh % 500 === 0) note(`${fresh} texts embedded`)
      return vector
    }
  return {
    plain: kept(encoder, llama.embed),
    tuned: kept(`${encoder} ${ear}`, llama.intent),
    files: () => ({ encoder, ear }),
    async close() {
      await llama.stop()
      db.close()
    },
  }
}
