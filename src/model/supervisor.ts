import { messageOf, ServiceError } from '../core/error.ts'
import { createJob, type Job, type JobOp, keyOf } from './job.ts'
import { type Child, type Isolation, launch } from './launch.ts'
import { type Answer, answers, type Op, type Request, reply } from './protocol.ts'
import { createQuarantine } from './quarantine.ts'
import { coreWait, nextThreads } from './threads.ts'

export type Log = (
  level: 'info' | 'warn' | 'error',
  msg: string,
  fields?: Record<string, string | number | boolean | null>,
) => void

export interface SupervisorOptions {
  log: Log
  script: string
  /** Model files the child may read. */
  files: string[]
  isolation: Isolation
  load: Extract<Request, { op: 'load' }>
  /** Resident bytes at which the child is killed. */
  memory: number
  /** Milliseconds until a silent child is killed. */
  timeouts: Record<Op, number>
  /** Milliseconds before the first and the slowest restart; they double in between. */
  backoff: { first: number; most: number }
  /** Milliseconds between looks at memory and busy cores. */
  watch: number
}

interface Running {
  op: Op
  /** Null for `load`. */
  job: Job | null
  timer: NodeJS.Timeout
}

/** Time served after which a crash counts as the first. */
const settled = 60_000

const poisoned = () =>
  new ServiceError('model', 'this text ended the model process twice; it is skipped', {
    permanent: true,
  })

/**
 * Runs one model child: one request at a time for the encoder and one for the analyst, whose steps
 * they share, so that hearing a mail never waits for a summary. Kills it when it hangs or grows, and
 * starts it again with back-off; while it is away every request is refused at once. Real timers, not
 * the Clock: a simulated hour must not look like a hung child.
 */
