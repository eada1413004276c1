import type { App } from '../app.ts'
import { isBackfill } from '../core/event.ts'
import { type Finding, severityRank } from '../core/finding.ts'
import type { Incident } from '../core/incident.ts'
import type { ReplyMessage } from '../core/message.ts'
import type { Story } from '../core/ports.ts'
import { storyOf } from './story.ts'
import { alertOf, evidenceReply, laterReply } from './words.ts'

/** Alerts start here; what is below stands in the digest. */
export const alertFrom = severityRank('medium')

/** Back-filled findings page only when critical and this recent, in ms. */
const firstLookUrgent = 3_600_000

/**
 * Writes down what is to be said of changed incidents: one top message each, evidence in its
 * thread, an update and a reply when more comes. Posting is `deliver`'s.
 */
export function plan(app: App): number {
  const { store } = app
  const changed = store.incidents.takeUnnotified(50)
  for (const { incident, rev } of changed)
    store.transaction(() => {
      if (incident.merged_into) pointTo(app, incident.uid, incident.merged_into)
      else if (worthTelling(app, incident)) tell(app, incident)
      store.incidents.markNotified(incident.uid, rev)
    })
  return changed.length
}

function worthTelling(app: App, incident: Incident): boolean {
  const { store, clock } = app
  if (store.outbox.get(`alert:${incident.uid}`)) return true
  const findings = store.findings.ofIncident(incident.uid)
  const level = severityRank(incident.risk_level)
  if (level < alertFrom || findings.every((f) => isMuted(app, f))) return false
  const old = findings.every((f) =>
    f.event_uids.every((uid) => {
      const event = store.events.get(uid)?.event
      return event !== undefined && isBackfill(event)
    }),
  )
  return (
    !old ||
    (level >= severityRank('critical') && clock.now() - incident.end_time <= firstLookUrgent)
  )
}

/** Whether people said that this finding is nothing to hear about. */
export function isMuted({ memory, clock }: App, finding: Finding): boolean {
  return memory.taught.mutes.some(
    ({ detector, observable, until }) =>
      (detector === '*' || detector === finding.analytic.uid) &&
      (!observable || finding.observables.some((o) => `${o.type}:${o.value}` === observable)) &&
      (!until || Date.parse(until) > clock.now()),
  )
}

const mailOf = (app: App, finding: Finding): string[] =>
  finding.event_uids.map((uid) => app.store.events.get(uid)?.event.email?.fingerprint ?? uid)

/** Findings not yet shown in the thread; one mail in two mailboxes is one thing. */
function freshFindings(app: App, story: Story): Finding[] {
  const shown = new Set(JSON.parse(app.store.meta.get(`shown:${story.incident.uid}`) ?? '[]'))
  return story.findings.filter(
    (f) =>
      !shown.has(f.uid) && !mailOf(app, f).some((mail) => shown.has(`${f.analytic.uid} ${mail}`)),
  )
}

function markShown(app: App, story: Story): void {
  const keys = story.findings.flatMap((f) => [
    f.uid,
    ...mailOf(app, f).map((mail) => `${f.analytic.uid} ${mail}`),
  ])
  app.store.meta.set(`shown:${story.incident.uid}`, JSON.stringify([...new Set(keys)]))
}

function tell(app: App, incident: Incident): void {
  const { store, clock, analyst } = app
  const now = clock.now()
  const story = storyOf(app, incident)
  const summary = incident.summary ?? analyst.plain(story)
  const note =
    summary.words.by === 'rules'
      ? 'These are the rule’s own words; the model on this box has not read the case yet.'
      : null
  const alert = alertOf(story, summary, note)
  const evidence = evidenceReply(story, summary)
  const fresh = freshFindings(app, story)
  const posted = store.outbox.get(alert.uid)
  if (!posted) {
    store.outbox.post(alert, now)
    store.outbox.post(evidence, now, alert.uid)
  } else {
    store.outbox.update(alert.uid, alert, now)
    store.outbox.update(evidence.uid, evidence, now)
    if (fresh.length > 0) {
      const number = 1 + Number(store.meta.get(`later:${incident.uid}`) ?? 0)
      store.meta.set(`later:${incident.uid}`, String(number))
      const reply: ReplyMessage = laterReply(story, fresh, number)
      store.outbox.post(reply, now, alert.uid)
    }
  }
  markShown(app, story)
}

/** A merged incident's message points to the one that goes on. */
function pointTo(app: App, younger: string, older: string): void {
  const { store, clock } = app
  const alert = `alert:${younger}`
  if (!store.outbox.get(alert)) return
  const url = store.outbox.get(`alert:${older}`)?.ref?.url ?? null
  store.outbox.update(
    alert,
    { uid: alert, kind: 'pointer', title: `This turned out to be part of ${older}`, url },
    clock.now(),
  )
}
