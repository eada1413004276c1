import type {
  ContextBlock,
  HeaderBlock,
  MrkdwnElement,
  RichTextBlock,
  RichTextElement,
  RichTextSection,
  SectionBlock,
} from '@slack/types'
import type { Severity } from '../core/finding.ts'
import type { Message } from '../core/message.ts'
import { type Author, literal, mrkdwn } from './escape.ts'

type Of<K extends Message['kind']> = Extract<Message, { kind: K }>

/** The kinds of block Porchlight posts. */
export type MessageBlock = HeaderBlock | SectionBlock | ContextBlock | RichTextBlock

/** What Slack is sent: `text` is the notification and what a screen reader says. */
export interface Rendered {
  text: string
  blocks: MessageBlock[]
}

const SEVERITY: Record<Severity, { emoji: string; word: string }> = {
  critical: { emoji: '🔴', word: 'Critical' },
  high: { emoji: '🟠', word: 'High' },
  medium: { emoji: '🟡', word: 'Medium' },
  low: { emoji: '🔵', word: 'Low' },
  informational: { emoji: '⚪', word: 'For your information' },
}

const count = (n: number, one: string, many = `${one}s`) =>
  `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`

const words = (text: string, max: number) => {
  const all = text.trim().split(/\s+/)
  return all.length <= max
    ? text
    : `${all.slice(0, max).join(' ')} … (${count(all.length - max, 'more word')})`
}

const verbatim = (text: string): MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true })
const header = (text: string): HeaderBlock => ({
  type: 'header',
  text: { type: 'plain_text', text: literal(text, 150, 'us'), emoji: false },
})
const section = (text: string): SectionBlock => ({ type: 'section', text: verbatim(text) })
const context = (text: string): ContextBlock => ({ type: 'context', elements: [verbatim(text)] })
const labelled = (label: string, text: string, max: number, author: Author = 'outside') =>
  `*${label}*\n${mrkdwn(text, max, author) || '–'}`

const run = (text: string, style?: 'bold' | 'italic'): RichTextElement => ({
  type: 'text',
  text,
  ...(style && { style: { [style]: true } }),
})
const line = (...elements: RichTextElement[]): RichTextSection => ({
  type: 'rich_text_section',
  elements,
})

interface Room {
  items: number
  /** Of JSON: what Slack counts when it says "too long". */
  chars: number
}

/** The first items that fit, drawn, and how many do not. */
function shown<T, U>(items: T[], draw: (item: T) => U, room: Room): { fit: U[]; left: number } {
  const fit: U[] = []
  let chars = 0
  for (const item of items.slice(0, room.items)) {
    const drawn = draw(item)
    chars += JSON.stringify(drawn).length
    if (chars > room.chars) break
    fit.push(drawn)
  }
  return { fit, left: items.length - fit.length }
}

/** A labelled list, nothing where there are no items; its last line counts what doesn't fit. */
function list<T>(
  label: string,
  items: T[],
  draw: (item: T) => RichTextElement[],
  { style = 'bullet', ...room }: Room & { style?: 'bullet' | 'ordered' },
): RichTextBlock[] {
  if (items.length === 0) return []
  const { fit, left } = shown(items, (item) => line(...draw(item)), room)
  return [
    {
      type: 'rich_text',
      elements: [
        line(run(label, 'bold')),
        { type: 'rich_text_list', style, elements: fit },
        ...(left > 0 ? [line(run(`… and ${left} more not shown here`, 'italic'))] : []),
      ],
    },
  ]
}

/** Blocks one after the other; a line says how many are missing. */
function stack<T>(items: T[], draw: (item: T) => MessageBlock, what: string, room: Room) {
  const { fit, left } = shown(items, draw, room)
  return left > 0 ? [...fit, context(`… and ${count(left, `more ${what}`)}`)] : fit
}

function countsLine(counts: { name: string; value: number }[], mark: '*' | '' = '*'): string {
  const { fit, left } = shown(
    counts,
    ({ name, value }) => `${mark}${value.toLocaleString('en-US')}${mark} ${mrkdwn(name, 60)}`,
    { items: 10, chars: 1000 },
  )
  return [...fit, ...(left > 0 ? [`and ${left} more`] : [])].join('  ·  ')
}

