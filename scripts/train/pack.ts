/**
 * Packs the records a model may learn from into models/data:
 * `scripts/node scripts/train/pack.ts DIR…`. Each DIR holds `written/*.jsonl` (or `*.jsonl` itself)
 * and, if there, `train/*.jsonl.xz` of real records under permissive licences. Secret-shaped values
 * become placeholders; of real mail no address is kept.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { dataDir, readLines } from '../../src/bench/records.ts'
import { placeholderFor } from '../../src/bench/secrets.ts'
import { createMasker } from '../../src/store/secrets.ts'

type Line = Record<string, unknown>
const masker = createMasker(new Uint8Array(32))

/** Texts of a record with what looks like a secret replaced by the kind of secret it is. */
function withoutSecrets<T>(value: T): T {
  if (typeof value === 'string') {
    let text: string = value
    text = text.replace(/\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g, '{{aws_access_key}}')
    for (let round = 0; round < 8; round++) {
      const { secrets } = masker.text(text)
      const found = secrets[0]
      if (!found) break
      const masked = masker.text(text).text
      let start = 0
      while (start < text.length && text[start] === masked[start]) start++
      let end = 0
      while (end < text.length - start && text.at(-1 - end) === masked.at(-1 - end)) end++
      const next = `${text.slice(0, start)}${placeholderFor(found.rule)}${text.slice(text.length - end)}`
      if (next === text) break
      text = next
    }
    return text as T
  }
  if (Array.isArray(value)) return value.map(withoutSecrets) as T
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, withoutSecrets(v)])) as T
  return value
}

const own = { source: 'written for this project', licence: 'CC0-1.0' }
const write = (file: string, lines: Line[]) => {
  const text = `${lines.map((l) => JSON.stringify(l)).join('\n')}\n`
  const path = join(dataDir, file)
  writeFileSync(path, file.endsWith('.gz') ? gzipSync(text, { level: 9 }) : text)
  console.log(`${file}: ${lines.length} records`)
}
const unpack = (dir: string, name: string): Line[] => {
  const file = join(dir, 'train', `${name}.jsonl.xz`)
  if (!existsSync(file)) return []
  const text = execFileSync('xz', ['-dc', file], { maxBuffer: 1 << 30, encoding: 'utf8' })
  return text
    .split('\n')
    .filter(Boolean)
    .map((l) => JSON.parse(l))
}
const sourceOf = (line: Line) => {
  const s = line.source as { repo: string; commit: string; path: string }
  return { source: `${s.repo}@${s.commit.slice(0, 12)}:${s.path}`, licence: String(line.licence) }
}
const anonymous = (text: string) =>
  text.replace(/[^\s@<>()"',;:]{1,64}@[\w.-]{3,80}/g, 'address@example.com')

function stories(files: string[]): Line[] {
  const cites = new Map(
    files
      .filter((f) => f.includes('cites'))
      .flatMap(readLines)
      .map((l) => [(l as Line).id, l as Line]),
  )
  return files
    .filter((f) => !f.includes('cites'))
    .flatMap(readLines)
    .map((l) => ({ ...(l as Line), ...cites.get((l as Line).id) }))
}

mkdirSync(join(dataDir, 'written'), { recursive: true })
mkdirSync(join(dataDir, 'real'), { recursive: true })
for (const dir of process.argv.slice(2)) {
  const files = [
    ...globSync(join(dir, 'written/*.jsonl')),
    ...globSync(join(dir, '*.jsonl')),
  ].sort()
  for (const file of files.filter((f) => /^(?:mail|chat|questions)-/.test(basename(f))))
    write(
      `written/${basename(file)}`,
      readLines(file).map((l) => ({ ...withoutSecrets(l as Line), ...own })),
    )
  const tales = files.filter((f) => basename(f).startsWith('stories-'))
  const told = stories(tales)
  if (told.length > 0)
    write(
      `written/${basename(tales[0] as string)}`,
      told.map((l) => ({ ...withoutSecrets(l), ...own })),
    )
  const mails = unpack(dir, 'email')
    .filter((l) => l.label === 'ham' || l.label === 'spam')
    .map((l) => ({
      id: l.id,
      label: l.label === 'ham' ? 'legitimate' : 'spam',
      from_name: l.from_name,
      from_address: `someone@${l.from_domain || 'example.com'}`,
      subject: anonymous(String((l.headers as Line).subject ?? '')),
      text: anonymous(String(l.text).slice(0, 6000)),
      links: (l.urls as string[]).slice(0, 10).map((href) => ({ text: '', href: anonymous(href) })),
      attachments: l.attachments,
      ...sourceOf(l),
    }))
  if (mails.length > 0) write('real/mail-1.jsonl.gz', mails.map(withoutSecrets))
  const chats = unpack(dir, 'chat')
    .filter((l, i) => i % 8 === 0 && String(l.text).length > 20)
    .map((l) => ({ id: l.id, label: 'benign', text: anonymous(String(l.text)), ...sourceOf(l) }))
  if (chats.length > 0) write('real/chat-1.jsonl.gz', chats.map(withoutSecrets))
  const labels: Record<string, string> = {
    malicious: 'attack',
    suspicious: 'odd',
    benign: 'ordinary',
  }
  const trail = unpack(dir, 'cloudtrail')
    .filter(
      (l) => typeof l.label === 'string' && l.label in labels && !/MPL/.test(String(l.licence)),
    )
    .map((l) => ({
      id: l.id,
      label: labels[String(l.label)],
      group: l.group,
      event: l.event,
      ...sourceOf(l),
    }))
  if (trail.length > 0) write('real/trail-1.jsonl.gz', trail.map(withoutSecrets))
}
