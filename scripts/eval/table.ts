/** A table of the report: printed as Markdown, or as it is with `--json`. */
export interface Table {
  title: string
  /** What a reader has to know to read it. */
  note?: string
  columns: string[]
  rows: (string | number)[][]
}

const cell = (value: string | number): string =>
  typeof value === 'string'
    ? value.replaceAll('|', '\\|')
    : Number.isNaN(value)
      ? '–'
      : Number.isInteger(value)
        ? String(value)
        : value.toFixed(3)

/** One table as Markdown. */
export function markdown({ title, note, columns, rows }: Table): string {
  return [
    `## ${title}`,
    '',
    ...(note ? [note, ''] : []),
    `| ${columns.join(' | ')} |`,
    `| ${columns.map(() => '---').join(' | ')} |`,
    ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
    '',
  ].join('\n')
}

/** `84.1 %`. */
export const percent = (share: number): string =>
  Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`
