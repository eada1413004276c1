import type { Activity } from '../core/event.ts'
import { areasOf } from './google-scopes.ts'

/** What a sentence is made of. */
export interface Parameters {
  /** The one value of a parameter, or the first of several, '' where there is none. */
  one(name: string): string
  all(name: string): string[]
  /** The value as it may stand in a sentence: “value”, or `something`. */
  said(...names: string[]): string
  /** Whether the act lets somebody from outside the company in. */
  isOutward: boolean
}

interface Meaning {
  activity: Activity | null
  /** What the actor did, without the actor. */
  did(p: Parameters): string
}

const is =
  (activity: Activity | null, did: string | ((p: Parameters) => string)) => (): Meaning => ({
    activity,
    did: typeof did === 'string' ? () => did : did,
  })

const user = (p: Parameters) => p.said('user_email', 'affected_email_address', 'target_user')
const file = (p: Parameters) => `the file ${p.said('doc_title', 'doc_id')}`
/** Sharing is one act or another by whom it lets in. */
const shares = (did: (p: Parameters) => string) => (p: Parameters) =>
  is(p.isOutward ? 'external_share' : 'permission_change', did)()
const disabled = (why: string) => is(null, (p) => `had the account ${user(p)} disabled: ${why}`)
const signIn = (p: Parameters) =>
  p.one('is_suspicious') === 'true' ? 'signed in, which Google finds suspicious' : 'signed in'
const suspicious = is('sign_in', (p) => `signed in to ${user(p)}, which Google finds suspicious`)

/** Events of the applications login and user_accounts, which tell of the same acts. */
const accounts = {
  '2sv_enroll': is('mfa_change', 'turned 2-step verification on'),
  '2sv_disable': is('mfa_change', 'turned 2-step verification off'),
  titanium_enroll: is('mfa_change', 'joined the Advanced Protection Program'),
  titanium_unenroll: is('mfa_change', 'left the Advanced Protection Program'),
  passkey_enrolled: is('mfa_change', 'added a passkey'),
  passkey_removed: is('mfa_change', 'removed a passkey'),
  recovery_email_edit: is('mfa_change', 'changed the recovery address'),
  recovery_phone_edit: is('mfa_change', 'changed the recovery phone'),
  recovery_secret_qa_edit: is('mfa_change', 'changed the recovery question'),
  password_edit: is('password_change', 'changed the password'),
  email_forwarding_out_of_domain: is(
    'forwarding_rule',
    (p) => `had mail forwarded to ${p.said('email_forwarding_destination_address')}`,
  ),
}

/**
 * Event names and their parameters, application by application:
 * https://developers.google.com/workspace/admin/reports/v1/appendix/activity/login
 */
