import { severityRank } from '../core/finding.ts'
import { alertFrom } from '../jobs/notify.ts'
import type { Monitor } from '../main.ts'
import type { World } from '../office/world.ts'
import { inRandomOrders, withoutEach } from './proof.ts'

/** What the monitor did, held against what really happened; `--json` prints it. */
export interface Summary {
  seed: number
  company: string
  /** Simulated hours, real seconds, and how much faster than life that was. */
  time: { hours: number; seconds: number; speed: number }
  events: Record<string, number>
  findings: Record<string, number>
  incidents: number
  alerts_on_the_quiet_day: number
  attacks: {
    name: string
    truth: string[]
    incident: string | null
    events: string[]
    exact: boolean
    headline: string | null
    severity: string | null
    /** From the moment the vendor's API showed its first event to the alert's post. */
    seconds_to_alert: number | null
  }[]
  /** Alerts that belong to no attack. */
  other_alerts: string[]
  words: { chosen: number; written: number; refused: number; by_rules_alone: number }
  /** Tokens the analyst read in all, and a second. */
  model: { tokens_read: number; tokens_per_second: number | null; restarts: number } | null
  memory_mb: { daemon: number; model: number | null }
  without: { attack: string; event: string; findings: string[]; gone: boolean }[]
  orders: { tried: number; same: number; events: number }
  database: string
  log: string
  ok: boolean
}

/** When the vendor's API first showed each event, ms, by the pipeline's uid. */
function visibleTimes(world: World): Map<string, number> {
  const { slack, mail, trail, company } = world
  return new Map([
    ...slack.messages.map((m): [string, number] => [
      `slack:${slack.team.id}:${m.channel}:${m.ts}`,
      m.visible,
    ]),
    ...mail.map((m): [string, number] => [`gmail:${m.mailbox}:${m.id}`, m.visible]),
    ...trail.map((t): [string, number] => [
      `cloudtrail:${company.aws_account}:${t.record.eventID}`,
      t.visible,
    ]),
  ])
}

/** Holds what the monitor did against what really happened. */
export function summarize(
  { app, llama }: Monitor,
  world: World,
  run: { seconds: number; stateDir: string; peak: { daemon: number; model: number | null } },
): Summary {
  const { store, clock } = app
  const incidents = store.incidents.all()
  const visible = visibleTimes(world)
  const alertOf = (uid: string) => store.outbox.get(`alert:${uid}`)
  const eventsOf = (uid: string) =>
    [...new Set(store.findings.ofIncident(uid).flatMap((f) => f.event_uids))].sort()

  const attacks = world.truth.map(({ name, events }) => {
    const truth = [...events].sort()
    const incident = incidents.find((i) => eventsOf(i.uid).some((e) => truth.includes(e)))
    const found = incident ? eventsOf(incident.uid) : []
    const alert = incident && alertOf(incident.uid)
    const shown = Math.min(...truth.map((e) => visible.get(e) ?? Number.POSITIVE_INFINITY))
    return {
      name,
      truth,
      incident: incident?.uid ?? null,
      events: found,
      exact: JSON.stringify(found) === JSON.stringify(truth),
      headline: incident?.summary?.headline ?? null,
      severity: incident?.risk_level ?? null,
      seconds_to_alert: alert?.done_time ? (alert.done_time - shown) / 1000 : null,
    }
  })
  const alerted = incidents.filter((i) => alertOf(i.uid))
  const mine = new Set(attacks.map((a) => a.incident))
  const words = { chosen: 0, written: 0, refused: 0, by_rules_alone: 0 }
  for (const { summary } of alerted) {
    words.chosen += summary?.words.chosen ?? 0
    words.written += summary?.words.written ?? 0
    words.refused += summary?.words.refused ?? 0
    if (summary?.words.by !== 'analyst') words.by_rules_alone++
  }
  const hours = (clock.now() - world.start) / 3_600_000
  const quiet = alerted.filter((i) => i.end_time < world.attackDay).length
  const without = withoutEach(app, world.truth)
  const firstBlow = Math.min(
    ...world.truth.flatMap((t) => t.events.map((e) => store.events.get(e)?.event.time ?? 0)),
  )
  const orders = inRandomOrders(app, firstBlow - 3_600_000, 20, world.seed)
  const state = llama.state().process
  const separate = mine.size === attacks.length && !mine.has(null)
  const other = alerted.filter((i) => !mine.has(i.uid)).map((i) => i.summary?.headline ?? i.uid)
  return {
    seed: world.seed,
    company: world.company.name,
    time: { hours, seconds: run.seconds, speed: (hours * 3600) / run.seconds },
    events: store.events.counts(0),
    findings: store.findings.counts(0),
    incidents: incidents.filter((i) => severityRank(i.risk_level) >= alertFrom).length,
    alerts_on_the_quiet_day: quiet,
    attacks,
    other_alerts: other,
    words,
    model: state && {
      tokens_read: state.tokens.read,
      tokens_per_second: state.speed.read,
      restarts: state.restarts,
    },
    memory_mb: run.peak,
    without,
    orders,
    database: `${run.stateDir}/porchlight.db`,
    log: `${run.stateDir}/porchlight.log`,
    ok:
      separate &&
      quiet === 0 &&
      other.length === 0 &&
      attacks.every((a) => a.exact && a.seconds_to_alert !== null) &&
      without.every((w) => w.gone && w.findings.length > 0) &&
      orders.same === orders.tried,
  }
}
