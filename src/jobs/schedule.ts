import { Cron } from 'croner'
import { messageOf } from '../core/error.ts'
import type { Clock } from '../core/ports.ts'
import type { Log } from '../log.ts'

/** Something to do again and again. */
export interface Task {
  name: string
  /** Returns how much was done; more than nothing wakes the tasks in `wakes`, and itself if listed. */
  run(signal: AbortSignal): Promise<number> | number
  /** Milliseconds, or a cron pattern in a time zone. */
  every: number | { cron: string; timeZone: string }
  /** An earlier moment at which it is due, ms since 1970, or null. */
  due?(): number | null
  wakes?: string[]
  /** Milliseconds to wait after a failure. */
  pause?(error: unknown, failures: number): number
  /** First run: at once (default) or when next due. */
  start?: 'now' | 'later'
}

interface State {
  task: Task
  due: number
  failures: number
  running: Promise<void> | null
  again: boolean
}

function nextDue({ every, due }: Task, now: number): number {
  // Never at once, lest a task that can't do what is due spins.
  if (typeof every === 'number')
    return Math.min(now + every, Math.max(now + 1_000, due?.() ?? Number.POSITIVE_INFINITY))
  const next = new Cron(every.cron, { timezone: every.timeZone }).nextRun(new Date(now))
  return next?.getTime() ?? now + 86_400_000
}

/**
 * One loop over all tasks: starts what is due, never the same task twice at once, and sleeps on
 * the Clock until something is due or woken. Resolves when `signal` aborts and all have stopped.
 */
export async function schedule(
  tasks: Task[],
  { clock, log, signal }: { clock: Clock; log: Log; signal: AbortSignal },
): Promise<void> {
  const begin = clock.now()
  const states = new Map<string, State>(
    tasks.map((task) => [
      task.name,
      {
        task,
        due: task.start === 'later' ? nextDue(task, begin) : begin,
        failures: 0,
        running: null,
        again: false,
      },
    ]),
  )
  let rouse = new AbortController()

  const wake = (name: string) => {
    const state = states.get(name)
    if (!state) return
    if (state.running) state.again = true
    else state.due = Math.min(state.due, clock.now())
    rouse.abort()
  }

  const start = async (state: State) => {
    const { task } = state
    try {
      const done = await task.run(signal)
      state.failures = 0
      state.due = nextDue(task, clock.now())
      if (done > 0) for (const name of task.wakes ?? []) wake(name)
    } catch (error) {
      const wait = task.pause?.(error, state.failures) ?? 30_000
      state.failures++
      state.due = clock.now() + wait
      log('warn', 'task failed', { task: task.name, error: messageOf(error), wait_ms: wait })
    }
    if (state.again) state.due = clock.now()
    state.again = false
    state.running = null
    rouse.abort()
  }

  while (!signal.aborted) {
    rouse = new AbortController()
    const now = clock.now()
    for (const state of states.values())
      if (!state.running && state.due <= now)
        state.running = Promise.resolve().then(() => start(state))
    const idle = [...states.values()].filter((s) => !s.running)
    const next = Math.min(now + 60_000, ...idle.map((s) => s.due))
    await clock.sleep(Math.max(0, next - clock.now()), AbortSignal.any([signal, rouse.signal]))
  }
  await Promise.all([...states.values()].map((s) => s.running))
}
