import { ServiceError } from '../core/error.ts'

/** A page, and the token of the next one; none or an empty one: the last. */
export interface Page<T> {
  items: T[]
  next: string | undefined
}

/** Pages at most, however few things are on each. */
const mostPages = 100

/** Up to `most` things of all pages. @throws ServiceError where a page comes twice */
export async function everyPage<T>(
  most: number,
  what: string,
  page: (token: string | undefined) => Promise<Page<T>>,
): Promise<T[]> {
  const found: T[] = []
  let token: string | undefined
  for (let n = 0; n < mostPages && found.length < most; n++) {
    const { items, next } = await page(token)
    found.push(...items)
    if (!next) break
    if (next === token) throw new ServiceError('cloudtrail', `${what}: a page came twice`)
    token = next
  }
  return found.slice(0, most)
}
