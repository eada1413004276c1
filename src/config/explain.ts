import { type ZodType, z } from 'zod'
import { nearest } from '../core/nearest.ts'
import { type Problem, pathOf, valueAt } from './problem.ts'
import { words } from './words.ts'

type Issue = z.core.$ZodIssue
type Schema = z.core.JSONSchema.JSONSchema

/** The schema in editors' words (JSON Schema 2020-12); descriptions there are the mends here. */
export const editorSchema = (schema: ZodType): Schema =>
  z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override({ jsonSchema, path }) {
      const keys = path.filter((step) => step !== 'properties' && step !== 'items')
      const description = jsonSchema.description ?? words[keys.join('.')]
      if (description) jsonSchema.description = description
    },
  })

/** Schema issues as problems that name the field, the mistake and the mend; `data` is what was read. */
export function explain(issues: readonly Issue[], schema: ZodType, data: unknown): Problem[] {
  const root = editorSchema(schema)
  return issues.flatMap((issue) => explainOne(issue, root, data, []))
}

function explainOne(
  issue: Issue,
  root: Schema,
  data: unknown,
  above: readonly PropertyKey[],
): Problem[] {
  const keys = [...above, ...issue.path]
  const path = pathOf(keys) || 'the file'
  const here = nodesAt(root, keys)
  const expected = describe(root, keys)
  const value = valueAt(data, keys)

  if (issue.code === 'unrecognized_keys') {
    const known = here.flatMap((node) => Object.keys(node.properties ?? {}))
    return issue.keys.map((key) => {
      const near = nearest(key, known)
      return {
        path: pathOf([...keys, key]),
        problem: 'there is no such setting',
        mend: near ? `Did you mean "${near}"?` : `Remove it; known here: ${known.join(', ')}.`,
      }
    })
  }
  if (issue.code === 'invalid_union') {
    // The branch that came closest: the one that complains least.
    const closest = issue.errors.toSorted((a, b) => weight(a) - weight(b))[0]
    if (closest?.length) return closest.flatMap((inner) => explainOne(inner, root, data, keys))
  }
  if (value === undefined)
    return [
      { path, problem: 'is missing', mend: expected ? `Add it: ${expected}.` : 'Add the setting.' },
    ]
  const mend = expected ? `Write ${expected}.` : 'Change it.'
  if (issue.code === 'invalid_type')
    return [{ path, problem: `should be ${named(issue.expected)}, is ${kindOf(value)}`, mend }]
  if (issue.code === 'invalid_value')
    return [
      {
        path,
        problem: 'is none of the allowed values',
        mend: `Write ${issue.values.join(' or ')}.`,
      },
    ]
  if (issue.code === 'too_small' || issue.code === 'too_big')
    return [{ path, problem: sizeProblem(issue), mend }]
  const problem =
    issue.code === 'custom' || !/^Invalid/.test(issue.message)
      ? issue.message
      : 'has the wrong form'
  return [{ path, problem, mend }]
}

function sizeProblem(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const { code, origin } = issue
  const limit = code === 'too_small' ? issue.minimum : issue.maximum
  if (limit === 1 && origin !== 'number') return 'is empty'
  const what = { string: ' letters', array: ' entries' }[origin as string] ?? ''
  return `should be at ${code === 'too_small' ? 'least' : 'most'} ${limit}${what}`
}

/** What belongs at a path, in the schema's own words; where it has none, what belongs around it. */
function describe(root: Schema, keys: readonly PropertyKey[]): string | undefined {
  for (let length = keys.length; length > 0; length--) {
    const nodes = nodesAt(root, keys.slice(0, length))
    const text = nodes.find((node) => node.description !== undefined)?.description
    if (text) return text
  }
  return undefined
}

const weight = (issues: readonly Issue[]): number =>
  issues.reduce(
    (sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1),
    0,
  )

/** Every schema node a path can mean: unions have several. */
function nodesAt(root: Schema, keys: readonly PropertyKey[]): Schema[] {
  const open = (node: Schema): Schema[] => [
    node,
    ...[...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])]
      .filter(isNode)
      .flatMap(open),
  ]
  return keys.reduce<Schema[]>(
    (nodes, key) =>
      nodes
        .map((node) =>
          typeof key === 'number' ? (node.items as unknown) : node.properties?.[String(key)],
        )
        .filter(isNode)
        .flatMap(open),
    open(root),
  )
}

const isNode = (node: unknown): node is Schema => typeof node === 'object' && node !== null

const named = (type: string): string =>
  ({ object: '{ … }', array: 'a list [ … ]', string: 'text', int: 'a whole number' })[type] ??
  `a ${type}`

const kindOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : ({ object: '{ … }', string: 'text' }[typeof value as string] ?? `a ${typeof value}`)
