/** Brands that strangers pretend to be: names as they stand in domains, and the real domains. */
export interface Brand {
  names: readonly string[]
  domains: readonly string[]
}

const lines = `
microsoft office365 o365 outlook onedrive sharepoint msoffice microsoft365 m365 teams: microsoft.com office.com office365.com microsoftonline.com live.com outlook.com sharepoint.com onedrive.com windows.com azure.com microsoft365.com microsoftonline-p.com hotmail.com msn.com skype.com bing.com linkedin.com xbox.com office.net azureedge.net cloud.microsoft
google gmail gsuite googledrive: google.com gmail.com googlemail.com youtube.com android.com goo.gl googleapis.com withgoogle.com googleusercontent.com gstatic.com g.co chromium.org google.dev
apple icloud itunes: apple.com icloud.com me.com mac.com itunes.com
amazon aws: amazon.com amazonaws.com awsapps.com awstrack.me aws amazon.jobs amazonses.com media-amazon.com amazon.science
paypal: paypal.com paypal.me paypal-communication.com paypal-community.com paypalobjects.com paypal-notification.com
docusign: docusign.com docusign.net
dropbox: dropbox.com dropboxmail.com dropboxusercontent.com dropbox.tech hellosign.com
adobe acrobat: adobe.com adobesign.com acrobat.com echosign.com adobe.io behance.net
slack: slack.com slack-edge.com slackb.com slack-mail.com slack.dev
github: github.com github.io githubusercontent.com githubapp.com github.blog
gitlab: gitlab.com gitlab.io
zoom: zoom.us zoom.com zoomgov.com
docker: docker.com docker.io
stripe: stripe.com stripe.network
shopify: shopify.com myshopify.com shopifyemail.com
square: squareup.com square.com squarespace.com
quickbooks intuit turbotax mailchimp: intuit.com quickbooks.com turbotax.com mailchimp.com mailchi.mp mcsv.net
xero: xero.com
salesforce: salesforce.com force.com exacttarget.com
hubspot: hubspot.com hubspotemail.net hs-sites.com
notion: notion.so notion.com notion.site makenotion.com
atlassian jira confluence trello: atlassian.com atlassian.net trello.com jira.com bitbucket.org
cloudflare: cloudflare.com pages.dev workers.dev
godaddy: godaddy.com secureserver.net
namecheap: namecheap.com
okta: okta.com oktapreview.com
lastpass: lastpass.com
1password: 1password.com 1password.eu 1password.ca
bitwarden: bitwarden.com bitwarden.eu
facebook instagram whatsapp: facebook.com facebookmail.com instagram.com meta.com fb.com whatsapp.com whatsapp.net messenger.com
linkedin: linkedin.com licdn.com
twitter: twitter.com x.com
netflix: netflix.com
spotify: spotify.com
ebay: ebay.com ebay.de ebay.co.uk ebay.fr
dhl: dhl.com dhl.de deutschepost.de dhlparcel.nl dhl-news.com
ups: ups.com
fedex: fedex.com
usps: usps.com
dpd: dpd.com dpd.de dpd.co.uk dpdgroup.com
hermes: myhermes.de hermesworld.com evri.com hermes.com
correos: correos.es correos.com
laposte chronopost: laposte.fr laposte.net chronopost.fr
postnl: postnl.nl postnl.be
royalmail: royalmail.com
swisspost: post.ch
chase jpmorgan: chase.com jpmorgan.com jpmorganchase.com
wellsfargo: wellsfargo.com
bankofamerica: bankofamerica.com bofa.com
citibank: citi.com citibank.com
capitalone: capitalone.com
americanexpress amex: americanexpress.com aexp.com
hsbc: hsbc.com hsbc.co.uk
barclays: barclays.com barclays.co.uk
lloyds: lloydsbank.co.uk lloydsbank.com
natwest: natwest.com
santander: santander.com santander.es santander.co.uk
bbva: bbva.com bbva.es
caixabank: caixabank.es caixabank.com
ing: ing.com ing.de ing.nl ing.es
rabobank: rabobank.nl rabobank.com
sparkasse: sparkasse.de
commerzbank: commerzbank.de commerzbank.com
deutschebank: db.com deutsche-bank.de
postbank: postbank.de
intesasanpaolo: intesasanpaolo.com
unicredit: unicredit.it unicredit.eu
creditagricole: credit-agricole.fr
bnpparibas: bnpparibas.com bnpparibas.fr mabanque.bnpparibas
societegenerale: societegenerale.fr societegenerale.com
revolut: revolut.com
wise: wise.com transferwise.com
n26: n26.com
klarna: klarna.com
coinbase: coinbase.com
binance: binance.com
kraken: kraken.com
metamask: metamask.io
zillow: zillow.com
airbnb: airbnb.com airbnbmail.com
booking: booking.com
vodafone: vodafone.com vodafone.de vodafone.co.uk vodafone.it vodafone.es
telekom: telekom.de telekom.com t-online.de
ionos: ionos.com ionos.de ionos.fr ionos.es ionos.co.uk 1und1.de
strato: strato.de
ovh ovhcloud: ovh.com ovh.net ovhcloud.com
hetzner: hetzner.com hetzner.de
webex: webex.com
cisco: cisco.com
oracle: oracle.com
norton: norton.com
mcafee: mcafee.com
geeksquad bestbuy: geeksquad.com bestbuy.com
walmart: walmart.com
costco: costco.com
gusto: gusto.com
adp: adp.com
paychex: paychex.com
`

/** The brands known here. */
export const brands: readonly Brand[] = lines
  .trim()
  .split('\n')
  .map((line) => {
    const [names = '', domains = ''] = line.split(': ')
    return { names: names.split(' '), domains: domains.split(' ') }
  })

const owned = new Set(brands.flatMap((b) => b.domains))
/** Country domains of world-wide brands: `amazon.de`, `google.co.jp`. */
const worldwide =
  /^(?:amazon|google|apple|microsoft|ebay|paypal|dhl|ups|fedex|dpd|netflix|vodafone|santander|hsbc|ing|booking|airbnb|revolut|wise)\.(?:[a-z]{2}|com?\.[a-z]{2})$/

/** Whether a registrable domain belongs to one of the brands. */
export const isBrandDomain = (domain: string): boolean =>
  owned.has(domain) ||
  worldwide.test(domain) ||
  /\.(?:google|apple|aws|microsoft|amazon)$/.test(domain)
