import { minute, offsetOf, workMoment } from './calendar.ts'
import { botNotes, homeTalks, nods, standups, type Topic, talks } from './chat-phrases.ts'
import { capitals, type Staff } from './people.ts'
import type { Cast } from './plan.ts'
import type { Profile } from './profile.ts'
import { fill, type Rng } from './rng.ts'
import { companySlots } from './slots.ts'
import type { SlackItem, SlackWorld } from './world.ts'

export interface Room {
  id: string
  name: string
  topic: Topic
  is_private: boolean
  /** Whether the monitor's bot was invited. */
  is_member: boolean
}

/** Collects what is written; hands out each channel's `ts` once. */
export interface ChatWriter {
  rooms: Room[]
  slack: SlackWorld
  room(topic: Topic): Room
  write(at: number, room: Room, user: string, text: string, more?: Partial<SlackItem>): SlackItem
}

const roomNames: [Topic, string[]][] = [
  ['general', ['general', 'all-hands', 'everyone']],
  ['random', ['random', 'kitchen', 'off-topic', 'watercooler']],
  ['eng', ['engineering', 'dev', 'tech', 'code']],
  ['deploys', ['deploys', 'releases', 'ship-it']],
  ['support', ['support', 'helpdesk', 'customer-care']],
  ['sales', ['sales', 'deals', 'customers']],
  ['office', ['office', 'house', 'admin-and-bills']],
  ['product', ['product', 'design', 'roadmap']],
  ['alerts', ['security']],
  ['hidden', ['running-club', 'book-club', 'board-games']],
]

