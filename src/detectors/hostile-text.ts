import type { Detector } from '../core/ports.ts'
import { hostility } from '../core/severity.ts'
import { sampleMail, sampleSlack } from './sample.ts'

const sounds: Record<string, string> = {
  phishing: 'phishing',
  bec: 'a fraud in somebody’s name',
  malicious: 'an attempt to trick the reader',
}

/** What the ear alone finds hostile, where no rule has a word for it. */
export const hostileText: Detector = {
  id: 'hostile-text',
  title: 'Text that reads like fraud',
  level: 'medium',
  type: 'Learning',
  attacks: ['T1566'],
  falsepositives: [
    'An unusual but honest request by somebody new',
    'A security notice of a service, or a training mail',
  ],
  next_step:
    'Do not click, answer or pay before you have asked the sender on a number you already had.',
  match(event, { scores }) {
    if (!scores || event.api || event.email?.direction === 'outbound') return null
    const share = hostility(scores)
    if (share <= (scores.raise ?? 1)) return null
    const [label] = Object.entries(scores.labels)
      .filter(([name]) => name in sounds)
      .sort((a, b) => b[1] - a[1])[0] ?? ['']
    return {
      confidence_score: Math.round(Math.min(90, 100 * share)),
      evidence: [{ name: 'reads like', value: sounds[label] ?? 'fraud', provenance: 'computed' }],
    }
  },
  examples: {
    match: [
      {
        name: 'a mail the ear is sure of',
        event: sampleMail({ from: 'Desk <desk@desk.example>', text: 'Keep your mailbox.' }),
        scores: {
          labels: { phishing: 0.99, legitimate: 0.01 },
          off_label: 0,
          raise: 0.9,
          model: '',
          rubric: '',
        },
      },
      {
        name: 'a message the ear is sure of',
        event: sampleSlack({ text: 'Read me the code you just got' }),
        scores: {
          labels: { malicious: 0.97, benign: 0.03 },
          off_label: 0,
          raise: 0.9,
          model: '',
          rubric: '',
        },
      },
    ],
    ignore: [
      {
        name: 'a mail the ear is not sure of',
        event: sampleMail({ from: 'Desk <desk@desk.example>', text: 'Keep your mailbox.' }),
        scores: {
          labels: { phishing: 0.7, legitimate: 0.3 },
          off_label: 0,
          raise: 0.9,
          model: '',
          rubric: '',
        },
      },
      {
        name: 'a text nobody heard',
        event: sampleMail({ from: 'Desk <desk@desk.example>', text: 'Keep your mailbox.' }),
      },
      {
        name: 'scores of a head that may not speak alone',
        event: sampleSlack({ text: 'Read me the code you just got' }),
        scores: { labels: { malicious: 0.99, benign: 0.01 }, off_label: 0, model: '', rubric: '' },
      },
    ],
  },
}
