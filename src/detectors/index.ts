import type { Detector } from '../core/ports.ts'
import { adminPolicyAttached } from './admin-policy.ts'
import { colleagueImpersonation } from './colleague-impersonation.ts'
import { credentialLink } from './credential-link.ts'
import { deniedSweep } from './denied-sweep.ts'
import { giftCards } from './gift-cards.ts'
import { hostileText } from './hostile-text.ts'
import { keyNewNetwork } from './key-new-network.ts'
import { lookalikeDomain } from './lookalike-domain.ts'
import { monitorInstruction } from './monitor-instruction.ts'
import { ownIdentityUsed } from './own-identity.ts'
import { paymentRedirect } from './payment-redirect.ts'
import { rootUse } from './root-use.ts'
import { secretPosted } from './secret-posted.ts'
import { settingWeakened } from './setting-weakened.ts'
import { trailStopped } from './trail-stopped.ts'

/** All behaviours the monitor looks for. */
export const detectors: readonly Detector[] = [
  lookalikeDomain,
  colleagueImpersonation,
  credentialLink,
  paymentRedirect,
  giftCards,
  secretPosted,
  monitorInstruction,
  rootUse,
  ownIdentityUsed,
  keyNewNetwork,
  deniedSweep,
  trailStopped,
  settingWeakened,
  adminPolicyAttached,
  hostileText,
]
