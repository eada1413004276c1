/** A grammar without recursion is a regular expression; ours have none. */
export function toRegExp(grammar: string): RegExp {
  const rules = new Map(
    grammar.split('\n').map((line) => line.split(' ::= ', 2) as [string, string]),
  )
  const source = (name: string): string => {
    const body = rules.get(name)
    if (body === undefined) throw new Error(`no rule ${name}`)
    const piece = /"((?:\\.|[^"\\])*)"|(\[(?:\\.|[^\]\\])*\])|([a-z]\w*)|(\{[\d,]+\}|[()|?])|\s+/gy
    let out = ''
    let end = 0
    for (const [all, text, chars, rule, sign] of body.matchAll(piece)) {
      end += all.length
      if (text !== undefined) out += JSON.parse(`"${text}"`).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
      else if (rule !== undefined) out += `(?:${source(rule)})`
      else out += (chars ?? sign ?? '').replace(/^\($/, '(?:')
    }
    if (end !== body.length) throw new Error(`can't read ${body.slice(end)}`)
    return out
  }
  return new RegExp(`^(?:${source('root')})$`, 'u')
}
