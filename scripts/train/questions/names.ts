/** Word lists that values of questions are made of; made up, and by many cultures. */

const words = (text: string): string[] => text.trim().split(/\s+/)

/** First names. */
export const first = words(`
Abena Adaeze Aigerim Ailbhe Aino Akosua Alejandra Amadou Anahit Andrej Anneli Anouk Aroha Arvid Ayaan
Aylin Azadeh Baptiste Berit Bogdan Branka Caspian Catriona Chiara Chinwe Cillian Citlali Dagmar Damir
Darija Davit Delphine Demba Dimitra Duc Ebba Efua Eirik Elif Enzo Esperanza Eun-ji Fabrizio Farzana Fatou
Fernanda Fiadh Florin Freja Gabor Ghita Giulia Goran Greta Gulnara Hakan Halima Haruto Hedda Henrike Hoang
Ibrahima Ilse Imani Indira Ioana Isidora Itsuki Ivar Jadwiga Jasper Jelena Jiho Jocasta Jorun Kahu Kaito
Kalinda Karolina Katya Kenyatta Khadija Kirill Kwame Laszlo Leandro Leilani Linnea Lorcan Lubna Ludvik
Maarten Mahlet Maia Malik Manaia Mandla Maribel Mateja Melis Mihaela Milos Mirela Moana Nadezhda Nalini
Narges Nasrin Neema Nguyet Niamh Nikos Nomvula Nour Odile Olamide Orsolya Osman Padma Paloma Parisa Pavlina
Petra Quang Rahel Ramiro Rania Rasmus Ritva Roisin Rostam Sabela Sakura Salome Samuel Santiago Sefa Senait
Shirin Sigrid Silvio Sina Siobhan Sizwe Soren Stavros Sunniva Svenja Tadeo Tamar Tariq Tendai Teodora Thabo
Thandeka Tiago Tomoko Tuva Ulla Umida Usha Valentina Varvara Vesna Vikram Viveka Wambui Wanjiru Xochitl
Yannick Yerlan Ylva Yohannes Yuto Zainab Zdenka Zeynep Zoran Zuri Ådne Åsa Émile Íñigo Óscar Özlem Øyvind
Şirin Živa Łucja Bob Kim Linda Steve Donna Gary Karen Phil Tracy Dave Paula Roger Claire Neil Joanne
`)

/** Last names. */
export const last = words(`
Abubakar Achterberg Adeleke Aguirre Ahlström Akintola Almeida Ansah Aparicio Arslan Asante Baranov Barzani
Beaumont Bekele Benali Berglund Bielak Bondarenko Bouchard Caruso Castellanos Çelik Chaudhry Chukwu Cisse
Cojocaru Costigan Cvetkova Dahlberg Darwish Demir Diallo Dlamini Donnelly Doyle Dragomir Egede Eriksen Esposito
Fairweather Fernando Ferrante Fitzgerald Fofana Gallagher Ghosh Gjonaj Golding Grünwald Gunawardena Hadjiev
Hakimi Halvorsen Hamdan Hendry Horvath Hossain Ibanez Iliescu Ivanova Jankovic Jaramillo Kaplan Kariuki Keita
Kimathi Kirchner Kobayashi Koskinen Krasniqi Kurtz Lachance Laurent Lebedev Lindqvist Lombardi Macleod Maduro
Mahlangu Makarov Marchetti Matsuda Mbeki Mehta Mensink Mihailov Molina Mokoena Moreau Mutasa Mwangi Nakagawa
Navarro Nguyen Nikolaidis Nyambura O'Sullivan Obradovic Odhiambo Okeke Olsson Ortega Osei-Bonsu Özdemir Pärn
Papadakis Patel Pereira Petrosyan Pham Popescu Quispe Rahman Rasmussen Rautio Reyes Ricci Rinaldi Roux
Saarinen Sahin Sandhu Santoro Schreiber Sesay Shapiro Shevchenko Silva Sithole Sokolov Soto Stoica Strand
Suzuki Szabo Takahashi Tembo Thorvaldsen Toivonen Traore Trujillo Tshabalala Valdés Van-Damme Varga Vidal
Vukovic Wachira Weber Wiśniewski Yamamoto Yılmaz Zapata Zeleke Zubair Zulu Baker Turner Cole Hughes Price
`)

/** What a colleague is called besides their name. */
export const jobs = words(`
accountant apprentice bookkeeper contractor controller designer developer driver florist intern janitor lawyer
nurse photographer planner receptionist recruiter salesman secretary technician teacher tester trainee
translator volunteer assistant caretaker chef cashier consultant cousin partner webmaster
`)

