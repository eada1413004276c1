import type { Answer } from './serve.ts'

/** What an element holds: text, elements by name, or the same element again and again. */
export type Xml = string | number | boolean | { [name: string]: Xml | Xml[] }

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

/** An element; a list repeats it. A name that begins with `@` is an attribute. */
export function element(name: string, content: Xml | Xml[]): string {
  if (Array.isArray(content)) return content.map((one) => element(name, one)).join('')
  if (typeof content !== 'object') return `<${name}>${escaped(String(content))}</${name}>`
  const entries = Object.entries(content)
  const attributes = entries
    .filter(([key]) => key.startsWith('@'))
    .map(([key, value]) => ` ${key.slice(1)}="${escaped(String(value))}"`)
  const inner = entries
    .filter(([key]) => !key.startsWith('@'))
    .map(([key, value]) => element(key, value))
  return `<${name}${attributes.join('')}>${inner.join('')}</${name}>`
}

/** An answer in XML. */
export const xmlAnswer = (
  name: string,
  content: Xml,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Answer => ({
  status,
  headers: { 'content-type': 'text/xml', ...headers },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${element(name, content)}`,
})
