import { expect, test } from 'vitest'
import { detectors } from '../../src/detectors/index.ts'
import { actionIds, actions, actionsIn } from '../../src/model/actions.ts'

test('each of our steps does what it is for', () => {
  for (const id of actionIds) expect(actionsIn(actions[id].step), actions[id].step).toContain(id)
})

test('every step of a detector does something the analyst can name', () => {
  for (const { id, next_step } of detectors) expect(actionsIn(next_step), id).not.toEqual([])
})

test('steps as people write them', () => {
  const said = (step: string) => actionsIn(step)
  expect(said('Sign Greta out of Google everywhere and reset the password.')).toContain('session')
  expect(said('Remove the forward to r.archivo@postbox.example.')).toContain('rule')
  expect(said('Ask Dana on the phone whether it was her.')).toContain('ask')
  expect(said('Nothing to do.')).toEqual(['leave'])
  expect(said('Unplug the till from the network.')).toContain('machine')
})
