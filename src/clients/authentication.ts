import type { Email } from '../core/event.ts'
import { addressIn } from './joints.ts'

/** One header of a mail, in the order of the mail. */
export interface Header {
  /** Lower case. */
  key: string
  /** Unfolded. */
  value: string
}

const nothing: Email['authentication'] = { spf: null, dkim: null, dmarc: null }

/**
 * What the receiving `host` found out about the sender. Only the topmost Authentication-Results is
 * believed, and only if that host wrote it: everything below came with the mail and is the sender's
 * text (https://www.rfc-editor.org/rfc/rfc8601#section-5). `ip` is the address the mail came from,
 * as the same host names it.
 */
export function authenticationOf(
  headers: Header[],
  host: string,
): { authentication: Email['authentication']; ip: string | null } {
  const top = headers.find((h) => h.key === 'authentication-results')
  if (!top) return { authentication: nothing, ip: null }
  // Comments and quoted strings hold what the sender chose, such as the local part of an address.
  const [id = '', ...results] = bare(top.value)
    .split(';')
    .map((part) => part.trim().toLowerCase())
  if (id.split(/\s/)[0] !== host.toLowerCase()) return { authentication: nothing, ip: null }
  const resultOf = (method: string) => {
    const found = results.flatMap((r) => {
      const match = /^([a-z]+)\s*=\s*([a-z]+)/.exec(r)
      return match && match[1] === method ? [match[2] as string] : []
    })
    return found.includes('pass') ? 'pass' : (found[0] ?? null)
  }
  const spf = headers.find((h) => h.key === 'received-spf')
  const ip = /client-ip=([0-9a-f.:]+);?\s*$/i.exec(spf?.value ?? '')?.[1] ?? ''
  return {
    authentication: { spf: resultOf('spf'), dkim: resultOf('dkim'), dmarc: resultOf('dmarc') },
    ip: addressIn(ip),
  }
}

/** A header value without its quoted strings and (nested) comments. */
function bare(value: string): string {
  let out = ''
  let depth = 0
  let quoted = false
  for (let i = 0; i < value.length; i++) {
    const c = value[i]
    if (c === '\\' && (quoted || depth > 0)) i++
    else if (c === '"' && depth === 0) quoted = !quoted
    else if (quoted) continue
    else if (c === '(') depth++
    else if (c === ')') depth = Math.max(0, depth - 1)
    else if (depth === 0) out += c
  }
  return out
}
