import type { App } from '../app.ts'
import { severityRank } from '../core/finding.ts'
import type { Incident } from '../core/incident.ts'
import type { DigestMessage } from '../core/message.ts'
import { alertFrom, isMuted } from './notify.ts'
import { headlineOf } from './story.ts'
import { moment } from './words.ts'

const day = 86_400_000

/** What happened since the last digest: counts, what needs somebody, what was left alone, health. */
export function digestMessage(app: App): DigestMessage {
  const { store, clock, timeZone } = app
  const now = clock.now()
  const since = Number(store.meta.get('digest_time') ?? now - day)
  const incidents = store.incidents.since(since)
  const alerted = (i: Incident) => store.outbox.get(`alert:${i.uid}`) !== null
  const open = incidents.filter((i) => alerted(i) && i.status === 'new')
  const quiet = incidents.filter((i) => !alerted(i))
  const events = store.events.counts(since)
  const date = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(now)
  return {
    uid: `digest:${new Date(now).toISOString().slice(0, 10)}`,
    kind: 'digest',
    title: `Daily digest, ${date}`,
    counts: [
      { name: 'alerts', value: incidents.filter(alerted).length },
      { name: 'noted quietly', value: quiet.length },
      { name: 'Slack messages', value: events.slack ?? 0 },
      { name: 'mails', value: events.gmail ?? 0 },
      { name: 'AWS calls', value: events.cloudtrail ?? 0 },
    ],
    needs_you: open.map((i) => `${headlineOf(app, i)} (${i.risk_level}, ${i.uid})`),
    handled: quiet.map((i) => `${headlineOf(app, i)}: ${reason(app, i)}`),
    sources: [
      ...health(app),
      ...app.distrusted().map((text) => ({ name: 'Model', healthy: false, text })),
    ],
    nothing_happened: incidents.length === 0,
  }
}

/** Accounts that fail, each; those that work, one line for each product. */
function health({ store, timeZone }: App): DigestMessage['sources'] {
  const accounts = store.accounts.all()
  const failing = accounts.filter((a) => a.error !== null)
  const working = Map.groupBy(
    accounts.filter((a) => a.error === null),
    ({ name }) => name.slice(0, name.indexOf(':')),
  )
  return [
    ...failing.map(({ name, error, disabled }) => ({
      name,
      healthy: false,
      text: `${disabled ? 'stopped' : 'failing'}: ${error}`,
    })),
    ...[...working].map(([product, list]) => {
      const oldest = Math.min(...list.map((a) => a.ok_time ?? 0))
      const names = list.map((a) => a.name.slice(product.length + 1)).join(', ')
      return {
        name: products[product] ?? product,
        healthy: true,
        text: `${names}: read ${moment(oldest, timeZone)}`,
      }
    }),
  ]
}

const products: Record<string, string> = { slack: 'Slack', gmail: 'Gmail', cloudtrail: 'AWS' }

function reason(app: App, incident: Incident): string {
  const findings = app.store.findings.ofIncident(incident.uid)
  if (findings.length > 0 && findings.every((f) => isMuted(app, f))) return 'muted by you'
  return severityRank(incident.risk_level) < alertFrom
    ? `${incident.risk_level}, below what alerts`
    : 'seen in the first look'
}

/** Writes the digest down to be posted, and starts the next one's day. */
export function digest(app: App): number {
  const { store, clock } = app
  const message = digestMessage(app)
  store.transaction(() => {
    store.outbox.post(message, clock.now())
    store.meta.set('digest_time', String(clock.now()))
  })
  return 1
}
