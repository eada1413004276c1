/** Deaths a request may be present at. */
const deadly = 2
/** Requests remembered; the oldest is forgotten. */
const most = 1000

/** Remembers which requests were being worked on when the model process died. */
export function createQuarantine() {
  const deaths = new Map<string, number>()
  const has = (key: string) => (deaths.get(key) ?? 0) >= deadly
  return {
    has,
    /** Counts one death against a request; true once it may not be tried again. */
    blame(key: string): boolean {
      const [oldest] = deaths.keys()
      if (oldest !== undefined && deaths.size >= most) deaths.delete(oldest)
      deaths.set(key, (deaths.get(key) ?? 0) + 1)
      return has(key)
    },
    /** How many requests are kept out. */
    size: () => [...deaths.keys()].filter(has).length,
  }
}
