import { styleText } from 'node:util'
import type { RichTextElement } from '@slack/types'
import type { Message, Ref } from '../core/message.ts'
import type { Notifier } from '../core/ports.ts'
import { type MessageBlock, render } from './blocks.ts'

type Style = 'bold' | 'italic' | 'dim' | 'underline'
interface Run {
  text: string
  styles: Style[]
}
interface Look {
  color: boolean
  /** Columns. */
  width: number
}

const WIDE =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u
const columns = (text: string) =>
  [...text].reduce((n, char) => n + (WIDE.test(char) ? 2 : /\p{M}/u.test(char) ? 0 : 1), 0)

const paint = ({ text, styles }: Run, color: boolean) =>
  color && styles.length > 0 ? styleText(styles, text, { validateStream: false }) : text

/** Runs of words broken into lines; later lines start with `indent` spaces. */
function wrap(runs: Run[], { color, width }: Look, indent = 0): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const run of runs)
    for (const piece of run.text.split(/(\n| +)/)) {
      const size = columns(piece)
      if (piece === '\n' || (piece.trim() && used + size > width && used > indent)) {
        lines.push(line.trimEnd())
        line = ' '.repeat(indent)
        used = indent
      }
      if (
        piece === '\n' ||
        piece === '' ||
        (piece.trim() === '' && used === indent && lines.length)
      )
        continue
      line += paint({ text: piece, styles: run.styles }, color)
      used += size
    }
  return [...lines, line.trimEnd()]
}

const ENTITY: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }
const decode = (text: string) =>
  text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITY[entity] ?? entity)

/** The two emphases blocks.ts writes itself; `escape.ts` left no others. */
const EMPHASIS = /(?<![\p{L}\p{N}])(\*[^*\n]+\*|_[^_\n]+_)(?![\p{L}\p{N}])/u

const mrkdwnRuns = (text: string, base: Style[] = []): Run[] =>
  text.split(EMPHASIS).map((part, i) => {
    if (i % 2 === 0) return { text: decode(part), styles: base }
    return {
      text: decode(part.slice(1, -1)),
      styles: [...base, part[0] === '*' ? 'bold' : 'italic'],
    }
  })

const richRuns = (elements: RichTextElement[]): Run[] =>
  elements.flatMap((element): Run[] => {
    if (element.type === 'link')
      return [{ text: `${element.text ?? ''} ${element.url}`.trim(), styles: ['underline'] }]
    if (element.type !== 'text') return []
    const { bold, italic } = element.style ?? {}
    return [
      {
        text: element.text,
        styles: [...(bold ? ['bold'] : []), ...(italic ? ['italic'] : [])] as Style[],
      },
    ]
  })

function hanging(mark: string, runs: Run[], look: Look, styles: Style[] = []): string[] {
  return wrap([{ text: mark, styles }, ...runs], look, columns(mark))
}

const LABEL = /^\*([^*\n]+)\*\n/

function blockLines(block: MessageBlock, look: Look): string[] {
  switch (block.type) {
    case 'header':
      return [...wrap([{ text: block.text.text, styles: ['bold'] }], look)]
    case 'context':
      return block.elements.flatMap((element) =>
        element.type === 'mrkdwn' ? wrap(mrkdwnRuns(element.text, ['dim']), look) : [],
      )
    case 'section':
      return [
        ...(block.text ? wrap(mrkdwnRuns(block.text.text), look) : []),
        ...(block.fields ?? []).flatMap(({ text }) => {
          const label = LABEL.exec(text)
          if (!label?.[1]) return wrap(mrkdwnRuns(text), look)
          const mark = label[1].padEnd(7)
          return hanging(mark, mrkdwnRuns(text.slice(label[0].length)), look, ['bold'])
        }),
      ]
    case 'rich_text':
      return block.elements.flatMap((element) => {
        if (element.type === 'rich_text_list')
          return element.elements.flatMap((item, i) =>
            hanging(
              element.style === 'ordered' ? `${i + 1}. ` : '• ',
              richRuns(item.elements),
              look,
            ),
          )
        const runs = richRuns(element.elements)
        if (element.type !== 'rich_text_quote') return wrap(runs, look)
        return wrap(runs, { ...look, width: look.width - 2 }).map((line) => `▏ ${line}`)
      })
  }
}

/** Blocks as a terminal shows them: the same words in the same order, without a last line break. */
export function renderBlocks(blocks: MessageBlock[], look: Look): string {
  return blocks
    .map((block) => blockLines(block, look).join('\n'))
    .filter(Boolean)
    .join('\n\n')
}

/** Prints what Slack would show, replies indented; what it said is forgotten with the process. */
export function createConsoleNotifier({
  write,
  color,
  width,
  name = '#porchlight',
}: {
  write: (text: string) => void
  color: boolean
  width: number
  name?: string
}): Notifier {
  const shown = new Map<string, { uid: string; ref: Ref; depth: number; text: string }>()

  const print = (title: string, text: string, depth: number) => {
    const gutter = `${'    '.repeat(depth)}${paint({ text: '┃', styles: ['dim'] }, color)} `
    const head = paint({ text: title, styles: ['dim'] }, color)
    write(`${[head, ...text.split('\n')].map((line) => (gutter + line).trimEnd()).join('\n')}\n\n`)
  }
  const draw = (message: Message, depth: number) =>
    renderBlocks(render(message).blocks, { color, width: width - 2 - 4 * depth })

  return {
    async post(message, thread) {
      const ref: Ref = { channel: name, ts: String(shown.size + 1), url: null }
      const depth = thread ? 1 : 0
      const text = draw(message, depth)
      shown.set(ref.ts, { uid: message.uid, ref, depth, text })
      print(thread ? `${name} ↳ reply` : name, text, depth)
      return ref
    },
    async update(ref, message) {
      const before = shown.get(ref.ts)
      const text = draw(message, before?.depth ?? 0)
      if (before?.text === text) return
      if (before) shown.set(ref.ts, { ...before, text })
      print(`${name} ✎ updated`, text, before?.depth ?? 0)
    },
    async find(uid) {
      return [...shown.values()].filter((one) => one.uid === uid).map(({ ref }) => ref)
    },
  }
}
