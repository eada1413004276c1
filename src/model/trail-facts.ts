import { type Tactic, tactics, tacticsOf } from '../core/aws-tactics.ts'
import type { Event } from '../core/event.ts'
import { isDenied } from '../core/history.ts'

/** Facts about a CloudTrail event by set. */
export const trailFactSets = {
  tactic: [...tactics, 'no_tactic'],
  outcome: ['denied', 'failed', ...tactics.map((t) => `denied_${t}`)],
  caller: ['aws_service', 'root', 'assumed_role', 'reads'],
  request: ['to_everyone', 'other_account', 'open_network', 'secret_named'],
} as const

export const trailFacts: readonly string[] = Object.values(trailFactSets).flat()

/** Words of `GetPasswordData` of `ec2`, as the encoder reads them: the call and how it ended. */
export function trailText(event: Event): string {
  const { api } = event
  if (!api) return ''
  const name = api.operation
    .replace(/\d{8}(?:v\d)?$/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
  const end = api.error === null ? '' : isDenied(api.error) ? ', denied' : ', failed'
  return `AWS ${api.service}: ${name.toLowerCase()}${end}`
}

/** Facts that hold of a CloudTrail event, each 0 or 1; those that do not hold are absent. */
export function trailFactsOf(event: Event): Record<string, number> {
  const { api, actor } = event
  if (!api) return {}
  const facts: Record<string, number> = {}
  const fact = (name: string, holds: boolean) => {
    if (holds) facts[name] = 1
  }
  const served: readonly Tactic[] = tacticsOf(api.operation)
  for (const tactic of served) fact(tactic, true)
  fact('no_tactic', served.length === 0)
  const denied = isDenied(api.error)
  fact('denied', denied)
  fact('failed', api.error !== null && !denied)
  for (const tactic of served) fact(`denied_${tactic}`, denied)
  const { type } = actor?.user ?? {}
  fact('aws_service', type === 'service')
  fact('root', type === 'root')
  fact('assumed_role', type === 'role')
  fact(
    'reads',
    api.read_only ?? /^(?:Get|List|Describe|Head|Lookup|Batch(?:Get|Describe))/.test(api.operation),
  )
  const request = JSON.stringify(api.request ?? {}).slice(0, 20_000)
  fact('open_network', /0\.0\.0\.0\/0|"?::\/0/.test(request))
  fact(
    'to_everyone',
    /"group(?:Names?)?":"?\[?"?all|AllUsers|\\?"Principal\\?":\s?(?:\{\\?"AWS\\?":\s?)?\[?\\?"\*/i.test(
      request,
    ),
  )
  const own = event.metadata.tenant_uid
  fact(
    'other_account',
    [...request.matchAll(/(?<![\d.])\d{12}(?![\d.])/g)].some(([id]) => id !== own),
  )
  fact('secret_named', /secret|password|token|credential|userData/i.test(request))
  return facts
}
