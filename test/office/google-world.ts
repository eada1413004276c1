import { plantGoogle } from '../../src/office/google-plants.ts'
import { createGoogleSettings, type GoogleSettings } from '../../src/office/google-settings.ts'
import type { World } from '../../src/office/world.ts'
import { smallWorld } from './small-world.ts'

/** The small company with its Google settings, and faults in them. */
export function googleWorld(
  planted: readonly string[] = [],
  change: (settings: GoogleSettings) => void = () => {},
): World & { google: GoogleSettings } {
  const world = smallWorld()
  const google = plantGoogle(world, createGoogleSettings(world), planted)
  change(google)
  return { ...world, google }
}
