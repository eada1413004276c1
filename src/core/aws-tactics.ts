/** MITRE ATT&CK tactics of the cloud matrix: https://attack.mitre.org/matrices/enterprise/cloud/iaas/ */
export type Tactic =
  | 'initial_access'
  | 'execution'
  | 'persistence'
  | 'privilege_escalation'
  | 'defense_evasion'
  | 'credential_access'
  | 'discovery'
  | 'exfiltration'
  | 'impact'

/** API calls that serve each tactic when an attacker makes them. Most are also made honestly. */
const calls: Record<Tactic, string> = {
  initial_access: `ConsoleLogin SwitchRole GetSigninToken GetFederationToken AssumeRoleWithSAML
    AssumeRoleWithWebIdentity PasswordRecoveryRequested PasswordRecoveryCompleted`,
  execution: `SendCommand StartSession ResumeSession GetCommandInvocation SendSSHPublicKey
    SendSerialConsoleSSHPublicKey EnableSerialConsoleAccess RunInstances StartInstances
    ModifyInstanceAttribute StartAutomationExecution CreateAssociation InvokeModel ExecuteCommand
    RunTask CreateFunction20150331 UpdateFunctionCode20150331v2 UpdateFunctionConfiguration20150331v2
    CreateStack RequestSpotInstances RequestSpotFleet CreateNotebookInstance SubmitJob`,
  persistence: `CreateAccessKey CreateUser CreateLoginProfile UpdateLoginProfile CreateRole
    UpdateAssumeRolePolicy AddUserToGroup CreateVirtualMFADevice EnableMFADevice DeactivateMFADevice
    UploadSSHPublicKey ImportKeyPair CreateKeyPair CreateTrustAnchor CreateProfile
    CreateOpenIDConnectProvider CreateSAMLProvider UpdateSAMLProvider AddPermission20150331
    AddPermission20150331v2 CreateEventSourceMapping20150331 PublishLayerVersion20181031
    UploadSigningCertificate CreateServiceSpecificCredential UpdateAccessKey ChangePassword
    CreateFunctionUrlConfig CreateServiceLinkedRole PutTargets EnableRegion`,
  privilege_escalation: `PutUserPolicy PutRolePolicy PutGroupPolicy AttachUserPolicy AttachRolePolicy
    AttachGroupPolicy CreatePolicyVersion SetDefaultPolicyVersion AddRoleToInstanceProfile
    AssociateIamInstanceProfile ReplaceIamInstanceProfileAssociation DeleteUserPermissionsBoundary
    DeleteRolePermissionsBoundary DeleteUserPolicy DetachUserPolicy PassRole AddRoleToDBCluster
    AddRoleToDBInstance`,
  defense_evasion: `StopLogging DeleteTrail UpdateTrail PutEventSelectors PutInsightSelectors
    DeleteFlowLogs DeleteLogGroup DeleteLogStream PutBucketLifecycle PutBucketLogging LeaveOrganization
    DeleteDetector UpdateDetector CreateFilter CreateIPSet DisassociateFromMasterAccount
    DisassociateMembers StopMonitoringMembers DeletePublishingDestination StopConfigurationRecorder
    DeleteConfigurationRecorder DeleteDeliveryChannel DeleteConfigRule DisableSecurityHub
    BatchDisableStandards DeleteAlarms DisableAlarmActions DeleteEventDataStore
    StopEventDataStoreIngestion DeleteResolverQueryLogConfig DisassociateResolverQueryLogConfig
    DeleteWebACL DeleteAnalyzer DeleteRule DisableRule UpdateMacieSession DisableMacie
    PutRetentionPolicy DeleteGuardrail UpdateGuardrail DeleteModelInvocationLoggingConfiguration
    DisableRegion PutAccountSettingDefault`,
  credential_access: `GetPasswordData GetSecretValue BatchGetSecretValue GetParameter GetParameters
    GetParametersByPath GetParameterHistory GetSessionToken GetAuthorizationToken
    GetCredentialsForIdentity DescribeInstanceAttribute ListSecrets GetCredentialReport
    GenerateCredentialReport DescribeLaunchTemplateVersions GetFunction20150331v2`,
  discovery: `GetCallerIdentity ListAccessKeys ListUsers ListRoles ListGroups ListPolicies
    ListAttachedUserPolicies ListAttachedRolePolicies ListUserPolicies ListRolePolicies
    ListGroupsForUser ListSigningCertificates ListSSHPublicKeys ListServiceSpecificCredentials
    ListMFADevices GetLoginProfile GetAccountSummary GetAccountAuthorizationDetails
    GetAccountPasswordPolicy ListBuckets ListOrganizations DescribeOrganization ListAccounts
    DescribeAccountAttributes DescribeInstanceInformation DescribeInstances DescribeSecurityGroups
    DescribeSnapshots DescribeVolumes DescribeRegions GetSendQuota GetSendStatistics ListIdentities
    ListVerifiedEmailAddresses GetAccount GetServiceQuota ListServiceQuotas GetCostAndUsage
    SimulatePrincipalPolicy ListFoundationModels GetFoundationModelAvailability
    GetModelInvocationLoggingConfiguration DescribeTrails GetTrailStatus GetEventSelectors
    ListDetectors GetDetector ListFunctions20150331 DescribeDBInstances DescribeParameters
    ListHostedZones GetBucketAcl GetBucketPolicy DescribeConfigurationRecorders LookupEvents
    ListInstanceProfiles GetUser GetAlternateContact GetContactInformation`,
  exfiltration: `ModifySnapshotAttribute ModifyImageAttribute ModifyDBSnapshotAttribute
    ModifyDBClusterSnapshotAttribute PutBucketPolicy DeleteBucketPolicy PutBucketAcl PutObjectAcl
    DeleteBucketPublicAccessBlock DeletePublicAccessBlock PutBucketPublicAccessBlock
    PutAccountPublicAccessBlock CopySnapshot CopyImage CreateImage CreateSnapshot
    CreateInstanceExportTask CreateStoreImageTask StartExportTask PutResourcePolicy
    SetRepositoryPolicy CreateResourceShare PutBucketReplication AuthorizeSecurityGroupIngress
    AuthorizeDBSecurityGroupIngress RevokeSecurityGroupIngress PutKeyPolicy CreateGrant
    RestoreDBInstanceFromDBSnapshot CreateDBSnapshot GetSnapshotBlock ListSnapshotBlocks
    DownloadDBLogFilePortion DownloadCompleteDBLogFile CreateTrafficMirrorSession SetQueueAttributes
    SetTopicAttributes CopyObject`,
  impact: `DeleteObjects DeleteBucket DeleteDBInstance DeleteDBCluster DeleteDBSnapshot
    DeleteDBClusterSnapshot DeleteSnapshot TerminateInstances StopInstances ScheduleKeyDeletion
    DisableKey DeleteVolume DeleteFileSystem DeleteBackupVault DeleteRecoveryPoint
    PutBucketVersioning DeleteBucketEncryption DeleteStack DeleteTable DeleteCluster
    DeleteHostedZone DeleteUser DeleteRole DeleteAccessKey DeleteLoginProfile ModifyDBInstance
    RebootDBInstance DeleteSecret PutBucketEncryption DeleteGlobalCluster CloseAccount`,
}

const byCall = new Map<string, Tactic[]>()
for (const [tactic, names] of Object.entries(calls) as [Tactic, string][])
  for (const name of names.split(/\s+/)) byCall.set(name, [...(byCall.get(name) ?? []), tactic])

/** Every tactic known here. */
export const tactics = Object.keys(calls) as Tactic[]

/** The tactics an API call (`eventName`) may serve; empty for the many that serve none. */
export const tacticsOf = (eventName: string): readonly Tactic[] => byCall.get(eventName) ?? []