/** Halves of made-up companies, domains, channels, buckets and hosts. */
export const roots = words(`
amberfold ashlane barkwell birchmoor blueheron bramblegate brightfen cinderpath clovermill coldharbour
copperleaf cragwood dawnbridge deepwater driftmark eastferry elmstead fairmeadow fernhollow foxglove glenrush
goldfinch graywick greenstile hazelpoint heathrow-lane highbarrow ironvale juniper kitebrook larkspur limewash
longacre maplerow marlstone mistral moorgate-east nightjar northquay oakhurst orchard pebbleton pinewell
quarrybank ravensby redstart rivermouth rosefield rowantree saltmarsh sandpiper silverbeck slatefield
snowdrop springbok stonecrop sunmill swallowtail thornbury tidepool truehaven tumbleweed vinehall
wagtail waterlily westbourne whitethorn willowend windrose woodlark yarrowby
`)

/** Ends of made-up company and domain names. */
export const trades = words(`
advisory apparel bakery bikes books builders care catering clinic coffee cycles dental design diving
electric events farms fitness freight furniture gardens glass hotel joinery kitchens labs law legal
logistics media mobility music optics organics outdoor paints pets pharma plumbing pottery press print
produce properties robotics roofing sails schools seafood solar studio surveys tiles tours travel wines
`)

/** Senders' pretended brands and departments; made up. */
export const pretences = [
  ...[
    'Accounts Payable',
    'Parcel Desk',
    'Tax Refund Office',
    'Mailbox Support',
    'Payroll Services',
  ],
  ...[
    'Northlake Savings',
    'Customs Clearance',
    'Domain Renewals',
    'Benefits Portal',
    'Toll Collect',
  ],
  ...[
    'Meridian Trust Bank',
    'Visa Office',
    'Cloud Storage Team',
    'Voicemail Gateway',
    'Grant Office',
  ],
]

/** What mails and messages are about. */
export const topics = [
  ...['invoices', 'gift vouchers', 'wire transfer', 'bank account', 'payroll', 'bonus', 'refund'],
  ...[
    'password',
    'passwords',
    'crypto',
    'bitcoin',
    'salary',
    'contract',
    'delivery',
    'customs fee',
  ],
  ...['account suspended', 'verification code', 'new IBAN', 'urgent payment', 'overdue balance'],
  ...['shared document', 'voicemail', 'tax form', 'job offer', 'parcel', 'resignation', 'lawsuit'],
  ...['API token', 'staging password', 'client data', 'merger', 'audit', 'visa', 'insurance claim'],
  ...[
    'late fee',
    'direct deposit',
    'prize',
    'inheritance',
    'signature required',
    'security update',
  ],
  ...[
    'holiday rota',
    'price list',
    'supplier change',
    'door code',
    'wifi password',
    'confidential',
  ],
]

/** Subject lines of mails. */
export const subjects = [
  ...['Action needed: mailbox quota', 'Your parcel is on hold', 'Re: outstanding balance'],
  ...['Updated remittance details', 'New voice message (1)', 'You have been selected'],
  ...[
    'Final reminder',
    'Salary adjustment 2026',
    'Please sign: lease renewal',
    'Fwd: statement of account',
  ],
  ...['Unusual activity on your card', 'Quote 88172', 'Fatura em atraso', 'Rechnung 40917'],
  ...[
    'Confirm your identity',
    'Are you at your desk?',
    'Payment run Thursday',
    'Secure document waiting',
  ],
  ...['Re: Re: deposit', 'Contract draft v2', 'Subscription renewed', 'Order 7741 delayed'],
]

const stems = words(`
budget payroll_run holiday-plan customers suppliers price-list invoices salaries contracts minutes roadmap
inventory passwords offer tender blueprint floor-plan audit-notes tax-return board-deck staff-list menu
recipes donors members patients-index case-notes leads pipeline forecast timesheets handover onboarding
`)
const endings = words('xlsx pdf docx csv zip pptx ods sql txt dwg json png pst 7z')
const marks = [
  '',
  '',
  '_2026',
  '-2025',
  '_final',
  '_v2',
  '-draft',
  '_Q3',
  '_Q4',
  ' (copy)',
  '-export',
]
/** Parts of file names: stems, marks behind them, endings. */
export const files = { stems, endings, marks }

/** Folders and documents as people call them, without the generic noun. */
export const folders = [
  ...['Legal', 'Finance 2026', 'Bids', 'Marketing', 'Clients A-K', 'Photos', 'Board', 'Personnel'],
  ...['Site Plans', 'Donor Letters', 'Old Projects', 'Sales Decks', 'Grants', 'Lab Results'],
  ...['Purchasing', 'Warehouse', 'Insurance', 'Templates', 'Tenancy', 'Music Rights', 'Training'],
  ...[
    'Press Kit',
    'Archive 2024',
    'Wages',
    'Q4 Forecast',
    'Vendors',
    'R&D',
    'Vehicles',
    'Curriculum',
  ],
]

