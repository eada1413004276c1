import { createQuotas } from './quota.ts'
import type { Answer, Request, Vendor } from './serve.ts'
import { type Args, Refusal, type Slack } from './slack-call.ts'
import { slackMethods } from './slack-methods.ts'

/**
 * Calls a minute for each method, of an internal app:
 * https://docs.slack.dev/apis/web-api/rate-limits
 */
const tiers: Record<string, number> = {
  'team.info': 50,
  'team.integrationLogs': 20,
  'users.list': 20,
  'users.info': 100,
  'conversations.list': 20,
  'conversations.members': 100,
  'conversations.join': 50,
  'conversations.history': 50,
  'conversations.replies': 50,
  'chat.update': 50,
  'reactions.add': 50,
  'reactions.get': 50,
}
/** For methods whose limit is said in words only. */
const special = 300

/** The Web API of one workspace, under `/api/`. */
export function slackServer(
  slack: Slack,
  { token, limits }: { token: string; limits: boolean },
): Vendor {
  const methodQuotas = new Map(
    Object.keys(slackMethods).map((name) => [name, createQuotas(tiers[name] ?? special, 60_000)]),
  )
  // A message a second in a channel; short bursts are let through.
  const postQuota = createQuotas(5, 5000)

  const wait = (name: string, { channel = '' }: Args) => {
    if (!limits) return 0
    const now = slack.clock.now()
    const ms = methodQuotas.get(name)?.('', now) ?? 0
    return ms > 0 || name !== 'chat.postMessage' ? ms : postQuota(channel, now)
  }

  const admin = slack.world.slack_settings?.admin
  /** The workspace as the holder of a token sees it, or null. */
  const seenBy = (given: string): Slack | null => {
    if (given === token) return slack
    return admin && given === admin.token ? { ...slack, scopes: admin.scopes } : null
  }

  const reply = (body: Record<string, unknown>, { scopes } = slack): Answer => ({
    status: 200,
    headers: { 'x-oauth-scopes': scopes.join(',') },
    body,
  })

  return {
    method: ({ path }) => {
      const name = path.startsWith('/api/') ? path.slice('/api/'.length) : ''
      return Object.hasOwn(slackMethods, name) ? name : null
    },

    answer(name, request, fault) {
      const method = name === null ? undefined : slackMethods[name]
      if (!method || name === null) return reply({ ok: false, error: 'unknown_method' })
      if (fault?.kind === 'limited') return limited((fault.retryAfter ?? 1) * 1000)
      const args = argsOf(request)
      const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? args.token
      if (!given) return anonymous('not_authed')
      const seen = seenBy(given)
      if (!seen || fault?.kind === 'denied') return anonymous('invalid_auth')
      const ms = wait(name, args)
      if (ms > 0) return limited(ms)
      const needed = method.needs?.(seen, args).find((scope) => !seen.scopes.includes(scope))
      if (needed) {
        const provided = seen.scopes.join(',')
        return reply({ ok: false, error: 'missing_scope', needed, provided }, seen)
      }
      if (fault?.kind === 'gone') return reply({ ok: false, error: 'message_not_found' }, seen)
      try {
        const answer = reply({ ok: true, ...method.run(seen, args, fault?.kind ?? null) }, seen)
        const isLate = fault?.kind === 'late10' || fault?.kind === 'late90'
        return isLate ? { ...answer, reset: true } : answer
      } catch (error) {
        if (error instanceof Refusal) return reply(error.body, seen)
        throw error
      }
    },
  }
}

const anonymous = (error: string): Answer => ({ status: 200, body: { ok: false, error } })

const limited = (ms: number): Answer => ({
  status: 429,
  headers: { 'retry-after': String(Math.ceil(ms / 1000)) },
  body: { ok: false, error: 'ratelimited' },
})

function argsOf({ headers, query, body }: Request): Args {
  const args = Object.fromEntries(query)
  if (!headers['content-type']?.startsWith('application/json')) {
    return { ...args, ...Object.fromEntries(new URLSearchParams(body)) }
  }
  const json = JSON.parse(body || '{}') as Record<string, unknown>
  for (const [key, value] of Object.entries(json)) {
    args[key] = typeof value === 'string' ? value : JSON.stringify(value)
  }
  return args
}
