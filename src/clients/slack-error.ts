import { z } from 'zod'
import { messageOf, ServiceError } from '../core/error.ts'

const mends: Record<string, string> = {
  invalid_auth: 'Copy the Bot User OAuth Token of the Slack app into the config again.',
  not_authed: 'Give the Slack account a token in the config.',
  account_inactive: 'The app or its user was removed: install it to the workspace again.',
  token_revoked: 'The token was revoked: install the app again and copy its new token.',
  token_expired: 'Turn token rotation off in the Slack app, or install it again.',
  not_in_channel: 'Invite the bot: /invite @Porchlight in that channel.',
  channel_not_found: 'Check the channel in the config and invite the bot to it.',
  is_archived: 'Choose a channel that is not archived.',
  not_allowed_token_type: 'Use the Bot User OAuth Token, the one that starts with xoxb.',
}

/** Slack's own words for a hiccup: https://docs.slack.dev/reference/methods */
const passing =
  /^(ratelimited|rate_limited|fatal_error|internal_error|service_unavailable|request_timeout|team_added_to_org)$/

const failure = z.object({
  data: z
    .object({
      error: z.string(),
      needed: z.string().optional(),
      provided: z.string().optional(),
      response_metadata: z.object({ retryAfter: z.number().optional() }).optional(),
    })
    .optional(),
  retryAfter: z.number().optional(),
  statusCode: z.number().optional(),
  headers: z.record(z.string(), z.string()).optional(),
})

/** Slack's own word for what went wrong (`thread_not_found`), or null. */
export function slackCode(error: unknown): string | null {
  const { data } = failure.catch({}).parse(error instanceof ServiceError ? error.cause : null)
  return data?.error ?? null
}

/** What a failed call of `method` means. */
export function slackError(method: string, cause: unknown): ServiceError {
  if (cause instanceof ServiceError) return cause
  const { data, retryAfter, statusCode } = failure.catch({}).parse(cause)
  const say = (
    text: string,
    rest: { permanent?: boolean; retryAfter?: number; mend?: string; ambiguous?: boolean },
  ) => new ServiceError('slack', `${method}: ${text}`, { ...rest, cause })

  if (retryAfter !== undefined) return say('ratelimited', { retryAfter: retryAfter * 1000 })
  if (statusCode !== undefined) return say(`HTTP ${statusCode}`, { ambiguous: true })
  if (!data) return say(messageOf(cause), { ambiguous: true })
  const { error, needed } = data
  // A proxy's or portal's page, taken by the library for an error's name.
  if (!/^[a-z_]{2,60}$/.test(error)) return say('the answer is not Slack’s', { ambiguous: true })
  if (error === 'ratelimited' || error === 'rate_limited')
    return say(error, { retryAfter: (data.response_metadata?.retryAfter ?? 30) * 1000 })
  if (passing.test(error)) return say(error, { ambiguous: true })
  const mend =
    error === 'missing_scope' && needed
      ? `Add the scope ${needed} under OAuth & Permissions of the Slack app and install it again.`
      : mends[error]
  return say(needed ? `${error} (${needed})` : error, {
    permanent: true,
    ...(mend ? { mend } : {}),
  })
}
