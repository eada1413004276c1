import { type Act, actOf, acts } from './acts.ts'
import type { EventParts } from './fact-line.ts'

export type Test = (e: EventParts) => boolean

/** What may stand before or after a verb. */
export type Slot = 'actor' | 'recipient' | 'thing' | 'instrument' | 'none'

/** What a phrase of the checker's small English means. Words it doesn't know are refused. */
export type Sense =
  /** Something that happened: who or what does it, to what, and which facts bear it out. */
  | { kind: 'verb'; subject: Slot; object: Slot; test: Test; reports?: 'words' | 'sender' }
  /** A thing or person by description, true only of facts that pass. */
  | { kind: 'noun'; slot: Slot; test: Test }
  /** A remark that must be true of the fact the clause tells of. */
  | { kind: 'remark'; test: Test }
  /** The next name is whose thing it is; `by`, `to` and so on. */
  | { kind: 'prep'; word: string }
  | { kind: 'join'; order: 'after' | 'none' }
  | { kind: 'glue' }

const failed: Test = (e) => e.outcome !== null && e.outcome !== 'success'
const worked: Test = (e) => !failed(e)
const anything: Test = () => true
const from =
  (...sources: string[]): Test =>
  (e) =>
    sources.includes(e.source)
const did =
  (...activities: string[]): Test =>
  (e) =>
    activities.includes(e.activity)
const found =
  (pattern: RegExp): Test =>
  (e) =>
    e.findings.some((f) => pattern.test(f))
const both =
  (...tests: Test[]): Test =>
  (e) =>
    tests.every((t) => t(e))
const either =
  (...tests: Test[]): Test =>
  (e) =>
    tests.some((t) => t(e))

const mail = from('gmail')
const aws = from('cloudtrail')
const wrote = either(did('message', 'mail_sent', 'file_shared'), did('mail_received'))
const talked = both(from('slack'), did('message', 'file_shared'))
const root: Test = (e) => e.who?.text === 'root'
const signIn = either(did('sign_in'), did('ConsoleLogin'))
const posted = (kind: RegExp) => found(new RegExp(`\\b(?:${kind.source}) (?:posted|pasted)$`, 'i'))

const verb = (subject: Slot, object: Slot, test: Test, reports?: 'words' | 'sender'): Sense =>
  reports
    ? { kind: 'verb', subject, object, test, reports }
    : { kind: 'verb', subject, object, test }
const noun = (slot: Slot, test: Test): Sense => ({ kind: 'noun', slot, test })
const remark = (test: Test): Sense => ({ kind: 'remark', test })
const glue: Sense = { kind: 'glue' }

/** Kinds of secret that a sentence may name; each must stand in the finding. */
const secrets = [
  'aws access key',
  'access key',
  'private key',
  'password',
  'slack token',
  'github token',
  'stripe key',
  'secret',
]

