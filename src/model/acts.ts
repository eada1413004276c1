/** What an AWS call does, in an owner's words: after "to", as something done, and passively. */
export interface Act {
  operation: RegExp
  infinitive: string
  past: string
  /** `a user`, `was created`. */
  passive: [thing: string, done: string] | null
}

/** Names of calls are the AWS API's: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const rows: [RegExp, infinitive: string, past: string, thing?: string, done?: string][] = [
  [/^ConsoleLogin$/, 'sign in to AWS', 'signed in to AWS'],
  [/^GetCallerIdentity$/, 'look up whose login it is', 'looked up whose login it is'],
  [/^AssumeRole/, 'take on a role', 'took on a role', 'a role', 'was taken on'],
  [
    /^StopLogging$/,
    'switch off an activity log',
    'switched off an activity log',
    'an activity log',
    'was switched off',
  ],
  [
    /^DeleteTrail$/,
    'take down an activity log',
    'took down an activity log',
    'an activity log',
    'was taken down',
  ],
  [
    /^(?:UpdateTrail|PutEventSelectors)$/,
    'change an activity log',
    'changed an activity log',
    'an activity log',
    'was changed',
  ],
  [
    /^(?:DeleteDetector|DisableSecurityHub)$/,
    'switch off a security monitor',
    'switched off a security monitor',
    'a security monitor',
    'was switched off',
  ],
  [
    /^UpdateDetector$|^DisassociateFrom/,
    'change a security monitor',
    'changed a security monitor',
    'a security monitor',
    'was changed',
  ],
  [
    /^(?:DeleteFlowLogs|(?:Stop|Delete)ConfigurationRecorder|DeleteDeliveryChannel|DeleteEventDataStore|StopEventDataStoreIngestion)$/,
    'take down a log',
    'took down a log',
    'a log',
    'was taken down',
  ],
  [/^CreateUser$/, 'create a user', 'created a user', 'a user', 'was created'],
  [/^DeleteUser$/, 'delete a user', 'deleted a user', 'a user', 'was deleted'],
  [
    /^CreateLoginProfile$/,
    'give a user a password',
    'gave a user a password',
    'a user',
    'was given a password',
  ],
  [
    /^CreateAccessKey$/,
    'create an access key',
    'created an access key',
    'an access key',
    'was created',
  ],
  [
    /^(?:Delete|Update)AccessKey$/,
    'change an access key',
    'changed an access key',
    'an access key',
    'was changed',
  ],
  [
    /^Attach(?:User|Role|Group)Policy$/,
    'attach a policy',
    'attached a policy',
    'a policy',
    'was attached',
  ],
  [/^Put(?:User|Role|Group)Policy$/, 'add a policy', 'added a policy', 'a policy', 'was added'],
  [/^CreatePolicy(?:Version)?$/, 'write a policy', 'wrote a policy', 'a policy', 'was written'],
  [/^GetObject$/, 'read files', 'read files', 'files', 'were read'],
  [/^(?:PutObject|CopyObject|UploadPart)$/, 'store files', 'stored files', 'files', 'were stored'],
  [/^DeleteObjects?$/, 'delete files', 'deleted files', 'files', 'were deleted'],
  [
    /^ListBuckets$/,
    'list the file stores',
    'listed the file stores',
    'the file stores',
    'were listed',
  ],
  [/^ListObjects/, 'list files', 'listed files', 'files', 'were listed'],
  [/^CreateBucket$/, 'create a file store', 'created a file store', 'a file store', 'was created'],
  [/^DeleteBucket$/, 'delete a file store', 'deleted a file store', 'a file store', 'was deleted'],
  [
    /^(?:Put|Delete)(?:Bucket(?:Policy|Acl)|(?:Account)?PublicAccessBlock)$/,
    'change who can open a file store',
    'changed who can open a file store',
  ],
  [
    /^(?:GetSecretValue|GetParameters?)$/,
    'read a stored secret',
    'read a stored secret',
    'a stored secret',
    'was read',
  ],
  [/^RunInstances$/, 'start servers', 'started servers', 'servers', 'were started'],
  [/^StopInstances$/, 'stop servers', 'stopped servers', 'servers', 'were stopped'],
  [/^TerminateInstances$/, 'remove servers', 'removed servers', 'servers', 'were removed'],
  [
    /^(?:Authorize|Revoke)SecurityGroup/,
    'change the firewall',
    'changed the firewall',
    'the firewall',
    'was changed',
  ],
  [
    /^(?:Enable|Deactivate|Delete)(?:Virtual)?MFADevice$/,
    'change a second sign-in step',
    'changed a second sign-in step',
    'a second sign-in step',
    'was changed',
  ],
  [
    /^List(?:Users|Roles|Groups|Policies|AccessKeys)|^GetAccount/,
    'list users and rights',
    'listed users and rights',
  ],
  [/^(?:List|Describe|Get|Head|BatchGet|Lookup)[A-Z]/, 'look at settings', 'looked at settings'],
]

/** The calls an owner is most likely to read about; the first that fits counts. */
export const acts: readonly Act[] = rows.map(([operation, infinitive, past, thing, done]) => ({
  operation,
  infinitive,
  past,
  passive: thing && done ? [thing, done] : null,
}))

/** The words for a call; one we have no words for is told by its own name. */
export const actOf = (operation: string): Act =>
  acts.find((a) => a.operation.test(operation)) ?? {
    operation: new RegExp(`^${operation.replace(/[^A-Za-z0-9]/g, '.')}$`),
    infinitive: `make the AWS call ${operation}`,
    past: `made the AWS call ${operation}`,
    passive: null,
  }
