import { type ZodType, z } from 'zod'

/** What we read of a JSON schema; any other keyword that restricts is refused, not ignored. */
interface Schema {
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: unknown
  items?: Schema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}
const known = new Set([
  ...['type', 'const', 'enum', 'anyOf', 'properties', 'required', 'additionalProperties', 'items'],
  ...['minItems', 'maxItems', 'minLength', 'maxLength', 'minimum', 'maximum', '$schema'],
])

/**
 * One character of a string: no control characters, and none that zod's `max` counts twice (it
 * counts UTF-16 units, the grammar code points).
 */
const char = '([\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E\\u00A0-\\uD7FF\\uE000-\\uFFFD] | "\\\\" ["\\\\])'

const compiled = new WeakMap<ZodType, string>()

/**
 * GBNF (https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md) that admits one
 * JSON value without white space: objects with their keys in order, optional ones included,
 * enums and literals, strings with `max`, arrays with `max`, booleans, integers (of a wide range 0 to
 * 999), unions, null. @throws Error where the schema uses anything else
 */
export function compileGrammar(schema: ZodType): string {
  const ready = compiled.get(schema)
  if (ready !== undefined) return ready
  const rules: string[] = []
  const rule = (body: string): string => {
    const name = `r${rules.length}`
    rules.push(`${name} ::= ${body}`)
    return name
  }

  function value(node: Schema, path: string): string {
    const fail = (why: string): never => {
      throw new Error(`the schema can't become a grammar: ${path || 'root'} ${why}`)
    }
    const unknown = Object.keys(node).find((key) => !known.has(key))
    if (unknown !== undefined) fail(`uses ${unknown}`)
    if (node.anyOf) return rule(node.anyOf.map((n, i) => value(n, `${path}|${i}`)).join(' | '))
    if (node.enum) return rule(node.enum.map(literal).join(' | '))
    if ('const' in node) return literal(node.const)
    if (Array.isArray(node.type))
      return rule(node.type.map((type) => value({ ...node, type }, path)).join(' | '))
    switch (node.type) {
      case 'null':
        return '"null"'
      case 'boolean':
        return '("true" | "false")'
      case 'integer': {
        const { minimum = -Infinity, maximum = Infinity } = node
        if (minimum <= 0 && maximum >= 999) return '("0" | [1-9] [0-9]{0,2})'
        if (maximum - minimum > 1000) fail('is an integer without a small range (min and max)')
        const all = Array.from({ length: maximum - minimum + 1 }, (_, i) => literal(minimum + i))
        return rule(all.join(' | '))
      }
      case 'string': {
        const { minLength = 0, maxLength = Infinity } = node
        if (maxLength > 1000) fail('is a string without a max of at most 1000')
        return `"\\"" char{${minLength},${maxLength}} "\\""`
      }
      case 'array': {
        const { items, minItems = 0, maxItems = Infinity } = node
        if (!items || maxItems > 100) return fail('is an array without a max of at most 100')
        if (maxItems === 0) return '"[]"'
        const item = rule(value(items, `${path}[]`))
        const more = `${item} ("," ${item}){${Math.max(0, minItems - 1)},${maxItems - 1}}`
        return rule(`"[" ${minItems > 0 ? more : `(${more})?`} "]"`)
      }
      case 'object':
        return object(node, path)
      default:
        return fail(`has the type ${node.type}`)
    }
  }

  function object({ properties = {}, required = [] }: Schema, path: string): string {
    const members = Object.entries(properties).map(([key, node]) => ({
      needed: required.includes(key),
      body: `${literal(key)} ":" ${value(node, `${path}.${key}`)}`,
    }))
    // Built from the end: `rest` follows a member, `first` doesn't, and so needs no comma.
    let rest = '""'
    let first = '""'
    for (const { needed, body } of members.toReversed()) {
      const member = rule(body)
      const began = `${member} ${rest}`
      first = rule(needed ? began : `${began} | ${first}`)
      rest = rule(needed ? `"," ${began}` : `("," ${member})? ${rest}`)
    }
    return rule(`"{" ${first} "}"`)
  }

  const root = value(z.toJSONSchema(schema, { io: 'input' }) as Schema, '')
  const text = [`root ::= ${root}`, ...rules, `char ::= ${char}`].join('\n')
  compiled.set(schema, text)
  return text
}

/** A JSON value as a quoted piece of grammar. */
const literal = (value: unknown): string => JSON.stringify(JSON.stringify(value))
