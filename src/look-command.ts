import { styleText } from 'node:util'
import type { Config } from './config.ts'
import { look } from './jobs/look.ts'
import { build } from './main.ts'
import { count, exits, out, outJson, plain, say } from './terminal.ts'

const colour = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  informational: 'dim',
} as const

/** `porchlight look`: what is wrong with the accounts as the daemon last saw them. Returns the exit code. */
export async function lookCommand(
  config: Config,
  { json, signal }: { json: boolean; signal: AbortSignal },
): Promise<number> {
  const monitor = await build(config, { signal }, 'visit')
  try {
    const seen = monitor.app.store.inventory.scopes()
    const found = look(monitor.app)
    if (json) {
      outJson({
        seen: seen.map(({ name, seen_time }) => ({ name, time: new Date(seen_time) })),
        found: found.map(({ uid, severity, text, mend }) => ({ uid, severity, text, mend })),
      })
      return found.length > 0 ? exits.findings : exits.ok
    }
    if (seen.length === 0) {
      say('No account has been looked at yet. Start the daemon, or run: porchlight once')
      return exits.temporary
    }
    for (const { severity, text, mend } of found) {
      const mark = styleText(colour[severity], severity.padEnd(13), { stream: process.stdout })
      out(`${mark}  ${plain(text)}.`)
      out(`${' '.repeat(15)}${plain(mend)}`)
    }
    const oldest = new Date(Math.min(...seen.map(({ seen_time }) => seen_time)))
    out(
      `${found.length === 0 ? 'Nothing is wrong' : count(found.length, 'thing')} in ${count(seen.length, 'place')}, seen since ${oldest.toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
    )
    return found.length > 0 ? exits.findings : exits.ok
  } finally {
    await monitor.close()
  }
}