/** Third-party apps, bots and extensions; made up. */
export const apps = [
  ...[
    'PollPanda',
    'InboxZen',
    'Ledgerly',
    'MeetScribe',
    'FormFox',
    'TaskTurtle',
    'PDF Wizard Plus',
  ],
  ...['SignSwift', 'CalSync Pro', 'ShipMate', 'GrammarOwl', 'QuoteBuddy', 'TimeTally', 'ChatGlue'],
  ...[
    'Drive Sweeper',
    'LeadMagnet',
    'Snapnote',
    'KudosBot',
    'Expensio',
    'RotaRobot',
    'Mail Tracker 3000',
  ],
  ...[
    'DocuBridge',
    'SurveySnail',
    'Translate-It',
    'PixelPaste',
    'HR Pilot',
    'Backup Badger',
    'VaultView',
  ],
]

/** Policies, by the names clouds give them. */
export const policies = words(`
AllowUploadsOnly BackupWriters BillingReadOnly CiPushImages DataLakeRead DenyOldTls DenyPublicAcl
DeveloperBoundary EdgeFullAccess GuestWifi KmsAdmins LambdaBasics LogShipper MfaRequired PartnerUpload
ProdDeploy QueueConsumers ReportsRead S3Archive SandboxOnly SessionLength SsoDefault TableScan VpnUsers
`)
/** Groups and roles people are put into. */
export const groups = words(`
Auditors Billing-Admins Contractors DBA Deployers Drivers-Desk Editors Finance-Leads Helpdesk-L2 Moderators
NetAdmins Onboarding-Owners OpsOnCall Payroll-Team Power-Users Publishers Release-Managers SecurityReaders
Site-Owners SuperUsers TeamLeads Treasurers Vault-Keepers Warehouse-Admins
`)
/** Stems of cloud roles and service accounts. */
export const services = words(`
archiver billing-sync ci-builder crawler data-loader db-migrator edge-proxy exporter fleet-agent image-resizer
indexer invoice-bot job-runner log-forwarder metrics nightly-dump order-router packer patcher pdf-maker
queue-worker replicator search-feeder session-cache sms-gateway stock-sync tagger ticket-bot video-encoder
`)
/** Cloud roles in capitals. */
export const roles = words(`
AuditReader BatchWorker BuildPipeline CrossAccountSupport DataScience DbSnapshot EcsTask EmergencyAccess
FinanceReports GlueCrawler LambdaIngest MediaTranscode NetworkOps PartnerBridge QueueDrain SandboxAdmin
StagingDeploy SupportReadOnly TicketSync VpcBuilder
`)
/** Trails and logs that are tampered with. */
export const trails = words(`
audit-central cloud-audit-eu compliance-trail default-trail events-archive flowlogs-prod management-events
security-lake-feed trail-2 vpc-flow-main
`)
/** Log files of a server. */
export const logs = words('access.log cron.log dpkg.log kern.log mail.log boot.log vsftpd.log')
/** Secrets by name. */
export const secrets = words(`
app/session/key billing/api/token crm-webhook db/main/password erp/ftp/login geo-maps-key jwt-signing-key
ldap-bind prod/redis/auth push-cert rds/orders/master mail-relay-key smtp-relay sso/client/secret
staging/db/url tls/wildcard/key sms-relay-sid vault/unseal warehouse/etl/password
`)
/** AWS calls: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
export const calls = words(`
AttachRolePolicy AuthorizeSecurityGroupIngress BatchGetItem ConsoleLogin CreateFunction CreateLoginProfile
CreateSnapshot CreateStack DeleteDBInstance DescribeInstances GetObject GetSecretValue GetSessionToken
InvokeModel ListBuckets ListUsers ModifyInstanceAttribute PutBucketPolicy PutObject RunInstances
SendCommand StartInstances StopInstances UpdateAssumeRolePolicy UpdateFunctionCode
`)
/** Regions: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
export const regions = words(`
us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 eu-west-1 eu-west-2 eu-west-3 eu-north-1 eu-south-1
ap-south-1 ap-northeast-1 ap-northeast-2 ap-southeast-1 ap-east-1 me-south-1 af-south-1 il-central-1
`)
/** Machine types: https://aws.amazon.com/ec2/instance-types/ */
export const machines = words(
  'g4dn.xlarge g5.12xlarge p3.2xlarge t3.micro m5.large c6i.4xlarge inf2.xlarge',
)
/** What sign-ins come with. */
export const clients = words(
  'Firefox Chrome Safari Android iPad Linux Windows Thunderbird Tor okhttp Edge macOS',
)
/** Ports that are opened. */
export const ports = words(
  '22 23 25 53 80 443 445 1433 3306 5900 5985 6379 8080 8443 9200 11211 27017',
)
/** Programs whose lines stand in local logs. */
export const programs = words(
  'ssh sudo nginx vpn cron postfix docker dovecot apache samba openvpn fail2ban',
)
/** Kinds of attack that no activity names. */
export const harms = [
  ...['phishing', 'brute force', 'malware', 'ransomware', 'impersonation', 'account takeover'],
  ...[
    'credential stuffing',
    'crypto mining',
    'data theft',
    'spoofing',
    'smishing',
    'business email compromise',
  ],
]
