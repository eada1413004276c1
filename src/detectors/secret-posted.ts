import type { Severity } from '../core/finding.ts'
import type { Detector } from '../core/ports.ts'
import { sampleMail, sampleSecret, sampleSlack, sampleTrail } from './sample.ts'

const cloud =
  /^(?:aws|gcp|azure|google-oauth|google-refresh|private-key|digitalocean|alibaba|heroku|fly)/
const money = /^(?:stripe|shopify|square|paypal|plaid|coinbase|flutterwave)/
const code =
  /^(?:github|gitlab|slack|npm|pypi|rubygems|openai|anthropic|databricks|atlassian|okta|vault|1password|age-|connection-string|jwt|sendgrid|doppler|pulumi|hashicorp|telegram|linear|grafana)/

/** How much harm a secret of this kind does in wrong hands. */
function severityOf(rule: string, hasKeyId: boolean): Severity {
  if (rule === 'aws-secret-key') return hasKeyId ? 'high' : 'medium'
  if (cloud.test(rule) || money.test(rule)) return 'high'
  if (code.test(rule)) return 'high'
  return 'medium'
}

/** A secret that looks real, in a chat message or a mail. */
export const secretPosted: Detector = {
  id: 'secret-posted',
  title: 'Secret shared in a message',
  level: 'medium',
  type: 'Rule',
  attacks: ['T1552.008'],
  falsepositives: [
    'A test key that opens nothing',
    'A password that a service sends once and that must be changed at first use',
  ],
  next_step:
    'Have the owner of this secret replace it now and delete the message, then look whether it was used.',
  match(event) {
    const secrets = event.unmapped.secrets
    if (secrets.length === 0 || event.class_name === 'API Activity') return null
    // What strangers send is their secret, not the company's.
    if (event.email?.direction === 'inbound') return null
    const hasKeyId = event.observables.some((o) => o.type === 'access_key')
    const found = secrets.map((s) => ({ ...s, severity: severityOf(s.rule, hasKeyId) }))
    return {
      severity: found.some((f) => f.severity === 'high') ? 'high' : 'medium',
      confidence_score: 90,
      evidence: found
        .slice(0, 5)
        .map((f) => ({ name: f.rule, value: f.masked, provenance: 'computed' })),
    }
  },
  examples: {
    match: [
      {
        name: 'a cloud key in chat',
        event: {
          ...sampleSlack({ text: 'here: abcd…wxyz', secrets: [sampleSecret('aws-secret-key')] }),
          observables: [{ type: 'access_key', value: `AK${'IA'}SAMPLEDEPLOYKEY1` }],
        },
      },
      {
        name: 'a password between colleagues',
        event: sampleMail({
          from: 'Ana Lindqvist <ana@harbourbakery.example>',
          text: 'The password is …',
          secrets: [sampleSecret('password')],
        }),
      },
    ],
    ignore: [
      {
        name: 'ordinary chat',
        event: sampleSlack({ text: 'The password policy changes on Monday.' }),
      },
      {
        name: 'a stranger’s token in a mail',
        event: sampleMail({
          from: 'Shop <no-reply@shop.example>',
          text: 'Your code is …',
          secrets: [sampleSecret('generic-api-key')],
        }),
      },
      {
        name: 'an API call',
        event: sampleTrail({ operation: 'CreateAccessKey', service: 'iam.amazonaws.com' }),
      },
    ],
  },
}
