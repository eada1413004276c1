import type { Job } from './people.ts'

/** A service that writes by machine: who, to whom, what; `link` is shown text and address. */
export interface Notice {
  from: [name: string, address: string]
  to: Job[]
  subject: string
  text: string
  link?: [text: string, href: string]
  files?: string[]
  label?: string
}

const tech: Job[] = ['lead', 'engineer', 'remote', 'ops']
const money: Job[] = ['finance', 'owner']
const all: Job[] = ['owner', 'office', 'finance', 'sales', 'support', 'lead', 'engineer']
const github: [string, string] = ['GitHub', 'noreply@github.com']
const updates = 'CATEGORY_UPDATES'

/** Notices, receipts and reminders of services that small firms use. */
export const notices: readonly Notice[] = [
  {
    from: github,
    to: tech,
    subject: '[GitHub] A third-party OAuth application was authorized',
    text: 'Hi {first},\n\nThe application Linear was given access to your account with read:user scope. If you did this yourself, there is nothing left to do. Otherwise you can take the access back in your settings.',
    link: ['Review your applications', 'https://github.com/settings/applications'],
    label: updates,
  },
  {
    from: ['{colleague}', 'notifications@github.com'],
    to: tech,
    subject: 'Re: [{slug}/{service}] {feature} (PR #{pr})',
    text: '@{handle} {approved this pull request.|commented on this pull request.}\n\n{One small thing in the second commit, otherwise good.|Looks good to me, please squash.|Could we keep the old name for one release? Mobile still uses it.}\n\n--\nYou are receiving this because your review was requested.',
    link: ['View it on GitHub', 'https://github.com/{slug}/{service}/pull/{pr}'],
    label: updates,
  },
  {
    from: ['{colleague}', 'notifications@github.com'],
    to: tech,
    subject: '[{slug}/{service}] {feature} shows the wrong {total|day|unit} (Issue #{pr})',
    text: '{Steps: open it twice, go back once, look at the number.|Only with more than {20-90} rows.|Seen by {customer} on an old tablet.}\n\nExpected: the right one. Actual: the one before.\n\n--\nReply to this email directly or unsubscribe.',
    link: ['View it on GitHub', 'https://github.com/{slug}/{service}/issues/{pr}'],
    label: updates,
  },
  {
    from: ['GitHub', 'noreply@github.com'],
    to: tech,
    subject: '[{slug}/{service}] Dependabot found {1-4} new alerts',
    text: 'New alerts in {slug}/{service}:\n\n- {moderate|low}: {semver|tough-cookie|nanoid} {1-6}.{0-9}.{0-9}, fixed upstream\n\nUpdates are being prepared as pull requests.',
    link: ['See all alerts', 'https://github.com/{slug}/{service}/security/dependabot'],
    label: updates,
  },
  {
    from: ['Amazon Web Services', 'no-reply-aws@amazon.com'],
    to: ['lead', 'ops', 'owner'],
    subject: 'Amazon EC2 maintenance notification for your account',
    text: 'Hello,\n\nOne of the hosts your instances run on will be retired. Instances that are stopped and started before the end of the month move by themselves. There is no urgent action.\n\nAmazon Web Services',
    link: ['Open the health dashboard', 'https://health.aws.amazon.com/health/home'],
    label: updates,
  },
  {
    from: ['AWS Budgets', 'no-reply@budgets.amazonaws.com'],
    to: ['lead', 'finance'],
    subject: 'AWS Budgets: monthly-total has reached {60-84}% of its amount',
    text: 'Dear AWS customer,\n\nThe budget monthly-total has passed the alert you set. Actual: USD {200-900}.{10-99}. Forecast: USD {1000-1400}.{10-99}.',
    link: ['Go to AWS Budgets', 'https://console.aws.amazon.com/billing/home#/budgets'],
    label: updates,
  },
  {
    from: ['Google', 'no-reply@accounts.google.com'],
    to: all,
    subject: 'Security alert',
    text: 'New sign-in on {Mac|Windows|iPhone}\n\n{address}\n\nWe noticed a new sign-in to your Google Account. If this was you, you do not need to do anything. If not, we will help you secure your account.',
    link: [
      'Check activity',
      'https://accounts.google.com/AccountChooser?continue=https://myaccount.google.com/notifications',
    ],
    label: updates,
  },
  {
    from: ['{colleague} (via Google Drive)', 'drive-shares-dm-noreply@google.com'],
    to: all,
    subject: 'Spreadsheet shared with you: "{good} 2026"',
    text: '{colleague} shared a spreadsheet with you.\n\n{good} 2026',
    link: ['Open in Sheets', 'https://docs.google.com/spreadsheets/d/{docid}/edit?usp=sharing'],
  },
  {
    from: ['Google Workspace', 'workspace-noreply@google.com'],
    to: ['owner', 'office'],
    subject: 'Your storage report for {company}',
    text: 'Your organisation uses {40-88}% of its pooled storage. {3-9} files of more than 1 GB were added in the last 30 days.',
    link: ['See the report', 'https://admin.google.com/ac/storage'],
    label: updates,
  },
  {
    from: ['Slack', 'feedback@slack.com'],
    to: all,
    subject: '[Slack] {2-14} unread messages while you were away',
    text: 'Hi {first}, here is what happened in the {company} workspace since yesterday: {2-9} mentions, {1-4} new threads.',
    link: ['Open Slack', 'https://{slug}.slack.com/'],
    label: updates,
  },
  {
    from: ['Stripe', 'notifications@stripe.com'],
    to: money,
    subject: 'Your payout of {currency}{1200-9800}.{10-99} is on the way',
    text: 'A payout to your bank account ending in {1000-9999} was started. It should arrive within two working days. {14-90} charges, {0-3} refunds.',
    link: ['View payout', 'https://dashboard.stripe.com/payouts'],
    label: updates,
  },
  {
    from: ['Stripe', 'receipts+acct@stripe.com'],
    to: money,
    subject: 'Your receipt from {Plausible|Fathom|Postmark} #{1000-9999}-{1000-9999}',
    text: 'Amount paid: USD {9-90}.00\nDate paid: this month\nPayment method: card ending in {1000-9999}\n\nThe receipt is attached.',
    files: ['Receipt-{1000-9999}.pdf'],
    label: updates,
  },
  {
    from: ['Figma', 'no-reply@email.figma.com'],
    to: ['designer', 'lead', 'owner', 'engineer'],
    subject: '{colleague} commented in "{feature}"',
    text: '{colleague}: "{could this be one line?|love this|the blue is not our blue}"\n\nIn the file {feature}, page {Flows|Drafts}.',
    link: ['Open comment', 'https://www.figma.com/design/{docid}/{slug}?comment={100-999}'],
    label: updates,
  },
  {
    from: ['Notion Team', 'notify@mail.notion.so'],
    to: all,
    subject: '{colleague} edited "Handbook"',
    text: '{colleague} made {2-9} changes in the handbook. You follow this page.',
    link: ['See what changed', 'https://www.notion.so/{slug}/{docid}'],
    label: updates,
  },
  {
    from: ['Zoom', 'no-reply@zoom.us'],
    to: ['sales', 'owner', 'support'],
    subject: 'Cloud recording - {customer} demo is now available',
    text: 'Hi {first},\n\nYour cloud recording is now available. For host only; share it with the link in your account.',
    link: ['View recording', 'https://us02web.zoom.us/recording/management'],
    label: updates,
  },
  {
    from: ['{colleague} via Docusign', 'dse@docusign.net'],
    to: ['owner', 'sales', 'office'],
    subject: 'Completed: Please sign {agreement|order form} {customer}',
    text: 'Your document has been completed. All parties have signed {the agreement|the order form} with {customer}.',
    link: ['View completed document', 'https://www.docusign.net/Member/EmailStart.aspx'],
    label: updates,
  },
  {
    from: ['Xero', 'messaging-service@post.xero.com'],
    to: ['finance'],
    subject: '{few} bank lines are waiting to be reconciled',
    text: 'Hi {first},\n\n{few} statement lines of your main account have no match yet. The oldest is four days old.',
    link: ['Reconcile', 'https://go.xero.com/Bank/BankAccounts.aspx'],
    label: updates,
  },
  {
    from: ['npm', 'support@npmjs.com'],
    to: tech,
    subject: 'Successfully published @{slug}/{service}-client@{1-6}.{0-30}.{0-9}',
    text: 'Hi {handle}!\n\nA new version of the package @{slug}/{service}-client was published by {handle}. If you did not do this, tell us.',
    link: ['Package page', 'https://www.npmjs.com/package/@{slug}/{service}-client'],
    label: updates,
  },
  {
    from: ['Cloudflare', 'noreply@notify.cloudflare.com'],
    to: ['lead', 'ops'],
    subject: 'Your certificate for {domain} was renewed',
    text: 'The Universal SSL certificate of {domain} was renewed and is valid for another 90 days. No action is needed.',
    link: ['Open dashboard', 'https://dash.cloudflare.com/'],
    label: updates,
  },
  {
    from: ['Sentry', 'noreply@md.getsentry.com'],
    to: tech,
    subject: '{SERVICE}-{10-99} TypeError: Cannot read properties of undefined',
    text: 'New issue in {service}, environment production.\n\nTypeError: Cannot read properties of undefined (reading "{rows|total|name}")\n  at render ({feature})\n\n{2-40} events, {1-9} users.',
    link: ['View on Sentry', 'https://{slug}.sentry.io/issues/{100000-999999}/'],
    label: updates,
  },
  {
    from: ['HubSpot', 'noreply@notifications.hubspot.com'],
    to: ['sales'],
    subject: '{contact} opened your mail',
    text: '{contact} ({customer}) opened "Our offer" {2-5} times in the last day.',
    link: ['See the timeline', 'https://app.hubspot.com/contacts/'],
    label: updates,
  },
  {
    from: ['DHL Express', 'noreply@dhl.com'],
    to: ['office', 'support'],
    subject: 'Your shipment {1000000000-9999999999} is out for delivery',
    text: 'Your shipment is on the van and comes today between 10:00 and 13:00. No signature is needed.',
    link: ['Track shipment', 'https://www.dhl.com/en/express/tracking.html'],
    label: updates,
  },
  {
    from: ['LinkedIn', 'messages-noreply@linkedin.com'],
    to: all,
    subject: '{contact} sent you a message',
    text: '{first}, {contact} sent you a message. "{Nice talking to you at the fair|Congratulations on the new product}"',
    link: ['View message', 'https://www.linkedin.com/messaging/'],
    label: 'CATEGORY_SOCIAL',
  },
  {
    from: ['Calendly', 'notifications@calendly.com'],
    to: ['sales', 'support'],
    subject: 'New event: {contact} - {15|30} minute call',
    text: 'Hi {first},\n\nA new event has been scheduled.\n\nInvitee: {contact}\nQuestions: how does {feature} work with more than one site?',
    link: ['View event', 'https://calendly.com/app/scheduled_events'],
    label: updates,
  },
  {
    from: ['1Password', 'hello@1password.com'],
    to: ['owner', 'lead', 'ops'],
    subject: 'New sign-in to your 1Password account from {Firefox|Chrome}',
    text: 'Hi {first},\n\nYour account was used on a new browser. It asked for your secret key and your password. If this was you, you can ignore this mail.',
    label: updates,
  },
  {
    from: ['Dropbox', 'no-reply@dropbox.com'],
    to: ['designer', 'sales', 'office', 'support'],
    subject: '{contact} shared "{good} photos" with you',
    text: 'Hi {first},\n\n{contact} invited you to view the folder "{good} photos" on Dropbox.',
    link: ['Go to folder', 'https://www.dropbox.com/scl/fo/{docid}'],
  },
]
