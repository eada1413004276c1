import { baseEvent, type Event } from '../core/event.ts'
import { type Severity, worst } from '../core/finding.ts'
import type { Detector } from '../core/ports.ts'

type Weak = { severity: Severity; text: string; mend: string }

const changed = (uid: string, weaknesses?: Weak[]): Event =>
  baseEvent({
    uid: `gmail:ben@harbourbakery.example:${uid}`,
    product: 'gmail',
    tenant_uid: 'ben@harbourbakery.example',
    activity_name: 'Setting Added',
    time: Date.parse('2026-11-20T10:00:00Z'),
    status: 'success',
    message: 'The forwarding of ben@harbourbakery.example is new: b.okafor@mailbox.example',
    observables: [{ type: 'mailbox', value: 'ben@harbourbakery.example' }],
    unmapped: { activity: 'forwarding_rule', secrets: [], ...(weaknesses && { weaknesses }) },
  })
const forwarded: Weak = {
  severity: 'high',
  text: 'Mail of ben@harbourbakery.example is forwarded to b.okafor@mailbox.example',
  mend: 'Turn it off in Gmail under Settings, Forwarding.',
}
const slight: Weak = {
  severity: 'low',
  text: 'Programs may read the mailbox ben@harbourbakery.example by IMAP',
  mend: 'Turn it off in Gmail under Settings, Forwarding and POP/IMAP.',
}

/** A setting that somebody changed since the last look now leaves something open. */
export const settingWeakened: Detector = {
  id: 'setting-weakened',
  title: 'A changed setting leaves a door open',
  level: 'medium',
  type: 'Rule',
  attacks: ['T1098'],
  falsepositives: ['Somebody of the company who set it so on purpose'],
  next_step:
    'Ask whose account it is whether they changed this; if not, undo it and look at what else was done.',
  match(event) {
    const weak = event.unmapped.weaknesses ?? []
    if (weak.length === 0) return null
    return {
      severity: worst(weak.map((w) => w.severity)),
      evidence: weak.flatMap(({ text, mend }) => [
        { name: 'since then', value: text, provenance: 'outside' as const },
        { name: 'how to mend it', value: mend, provenance: 'computed' as const },
      ]),
    }
  },
  examples: {
    match: [
      { name: 'mail is forwarded outside', event: changed('1', [forwarded]) },
      { name: 'two things at once', event: changed('2', [slight, forwarded]) },
    ],
    ignore: [
      { name: 'a change that leaves nothing open', event: changed('3', []) },
      { name: 'an event that is no change', event: changed('4') },
      {
        name: 'a setting that went',
        event: { ...changed('5', []), activity_name: 'Setting Removed' },
      },
    ],
  },
}
