/**
 * What goes wrong:
 * - `limited`: 429 with Retry-After; CloudTrail: ThrottlingException
 * - `quota`: Google's 403 rateLimitExceeded
 * - `500`, `html` (a page with status 200)
 * - `denied`: invalid_auth, 401, AccessDeniedException; for Google's token, invalid_grant
 * - `drop`: the connection is reset before anything is carried out
 * - `reset`: carried out, then the connection is reset
 * - `hang`: no answer ever; nothing is carried out
 * - `expired`: history.list answers 404; CloudTrail: ExpiredTokenException
 * - `gone`: 404 or message_not_found
 * - `late10`, `late90`: the connection is reset and the post shows only 10 or 90 s later
 * - `twice`: the post is made twice
 */
export type FaultKind =
  | 'limited'
  | 'quota'
  | '500'
  | 'html'
  | 'denied'
  | 'drop'
  | 'reset'
  | 'hang'
  | 'expired'
  | 'gone'
  | 'late10'
  | 'late90'
  | 'twice'

export interface Fault {
  /** `chat.postMessage`, `messages.list`, `oauth2.token`, `LookupEvents`, …; `*` is any method. */
  method: string
  kind: FaultKind
  /** How many calls it hits, default 1. */
  times?: number
  /** Seconds, for `limited`; default 1. */
  retryAfter?: number
}

/** What the office's servers still have to get wrong; may be changed while they run. */
export interface Faults {
  add(fault: Fault): void
  /** The first fault that waits for this method, used up by one. */
  take(method: string): Fault | null
  /** Those that have not struck yet. */
  left(): Fault[]
  clear(): void
}

/** A list of faults that strike in the order given. */
export function createFaults(initial: Fault[] = []): Faults {
  let waiting: { fault: Fault; left: number }[] = []
  const add = (fault: Fault) => {
    waiting.push({ fault, left: fault.times ?? 1 })
  }
  initial.forEach(add)
  return {
    add,
    take(method) {
      const hit = waiting.find(({ fault }) => fault.method === method || fault.method === '*')
      if (!hit) return null
      hit.left -= 1
      if (hit.left <= 0) waiting = waiting.filter((other) => other !== hit)
      return hit.fault
    },
    left: () => waiting.map(({ fault, left }) => ({ ...fault, times: left })),
    clear() {
      waiting = []
    },
  }
}
