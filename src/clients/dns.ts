import { Resolver } from 'node:dns/promises'
import { messageOf, ServiceError } from '../core/error.ts'
import { hostIn, parseSpf, type Spf } from '../core/mail-policy.ts'
import type { Clock } from '../core/ports.ts'
import { createLimiter } from './limiter.ts'
import { retry, stopIfAborted } from './retry.ts'

/** Asks for public records. A name that has none gives an empty list. */
export interface Dns {
  /** Texts of a name; parts of one record are joined. @throws ServiceError */
  txt(name: string, signal: AbortSignal): Promise<string[]>
  /** Mail servers, the preferred first; `.` says that no mail is taken (RFC 7505). @throws ServiceError */
  mx(name: string, signal: AbortSignal): Promise<string[]>
  /** Name servers. @throws ServiceError */
  ns(name: string, signal: AbortSignal): Promise<string[]>
}

/** Asks the machine's own resolver, or the one at `endpoint` (`127.0.0.1:5353`). */
export function createDns({
  endpoint,
  clock,
  timeout = 3000,
}: {
  endpoint: string | undefined
  clock: Clock
  /** ms of real time for one question; a silent server is asked again, and waited for twice as long. */
  timeout?: number
}): Dns {
  const limiter = createLimiter(clock, { perMinute: 120, burst: 60 })

  const ask = <T>(
    question: string,
    run: (resolver: Resolver) => Promise<T[]>,
    signal: AbortSignal,
  ): Promise<T[]> => {
    const attempt = async () => {
      await limiter.take(1, signal)
      stopIfAborted('dns', signal)
      // One for each question: `cancel` stops all that a resolver has been asked.
      const resolver = new Resolver({ timeout, tries: 2 })
      if (endpoint) resolver.setServers([endpoint])
      const stop = () => resolver.cancel()
      signal.addEventListener('abort', stop, { once: true })
      try {
        return await run(resolver)
      } catch (cause) {
        stopIfAborted('dns', signal)
        const code = codeOf(cause)
        // No such name, or none of its records is of the type: https://nodejs.org/api/dns.html#error-codes
        if (code === 'ENOTFOUND' || code === 'ENODATA') return []
        throw dnsError(question, code, cause)
      } finally {
        signal.removeEventListener('abort', stop)
      }
    }
    return retry(attempt, { clock, service: 'dns', signal, tries: 2 })
  }

  return {
    txt: async (name, signal) => {
      const records = await ask(`TXT of ${name}`, (r) => r.resolveTxt(name), signal)
      return records.map((parts) => parts.join(''))
    },
    mx: async (name, signal) => {
      const records = await ask(`MX of ${name}`, (r) => r.resolveMx(name), signal)
      return records
        .map(({ exchange, priority }) => ({ priority, host: exchange.toLowerCase() || '.' }))
        .sort((a, b) => a.priority - b.priority || a.host.localeCompare(b.host))
        .map(({ host }) => host)
    },
    ns: async (name, signal) => {
      const records = await ask(`NS of ${name}`, (r) => r.resolveNs(name), signal)
      return records.map((host) => host.toLowerCase()).sort()
    },
  }
}

const codeOf = (cause: unknown) => (cause as { code?: string } | null)?.code ?? ''

function dnsError(question: string, code: string, cause: unknown): ServiceError {
  const mend =
    code === 'ECONNREFUSED' || code === 'ETIMEOUT'
      ? 'Check that this machine can reach its DNS server (see /etc/resolv.conf).'
      : 'Look whether the name servers of the domain answer; the provider of its DNS can tell.'
  return new ServiceError('dns', `${question}: ${code || messageOf(cause)}`, { mend, cause })
}

/** Receivers stop at more lookups than this: https://www.rfc-editor.org/rfc/rfc7208#section-4.6.4 */
export const mostSpfLookups = 10

/**
 * Lookups that a receiver needs for an SPF record with all that it includes, and what becomes of
 * the rest of the senders (undefined where that can't be followed). Stops when there are too many;
 * whoever writes the records can't make it ask for more names than that. @throws ServiceError
 */
export async function followSpf(
  record: Spf,
  texts: (name: string) => Promise<string[]>,
): Promise<{ lookups: number; all: Spf['all'] | undefined }> {
  let lookups = 0
  const follow = async (spf: Spf): Promise<Spf['all'] | undefined> => {
    lookups += spf.lookups
    for (const name of spf.includes) await step(name)
    return spf.redirect === null ? spf.all : step(hostIn(spf.redirect))
  }
  const step = async (name: string | null): Promise<Spf['all'] | undefined> => {
    if (name === null || lookups > mostSpfLookups) return undefined
    const found = (await texts(name)).flatMap((text) => parseSpf(text) ?? [])[0]
    return found ? follow(found) : undefined
  }
  const all = await follow(record)
  return { lookups, all }
}