function alert(message: Of<'alert'>): Rendered {
  const { emoji, word } = SEVERITY[message.severity]
  const drill = message.is_drill ? '🧪 Drill · ' : ''
  const title = `${drill}${emoji} ${word} · ${message.headline}`
  const why = words(message.why, 50)
  const facts = [
    ['What', message.what],
    ['Who', message.who],
    ['Where', message.where],
    ['When', message.when],
  ] as const
  return {
    text: `${mrkdwn(title, 400, 'us')} – ${mrkdwn(message.step, 300, 'us')}`,
    blocks: [
      header(title),
      ...(title.length > 150 ? [section(`*${mrkdwn(message.headline, 800, 'us')}*`)] : []),
      {
        type: 'section',
        fields: facts.map(([label, text]) => verbatim(labelled(label, text, 600))),
      },
      section(labelled('Why this matters', why, 900)),
      section(labelled('👉 Do this first', message.step, 600, 'us')),
      ...(message.note ? [context(`ℹ️ ${mrkdwn(message.note, 400)}`)] : []),
      ...(message.is_drill
        ? [context('🧪 This is a drill: the events are made up, nothing really happened.')]
        : []),
      context(
        `Evidence and timeline are in the thread  ·  incident ${mrkdwn(message.uid.replace(/^alert:/, ''), 80)}`,
      ),
    ],
  }
}

function quote({ said_by, text }: { said_by: string; text: string }): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [
      line(run(`${literal(said_by, 120)} wrote`, 'bold'), run(' (their words, not checked):')),
      { type: 'rich_text_quote', elements: [run(literal(text, 700))] },
    ],
  }
}

function reply(message: Of<'reply'>): Rendered {
  const title = mrkdwn(message.title, 300, 'us') || 'More on this'
  return {
    text: [title, mrkdwn(message.paragraphs[0] ?? '', 300)].filter(Boolean).join(' – '),
    blocks: [
      section(`*${title}*`),
      ...stack(message.paragraphs, (text) => section(mrkdwn(text, 900) || '–'), 'paragraph', {
        items: 6,
        chars: 2200,
      }),
      ...stack(message.quotes, quote, 'quotation', { items: 4, chars: 2600 }),
      ...list(
        'Evidence',
        message.evidence,
        ({ name, value }) => [run(`${literal(name, 100)}: `), run(literal(value, 300))],
        { items: 12, chars: 2000 },
      ),
      ...list(
        'Timeline',
        message.timeline,
        ({ when, text }) => [run(`${literal(when, 60)}  `, 'bold'), run(literal(text, 300))],
        { items: 15, chars: 2600 },
      ),
      ...list('Next steps', message.steps, (step) => [run(literal(step, 300, 'us'))], {
        style: 'ordered',
        items: 6,
        chars: 1400,
      }),
    ],
  }
}

const row = (text: string) => [run(literal(text, 420))]

function digest(message: Of<'digest'>): Rendered {
  const sick = message.sources.filter((source) => !source.healthy)
  const calm = message.nothing_happened
    ? 'Nothing happened that you need to know about'
    : message.needs_you.length === 0 && 'Nothing is waiting for you'
  const state =
    calm &&
    (sick.length > 0 ? `⚠️ ${calm}, but not everything could be read: see below.` : `✅ ${calm}.`)
  const counts = countsLine(message.counts)
  return {
    text: [
      mrkdwn(message.title, 150, 'us'),
      state || `${count(message.needs_you.length, 'thing needs', 'things need')} you`,
      countsLine(message.counts, ''),
    ]
      .filter(Boolean)
      .join(' – '),
    blocks: [
      header(message.title),
      ...(counts ? [section(counts)] : []),
      ...(state ? [section(state)] : []),
      ...list('👉 Needs you', message.needs_you, row, { items: 15, chars: 3200 }),
      ...list('Handled', message.handled, row, { items: 10, chars: 2200 }),
      ...list(
        'What I can see',
        [...sick, ...message.sources.filter((source) => source.healthy)],
        ({ name, healthy, text }) => [
          run(`${healthy ? '✅' : '⚠️'} `),
          run(literal(name, 80, 'us'), 'bold'),
          run(`  ${literal(text, 250)}`),
        ],
        { items: 20, chars: 3200 },
      ),
    ],
  }
}

