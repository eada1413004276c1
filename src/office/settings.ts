import { awsPlants, withAwsSettings } from './aws-plants.ts'
import { createDnsWorld, dnsPlants } from './dns-zones.ts'
import { googlePlants, plantGoogle } from './google-plants.ts'
import { createGoogleSettings } from './google-settings.ts'
import { slackPlants, withSlackSettings } from './slack-settings.ts'
import type { World } from './world.ts'

/** A fault in a company's settings, the check that must tell it, and the item it must speak of. */
export interface Plant {
  id: string
  check: string
  item: string
}

/** Every fault that can be planted, over all vendors. */
export function plantsOf(world: World): Plant[] {
  const google = googlePlants(world, createGoogleSettings(world))
  return [
    ...google.map(({ id, check, uid }) => ({ id, check, item: uid })),
    ...awsPlants(world),
    ...slackPlants(world),
    ...dnsPlants(world),
  ].map(({ id, check, item }) => ({ id, check, item }))
}

/** The world with everything its accounts hold, in good order but for the plants of these ids. */
export function withSettings(world: World, planted: readonly string[] = []): World {
  const known = new Set(plantsOf(world).map(({ id }) => id))
  const unknown = planted.find((id) => !known.has(id))
  if (unknown) throw new Error(`no plant ${unknown}`)
  const google = googlePlants(world, createGoogleSettings(world)).map(({ id }) => id)
  return {
    ...withSlackSettings(withAwsSettings(world, planted), planted),
    dns: createDnsWorld(world, planted),
    google: plantGoogle(
      world,
      createGoogleSettings(world),
      planted.filter((id) => google.includes(id)),
    ),
  }
}
