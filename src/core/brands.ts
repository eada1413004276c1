/** Brands that strangers pretend to be: names as they stand in domains, and the real domains. */
export interface Brand {
  names: readonly string[]
  domains: readonly string[]
}

const lines = `
microsoft office365 o365 outlook onedrive sharepoint msoffice microsoft365 m365 teams: microsoft.com office.com office365.com microsoftonline.com live.com outlook.com sharepoint.com onedrive.com windows.com azure.com microsoft365.com microsoftonline-p.com hotmail.com msn.com skype.com bing.com linkedin.com xbox.com office.net azureedge.net cloud.microsoft
google gmail gsuite googledrive: google.com gmail.com googlemail.com youtube.com android.com goo.gl googleapis.com withgoogle.com googleusercontent.com gstatic.com g.co chromium.org google.dev
apple icloud itunes: apple.com icloud.com me.com mac.com itunes.com
amazon aws: amazon.com amazonaws.com awsapps.com awstrack.me aws.com amazon.jobs amazonses.com media-amazon.com amazon.science
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
openai chatgpt: openai.com chatgpt.com
anthropic: anthropic.com claude.ai
npm npmjs: npmjs.com npmjs.org
pypi: pypi.org
sendgrid twilio: sendgrid.com sendgrid.net twilio.com
wordpress: wordpress.com wordpress.org automattic.com
wix: wix.com
canva: canva.com
figma: figma.com
asana: asana.com
monday: monday.com
zendesk: zendesk.com
freshbooks: freshbooks.com
sage: sage.com
datev: datev.de
zucchetti: zucchetti.it zucchetti.com
locaweb: locaweb.com.br
aruba: aruba.it
tiktok: tiktok.com
youtube: youtube.com
snapchat: snapchat.com
pinterest: pinterest.com
telegram: telegram.org
discord: discord.com discordapp.com
steam: steampowered.com steamcommunity.com
roblox: roblox.com
etsy: etsy.com
aliexpress alibaba: aliexpress.com alibaba.com
wayfair: wayfair.com
tesco: tesco.com
sainsburys: sainsburys.co.uk
costa: costa.co.uk
ikea: ikea.com ikea.de
lidl: lidl.de lidl.com lidl.co.uk
aldi: aldi.de aldi.com aldi.co.uk
otto: otto.de
zalando: zalando.de zalando.com
bol: bol.com
marktplaats: marktplaats.nl
allegro: allegro.pl
olx: olx.pl olx.pt olx.com
kleinanzeigen: kleinanzeigen.de
leboncoin: leboncoin.fr
mercadolibre mercadolivre mercadopago: mercadolibre.com mercadolivre.com.br mercadopago.com
rakuten: rakuten.co.jp rakuten.com
inpost: inpost.pl
bpost: bpost.be
postnord: postnord.se postnord.dk postnord.no
gls: gls-group.eu gls-group.com gls-pakete.de
tnt: tnt.com
maersk: maersk.com
colissimo mondialrelay: laposte.fr colissimo.fr mondialrelay.fr
correios ctt: correios.com.br ctt.pt
poste posteitaliane: poste.it posteitaliane.it
brt: brt.it
abnamro: abnamro.nl abnamro.com
kbc: kbc.be kbc.com
belfius: belfius.be
sabadell: bancsabadell.com bancosabadell.com sabadell.com
nordea: nordea.com nordea.se nordea.fi nordea.dk nordea.no
danskebank: danskebank.com danskebank.dk
dnb: dnb.no
swedbank: swedbank.se swedbank.com
handelsbanken: handelsbanken.se handelsbanken.com
bankid: bankid.com bankid.no
itau bradesco nubank: itau.com.br bradesco.com.br nubank.com.br
csas: csas.cz
mbank pkobp: mbank.pl pkobp.pl
usbank: usbank.com
pnc: pnc.com
monzo: monzo.com
starling: starlingbank.com
kpn ziggo: kpn.com kpn.nl ziggo.nl
proximus: proximus.be
orange: orange.fr orange.com orange.es
sfr: sfr.fr
movistar telefonica: movistar.es telefonica.com
telia telenor: telia.com telia.se telenor.com telenor.no telenor.se
verizon: verizon.com
tmobile: t-mobile.com
comcast xfinity: comcast.com comcast.net xfinity.com
hmrc: gov.uk
irs: irs.gov
dvla: gov.uk
elster finanzamt: elster.de
ameli: ameli.fr
impots antai: impots.gouv.fr antai.gouv.fr gouv.fr
agenziaentrate inps spid: agenziaentrate.gov.it inps.it gov.it
digid belastingdienst: digid.nl belastingdienst.nl
aeat dgt: agenciatributaria.gob.es dgt.es dgt.gob.es
skatteverket: skatteverket.se
ksef: gov.pl
eztoll ezpass: e-zpassny.com ezpassnj.com
paychex: paychex.com
`

/** Names that are also everyday words: in a domain they only count beside a word of lure. */
const everyday = new Set(
  `teams outlook apple amazon square chase target zoom oracle booking wise stripe slack notion kraken
  hermes norton adobe trello sage monday costa orange starling otto steam discord canva asana aruba
  poste ups ing gusto wix bol lidl dpd adp aws citi docker salesforce santander telegram pinterest
  xero n26 gls tnt brt ctt dnb kbc pnc sfr irs npm`.split(/\s+/),
)

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

/** Whether a brand's name says by itself who is meant. */
export const isDistinctive = (name: string): boolean => name.length >= 4 && !everyday.has(name)

/** Endings that only governments and the brands themselves can register under. */
const reserved =
  /(?:^|\.)(?:(?:gov|gouv|gob|mil|govt|admin)(?:\.[a-z]{2})?|google|apple|aws|microsoft|amazon)$/

/** Whether a registrable domain belongs to one of the brands, or to a government. */
export const isBrandDomain = (domain: string): boolean =>
  owned.has(domain) || worldwide.test(domain) || reserved.test(domain)
