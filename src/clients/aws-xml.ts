import { z } from 'zod'

const members = z.preprocess(
  (value) => (Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value]),
  z.array(z.unknown()),
)

/** A list as XML has it: nothing, one thing, or several; what does not fit is left out. */
export const list = <T>(item: z.ZodType<T>) =>
  members.transform((values) => values.flatMap((value) => item.safeParse(value).data ?? []))

/** An element around others; an empty one is read as text. */
export const inside = <T>(shape: z.ZodType<T>) =>
  z.preprocess((value) => (typeof value === 'string' ? {} : (value ?? {})), shape)

/** `true` in XML. */
export const truth = z.unknown().transform((value) => value === 'true')

/** A name or an id, bounded. */
export const word = z.string().transform((value) => value.slice(0, 512))

/** A time in ISO 8601 as ms since 1970; null where it is none. */
export const time = z.unknown().transform((value) => {
  const at = Date.parse(String(value))
  return Number.isNaN(at) ? null : at
})

/** A Region's name, fit for the name of a host. */
export const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d+$/)
