/** Domains that so many strangers share that meeting one twice means nothing. */
const shared = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com
  me.com mac.com aol.com gmx.de gmx.net gmx.com web.de t-online.de freenet.de mail.com proton.me
  protonmail.com pm.me fastmail.com zoho.com yandex.ru yandex.com mail.ru qq.com 163.com 126.com
  naver.com orange.fr wanadoo.fr free.fr laposte.net libero.it virgilio.it uol.com.br terra.com.br
  google.com youtube.com microsoft.com office.com sharepoint.com onedrive.com apple.com amazon.com
  amazonaws.com aws.amazon.com github.com gitlab.com bitbucket.org atlassian.net slack.com zoom.us
  dropbox.com docusign.net linkedin.com facebook.com instagram.com x.com wikipedia.org
  stackoverflow.com notion.so figma.com stripe.com paypal.com`.split(/\s+/),
)

/** Free mail, and sites that everybody links to. */
export const isSharedDomain = (domain: string): boolean => shared.has(domain)
