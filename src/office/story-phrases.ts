/** A lure for somebody's password: brand, its real domain, sender, subject, text, shown link. */
export interface Lure {
  brand: string
  /** Label that the false domain imitates; null means the company's own. */
  label: string | null
  name: string
  subject: string
  text: string
  button: string
}

export const lures: readonly Lure[] = [
  {
    brand: 'GitHub',
    label: 'github',
    name: 'GitHub Security',
    subject: 'Action required: your access to {slug}/{service} will be suspended',
    text: 'Hi {handle},\n\nwe could not confirm the two-factor settings of your account. To keep access to {slug}/{service}, sign in and confirm your password within {12|24|48} hours. Accounts that are not confirmed will be suspended.',
    button: 'Verify your account',
  },
  {
    brand: 'AWS',
    label: 'aws-amazon',
    name: 'Amazon Web Services',
    subject: 'Unusual sign-in to your AWS account - verify your identity',
    text: 'Dear customer,\n\na sign-in from a new device was blocked. Your console access is limited until you verify your identity. Please log in with your user name and password {today|within 24 hours} to lift the limit.',
    button: 'Log in to verify',
  },
  {
    brand: 'Slack',
    label: 'slack',
    name: 'Slack Team',
    subject: 'Your {company} workspace session has expired',
    text: 'Hello {first},\n\nyour session in the {company} workspace has expired because of a security update. Sign in again with your password {before the end of the day|within 12 hours}, or your account will be deactivated.',
    button: 'Sign in to Slack',
  },
  {
    brand: 'Google Workspace',
    label: 'google-workspace',
    name: 'Google Workspace Support',
    subject: 'Your password for {address} expires today',
    text: '{first},\n\nthe password of {address} expires today. To keep your current password, confirm it on the page below. If you do nothing, incoming mail will be held back.',
    button: 'Keep my password',
  },
  {
    brand: 'Cloudflare',
    label: 'cloudflare',
    name: 'Cloudflare Notifications',
    subject: '[Urgent] {domain} will be removed from your account',
    text: 'Hello,\n\nwe were unable to verify the owner of {domain}. Please log in and confirm your account password within {24|36} hours. Otherwise the zone is removed and the site goes offline.',
    button: 'Confirm ownership',
  },
  {
    brand: 'npm',
    label: 'npmjs',
    name: 'npm Support',
    subject: 'Update your two-factor login before {Thursday|Friday}',
    text: 'Hi {handle}!\n\nyour two-factor credentials are more than 12 months old. Accounts with old credentials will be locked. Please sign in and update your password and login now.',
    button: 'Update login',
  },
  {
    brand: 'company',
    label: null,
    name: '{company} IT Desk',
    subject: 'Mandatory: confirm your {company} login',
    text: 'Dear {first},\n\nwe are moving all mailboxes of {company} to the new single sign-on tonight. Please log in once with your current password so that yours is moved as well. Accounts not confirmed until {16|17}:00 will be locked.',
    button: 'Confirm login',
  },
]

/** How somebody in a hurry puts a key into a channel. */
export const pastes: readonly string[] = [
  "{anyone|who} can run the {service} export for me? my laptop refuses. here's the key so you don't have to ask:\n```AWS_ACCESS_KEY_ID={id}\nAWS_SECRET_ACCESS_KEY={secret}```",
  'for the {service} script, put this in your .env:\n```\nAWS_ACCESS_KEY_ID={id}\nAWS_SECRET_ACCESS_KEY={secret}\nAWS_DEFAULT_REGION={region}\n```',
  'the importer works with these, tested just now. aws_access_key_id = {id} aws_secret_access_key = {secret} {🙂|(will change them later)}',
  'sorry for the mess, quick fix for {service}, my ~/.aws/credentials:\n```[default]\naws_access_key_id = {id}\naws_secret_access_key = {secret}```',
  'staging is down because of the wrong key. Correct one: {id} and the secret is aws_secret_access_key={secret}, restarting {service} now',
  'here is what I use for {feature}: `export AWS_ACCESS_KEY_ID={id}` `export AWS_SECRET_ACCESS_KEY={secret}`',
  '{service} config that works on my machine:\n```region: {region}\naccess_key_id: {id}\naws_secret_access_key: "{secret}"\nretries: 3```',
]

/** What a colleague answers who does not see the harm. */
export const pasteAnswers: readonly string[] = [
  'thanks, that did it',
  'running now',
  'works here too',
  'cheers! {five|ten} minutes',
  'got it, export is running',
]

/** False money mails in a colleague's name: subject and text. */
export const ownerFrauds: readonly [string, string][] = [
  [
    'Quick request',
    'Hi {to},\n\nI am in a meeting all morning and can not take calls. I need {four|five|six} gift cards of {100|200} {currency} each for a customer before noon. Please buy them with your card, scratch off the codes and send me photos of them here. I will pay you back today. Keep it between us, it is a surprise.\n\n{name}\nSent from my phone',
  ],
  [
    'Are you at your desk?',
    'Hello {to},\n\nplease get {5|8|10} Apple gift cards (100 {currency} each) from the shop next door, it is for {customer} and urgent. Send me the card codes by reply, do not call, I am with them right now.\n\nThanks\n{name}',
  ],
  [
    'My salary account',
    'Hi {to},\n\nI have changed my bank. Please update my bank details for the payroll of this month, the new account is {iban}. Can you confirm today that the change is done? My phone is broken, so mail only please.\n\n{name}',
  ],
  [
    'Confidential payment',
    'Dear {to},\n\nwe are closing a purchase that nobody knows of yet. I need you to make a wire transfer of {14-48}.{100-900},00 {currency} today to the new bank account {iban}. The contract follows. Please treat this as strictly confidential and do not speak to anybody about it.\n\n{name}',
  ],
]

/** False money mails in a supplier's name: subject and text. */
export const supplierFrauds: readonly [string, string][] = [
  [
    'Change of our bank details',
    'Dear {to},\n\nplease note that our bank details have changed because of an audit. Payments for {supplies}, also for open invoices, should from now on only go to our new account:\n\n{supplier}\n{iban}\n\nKindly confirm that you have updated your records.\n\n{name}',
  ],
  [
    'Invoice {number} - new bank account',
    'Hello {to},\n\nour old bank account has been closed. We kindly ask you to pay invoice {number} to the new bank account {iban} today, to avoid late fees. Please disregard the details on the earlier invoice.\n\nBest regards\n{name}\n{supplier}',
  ],
  [
    'Updated remittance information',
    'Dear {to},\n\nas of this week we have moved to another bank. Please update our bank details in your system and send the next payment for {supplies} to {iban}. A signed letter is attached. Our phone line is being moved as well, so please reply by mail.\n\n{name}\n{supplier}, accounts receivable',
  ],
]
