import type { App } from '../app.ts'
import { messageOf } from '../core/error.ts'
import { severityRank } from '../core/finding.ts'
import { storyOf } from './story.ts'

/**
 * Finds the words for one changed incident, gravest first. While the model is away the incident
 * waits here; its alert has gone out with rule text.
 */
export async function assess(app: App, signal: AbortSignal): Promise<number> {
  const { store, analyst, log } = app
  const [next] = store.incidents.takeUnassessed(1)
  if (!next) return 0
  const { incident, rev } = next
  const story = storyOf(app, incident)
  try {
    const summary =
      severityRank(incident.risk_level) < severityRank('medium')
        ? analyst.plain(story)
        : await analyst.summarize(story, signal)
    // The story may have grown, merged or gone while the analyst was reading.
    if (store.incidents.get(incident.uid)) store.incidents.saveAssessed(incident.uid, rev, summary)
    return 1
  } catch (error) {
    log('warn', 'not assessed', { incident: incident.uid, error: messageOf(error) })
    return 0
  }
}
