import type { Activity } from './event.ts'

/** Whole names first, then patterns; the first that fits wins. */
const named: [Activity, string][] = [
  ['sign_in', 'ConsoleLogin SwitchRole GetSessionToken GetFederationToken Authenticate'],
  [
    'mfa_change',
    'CreateVirtualMFADevice EnableMFADevice DeactivateMFADevice DeleteVirtualMFADevice ResyncMFADevice',
  ],
  [
    'password_change',
    'ChangePassword CreateLoginProfile UpdateLoginProfile DeleteLoginProfile UpdateAccountPasswordPolicy DeleteAccountPasswordPolicy PasswordRecoveryRequested PasswordRecoveryCompleted PasswordUpdated',
  ],
  ['user_created', 'CreateUser'],
  ['user_removed', 'DeleteUser'],
  [
    'key_created',
    'CreateAccessKey UpdateAccessKey CreateServiceSpecificCredential ResetServiceSpecificCredential UploadSSHPublicKey UploadSigningCertificate CreateKeyPair ImportKeyPair',
  ],
  [
    'role_change',
    'CreateRole DeleteRole UpdateRole UpdateAssumeRolePolicy CreateServiceLinkedRole AddUserToGroup RemoveUserFromGroup CreateGroup DeleteGroup AddRoleToInstanceProfile RemoveRoleFromInstanceProfile AssociateIamInstanceProfile ReplaceIamInstanceProfileAssociation',
  ],
  [
    'policy_change',
    'CreatePolicy CreatePolicyVersion DeletePolicy DeletePolicyVersion SetDefaultPolicyVersion PutUserPolicy PutGroupPolicy PutRolePolicy DeleteUserPolicy DeleteGroupPolicy DeleteRolePolicy AttachUserPolicy AttachGroupPolicy AttachRolePolicy DetachUserPolicy DetachGroupPolicy DetachRolePolicy PutUserPermissionsBoundary PutRolePermissionsBoundary DeleteUserPermissionsBoundary DeleteRolePermissionsBoundary AttachPolicy DetachPolicy UpdatePolicy',
  ],
  [
    'log_tampering',
    'StopLogging DeleteTrail UpdateTrail PutEventSelectors PutInsightSelectors DeleteEventDataStore StopEventDataStoreIngestion DeleteFlowLogs DeleteLogGroup DeleteLogStream PutRetentionPolicy DeleteDetector UpdateDetector StopMonitoringMembers DisassociateFromMasterAccount StopConfigurationRecorder DeleteConfigurationRecorder DeleteDeliveryChannel DisableSecurityHub DeleteAlarms DisableAlarmActions DeleteAnalyzer',
  ],
  [
    'external_share',
    'ModifySnapshotAttribute ModifyDBSnapshotAttribute ModifyDBClusterSnapshotAttribute ModifyImageAttribute ShareDirectory CreateResourceShare AssociateResourceShare',
  ],
  [
    'permission_change',
    'PutKeyPolicy CreateGrant PutResourcePolicy AddPermission AddPermission20150331v2 RemovePermission20150331v2 SetRepositoryPolicy SetQueueAttributes SetTopicAttributes AddLayerVersionPermission',
  ],
  [
    'secret_read',
    'GetSecretValue BatchGetSecretValue GetPasswordData GetParameter GetParameters GetParametersByPath GetParameterHistory',
  ],
  [
    'data_download',
    'GetObject SelectObjectContent CreateExportTask StartExportTask ExportTableToPointInTime GetSnapshotBlock',
  ],
  [
    'compute_started',
    'RunInstances StartInstances RequestSpotInstances RequestSpotFleet CreateFleet RunTask StartTask CreateFunction20150331 CreateCluster CreateNodegroup CreateNotebookInstance RunJobFlow CreateAutoScalingGroup CreateEnvironment',
  ],
  [
    'admin_change',
    'CreateAccount CloseAccount LeaveOrganization InviteAccountToOrganization AcceptHandshake PutAlternateContact PutContactInformation EnableRegion DisableRegion UpdateAccountEmailAddress EmailUpdated CreateAccountAlias DeleteAccountAlias',
  ],
]

const patterns: [Activity, RegExp][] = [
  ['bucket_change', /^(Put|Delete|Create)(Account)?(Bucket|PublicAccessBlock)/],
  [
    'network_change',
    /^(Authorize|Revoke|Create|Delete|Modify|Attach|Detach|Replace|Associate|Disassociate|Update)(Security|Network|Vpc|Subnet|Route|InternetGateway|NatGateway|TransitGateway|Vpn|Address|LoadBalancer|Listener|ResourceRecordSets)/,
  ],
  ['network_change', /^ChangeResourceRecordSets$|^AllocateAddress$|^ReleaseAddress$/],
  ['resource_deleted', /^(Delete|Terminate|Purge|Schedule[A-Za-z]*Deletion)/],
]

const byName = new Map(
  named.flatMap(([activity, names]) => names.split(' ').map((n) => [n, activity] as const)),
)

/**
 * The word people ask by for an AWS API call (`eventName`), or null for the many that change
 * nothing: https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
export function awsActivity(name: string, failed: boolean): Activity | null {
  const activity = byName.get(name) ?? patterns.find(([, pattern]) => pattern.test(name))?.[0]
  if (activity === 'sign_in' && failed) return 'sign_in_failed'
  return activity ?? null
}
