import type { Check, CheckContext } from '../core/check.ts'
import type { Item } from '../core/inventory.ts'

const sameAccount = (item: Item, other: Item) => item.tenant_uid === other.tenant_uid

const account = (item: Item) => `the AWS account ${item.tenant_uid}`

/** Buckets meant to be read by all say so in their name or a tag, as words of their own. */
const openWords = /(?:^|[^a-z])(?:websites?|web|static|public|assets?|www|cdn)(?:[^a-z]|$)/i
/** Words that no public bucket should have. */
const closedWords =
  /(?:^|[^a-z])(?:backups?|dumps?|exports?|logs?|private|secrets?|customers?|invoices?|payroll|hr)(?:[^a-z]|$)/i

/** Whether a bucket says of itself that everybody may read it. */
const isMeantOpen = ({ name, facts }: Item): boolean => {
  const words = [name, ...(Array.isArray(facts.tags) ? facts.tags : [])]
  return words.some((w) => openWords.test(w)) && !words.some((w) => closedWords.test(w))
}

const publicBucket: Check = {
  id: 'aws-public-bucket',
  kind: 'bucket',
  severity: 'high',
  mend: 'Open S3, this bucket, Permissions, and switch Block all public access on; if it holds a website, serve it through CloudFront.',
  find(bucket) {
    if (bucket.facts.public !== true || isMeantOpen(bucket)) return null
    return `Anybody on the internet can reach what is in the bucket ${bucket.name}`
  },
}

const publicBlock: Check = {
  id: 'aws-public-block',
  kind: 'bucket',
  severity: 'low',
  mend: 'Open S3, Block Public Access settings for this account, and switch all four on; leave it off only if a website is served from a bucket directly.',
  // Where each bucket is locked by itself, or open on purpose, the lock above them changes nothing;
  // one that is open already is told of by itself.
  find: (item, { items }) =>
    item.facts.account_wide &&
    item.facts.public_access_block === false &&
    items('bucket').some(
      (b) =>
        sameAccount(b, item) &&
        !b.facts.account_wide &&
        b.facts.public_access_block === false &&
        b.facts.public !== true &&
        !isMeantOpen(b),
    )
      ? `One wrong click can open a bucket to the internet: ${account(item)} does not block public access as a whole`
      : null,
}

const publicSnapshot: Check = {
  id: 'aws-public-snapshot',
  kind: 'snapshot',
  severity: 'high',
  mend: 'Open EC2, Snapshots or AMIs, this one, Modify permissions, and choose Private; then change every password and key that was on the disk.',
  find({ name, facts }) {
    if (facts.public !== true) return null
    const what = facts.type === 'image' ? 'machine image' : 'disk snapshot'
    return `Anybody with an AWS account can copy the ${what} ${name} in ${facts.region} and read all that is on it`
  },
}

const noTrail: Check = {
  id: 'aws-no-trail',
  kind: 'trail',
  severity: 'critical',
  mend: 'Open CloudTrail, Trails, Create trail, and let it cover all Regions with log file validation on.',
  find: (item) =>
    item.facts.account_wide && item.facts.trails === 0
      ? `Nothing keeps a record of what is done in ${account(item)}: there is no trail, and AWS itself forgets after 90 days`
      : null,
}

const trailsBeside = (trail: Item, { items }: CheckContext): Item[] =>
  items('trail').filter(
    (t) => sameAccount(t, trail) && t.uid !== trail.uid && !t.facts.account_wide,
  )

const covers = (trail: Item) => trail.facts.logging === true && trail.facts.multi_region === true

const stoppedTrail: Check = {
  id: 'aws-trail-stopped',
  kind: 'trail',
  severity: 'critical',
  mend: 'Find out who stopped it, then open CloudTrail, Trails, this trail, and choose Start logging; delete it if another one took its place.',
  find(trail, context) {
    if (trail.facts.account_wide || trail.facts.logging !== false) return null
    const isCovered = trailsBeside(trail, context).some(covers)
    return {
      text: isCovered
        ? `The trail ${trail.name} of ${account(trail)} is stopped; another one still records`
        : `The trail ${trail.name} of ${account(trail)} is stopped: what is done there is no longer recorded`,
      severity: isCovered ? 'medium' : 'critical',
    }
  },
}

const narrowTrail: Check = {
  id: 'aws-trail-one-region',
  kind: 'trail',
  severity: 'medium',
  mend: 'Open CloudTrail, Trails, this trail, Edit, and let it apply to all Regions.',
  find: (trail, context) =>
    trail.facts.logging === true &&
    trail.facts.multi_region === false &&
    !trailsBeside(trail, context).some(covers)
      ? `The trail ${trail.name} records ${trail.facts.home_region} only: an intruder in another Region is not seen`
      : null,
}

const loneTrail: Check = {
  id: 'aws-trail-validation',
  kind: 'trail',
  severity: 'medium',
  mend: 'Open CloudTrail, Trails, this trail, Edit, and switch Log file validation on.',
  find: (trail, context) =>
    trail.facts.logging === true &&
    trail.facts.validation === false &&
    !trailsBeside(trail, context).some((t) => covers(t) && t.facts.validation === true)
      ? `The files of the trail ${trail.name} are not sealed: whoever can write to its bucket can change what was recorded`
      : null,
}

/** What lies open in an AWS account, and whether anybody would know. */
export const awsDataChecks: readonly Check[] = [
  publicBucket,
  publicBlock,
  publicSnapshot,
  noTrail,
  stoppedTrail,
  narrowTrail,
  loneTrail,
]