const rows: [string, Sense][] = [
  // mail and messages
  ['reached', verb('thing', 'recipient', did('mail_received'))],
  ['received', verb('recipient', 'thing', did('mail_received'))],
  ['got', verb('recipient', 'thing', did('mail_received'))],
  ['sent', verb('actor', 'thing', did('mail_sent'))],
  ['mailed', verb('actor', 'none', did('mail_sent'))],
  ['posted', verb('actor', 'thing', talked)],
  ['pasted', verb('actor', 'thing', talked)],
  ['wrote', verb('actor', 'thing', either(talked, did('mail_sent')), 'words')],
  ['was posted', verb('thing', 'none', talked)],
  ['was pasted', verb('thing', 'none', talked)],
  ['deleted a message', verb('actor', 'none', did('message_deleted'))],
  ['edited a message', verb('actor', 'none', did('message_edited'))],
  ['says', verb('thing', 'none', wrote, 'words')],
  ['that says it is from', { kind: 'remark', test: did('mail_received') }],
  ['comes from an address that imitates', verb('thing', 'thing', found(/^lookalike domain of/))],
  [
    'comes from an address that imitates another company',
    verb('thing', 'none', found(/^lookalike domain of/)),
  ],
  [
    'was sent from a domain made to look like',
    verb('thing', 'thing', found(/^lookalike domain of/)),
  ],
  [
    'holds a link to a domain that imitates',
    verb('thing', 'thing', found(/^link to lookalike domain of/)),
  ],
  [
    'links to a domain made to look like',
    verb('thing', 'thing', found(/^link to lookalike domain of/)),
  ],
  [
    'holds a link to a domain that imitates another company',
    verb('thing', 'none', found(/^link to lookalike domain of/)),
  ],
  ['claims to come from inside the company', verb('thing', 'none', found(/^own address forged$/))],
  ['but failed every check of its sender', remark(found(/^own address forged$/))],
  [
    'uses the name of a colleague on an outside address',
    verb('thing', 'none', found(/ on outside address$/)),
  ],
  ['uses the name of', verb('thing', 'thing', found(/^name of .+ on outside address$/))],
  ['carries', verb('thing', 'thing', found(/^name of .+ on outside address$/))],
  ['uses', verb('thing', 'thing', found(/^name of .+ on outside address$/))],
  ['on an outside address', remark(found(/ on outside address$/))],
  ['but comes from an outside address', remark(found(/ on outside address$/))],
  [
    'holds a link of a kind used to steal passwords',
    verb('thing', 'none', found(/^link asks for a password$/)),
  ],
  [
    'leads to a page that may be after passwords',
    verb('thing', 'none', found(/^link asks for a password$/)),
  ],
  ['that may be after passwords', remark(found(/^link asks for a password$/))],
  ['asks for a payment to new bank details', verb('thing', 'none', found(/bank details/))],
  ['asks for money to go to another bank account', verb('thing', 'none', found(/bank details/))],
  ['asks for gift cards', verb('thing', 'none', found(/gift cards/))],
  ['reads like fraud', verb('thing', 'none', found(/reads like fraud/))],
  ['tries to give this monitor orders', verb('thing', 'none', found(/addresses the monitor/))],
  [
    'sent orders meant for this monitor',
    verb('actor', 'none', both(aws, found(/addresses the monitor/))),
  ],
  ['holds orders meant for this monitor', verb('thing', 'none', found(/addresses the monitor/))],
  ['which had no effect', remark(found(/addresses the monitor/))],
  ['mail', noun('thing', mail)],
  ['by mail', remark(mail)],
  ['in a mail', remark(mail)],
  ['message', noun('thing', from('slack', 'gmail'))],

  ['slack', noun('thing', from('slack'))],
  ['on slack', remark(from('slack'))],
  ['in slack', remark(from('slack'))],
  ['somebody who goes by', noun('actor', from('slack', 'gmail'))],
  ...secrets.map((kind): [string, Sense] => [
    kind,
    noun(
      /key/.test(kind) ? 'instrument' : 'thing',
      either(posted(new RegExp(kind)), (e) => /access key/.test(kind) && e.key !== null),
    ),
  ]),
  [
    'key',
    noun(
      'instrument',
      either((e) => e.key !== null, posted(/.*key/)),
    ),
  ],
  [
    'aws key',
    noun(
      'instrument',
      either(
        both(aws, (e) => e.key !== null),
        posted(/aws access key/),
      ),
    ),
  ],
  ['login', noun('instrument', either(aws, signIn))],
  ['aws login', noun('instrument', aws)],
  ['account', noun('instrument', either(aws, from('workspace')))],
  ['root login', noun('instrument', root)],
  ['aws root login', noun('instrument', both(aws, root))],
  [
    'mailbox',
    noun(
      'recipient',
      both(mail, (e) => e.target !== null),
    ),
  ],
  ['a mailbox', noun('recipient', did('mail_received'))],
  ['somebody', noun('actor', anything)],
  ['someone', noun('actor', anything)],
  // AWS and sign-ins
  ['was used', verb('instrument', 'none', either(aws, both(from('workspace'), signIn, worked)))],
  ['used', verb('actor', 'instrument', aws)],
  ['was refused', verb('actor', 'none', failed)],
  ['were refused', verb('actor', 'none', failed)],
  ['aws refused', verb('none', 'actor', both(aws, failed))],
  ['and was refused', remark(failed)],
  ['again and again', remark(found(/^denied sweep/))],
  ['and failed', remark(failed)],
  ['signed in', verb('actor', 'none', both(signIn, worked))],
  [
    'tried to sign in',
    verb(
      'actor',
      'none',
      both(either(signIn, did('sign_in_failed')), either(failed, did('sign_in_failed'))),
    ),
  ],
  ['failed to sign in', verb('actor', 'none', either(did('sign_in_failed'), both(signIn, failed)))],
  ['which can do everything', remark(root)],
  ['and it can do everything', remark(root)],
  [
    'so later steps may be missing from it',
    remark(
      both(aws, worked, found(/^log tampering/), (e) =>
        /an activity log$/.test(actOf(e.activity).past),
      ),
    ),
  ],
  [
    'on a network never seen with it before',
    remark(found(/^first use from this network|^new network/)),
  ],
  ['address', noun('none', (e) => e.ip !== null)],
  ['that gives very wide rights', remark(found(/very wide rights|admin policy/))],
  [
    'a network never seen with it before',
    remark(found(/^first use from this network|^new network/)),
  ],
  ['from a new network', remark(found(/^first use from this network|^new network/))],
  ['tor', noun('none', (e) => /\btor\b/i.test(e.network ?? ''))],
  ['vpn', noun('none', (e) => /\bvpn\b/i.test(e.network ?? ''))],
  ['hosting', noun('none', (e) => e.network === 'hosting')],
  ['network', noun('none', (e) => e.ip !== null)],
  ['subject', noun('thing', mail)],
  // sign-ins, mailboxes and files
  ['tried to log in', verb('actor', 'none', either(did('sign_in_failed'), both(signIn, failed)))],
  ['logged in', verb('actor', 'none', both(signIn, worked))],
  ['was opened', verb('instrument', 'none', both(did('sign_in'), worked))],
  ['set up a forwarding rule', verb('actor', 'none', both(did('forwarding_rule'), worked))],
  ['made a mail filter', verb('actor', 'none', both(did('mail_filter'), worked))],
  ['created a mail filter', verb('actor', 'none', both(did('mail_filter'), worked))],
  ['changed the second sign-in step', verb('actor', 'none', both(did('mfa_change'), worked))],
  ['changed a password', verb('actor', 'none', both(did('password_change'), worked))],
  ['installed an app', verb('actor', 'none', both(did('app_install'), worked))],
  ['allowed an app', verb('actor', 'none', both(did('app_consent'), worked))],
  ['downloaded files', verb('actor', 'none', both(did('data_download'), worked))],
  ['shared a file', verb('actor', 'none', did('file_shared', 'external_share'))],
  ['read mail', verb('actor', 'none', did('mail_read'))],
  ['file', noun('thing', did('file_shared', 'external_share', 'data_download'))],
  ['files', noun('thing', did('data_download'))],
  // what leaves something open
  ['changed setting', noun('thing', found(/leaves a door open/))],
  ['leaves a door open', verb('thing', 'none', found(/leaves a door open/))],
  ['key of this monitor', noun('instrument', both(aws, found(/used elsewhere/)))],
  ['was used elsewhere', verb('instrument', 'none', both(aws, found(/used elsewhere/)))],
  // files and sharing
  ['shared', verb('actor', 'thing', did('file_shared', 'external_share'))],
  ['downloaded', verb('actor', 'thing', both(did('data_download'), worked))],
  ['made the aws call', verb('actor', 'none', both(aws, worked))],
  ['tried to make the aws call', verb('actor', 'none', both(aws, failed))],
  ...acts.flatMap(({ past, infinitive, passive }): [string, Sense][] => {
    const [thing, done] = passive ?? []
    const is =
      (read: (a: Act) => string | undefined, wanted: string | undefined): Test =>
      (e) =>
        aws(e) && read(actOf(e.activity)) === wanted
    const active: [string, Sense][] = [
      [
        past.toLowerCase(),
        verb(
          'actor',
          'none',
          both(
            is((a) => a.past, past),
            worked,
          ),
        ),
      ],
      [
        `tried to ${infinitive.toLowerCase()}`,
        verb(
          'actor',
          'none',
          both(
            is((a) => a.infinitive, infinitive),
            failed,
          ),
        ),
      ],
    ]
    if (!thing || !done) return active
    const name = thing.replace(/^(?:an?|the) /, '')
    const same = noun(
      'thing',
      is((a) => a.passive?.[0], thing),
    )
    return [
      ...active,
      [name, same],
      [`aws ${name}`, same],
      [
        done,
        verb(
          'thing',
          'none',
          both(
            is((a) => a.passive?.[1], done),
            worked,
          ),
        ),
      ],
    ]
  }),
  ...['by', 'to', 'from', 'in', 'on', 'at', 'with', 'of', 'since'].map((word): [string, Sense] => [
    word,
    { kind: 'prep', word },
  ]),
  ...['and', 'then', 'and then', 'later', 'after that', 'and it', 'and it then', 'then it'].map(
    (word): [string, Sense] => [word, { kind: 'join', order: 'after' }],
  ),
  ['but', { kind: 'join', order: 'after' }],
  ...['the', 'a', 'an', 'that', 'this', 'name'].map((word): [string, Sense] => [word, glue]),
]

/** Phrase in lower case, `’` written `'` → what it means. */
export const lexicon: ReadonlyMap<string, Sense> = rows.reduce((map, [phrase, sense]) => {
  const known = map.get(phrase)
  const same = known?.kind === 'noun' && sense.kind === 'noun'
  return map.set(phrase, same ? { ...known, test: either(known.test, sense.test) } : sense)
}, new Map<string, Sense>())

/** Words in the longest phrase. */
export const longest = Math.max(...rows.map(([phrase]) => phrase.split(' ').length))
