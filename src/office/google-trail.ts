import type { ActivityRow, GoogleSettings, Row } from './google-settings.ts'
import type { Rng } from './rng.ts'
import type { OfficePerson, World } from './world.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** A parameter as the Reports API writes it, by the type of its value. */
const parameter = (name: string, value: string | boolean | string[]): Row =>
  typeof value === 'string'
    ? { name, value }
    : Array.isArray(value)
      ? { name, multiValue: value }
      : { name, boolValue: value }

/** One act as a record of the Reports API, shown `lag` ms after it happened. */
export function googleActivity(
  { customer, users }: Pick<GoogleSettings, 'customer' | 'users'>,
  act: {
    application: string
    /** ms UTC. */
    at: number
    lag?: number
    qualifier: string
    email: string
    ip?: string
    name: string
    parameters?: Record<string, string | boolean | string[]>
  },
): ActivityRow {
  const { application, at, lag = 5 * minute, qualifier, email, ip, name, parameters = {} } = act
  const profileId = users.find((u) => u.primaryEmail === email)?.id
  return {
    application,
    visible: at + lag,
    record: {
      kind: 'admin#reports#activity',
      id: {
        time: new Date(at).toISOString(),
        uniqueQualifier: qualifier,
        applicationName: application,
        customerId: customer,
      },
      actor: { callerType: 'USER', email, ...(profileId ? { profileId } : {}) },
      ...(ip ? { ipAddress: ip } : {}),
      events: [
        {
          type: application,
          name,
          parameters: Object.entries(parameters).map(([key, value]) => parameter(key, value)),
        },
      ],
    },
  }
}

/** What people do on ordinary days: they sign in, open and share files, let in a meeting app. */
export function createGoogleTrail(
  rng: Rng,
  { start, people }: Pick<World, 'start' | 'people'>,
  settings: Pick<GoogleSettings, 'customer' | 'users'>,
): ActivityRow[] {
  const rows: ActivityRow[] = []
  const act = (
    person: OfficePerson,
    application: string,
    at: number,
    name: string,
    parameters: Record<string, string | boolean | string[]>,
  ) =>
    rows.push(
      googleActivity(settings, {
        application,
        at,
        lag: rng.int(1, 120) * minute,
        qualifier: `${rng.chance(0.5) ? '-' : ''}${rng.chars('123456789', 18)}`,
        email: person.email,
        ip: person.home_ip,
        name,
        parameters,
      }),
    )
  for (const midnight of [start - day, start, start + day])
    for (const person of people) {
      const morning = midnight + person.hours[0] * 60 * minute
      const later = () => morning + rng.int(10, 400) * minute + rng.int(0, 59_999)
      const file = () => ({
        doc_id: `1${rng.chars('abcdefghijklmnopqrstuvwxyzABCDEF0123456789_-', 43)}`,
        doc_title: rng.pick(['Plan', 'Offer', 'Minutes', 'Price list', 'Rota', 'Draft contract']),
        doc_type: 'document',
        owner: person.email,
      })
      act(person, 'login', morning + rng.int(-30, 30) * minute, 'login_success', {
        login_type: 'google_password',
        is_suspicious: false,
      })
      for (let n = rng.int(1, 4); n > 0; n--)
        act(person, 'drive', later(), rng.pick(['view', 'edit']), file())
      if (rng.chance(0.3))
        act(person, 'drive', later(), 'change_user_access', {
          ...file(),
          target_user: rng.pick(people).email,
          new_value: 'can_edit',
          visibility: 'shared_internally',
          visibility_change: 'none',
        })
      if (rng.chance(0.1))
        act(person, 'token', later(), 'authorize', {
          app_name: 'Zoom',
          client_id: '100200300400-zoom.apps.googleusercontent.com',
          scope: ['https://www.googleapis.com/auth/calendar.events'],
        })
    }
  return rows
}