const meanings: Record<string, Record<string, (p: Parameters) => Meaning>> = {
  login: {
    ...accounts,
    login_success: is('sign_in', signIn),
    login_failure: is('sign_in_failed', 'failed to sign in'),
    login_challenge: is(null, 'was asked to prove who they are'),
    login_verification: is(null, 'was asked for the second step'),
    logout: is(null, 'signed out'),
    suspicious_login: suspicious,
    suspicious_login_less_secure_app: suspicious,
    suspicious_programmatic_login: suspicious,
    account_disabled_password_leak: disabled('its password has leaked'),
    account_disabled_hijacked: disabled('Google finds that somebody else took it over'),
    account_disabled_spamming: disabled('it sent spam'),
    account_disabled_generic: disabled('Google does not say why'),
    gov_attack_warning: is(null, 'may be the target of a government-backed attack'),
    risky_sensitive_action_allowed: is(null, 'was let do something that Google finds risky'),
    risky_sensitive_action_blocked: is(null, 'was kept from something that Google finds risky'),
  },
  user_accounts: accounts,
  token: {
    authorize: is('app_consent', (p) => {
      const areas = areasOf(p.all('scope'))
      return `gave the app ${p.said('app_name', 'client_id')} access${areas && ` to: ${areas}`}`
    }),
    request: is(null, (p) => `asked for access for the app ${p.said('app_name', 'client_id')}`),
    revoke: is(null, (p) => `took access away from the app ${p.said('app_name', 'client_id')}`),
    activity: is(null, (p) => `used the app ${p.said('app_name', 'client_id')}`),
  },
  saml: {
    login_success: is('sign_in', (p) => `signed in to ${p.said('application_name')}`),
    login_failure: is(
      'sign_in_failed',
      (p) => `failed to sign in to ${p.said('application_name')}`,
    ),
  },
  admin: {
    create_user: is('user_created', (p) => `created the account ${user(p)}`),
    delete_user: is('user_removed', (p) => `deleted the account ${user(p)}`),
    suspend_user: is('user_removed', (p) => `suspended the account ${user(p)}`),
    archive_user: is('user_removed', (p) => `archived the account ${user(p)}`),
    unsuspend_user: is('user_created', (p) => `brought the account ${user(p)} back`),
    undelete_user: is('user_created', (p) => `brought the account ${user(p)} back`),
    change_password: is('password_change', (p) => `changed the password of ${user(p)}`),
    grant_admin_privilege: is('role_change', (p) => `made ${user(p)} a super administrator`),
    revoke_admin_privilege: is('role_change', (p) => `took super administrator from ${user(p)}`),
    grant_delegated_admin_privileges: is('role_change', (p) => `made ${user(p)} an administrator`),
    assign_role: is('role_change', (p) => `gave ${user(p)} the role ${p.said('role_name')}`),
    unassign_role: is('role_change', (p) => `took the role ${p.said('role_name')} from ${user(p)}`),
    create_role: is('role_change', (p) => `created the role ${p.said('role_name')}`),
    delete_role: is('role_change', (p) => `deleted the role ${p.said('role_name')}`),
    add_privilege: is('role_change', (p) => `widened the role ${p.said('role_name')}`),
    remove_privilege: is('role_change', (p) => `narrowed the role ${p.said('role_name')}`),
    update_role: is('role_change', (p) => `changed the role ${p.said('role_name')}`),
    turn_off_2_step_verification: is(
      'mfa_change',
      (p) => `turned 2-step verification of ${user(p)} off`,
    ),
    generate_2sv_scratch_codes: is('mfa_change', (p) => `made backup codes of ${user(p)}`),
    revoke_security_key: is('mfa_change', (p) => `removed a security key of ${user(p)}`),
    unenroll_user_from_titanium: is(
      'mfa_change',
      (p) => `took ${user(p)} out of the Advanced Protection Program`,
    ),
    allow_strong_authentication: is('policy_change', 'changed who may use 2-step verification'),
    enforce_strong_authentication: is('policy_change', 'changed who must use 2-step verification'),
    create_email_monitor: is(
      'forwarding_rule',
      (p) => `had mail of ${user(p)} copied to ${p.said('email_monitor_dest_email')}`,
    ),
    authorize_api_client_access: is(
      'app_consent',
      (p) => `let the app ${p.said('api_client_name')} act for everybody`,
    ),
    add_application: is('app_install', (p) => `installed the app ${p.said('application_name')}`),
    download_userlist_csv: is('data_download', 'downloaded the list of users'),
  },
  drive: {
    change_user_access: shares((p) => `shared ${file(p)} with ${user(p)}`),
    change_document_visibility: shares((p) => `changed who may open ${file(p)}`),
    change_document_access_scope: shares((p) => `changed who may open ${file(p)}`),
    change_acl_editors: shares((p) => `changed who may edit ${file(p)}`),
    shared_drive_membership_change: shares(
      (p) => `changed the members of the shared drive ${p.said('shared_drive_id', 'doc_title')}`,
    ),
    download: is('data_download', (p) => `downloaded ${file(p)}`),
    delete: is('resource_deleted', (p) => `deleted ${file(p)}`),
  },
  calendar: {
    change_calendar_acls: shares(
      (p) => `shared the calendar ${p.said('calendar_id')} with ${p.said('grantee_email')}`,
    ),
  },
}

/** What an event is called by people, and what its actor did. */
export function meaningOf(application: string, name: string, p: Parameters): Meaning {
  const known = Object.hasOwn(meanings, application) ? meanings[application] : undefined
  const key = name.toLowerCase()
  if (known && Object.hasOwn(known, key)) return (known[key] as (p: Parameters) => Meaning)(p)
  const words = key.replaceAll(/[^a-z0-9]+/g, ' ').trim() || 'something'
  const target = p.said('doc_title', 'user_email', 'group_email', 'setting_name', 'rule_name')
  const about = target === 'something' ? '' : `: ${target}`
  return {
    activity: application === 'admin' ? 'admin_change' : null,
    did: () => `did ${words} in ${application}${about}`,
  }
}