const slackText = (text: string) =>
  text.replace(/<(?!https?:|[@#!])/g, '&lt;').replace(/&(?!lt;|gt;|amp;)/g, '&amp;')

/** The workspace, its channels and a pen. */
export function createChat(rng: Rng, profile: Profile): ChatWriter {
  const rooms = roomNames
    .filter(([topic]) => topic !== 'product' || rng.chance(0.6))
    .map(
      ([topic, names]): Room => ({
        id: `C0${rng.chars(capitals, 9)}`,
        name: rng.pick(names),
        topic,
        is_private: topic === 'alerts' || (topic === 'sales' && rng.chance(0.5)),
        is_member: topic !== 'hidden',
      }),
    )
  const slug = profile.domain.split('.')[0] as string
  const slack: SlackWorld = {
    team: { id: `T0${rng.chars(capitals, 9)}`, name: profile.name, domain: slug },
    bot: {
      user_id: `U0${rng.chars(capitals, 9)}`,
      bot_id: `B0${rng.chars(capitals, 9)}`,
      name: 'porchlight',
    },
    channels: rooms.map(({ id, name, is_private, is_member }) => ({
      id,
      name,
      is_private,
      is_member,
    })),
    messages: [],
    bots: ['GitHub', 'Helpdesk', 'CRM', 'Uptime'].map((name) => ({
      user_id: `U0${rng.chars(capitals, 9)}`,
      bot_id: `B0${rng.chars(capitals, 9)}`,
      name,
    })),
  }
  const taken = new Set<string>()
  return {
    rooms,
    slack,
    room: (topic) => rooms.find((room) => room.topic === topic) ?? (rooms[0] as Room),
    write(at, room, user, text, more) {
      let ts: string
      do {
        const ms = String(Math.floor(at) % 1000).padStart(3, '0')
        ts = `${Math.floor(at / 1000)}.${ms}${rng.chars('0123456789', 2)}9`
      } while (taken.has(room.id + ts))
      taken.add(room.id + ts)
      const item = {
        channel: room.id,
        ts,
        user,
        text: slackText(text),
        visible: Math.floor(at) + rng.int(1, 2000),
        ...more,
      }
      slack.messages.push(item)
      return item
    },
  }
}

const members: Record<Topic, (person: Staff) => boolean> = {
  general: () => true,
  random: () => true,
  hidden: () => true,
  eng: ({ job }) => ['lead', 'engineer', 'remote', 'ops'].includes(job),
  deploys: ({ job }) => ['lead', 'engineer', 'remote', 'ops'].includes(job),
  product: ({ job }) => ['owner', 'lead', 'designer', 'support', 'engineer'].includes(job),
  support: ({ job }) => ['support', 'sales', 'lead', 'office'].includes(job),
  sales: ({ job }) => ['sales', 'owner', 'finance', 'support'].includes(job),
  office: ({ job }) => ['office', 'finance', 'owner', 'sales'].includes(job),
  alerts: () => false,
}

/** A dull day's talk: conversations, stand-up notes and bots, for each of the days. */
export function createTalk(rng: Rng, chat: ChatWriter, cast: Cast): void {
  const { profile, staff } = cast
  const pools = new Map<string, string[]>()
  /** A phrase of the pool; none comes twice before all have come. */
  const draw = (key: string, all: readonly string[]): string => {
    const left = pools.get(key)
    const pool = left?.length ? left : rng.sample(all, all.length)
    pools.set(key, pool)
    return pool.pop() as string
  }

  /** Who is in the room and not asleep. */
  const awake = (room: Room, at: number) =>
    staff.filter((person) => {
      if (!person.far) return members[room.topic](person)
      const local = (at / minute + offsetOf(person.time_zone, at)) / 60
      const [from, to] = person.hours
      return members[room.topic](person) && local % 24 >= from && local % 24 <= to
    })

  const talk = (at: number, room: Room, phrase: string) => {
    const voices = rng.sample(awake(room, at), 4)
    const rest = staff.filter((person) => !voices.slice(0, 2).includes(person))
    const slots = companySlots(rng, profile, staff, rest)
    let parent: SlackItem | null = null
    let now = at
    for (const line of phrase.split('\n')) {
      const [, who = 'A', mode, body = ''] = /^([A-D])([:>]) (.*)$/.exec(line.trim()) ?? []
      const author = voices['ABCD'.indexOf(who) % voices.length] as Staff
      const [, said = '', file] = /^(.*?)(?: \[file:(.*)\])?$/.exec(fill(rng, body, slots)) ?? []
      const reply = mode === '>' && parent !== null
      const item = chat.write(now, room, author.slack_id, said, {
        ...(reply && parent ? { thread_ts: parent.ts } : {}),
        ...(file ? { files: [fileOf(rng, file)] } : {}),
      })
      change(rng, item, now)
      parent ??= item
      now += rng.int(12, reply ? 420 : 200) * 1000
    }
    if (parent && rng.chance(0.15)) {
      const somebody = rng.pick(awake(room, at))
      chat.write(now, room, somebody.slack_id, rng.pick(nods), { thread_ts: parent.ts })
    }
  }

  const bot = (at: number, topic: Topic, name: string, text: string) => {
    const by = chat.slack.bots?.find((b) => b.name === name)
    if (by) chat.write(at, chat.room(topic), by.user_id, text, { subtype: 'bot_message' })
  }

  const office = staff.filter((person) => !person.far)
  for (const midnight of cast.midnights) {
    const hours: [number, number] = [8, 18]
    for (const [topic, count] of [
      ['general', 5],
      ['random', 5],
      ['eng', 10],
      ['support', 6],
      ['sales', 4],
      ['office', 4],
      ['product', 2],
      ['hidden', 1],
    ] as const)
      for (let i = 0; i < count + rng.int(-1, 1); i++)
        talk(workMoment(rng, midnight, hours), chat.room(topic), draw(topic, talks[topic]))

    const home = homeTalks[profile.place.language] ?? homeTalks.en ?? []
    talk(workMoment(rng, midnight, hours), chat.room('random'), draw('home', home))

    for (const person of rng.sample(office, rng.int(5, 7))) {
      const at = midnight + (person.hours[0] + rng.next() * 1.2) * 60 * minute
      const slots = companySlots(rng, profile, staff, staff)
      const room = chat.room(members.eng(person) ? 'eng' : 'general')
      change(
        rng,
        chat.write(at, room, person.slack_id, fill(rng, draw('standups', standups), slots)),
        at,
      )
    }
    for (const [name, topic, kind, count] of [
      ['Helpdesk', 'support', 'ticket', 12],
      ['CRM', 'sales', 'deal', 5],
      ['Uptime', 'deploys', 'alarm', 4],
    ] as const)
      for (let i = 0; i < count + rng.int(-2, 2); i++) {
        const slots = { ...companySlots(rng, profile, staff, staff), by: rng.pick(office).first }
        bot(
          workMoment(rng, midnight, hours),
          topic,
          name,
          fill(rng, rng.pick(botNotes[kind]), slots),
        )
      }
  }
  for (const { at, by, ok, build, ...deploy } of cast.deploys) {
    const slots = {
      ...companySlots(rng, profile, staff, staff),
      ...deploy,
      build: String(build),
      by: by.first,
    }
    const text = fill(rng, rng.pick(ok ? botNotes.deployed : botNotes.failed), slots)
    bot(at + rng.int(60, 240) * 1000, 'deploys', 'GitHub', text)
  }
}

const types: Record<string, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
}

function fileOf(rng: Rng, name: string) {
  const mimetype = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
  return { id: `F0${rng.chars(capitals, 9)}`, name, mimetype }
}

/** Two letters of a word changed places, as fast fingers do. */
const slip = (text: string) => text.replace(/\b([a-z])([a-z])([a-z])([a-z]{3,})\b/, '$1$3$2$4')

/** Some messages are mended soon after, a few taken back. */
function change(rng: Rng, item: SlackItem, at: number): void {
  const mended = item.text
  if (rng.chance(0.07) && !/[<`]/.test(mended) && slip(mended) !== mended) {
    const when = Math.floor(at) + rng.int(8, 120) * 1000 + rng.int(0, 999)
    item.text = slip(mended)
    item.edits = [{ at: when, text: mended }]
  } else if (rng.chance(0.015)) item.deleted_at = Math.floor(at) + rng.int(20, 900) * 1000
}