const wrongRoom = { items: 60, chars: 8300 }

/** What is wrong, worst first; where not all fits, the last ones go without their mend. */
function wrongLines(wrong: Of<'first_look'>['wrong']): string[] {
  const size = (text: string) => JSON.stringify(line(...row(text))).length
  const short = wrong
    .slice(0, wrongRoom.items)
    .map(({ severity, text }) => `${SEVERITY[severity].emoji} ${literal(text, 160)}`)
  let left = wrongRoom.chars - short.reduce((sum, text) => sum + size(text), 0)
  return short.map((text, i) => {
    const whole = `${text}. → ${literal(wrong[i]?.mend ?? '', 240, 'us')}`
    left -= size(whole) - size(text)
    return left >= 0 ? whole : text
  })
}

function firstLook(message: Of<'first_look'>): Rendered {
  const counts = countsLine(message.counts)
  return {
    text: [mrkdwn(message.title, 150, 'us') || 'First look', countsLine(message.counts, '')]
      .filter(Boolean)
      .join(' – '),
    blocks: [
      header(message.title),
      ...(counts ? [section(counts)] : []),
      ...(message.found.length + message.wrong.length === 0
        ? [section('✅ Nothing in it needs you.')]
        : []),
      ...list('Already wrong, and how to mend it', wrongLines(message.wrong), row, {
        style: 'ordered',
        ...wrongRoom,
      }),
      ...list(
        'Worth a look in the last 24 hours',
        message.found,
        ({ severity, text }) => [
          run(`${SEVERITY[severity].emoji} ${SEVERITY[severity].word}  `, 'bold'),
          ...row(text),
        ],
        { items: 20, chars: 2200 },
      ),
      context(
        `This was already there when I was switched on. From now on each new thing is told as it happens.${message.wrong.length > 0 ? ' The same list at any time: porchlight look' : ''}`,
      ),
    ],
  }
}

const notice = (message: Of<'notice'>): Rendered => ({
  text: `🔧 ${[mrkdwn(message.title, 200, 'us'), mrkdwn(message.text, 300)].filter(Boolean).join(' – ')}`,
  blocks: [
    section(`🔧 ${labelled(mrkdwn(message.title, 200, 'us') || 'Notice', message.text, 2400)}`),
  ],
})

/** Slack's own permalinks, and those of a server on this machine. */
const PERMALINK =
  /^(https:\/\/[\w-]+(\.enterprise)?\.slack(-gov)?\.com|http:\/\/(127\.0\.0\.1|localhost):\d+)\/[\w/?=&.-]+$/

const pointer = (message: Of<'pointer'>): Rendered => ({
  text: `↪️ ${mrkdwn(message.title, 400, 'us')}`,
  blocks: [
    {
      type: 'rich_text',
      elements: [
        line(
          run(`↪️ ${literal(message.title, 400, 'us')} `),
          ...(message.url && message.url.length < 500 && PERMALINK.test(message.url)
            ? [{ type: 'link' as const, url: message.url, text: 'Go there' }]
            : []),
        ),
      ],
    },
  ],
})

/**
 * Block Kit for a message: at most 50 blocks and 12,000 characters of JSON, whatever the message
 * holds. https://docs.slack.dev/reference/block-kit/blocks
 */
export function render(message: Message): Rendered {
  switch (message.kind) {
    case 'alert':
      return alert(message)
    case 'reply':
      return reply(message)
    case 'digest':
      return digest(message)
    case 'first_look':
      return firstLook(message)
    case 'notice':
      return notice(message)
    case 'pointer':
      return pointer(message)
  }
}
