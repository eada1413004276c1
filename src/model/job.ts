import { createHash } from 'node:crypto'
import type { Answer, Op, Request } from './protocol.ts'

export type JobOp = Exclude<Op, 'load'>

/** A request that waits for its turn or its answer. */
export interface Job {
  request: Request
  op: JobOp
  /** When its turn comes, in ms: short work is less patient, and nothing waits for ever. */
  due: number
  /** SHA-256 of the request, to recognise one that kills. */
  key: string
  resolve(answer: unknown): void
  reject(error: Error): void
}

const patience = { embed: 0, score: 0, ask: 3000 }

/** The key a request is remembered by. */
export const keyOf = (request: Request): string =>
  createHash('sha256').update(JSON.stringify(request)).digest('hex')

/** A job and its answer, which rejects with the signal's reason, after `forget`, when that aborts. */
export function createJob<O extends JobOp>(
  op: O,
  request: Extract<Request, { op: O }>,
  signal: AbortSignal | undefined,
  forget: (job: Job) => void,
): { job: Job; answer: Promise<Answer<O>> } {
  const { promise, resolve, reject } = Promise.withResolvers<Answer<O>>()
  const abort = () => {
    forget(job)
    reject(signal?.reason)
  }
  const settled = () => signal?.removeEventListener('abort', abort)
  const job: Job = {
    request,
    op,
    due: performance.now() + patience[op],
    key: keyOf(request),
    resolve: (answer) => {
      settled()
      resolve(answer as Answer<O>)
    },
    reject: (error) => {
      settled()
      reject(error)
    },
  }
  signal?.addEventListener('abort', abort, { once: true })
  return { job, answer: promise }
}
