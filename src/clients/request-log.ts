/** Ids of the requests this process has made, as AWS answered them. */
export interface RequestLog {
  add(id: string | null | undefined): void
  has(id: string): boolean
  /** The newest ones. */
  recent(count: number): string[]
}

/** More than are made in the minutes until the trail shows them. */
const most = 20_000

export function createRequestLog(): RequestLog {
  const ids = new Set<string>()
  return {
    add(id) {
      if (!id) return
      ids.add(id)
      if (ids.size > most) ids.delete(ids.values().next().value as string)
    },
    has: (id) => ids.has(id),
    recent: (count) => [...ids].slice(-count),
  }
}

interface Answered {
  $metadata?: { requestId?: string | undefined }
}

/** Runs a call of the SDK and notes its id, also where it was refused. */
export async function noted<T>(requests: RequestLog | undefined, send: () => Promise<T>) {
  try {
    const answer = await send()
    requests?.add((answer as Answered | null)?.$metadata?.requestId)
    return answer
  } catch (error) {
    requests?.add((error as Answered).$metadata?.requestId)
    throw error
  }
}
