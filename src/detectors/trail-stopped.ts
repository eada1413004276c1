import type { Severity } from '../core/finding.ts'
import type { Detector } from '../core/ports.ts'
import { sampleTrail } from './sample.ts'

type Request = Record<string, unknown>

/** What each call switches off, judged by its parameters; null where it does not. */
const switches: Record<string, (request: Request) => { what: string; severity: Severity } | null> =
  {
    StopLogging: () => ({ what: 'the trail', severity: 'critical' }),
    DeleteTrail: () => ({ what: 'the trail, for good', severity: 'critical' }),
    UpdateTrail: (r) =>
      r.isMultiRegionTrail === false ||
      r.includeGlobalServiceEvents === false ||
      r.enableLogFileValidation === false
        ? { what: 'part of the trail', severity: 'high' }
        : null,
    PutEventSelectors: (r) =>
      recordsNothing(r) ? { what: 'what the trail records', severity: 'high' } : null,
    DeleteEventDataStore: () => ({ what: 'the event store', severity: 'high' }),
    StopEventDataStoreIngestion: () => ({ what: 'the event store', severity: 'high' }),
    DeleteDetector: () => ({ what: 'GuardDuty', severity: 'high' }),
    UpdateDetector: (r) => (r.enable === false ? { what: 'GuardDuty', severity: 'high' } : null),
    DisassociateFromMasterAccount: () => ({
      what: 'GuardDuty’s report to its owner',
      severity: 'high',
    }),
    DeleteFlowLogs: () => ({ what: 'network flow logs', severity: 'high' }),
    StopConfigurationRecorder: () => ({ what: 'AWS Config', severity: 'high' }),
    DeleteConfigurationRecorder: () => ({ what: 'AWS Config', severity: 'high' }),
    DeleteDeliveryChannel: () => ({ what: 'AWS Config’s delivery', severity: 'medium' }),
    DisableSecurityHub: () => ({ what: 'Security Hub', severity: 'high' }),
  }

function recordsNothing(request: Request): boolean {
  const selectors = request.eventSelectors
  const advanced = request.advancedEventSelectors
  if (Array.isArray(advanced) && advanced.length > 0) return false
  if (!Array.isArray(selectors)) return false
  return selectors.every(
    (s: Request | null) => s?.includeManagementEvents === false || s?.readWriteType === 'ReadOnly',
  )
}

/** Somebody switches off what records what happens in AWS. */
export const trailStopped: Detector = {
  id: 'trail-stopped',
  title: 'Audit log switched off',
  level: 'high',
  type: 'Rule',
  attacks: ['T1562.008'],
  falsepositives: [
    'An administrator who replaces one trail by another',
    'A test account taken down',
  ],
  next_step:
    'Turn the log back on in the AWS console, then ask who did this and look at what they did next.',
  match(event) {
    const { api } = event
    if (!api || !event.src_endpoint) return null
    const off = Object.hasOwn(switches, api.operation)
      ? switches[api.operation]?.(api.request ?? {})
      : null
    if (!off) return null
    return {
      severity: event.status === 'failure' ? 'medium' : off.severity,
      confidence_score: event.status === 'failure' ? 70 : 90,
      evidence: [
        {
          name: event.status === 'failure' ? 'tried to switch off' : 'switched off',
          value: off.what,
          provenance: 'computed',
        },
        { name: 'call', value: api.operation, provenance: 'vendor' },
      ],
    }
  },
  examples: {
    match: [
      {
        name: 'stopped',
        event: sampleTrail({
          operation: 'StopLogging',
          service: 'cloudtrail.amazonaws.com',
          request: { name: 'main' },
        }),
      },
      {
        name: 'GuardDuty off',
        event: sampleTrail({
          operation: 'UpdateDetector',
          request: { detectorId: 'd', enable: false },
        }),
      },
      {
        name: 'selectors emptied',
        event: sampleTrail({
          operation: 'PutEventSelectors',
          request: {
            trailName: 'main',
            eventSelectors: [{ includeManagementEvents: false, dataResources: [] }],
          },
        }),
      },
      {
        name: 'tried and denied',
        event: sampleTrail({
          operation: 'DeleteTrail',
          error: 'AccessDenied',
          request: { name: 'main' },
        }),
      },
    ],
    ignore: [
      {
        name: 'started',
        event: sampleTrail({ operation: 'StartLogging', request: { name: 'main' } }),
      },
      {
        name: 'a trail gets a topic',
        event: sampleTrail({
          operation: 'UpdateTrail',
          request: { name: 'main', snsTopicName: 'alerts' },
        }),
      },
      {
        name: 'all events recorded',
        event: sampleTrail({
          operation: 'PutEventSelectors',
          request: { eventSelectors: [{ includeManagementEvents: true, readWriteType: 'All' }] },
        }),
      },
      {
        name: 'GuardDuty stays on',
        event: sampleTrail({ operation: 'UpdateDetector', request: { enable: true } }),
      },
    ],
  },
}
