import type { App } from '../app.ts'
import type { Event } from '../core/event.ts'
import { severityRank } from '../core/finding.ts'
import type { Incident } from '../core/incident.ts'
import type { Story } from '../core/ports.ts'

/** Gathers everything a summary of an incident may speak of. */
export function storyOf(app: App, incident: Incident): Story {
  const { store, people, detectors, timeZone } = app
  const findings = store.findings.ofIncident(incident.uid)
  const events = [...new Set(findings.flatMap((f) => f.event_uids))]
    .flatMap((uid) => store.events.get(uid)?.event ?? [])
    .sort((a, b) => a.time - b.time || (a.metadata.uid < b.metadata.uid ? -1 : 1))
  const bySeverity = [...findings].sort(
    (a, b) => severityRank(b.severity) - severityRank(a.severity) || b.time - a.time,
  )
  const steps = bySeverity.flatMap(
    (f) => detectors.find((d) => d.id === f.analytic.uid)?.next_step ?? [],
  )
  return {
    incident,
    findings,
    events,
    people,
    context: contextOf(app, events),
    steps: [...new Set(steps)],
    time_zone: timeZone,
  }
}

/** The incident in one line: the analyst's words, or the rules' while there are none. */
export const headlineOf = (app: App, incident: Incident): string =>
  (incident.summary ?? app.analyst.plain(storyOf(app, incident))).headline

function contextOf({ store, people, memory }: App, events: Event[]): string[] {
  const lines = new Set<string>()
  for (const event of events) {
    const history = store.history.before(event)
    if (event.email?.direction === 'inbound') {
      const domain = event.email.from.address.split('@')[1]
      if (domain && history.firstSeen('company', 'sender_domain', domain) === null)
        lines.add(`history: first mail ever from ${domain}`)
    }
    for (const { type, value } of event.observables) {
      const person = type === 'person' && people.list.find((p) => p.name === value)
      if (person) lines.add(`person: ${person.name} is ${person.role}`)
      for (const note of memory.taught.notes)
        if (note.about === `${type}:${value}`)
          lines.add(`memory: ${note.text}, noted by ${note.by}`)
    }
  }
  return [...lines].sort()
}
