/** Slack's published limits: https://docs.slack.dev/reference/block-kit/blocks */
const limits = { blocks: 50, header: 150, section: 3000, fields: 10, field: 2000, context: 10 }
/** Not published; what the service refuses: https://github.com/slackapi/bolt-js/issues/2509 */
const totalCharacters = 13_200

type Json = Record<string, unknown>
type Complain = (what: string, where: string) => void

/**
 * What Slack would say about blocks: an error name and messages of the shape
 * `[ERROR] must be … [json-pointer:/blocks/0/text]`, or null where they are fine.
 */
export function blockError(value: unknown): { error: string; messages: string[] } | null {
  if (!Array.isArray(value)) return { error: 'invalid_blocks_format', messages: [] }
  const messages: string[] = []
  const complain: Complain = (what, where) =>
    messages.push(`[ERROR] ${what} [json-pointer:/blocks${where}]`)
  if (value.length > limits.blocks) complain(`no more than ${limits.blocks} items allowed`, '')
  const ids = new Set<unknown>()
  for (const [i, block] of value.entries()) {
    if (!isObject(block)) {
      complain('must be an object', `/${i}`)
      continue
    }
    checkBlock(block, `/${i}`, complain)
    if (block.block_id === undefined) continue
    checkString(block.block_id, 255, `/${i}/block_id`, complain)
    if (ids.has(block.block_id)) complain('block_id must be unique', `/${i}/block_id`)
    ids.add(block.block_id)
  }
  if (messages.length > 0) return { error: 'invalid_blocks', messages }
  return JSON.stringify(value).length > totalCharacters
    ? { error: 'msg_blocks_too_long', messages: [] }
    : null
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const keys: Record<string, string[]> = {
  header: ['text', 'level'],
  section: ['text', 'fields', 'accessory', 'expand'],
  context: ['elements'],
  divider: [],
  actions: ['elements'],
  image: ['image_url', 'slack_file', 'alt_text', 'title'],
  rich_text: ['elements'],
  markdown: ['text'],
}

function checkBlock(block: Json, at: string, complain: Complain) {
  const known = keys[String(block.type)]
  if (!known) return complain(`unsupported type: ${String(block.type)}`, `${at}/type`)
  for (const key of Object.keys(block)) {
    if (!['type', 'block_id', ...known].includes(key)) {
      complain(`invalid additional property: ${key}`, at)
    }
  }
  if (block.type === 'header') {
    checkText(block.text, ['plain_text'], limits.header, `${at}/text`, complain)
  }
  if (block.type === 'section') checkSection(block, at, complain)
  if (block.type === 'context') {
    checkList(block.elements, limits.context, `${at}/elements`, complain, (element, where) =>
      isObject(element) && element.type === 'image'
        ? checkImage(element, where, complain)
        : checkText(element, ['plain_text', 'mrkdwn'], limits.section, where, complain),
    )
  }
  if (block.type === 'actions') {
    checkList(block.elements, 25, `${at}/elements`, complain, (element, where) => {
      if (!isObject(element)) return complain('must be an object', where)
      if (element.type === 'button') {
        checkText(element.text, ['plain_text'], 75, `${where}/text`, complain)
      }
    })
  }
  if (block.type === 'image') checkImage(block, at, complain)
  if (block.type === 'rich_text' && !Array.isArray(block.elements)) {
    complain('missing required field: elements', at)
  }
  if (block.type === 'markdown') checkString(block.text, 12_000, `${at}/text`, complain)
}

function checkSection({ text, fields }: Json, at: string, complain: Complain) {
  if (text === undefined && fields === undefined) complain('missing required field: text', at)
  const kinds = ['plain_text', 'mrkdwn']
  if (text !== undefined) checkText(text, kinds, limits.section, `${at}/text`, complain)
  if (fields !== undefined) {
    checkList(fields, limits.fields, `${at}/fields`, complain, (field, where) =>
      checkText(field, kinds, limits.field, where, complain),
    )
  }
}

function checkImage(image: Json, at: string, complain: Complain) {
  checkString(image.alt_text, 2000, `${at}/alt_text`, complain)
  if (image.slack_file === undefined) {
    checkString(image.image_url, 3000, `${at}/image_url`, complain)
  }
}

function checkText(text: unknown, kinds: string[], max: number, at: string, complain: Complain) {
  if (!isObject(text)) return complain('missing required field: text', at)
  if (!kinds.includes(String(text.type))) {
    return complain(`must be one of ${kinds.join(', ')}`, `${at}/type`)
  }
  const extras = text.type === 'plain_text' ? 'emoji' : 'verbatim'
  for (const key of Object.keys(text)) {
    if (!['type', 'text', extras].includes(key)) {
      complain(`invalid additional property: ${key}`, at)
    }
  }
  checkString(text.text, max, `${at}/text`, complain)
}

function checkString(value: unknown, max: number, at: string, complain: Complain) {
  if (typeof value !== 'string') return complain('must be a string', at)
  if (value.length === 0) complain('must be more than 0 characters', at)
  if (value.length > max) complain(`must be less than ${max + 1} characters`, at)
}

function checkList(
  list: unknown,
  max: number,
  at: string,
  complain: Complain,
  check: (item: unknown, where: string) => void,
) {
  if (!Array.isArray(list)) return complain('must be an array', at)
  if (list.length === 0) complain('no fewer than 1 items required', at)
  if (list.length > max) complain(`no more than ${max} items allowed`, at)
  list.forEach((item, i) => {
    check(item, `${at}/${i}`)
  })
}
