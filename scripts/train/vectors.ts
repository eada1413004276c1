import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { createLlama } from '../../src/model/llama.ts'

/** Sentence vectors of the shipped encoder, each text read once and kept in `.cache/`. */
export interface Vectors {
  of(text: string): Promise<Float32Array>
  /** SHA-256 of the encoder file. */
  encoder(): string
  close(): Promise<void>
}

/** Opens the cache; the encoder is started when a text is new. */
export async function openVectors(note: (text: string) => void = () => {}): Promise<Vectors> {
  const folder = fileURLToPath(new URL('../../.cache/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  const db = new DatabaseSync(`${folder}vectors.db`)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 20000')
  db.exec('CREATE TABLE IF NOT EXISTS vectors (hash BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID')
  const get = db.prepare('SELECT vector FROM vectors WHERE hash = ?')
  const put = db.prepare('INSERT OR REPLACE INTO vectors VALUES (?, ?)')
  const llama = createLlama({ log: (_, msg) => note(msg), adapter: null })
  await llama.start()
  const encoder = llama.state().encoder
  let fresh = 0
  return {
    encoder: () => encoder,
    async of(text) {
      const hash = createHash('sha256').update(`${encoder}\n${text}`).digest()
      const known = get.get(hash)?.vector as Uint8Array | undefined
      if (known) return new Float32Array(known.slice().buffer)
      const vector = await llama.embed(text)
      put.run(hash, new Uint8Array(vector.buffer))
      if (++fresh % 500 === 0) note(`${fresh} texts embedded`)
      return vector
    },
    async close() {
      await llama.stop()
      db.close()
    },
  }
}
