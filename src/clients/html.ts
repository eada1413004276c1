import { compile, type DomNode, type FormatCallback } from 'html-to-text'
import type { Link } from '../core/event.ts'

/** What a reader sees of an HTML mail, where its links go, and what the page keeps from the reader. */
export interface ReadableHtml {
  text: string
  links: Link[]
  hidden: string
}

const limits = { maxInputLength: 2_000_000, maxDepth: 200, maxChildNodes: 20_000 }

/** Reads HTML that somebody outside wrote; scripts, styles and remote content are never run or fetched. */
export function readHtml(html: string): ReadableHtml {
  const links: Link[] = []
  const hidden: string[] = []

  const visible: FormatCallback = (elem, walk, builder) => {
    const attributes: Record<string, string> = elem.attribs ?? {}
    const { style = '', href } = attributes
    if ('hidden' in attributes || isHidden(style)) {
      hidden.push(textOf(elem))
      return
    }
    const block = /^(p|div|tr|li|h\d|table|section|blockquote)$/.test(elem.name ?? '')
    if (block) builder.openBlock({ leadingLineBreaks: 1 })
    walk(elem.children, builder)
    if (block) builder.closeBlock({ trailingLineBreaks: 1 })
    if (elem.name === 'a' && href && /^(https?|ftp):/i.test(href.trim())) {
      const link = { text: textOf(elem), href: href.trim() }
      links.push(link)
      if (link.text !== link.href) builder.addInline(` (${link.href})`, { noWordTransform: true })
    }
  }

  const convert = compile({
    wordwrap: false,
    whitespaceCharacters: ' \t\r\n\f',
    limits,
    formatters: { visible },
    selectors: [
      { selector: 'a', format: 'visible' },
      { selector: '[hidden]', format: 'visible' },
      { selector: '[style]', format: 'visible' },
      { selector: 'img', format: 'skip' },
      { selector: 'script', format: 'skip' },
      { selector: 'style', format: 'skip' },
      { selector: 'title', format: 'skip' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
        selector,
        options: { uppercase: false },
      })),
    ],
  })
  const text = convert(html.slice(0, limits.maxInputLength))
  hidden.push(...wordsInComments(html))
  return { text, links, hidden: hidden.filter(Boolean).join('\n') }
}

/** Styles that keep text from a reader: https://attack.mitre.org/techniques/T1564/ */
function isHidden(style: string): boolean {
  const rules = new Map<string, string>()
  for (const rule of style.toLowerCase().split(';')) {
    const colon = rule.indexOf(':')
    if (colon > 0)
      rules.set(
        rule.slice(0, colon).trim(),
        rule
          .slice(colon + 1)
          .replace('!important', '')
          .trim(),
      )
  }
  const background = rules.get('background-color') ?? rules.get('background')
  return (
    rules.get('display') === 'none' ||
    rules.get('visibility') === 'hidden' ||
    /^0(\.0+)?$/.test(rules.get('opacity') ?? '') ||
    /^[01](\.\d+)?(px|pt|em|rem|%)?$/.test(rules.get('font-size') ?? '') ||
    (/^(#fff(fff)?|white|rgb\(255, ?255, ?255\)|transparent)$/.test(rules.get('color') ?? '') &&
      (background === undefined || background === rules.get('color')))
  )
}

function textOf(node: DomNode): string {
  const out: string[] = []
  const stack: DomNode[] = [node]
  for (let left = limits.maxChildNodes; left > 0; left--) {
    const next = stack.pop()
    if (!next) break
    if (next.type === 'text') out.push(next.data ?? '')
    stack.push(...(next.children ?? []).toReversed())
  }
  return out.join(' ').replace(/\s+/g, ' ').trim()
}

/** Comments that hold sentences; the conditional ones of mail programs hold markup. */
const wordsInComments = (html: string): string[] =>
  [...html.matchAll(/<!--([^>]{20,4000}?)-->/g)]
    .map((m) => (m[1] as string).trim())
    .filter((text) => !/^\[(if|end)|[{}<]/i.test(text) && text.split(/\s+/).length >= 4)
