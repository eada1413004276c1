import type { App } from '../app.ts'
import type { Source } from '../core/ports.ts'
import { assess } from './assess.ts'
import { collect, pause } from './collect.ts'
import { correlate } from './correlate.ts'
import { deliver } from './deliver.ts'
import { detect, detectDue } from './detect.ts'
import { digest } from './digest.ts'
import { firstLook } from './first-look.ts'
import { plan } from './notify.ts'
import { hearEvents, placeEvents } from './read.ts'
import { retain } from './retain.ts'
import type { Task } from './schedule.ts'

const minute = 60_000

/**
 * The walk, as tasks: each takes what the one before left in the store. What a task leaves wakes
 * the next; the intervals are only for what time itself makes due.
 */
export function pipeline(app: App, options: { digestCron: string }): Task[] {
  const { store } = app
  return [
    ...app.sources.map((source) => collectTask(app, source)),
    {
      name: 'place',
      run: () => placeEvents(app),
      every: minute,
      wakes: ['place', 'hear', 'detect'],
    },
    { name: 'hear', run: (s) => hearEvents(app, s), every: minute, wakes: ['hear', 'detect'] },
    {
      name: 'detect',
      run: () => detect(app),
      every: minute,
      due: () => detectDue(app),
      wakes: ['detect', 'correlate'],
    },
    {
      name: 'correlate',
      run: () => correlate(app),
      every: minute,
      wakes: ['correlate', 'plan', 'assess'],
    },
    { name: 'assess', run: (s) => assess(app, s), every: minute, wakes: ['assess', 'plan'] },
    { name: 'plan', run: () => plan(app), every: minute, wakes: ['deliver'] },
    {
      name: 'deliver',
      run: (s) => deliver(app, s),
      every: minute,
      due: () => store.outbox.nextTime(),
      wakes: ['deliver'],
    },
    { name: 'first-look', run: () => firstLook(app), every: minute, wakes: ['deliver'] },
    { name: 'retain', run: () => retain(app), every: 60 * minute, wakes: ['retain'] },
    {
      name: 'digest',
      run: () => digest(app),
      every: { cron: options.digestCron, timeZone: app.timeZone },
      wakes: ['deliver'],
      start: 'later',
    },
  ]
}

const collectTask = (app: App, source: Source): Task => ({
  name: source.name,
  run: (signal) => collect(app, source, signal),
  every: source.interval,
  wakes: ['place'],
  pause: (error, failures) => pause(error, failures, source.interval),
})
