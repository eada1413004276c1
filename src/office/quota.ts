/** Spends from a sliding window: 0 when there was enough, else ms until there will be. */
export type Quota = (now: number, cost?: number) => number

/** At most `limit` units in any `windowMs`. */
export function createQuota(limit: number, windowMs: number): Quota {
  const spent: { at: number; cost: number }[] = []
  let total = 0
  return (now, cost = 1) => {
    const gone = spent.findIndex(({ at }) => at > now - windowMs)
    const old = gone === -1 ? spent.splice(0) : spent.splice(0, gone)
    for (const { cost: c } of old) total -= c
    if (total + cost > limit) return Math.max(1, (spent[0]?.at ?? now) + windowMs - now)
    spent.push({ at: now, cost })
    total += cost
    return 0
  }
}

/** A quota for each key, made when first asked for. */
export function createQuotas(limit: number, windowMs: number) {
  const quotas = new Map<string, Quota>()
  return (key: string, now: number, cost = 1): number => {
    const quota = quotas.get(key) ?? createQuota(limit, windowMs)
    quotas.set(key, quota)
    return quota(now, cost)
  }
}
