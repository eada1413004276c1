const titles =
  /\b(?:dr|mr|mrs|ms|prof|herr|frau|sr|sra|mme|ceo|cfo|coo|cto|owner|director|president)\b\.?/g

/** Words of a name in lower case, without accents, titles and what mail systems add: `Ana (via Docs)`. */
export function words(name: string): string[] {
  return name
    .slice(0, 200)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\(.*?\)|\bvia\b.*|[|,].*@.*/g, ' ')
    .replace(titles, ' ')
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word.length > 1)
}

/** Whether a display name holds the first and last word of a person's name; one alone isn't enough. */
export function namesPerson(display: string, person: string): boolean {
  const shown = new Set(words(display))
  const wanted = words(person)
  const [first, last] = [wanted[0], wanted.at(-1)]
  return wanted.length > 1 && !!first && !!last && shown.has(first) && shown.has(last)
}
