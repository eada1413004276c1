import { generalTalks, homeTalks, nods, officeTalks, randomTalks } from './chat-phrases-life.ts'
import { engTalks, productTalks, salesTalks, supportTalks } from './chat-phrases-work.ts'

/** What a channel is for; decides who is in it and what is said. */
export type Topic =
  | 'general'
  | 'random'
  | 'eng'
  | 'deploys'
  | 'support'
  | 'sales'
  | 'office'
  | 'product'
  | 'alerts'
  | 'hidden'

/**
 * Talks by topic. A line is `A: said in the channel` or `A> said in the thread under the first
 * line`; A, B, C, D are different people; `[file:NAME]` is attached. Slots are filled once a talk.
 */
export const talks: Readonly<Record<Topic, readonly string[]>> = {
  general: generalTalks,
  random: randomTalks,
  eng: engTalks,
  deploys: [],
  support: supportTalks,
  sales: salesTalks,
  office: officeTalks,
  product: productTalks,
  alerts: [],
  hidden: randomTalks,
}

/** What somebody writes as a stand-up note, built from parts. */
export const standups: readonly string[] = [
  'yesterday: {feature} {tests|review|spec}. today: {service} {clean-up|metrics|alarms}. {no blockers|waiting for {customer}}',
  'Y: {calls with {customer}|bugs, mostly {feature}} T: {feature} again, then {the docs|the release notes}',
  'done: {good} {list|photos|prices}. next: {answer {contact}|prepare the {customer} visit}',
  'today {feature} and, if time allows, the {service} {upgrade|dashboards}. {off at {15-17}|in all day}',
  '{finishing|still on} {feature}, about {60-90}% there. Will need {person} for ten minutes',
  'short day for me: {invoices|offers|tickets} until noon, then {the dentist|the tax office}',
]

/** Notes of bots: `deploy` and `build` tell of a release, the others of what customers do. */
export const botNotes = {
  deployed: [
    ':rocket: *{service}* {version} is live in production (build {build}, `{commit}`) by {by}',
    '{by} deployed *{service}* `{commit}` to prod in {40-190} s ✅',
    'Deploy finished: {service} {version}, {1-14} commits, started by {by}. <https://github.com/{slug}/{service}/commit/{commit}|changes>',
  ],
  failed: [
    ':x: build {build} of *{service}* failed in step `{test|lint|migrate}` (`{commit}`, {by})',
    'Deploy of {service} {version} was rolled back: health check failed after {30-90} s',
  ],
  ticket: [
    'New ticket #{2000-9000} from {contact} ({customer}): "{feature} {question|does not open|how do I switch it off?}"',
    'Ticket #{2000-9000} closed by {by}. Rating: {😀|🙂|😀}',
    '{contact} ({customer}) replied to #{2000-9000}',
  ],
  deal: [
    '{customer} moved to *{offer sent|negotiation|won}*',
    'New sign-up: {contact} at {otherCustomer}, plan {Small|Team|Plus}',
  ],
  alarm: [
    ':warning: {service}: error rate {1-4}.{0-9}% over 5 min',
    ':large_green_circle: {service} is back to normal',
    'Uptime of {domain} this week: 99.9{0-9}%',
  ],
} as const

export { homeTalks, nods }
