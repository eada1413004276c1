import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { getDomain } from 'tldts'
import type { Link, Observable } from '../core/event.ts'

/** The registrable domain of a host or URL, if it has one: `evil.github.io`, `example.co.uk`. */
export function inHost(host: string): Observable[] {
  const value = getDomain(host, { allowPrivateDomains: true })
  return value ? [{ type: 'domain', value }] : []
}

/** Where links lead. */
export const inLinks = (links: readonly Link[]): Observable[] =>
  links.flatMap(({ href }): Observable[] => [{ type: 'url', value: href }, ...inHost(href)])

/** AWS access key ids that stand in a text. */
export const inText = (text: string): Observable[] =>
  [...text.matchAll(/\bAKIA[A-Z2-7]{16}\b/g)].map((m) => ({ type: 'access_key', value: m[0] }))

/** An IP address in its one canonical spelling, or null for what is none. */
export const addressIn = (text: string): string | null =>
  isIP(text) && !text.includes('%') ? ipaddr.process(text).toString() : null