export function createSupervisor(options: SupervisorOptions) {
  const { log, timeouts, backoff } = options
  let status: 'stopped' | 'loading' | 'ready' | 'waiting' = 'stopped'
  let child: Child | null = null
  /** By id: at most one of the encoder's and one of the analyst's. */
  const running = new Map<number, Running>()
  let queue: Job[] = []
  let lastId = 0
  let restarts = 0
  let crashes = 0
  let readyAt = 0
  let retryAt = 0
  let retry: NodeJS.Timeout | null = null
  let watch: NodeJS.Timeout | null = null
  let reason = 'not started'
  let threads = options.load.threads
  let peak = 0
  let gone: (() => void) | null = null
  let first: { resolve(): void; reject(error: Error): void } | null = null
  const quarantine = createQuarantine()
  const total = { read: 0, readMs: 0, wrote: 0, wroteMs: 0 }

  const isEncoder = (op: Op) => op === 'embed'
  const isAnalyst = (op: Op) => op !== 'embed'
  const jobs = () => [...running.values()].flatMap(({ job }) => job ?? [])
  const away = () =>
    new ServiceError('model', `the model is away: ${reason}`, {
      retryAfter: Math.max(0, retryAt - Date.now()),
    })

  function begin() {
    status = 'loading'
    const mine = launch(
      options,
      (line) => mine === child && hear(line),
      (why, stderr) => mine === child && down(why, stderr),
    )
    child = mine
    ask('load', { ...options.load, threads }, null)
  }

  function ask(op: Op, request: Request, job: Job | null) {
    lastId += 1
    const timer = setTimeout(() => fell(`no answer to ${op} in ${timeouts[op]} ms`), timeouts[op])
    running.set(lastId, { op, job, timer })
    child?.send(JSON.stringify({ id: lastId, ...request }))
  }

  /** Kills the child; `down` follows when it has gone. */
  function fell(why: string) {
    reason = why
    child?.kill()
  }

  function down(why: string, stderr: string) {
    const told = reason === '' ? why : reason
    const during = [...running.values()]
    child = null
    running.clear()
    if (watch) clearInterval(watch)
    for (const { timer } of during) clearTimeout(timer)
    if (status === 'stopped') {
      gone?.()
      return
    }
    reason = told
    if (readyAt > 0 && Date.now() - readyAt > settled) crashes = 0
    const wait = Math.min(backoff.first * 2 ** crashes, backoff.most)
    crashes += 1
    retryAt = Date.now() + wait
    status = 'waiting'
    // Text of requests may be in there later; while loading none has been sent.
    const loading = during.some(({ op }) => op === 'load')
    const said = loading ? (stderr.trim().split('\n')[0]?.slice(0, 200) ?? null) : null
    log('warn', 'model process ended', { reason, crashes, retry_ms: wait, said })
    for (const { job } of during) if (job) blame(job)
    const waiting = queue
    queue = []
    for (const job of waiting) job.reject(away())
    first?.reject(away())
    first = null
    readyAt = 0
    retry = setTimeout(() => {
      restarts += 1
      begin()
    }, wait)
  }

  function blame(job: Job) {
    if (!quarantine.blame(job.key)) return job.reject(away())
    log('error', 'model request quarantined', { op: job.op })
    job.reject(poisoned())
  }

  function hear(line: string) {
    let now: Running | undefined
    let message: ReturnType<typeof reply.parse>
    try {
      message = reply.parse(JSON.parse(line))
      now = running.get(message.id)
      if (!now) throw new Error('an answer nobody waits for')
      if ('ok' in message) answers[now.op].parse(message.ok)
    } catch (error) {
      fell(`it sent nonsense: ${messageOf(error).slice(0, 100)}`)
      return
    }
    clearTimeout(now.timer)
    running.delete(message.id)
    if (now.op === 'load') {
      if ('error' in message) fell(`it can't load: ${message.error}`)
      else ready(message.ok as Answer<'load'>)
      return
    }
    if ('error' in message) now.job?.reject(new ServiceError('model', message.error))
    else {
      const { used } = message.ok as Answer<'embed'>
      if (now.op !== 'embed')
        for (const key of ['read', 'readMs', 'wrote', 'wroteMs'] as const) total[key] += used[key]
      now.job?.resolve(message.ok)
    }
    pump()
  }

  function ready(loaded: Answer<'load'>) {
    if (loaded.dimensions !== 384) {
      fell(`the encoder gives ${loaded.dimensions} numbers, not 384`)
      return
    }
    status = 'ready'
    reason = ''
    readyAt = Date.now()
    look()
    log('info', 'model process ready', {
      load_ms: Math.round(loaded.millis),
      resident_mb: Math.round((child?.resident() ?? 0) / 1e6),
      threads,
    })
    watch = setInterval(look, options.watch)
    watch.unref()
    first?.resolve()
    first = null
    pump()
  }

  function look() {
    const resident = child?.resident() ?? 0
    peak = Math.max(peak, resident)
    if (resident > options.memory) {
      fell(`it held ${Math.round(resident / 1e6)} MB of ${Math.round(options.memory / 1e6)}`)
      return
    }
    const next = nextThreads(threads, options.load.threads, coreWait())
    if (next === threads) return
    threads = next
    child?.send(JSON.stringify({ id: 0, op: 'threads', threads }))
  }

  function pump() {
    if (status !== 'ready') return
    for (const mine of [isEncoder, isAnalyst]) {
      const busy = [...running.values()].some(({ op }) => mine(op))
      const waiting = queue.filter(({ op }) => mine(op))
      if (busy || waiting.length === 0) continue
      const next = waiting.reduce((a, b) => (b.due < a.due ? b : a))
      queue = queue.filter((job) => job !== next)
      ask(next.op, next.request, next)
    }
  }

  async function request<O extends JobOp>(
    op: O,
    body: Extract<Request, { op: O }>,
    signal?: AbortSignal,
  ): Promise<Answer<O>> {
    signal?.throwIfAborted()
    if (quarantine.has(keyOf(body))) throw poisoned()
    if (status !== 'ready') throw away()
    const { job, answer } = createJob(op, body, signal, (it) => {
      queue = queue.filter((other) => other !== it)
    })
    queue.push(job)
    pump()
    return answer
  }

  return {
    request,
    /** Resolves when the models are loaded; rejects if the first try fails, and goes on trying. */
    start: () =>
      new Promise<void>((resolve, reject) => {
        if (status !== 'stopped') return resolve()
        first = { resolve, reject }
        reason = ''
        begin()
      }),
    /** Kills the child: it holds nothing worth saving. */
    async stop() {
      status = 'stopped'
      reason = 'it was stopped'
      if (retry) clearTimeout(retry)
      for (const job of [...queue, ...jobs()]) job.reject(away())
      first?.reject(away())
      first = null
      queue = []
      for (const { timer } of running.values()) clearTimeout(timer)
      running.clear()
      if (!child) return
      const exited = new Promise<void>((resolve) => {
        gone = resolve
        // A process stuck in the kernel goes when it can.
        setTimeout(resolve, 1500).unref()
      })
      child.kill()
      await exited
    },
    inFlight: () => queue.length + jobs().length,
    state: () => ({
      status,
      /** Why it is away, or ''. */
      reason,
      pid: child?.pid() ?? null,
      /** Bytes now, and the most seen. */
      resident: child?.resident() ?? 0,
      peak: Math.max(peak, child?.resident() ?? 0),
      restarts,
      quarantined: quarantine.size(),
      threads,
      isolation: options.isolation,
      /** Tokens the analyst read and wrote, and tokens a second of each (null: none yet). */
      tokens: { read: total.read, written: total.wrote },
      speed: {
        read: total.readMs > 0 ? (total.read * 1000) / total.readMs : null,
        written: total.wroteMs > 0 ? (total.wrote * 1000) / total.wroteMs : null,
      },
    }),
  }
}
