import type { Summary } from './summary.ts'

const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })
const n = (value: number | null | undefined) => (value == null ? 'unknown' : number.format(value))

const names: Record<string, string> = {
  'key-theft': 'Stolen AWS key',
  'invoice-fraud': 'Invoice fraud',
}

/** The summary as its owner reads it. */
export function printSummary(summary: Summary): string {
  const { time, events, findings, attacks, words, model, memory_mb, without, orders } = summary
  const total = Object.values(events).reduce((a, b) => a + b, 0)
  const row = (name: string, text: string) => `  ${name.padEnd(22)}${text}`
  const attackRows = attacks.flatMap((a) => [
    row(
      names[a.name] ?? a.name,
      a.incident
        ? `${a.exact ? 'found whole' : 'found in part'}: ${a.events.length} of ${a.truth.length} events in ${a.incident}, alert after ${n(a.seconds_to_alert)} s`
        : 'missed',
    ),
    ...(a.headline ? [row('', `“${a.headline}” (${a.severity})`)] : []),
  ])
  const gone = without.filter((w) => w.gone && w.findings.length > 0).length
  return [
    '',
    `What happened at ${summary.company} (seed ${summary.seed})`,
    '',
    row(
      'Time',
      `${n(time.hours)} hours in ${n(time.seconds)} s, ${n(time.speed)} times as fast as life`,
    ),
    row(
      'Events read',
      `${n(total)}: ${n(events.slack ?? 0)} Slack, ${n(events.gmail ?? 0)} mail, ${n(events.workspace ?? 0)} Google, ${n(events.cloudtrail ?? 0)} AWS`,
    ),
    row(
      'Findings',
      Object.entries(findings)
        .map(([severity, count]) => `${count} ${severity}`)
        .join(', ') || 'none',
    ),
    row('Alerts, quiet day', n(summary.alerts_on_the_quiet_day)),
    ...attackRows,
    row('Other alerts', summary.other_alerts.join('; ') || 'none'),
    row(
      'Words',
      `${words.chosen} sentences chosen by the model, ${words.written} written by it, ${words.refused} refused` +
        (words.by_rules_alone > 0 ? `; ${words.by_rules_alone} alerts with rule text alone` : ''),
    ),
    row(
      'Model',
      model
        ? `${n(model.tokens_read)} tokens read, ${n(model.tokens_per_second)} a second, ${model.restarts} restarts`
        : 'not running: alerts carried rule text',
    ),
    row(
      'Memory, peak',
      `daemon and office ${n(memory_mb.daemon)} MB, models ${n(memory_mb.model)} MB`,
    ),
    row(
      'Cross-check',
      `each attack event taken out takes its findings along: ${gone} of ${without.length}`,
    ),
    row('', `random orders of arrival with the same incidents: ${orders.same} of ${orders.tried}`),
    row('Database', summary.database),
    row('Log', summary.log),
    '',
  ].join('\n')
}
