import type { App } from '../../src/app.ts'
import { parseMail } from '../../src/clients/mail.ts'
import { openPlaces } from '../../src/clients/places.ts'
import { normalizeSlack, type SlackUser, slackUser } from '../../src/clients/slack-message.ts'
import { normalizeCloudTrail } from '../../src/clients/trail-record.ts'
import type { Event } from '../../src/core/event.ts'
import { severityRank } from '../../src/core/finding.ts'
import { createPeople } from '../../src/core/people.ts'
import { officePeople } from '../../src/demo/config.ts'
import { inRandomOrders, withoutEach } from '../../src/demo/proof.ts'
import { detectors } from '../../src/detectors/index.ts'
import { correlate } from '../../src/jobs/correlate.ts'
import { detect } from '../../src/jobs/detect.ts'
import { alertFrom } from '../../src/jobs/notify.ts'
import { placeEvents } from '../../src/jobs/read.ts'
import { createWorld } from '../../src/office/company.ts'
import { botUserShape, userShape } from '../../src/office/slack-shapes.ts'
import type { World } from '../../src/office/world.ts'
import { createMasker } from '../../src/store/secrets.ts'
import { openStore } from '../../src/store/store.ts'
import { testApp } from '../support.ts'

interface Shown {
  visible: number
  event: Event
}

/** What the sources would make of the world, each event with the moment it can first be read. */
async function eventsOf(world: World): Promise<Shown[]> {
  const { slack, mail, trail, company, start } = world
  const users = new Map<string, SlackUser>(
    [...world.people.map((p) => userShape(slack, p, 0, true)), botUserShape(slack, 0)].map(
      (user) => [user.id, slackUser.parse(user)],
    ),
  )
  const said = slack.messages.flatMap((item): Shown[] => {
    const channel = slack.channels.find((c) => c.id === item.channel)
    if (!channel?.is_member) return []
    const context = { team: slack.team.id, channel, users }
    return [
      { visible: item.visible, event: normalizeSlack(item, context) },
      ...(item.edits ?? []).map(({ at, text }) => ({
        visible: at,
        event: normalizeSlack(
          { ...item, text, edited: { ts: `${(at / 1000).toFixed(3)}000` } },
          { ...context, edit: true },
        ),
      })),
      ...(item.deleted_at
        ? [
            {
              visible: item.deleted_at,
              event: normalizeSlack(item, { ...context, deleted: item.deleted_at }),
            },
          ]
        : []),
    ]
  })
  const mails = await Promise.all(
    mail.map(async ({ mailbox, id, time, visible, labels, raw }) => ({
      visible,
      event: await parseMail(Buffer.from(raw), {
        uid: `gmail:${mailbox}:${id}`,
        mailbox,
        time,
        domains: [company.domain],
        sent: labels.includes('SENT'),
      }),
    })),
  )
  const calls = trail.map(({ visible, record }) => ({
    visible,
    event: normalizeCloudTrail(record, { account: 'office' }),
  }))
  const all = [...said, ...mails, ...calls].sort((a, b) => a.visible - b.visible)
  for (const { visible, event } of all) if (visible <= start) event.metadata.labels.push('backfill')
  return all.filter(({ visible }) => visible < world.end)
}

const locate = openPlaces()
const minute = 60_000

/** A finding or incident in one line: what spoke, of which events, and on what evidence. */
const told = (app: App, incident: string): string =>
  app.store.findings
    .ofIncident(incident)
    .map((f) => {
      const reasons = f.evidence.map((e) => `${e.name}: ${e.value}`).join('; ')
      const event = app.store.events.get(f.event_uids[0] ?? '')?.event
      const text = `${event?.email ? `<${event.email.from.address}> ${event.email.subject} / ` : ''}${event?.message}`
      return `${f.analytic.uid} ${f.severity} ${f.event_uids.join(' ')} [${reasons}] ${JSON.stringify(text.slice(0, 300))}`
    })
    .join('\n      ')

/**
 * One seed's office read event by event, as soon as each can be seen, without servers or models:
 * whether each attack is one incident of exactly its events, and what else would alert.
 */
export async function walkSeed(seed: number) {
  const world = createWorld(seed)
  const { app } = await testApp({
    store: openStore(':memory:', createMasker(new Uint8Array(32))),
    detectors,
    locate,
    people: createPeople(officePeople(world), {
      domains: [world.company.domain],
      networks: world.company.networks,
    }),
  })
  const { store, clock } = app
  clock.move(world.start - clock.now())
  const events = await eventsOf(world)
  let next = 0
  for (let now = world.start; next < events.length; now += minute) {
    const batch: Event[] = []
    for (let at = events[next]; at && at.visible <= now; at = events[++next]) batch.push(at.event)
    if (batch.length === 0) continue
    clock.move(now - clock.now())
    store.transaction(() => {
      store.events.save(batch, now)
      while (placeEvents(app) > 0);
      while (detect(app) > 0);
      while (correlate(app) > 0);
    })
  }

  const loud = store.incidents
    .all()
    .filter((i) => i.merged_into === null && severityRank(i.risk_level) >= alertFrom)
    .map((i) => ({
      uid: i.uid,
      level: i.risk_level,
      events: [...new Set(store.findings.ofIncident(i.uid).flatMap((f) => f.event_uids))].sort(),
    }))
  const attacks = world.truth.map(({ name, events }) => {
    const truth = [...events].sort()
    const incident = loud.find((i) => i.events.some((uid) => truth.includes(uid)))
    const found = incident?.events ?? []
    return {
      name,
      incident: incident?.uid ?? null,
      level: incident?.level ?? null,
      exact: JSON.stringify(found) === JSON.stringify(truth),
      missed: truth
        .filter((uid) => !found.includes(uid))
        .map((uid) => {
          const event = store.events.get(uid)?.event
          return `${uid} ${event?.email ? `<${event.email.from.address}> ${event.email.subject} / ` : ''}${event?.message}`
        }),
      extra: found.filter((uid) => !truth.includes(uid)),
    }
  })
  const mine = new Set(attacks.map((a) => a.incident))
  const firstBlow = Math.min(
    ...world.truth.flatMap((t) => t.events.map((uid) => store.events.get(uid)?.event.time ?? 0)),
  )
  return {
    seed,
    events: events.length,
    attacks,
    other: loud.filter((i) => !mine.has(i.uid)).map((i) => `${i.level} ${told(app, i.uid)}`),
    why: (uid: string | null) => (uid ? told(app, uid) : ''),
    /** Attack events that have no finding, or whose findings stay without them. */
    spare: () => withoutEach(app, world.truth).filter((w) => w.findings.length === 0 || !w.gone),
    orders: (tries: number) => inRandomOrders(app, firstBlow - 60 * minute, tries, seed),
    close: () => store.close(),
  }
}
