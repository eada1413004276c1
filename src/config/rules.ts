import { type Problem, pathOf } from './problem.ts'

interface Verdict {
  problems: Problem[]
  warnings: Problem[]
}

/** What no single field shows: names used twice, a workspace that isn't there, nobody to ask. */
export function checkRules(data: unknown): Verdict {
  const problems: Problem[] = []
  const warnings: Problem[] = []
  const entries = (key: string) => list(field(data, key))

  for (const kind of ['slack', 'gmail', 'workspace', 'cloudtrail'])
    repeated(entries(kind).map((entry, i) => [field(entry, 'name'), [kind, i, 'name']])).forEach(
      ({ path, value }) => {
        problems.push({
          path,
          problem: `the name “${value}” is used twice`,
          mend: 'Choose another.',
        })
      },
    )
  const mailboxes = entries('gmail').flatMap((entry, i) =>
    list(field(entry, 'mailboxes')).map((box, j) => [box, ['gmail', i, 'mailboxes', j]] as const),
  )
  for (const { path, value } of repeated(mailboxes))
    problems.push({ path, problem: `“${value}” is watched twice`, mend: 'Remove one of the two.' })

  const everybody = entries('people').map((person) => field(person, 'name'))
  list(field(field(field(data, 'privacy'), 'exclude'), 'people')).forEach((name, i) => {
    if (!everybody.includes(name))
      problems.push({
        path: pathOf(['privacy', 'exclude', 'people', i]),
        problem: `“${String(name)}” is not among the people of the config`,
        mend: 'Write the name as it stands in "people".',
      })
  })

  const accounts = entries('people').flatMap((person, i) => {
    const own = ['emails', 'accounts'].flatMap((key) =>
      list(field(person, key)).map((value, j) => [value, ['people', i, key, j]] as const),
    )
    const again = new Set(repeated(own).map(({ path }) => path))
    return own.filter(([, keys]) => !again.has(pathOf(keys)))
  })
  for (const { path, value } of repeated(accounts))
    problems.push({ path, problem: `“${value}” belongs to two people`, mend: 'Give it to one.' })

  entries('gmail').forEach((entry, i) => {
    const ways = ['service_account', 'oauth'].filter((key) => field(entry, key) !== undefined)
    if (typeof entry === 'object' && ways.length !== 1)
      problems.push({
        path: pathOf(['gmail', i]),
        problem: ways.length === 0 ? 'has no credential' : 'has two credentials',
        mend: 'Give it either "service_account" or "oauth".',
      })
    const key = field(entry, 'service_account')
    if (typeof key === 'string' && isPath(key))
      problems.push({
        path: pathOf(['gmail', i, 'service_account']),
        problem: 'is the path of the key, not the key',
        mend: `Write "\${file:${key}}".`,
      })
  })
  entries('cloudtrail').forEach((entry, i) => {
    for (const [one, other] of [
      ['access_key_id', 'secret_access_key'],
      ['secret_access_key', 'access_key_id'],
      ['external_id', 'role_arn'],
    ] as const)
      if (field(entry, one) !== undefined && field(entry, other) === undefined)
        problems.push({
          path: pathOf(['cloudtrail', i, one]),
          problem: `needs "${other}" beside it`,
          mend: `Add "${other}", or remove "${one}".`,
        })
  })

  const notify = field(data, 'notify')
  const workspace = field(field(notify, 'slack'), 'workspace')
  const names = entries('slack').map((entry) => field(entry, 'name'))
  if (typeof workspace === 'string' && !names.includes(workspace))
    problems.push({
      path: 'notify.slack.workspace',
      problem: `there is no Slack entry named “${workspace}”`,
      mend: names.length ? `Write one of: ${names.join(', ')}.` : 'Add it to "slack".',
    })
  if (notify !== undefined && !field(notify, 'slack') && !field(notify, 'console'))
    problems.push({
      path: 'notify',
      problem: 'nobody would be told',
      mend: 'Set "slack": { "workspace", "channel" }, or "console": true.',
    })
  if (['slack', 'gmail', 'cloudtrail'].every((kind) => entries(kind).length === 0))
    problems.push({
      path: 'slack, gmail, cloudtrail',
      problem: 'there is nothing to watch',
      mend: 'Add at least one account.',
    })
  if (!entries('people').some((person) => field(person, 'approver')))
    warnings.push({
      path: 'people',
      problem: 'nobody may approve what Porchlight proposes',
      mend: 'Set "approver": true for one person.',
    })
  return { problems, warnings }
}

const secretKey = /token|secret|password|private_key|service_account/
const secretShape = /^(xox[a-z]-|xapp-|GOCSPX-|1\/\/0)|-----BEGIN [A-Z ]*PRIVATE KEY/

/** Secrets written into the file itself: refused where other users may read it. */
export function literalSecrets(
  data: unknown,
  referring: ReadonlySet<string>,
  worldReadable: boolean,
): Verdict {
  const found: Problem[] = []
  const walk = (node: unknown, keys: PropertyKey[]): void => {
    if (typeof node === 'string') {
      const path = pathOf(keys)
      const named = secretKey.test(String(keys.at(-1)))
      if (referring.has(path) || isPath(node) || !(named || secretShape.test(node))) return
      found.push({
        path,
        problem: worldReadable
          ? 'holds a secret, and every user of this machine may read the file'
          : 'holds a secret in plain text',
        mend: `Put it into the environment or a file and write "\${NAME}" or "\${file:/path}" here.`,
      })
    } else if (typeof node === 'object' && node !== null)
      for (const [key, value] of Object.entries(node))
        walk(value, [...keys, Array.isArray(node) ? Number(key) : key])
  }
  walk(data, [])
  return worldReadable ? { problems: found, warnings: [] } : { problems: [], warnings: found }
}

const isPath = (text: string): boolean => /^[./~][^\s{}]*$/.test(text)

function repeated(
  items: readonly (readonly [unknown, readonly PropertyKey[]])[],
): { path: string; value: string }[] {
  const seen = new Set<string>()
  return items.flatMap(([value, keys]) => {
    if (typeof value !== 'string') return []
    const key = value.toLowerCase()
    if (seen.has(key)) return [{ path: pathOf(keys), value }]
    seen.add(key)
    return []
  })
}

const field = (node: unknown, key: string): unknown =>
  typeof node === 'object' && node !== null && Object.hasOwn(node, key)
    ? (node as Record<string, unknown>)[key]
    : undefined

const list = (node: unknown): unknown[] => (Array.isArray(node) ? node : [])
