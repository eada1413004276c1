import { acquaintance, readableText } from '../core/mail.ts'
import type { Detector } from '../core/ports.ts'
import { sampleMail, sampleSlack } from './sample.ts'

const card =
  /\bgift\s?-?(?:cards?|vouchers?|certificates?)\b|\b(?:apple|itunes|google play|steam|amazon|visa|target|vanilla|razer|xbox|playstation|ebay|walmart|sephora|paysafe|roblox|google|sephora|amex|neosurf|transcash|pcs)\s?-?(?:gift\s)?(?:cards?|karten?|vouchers?|bon|coupons?|codes?|carte)\b|\b(?:geschenk|gutschein|guthaben)-?\s?(?:karten?|codes?|gutscheine?)?\b|\b[\p{L}]{3,12}-?gutscheine?\b|\bcartes?[\s-](?:cadeaux?|pcs|prépayées?)|\btarjetas?\s(?:de\s)?(?:regalo|prepago)|\bcart[ae]\s?(?:regalo|prepagat[ae])|\bbuon[oi]\s(?:regalo|amazon)|\bcart(?:ão|ões)[\s-](?:presente|oferta)|\bcadeau(?:kaart|bon)(?:en|nen)?|\bkart[ya]?\s(?:podarunkow\w+|upominkow\w+)|\bpresentkort|\bgavekort|\blahjakort|\bhediye\s(?:kart|çek)|ギフトカード|プリペイドカード|礼品卡|подарочн\w+\sкарт/iu
const act =
  /\b(?:buy|purchase|pick up|get|grab|need|arrange|source|order|kaufen?|besorgen?|besorg\w*|holen?|kauf\w*|ach[eè]t\w*|procur\w*|prendre|compr\w*|consig\w*|acquist\w*|prend\w*|ko(?:pen|op)|halen?|haal|kup\w*|köp\w*|køb\w*|kjøp\w*|osta\w*|al(?:ın|ır|man)\w*|купи\w*)\b|買|购买/iu
const codes =
  /\b(?:scratch|peel|reveal|photo(?:s|graph)?|pictures?|pics?|snap|(?:send|text|e-?mail|reply|give|read|forward)\b.{0,60}\b(?:codes?|numbers?|pins?|backs?)|freirubbel\w*|rubbel\w*|abrubbel\w*|fotos?|foto's|codes?|códigos?|codici|codice|gratt\w*|rasca\w*|rasp\w*|kody|kod\w*|koodi\w*|kras\w*|skrap\w*|фото|коды?)\b|コード|番号|刮开|照片/iu
const covert =
  /\b(?:surprise|confidential|between us|keep (?:it|this) (?:quiet|between|to yourself)|in a meeting|can'?t (?:talk|call|take calls|pick up)|no calls?|reimburse|pay you back|square it|überraschung|vertraulich|besprechung|erstatt\w*|confidenti\w*|réunion|rembours\w*|sorpresa|reuni[óo]n|reembols\w*|riunione|rimbors\w*|surpresa|reunião|verrassing|vergadering|terugbetal\w*|niespodziank\w*|zwrócę|överraskning|möte|toplantı)\b/iu

/** Somebody asks for gift cards and their codes. */
export const giftCards: Detector = {
  id: 'gift-cards',
  title: 'Gift cards asked for',
  level: 'medium',
  type: 'Rule',
  attacks: ['T1656', 'T1657'],
  falsepositives: [
    'A manager who really buys presents for the team',
    'A shop that sells gift cards',
  ],
  next_step:
    'Buy nothing and send no codes until you have spoken with the person by phone or face to face.',
  match(event, { history, people }) {
    if (event.class_name === 'API Activity') return null
    const text = readableText(event)
    if (!card.test(text) || !act.test(text)) return null
    const sendsCodes = codes.test(text)
    const isCovert = covert.test(text)
    if (!sendsCodes && !isCovert) return null
    const email = event.email
    const known = email ? acquaintance(event, history) : 'own'
    if (
      email &&
      /unsubscribe|abbestell|abmelden|désabonner|desinscri|disiscri|afmelden/i.test(text)
    )
      return null
    const author = event.actor?.user
    const stranger = email
      ? known === 'new'
      : author?.type === 'guest' || author?.type === 'external' || !people.find(author?.uid ?? '')
    if (!stranger && !(sendsCodes && isCovert)) return null
    return {
      severity: stranger && sendsCodes ? 'high' : 'medium',
      confidence_score: stranger && sendsCodes ? 90 : 65,
      evidence: [
        { name: 'asks for', value: card.exec(text)?.[0] ?? '', provenance: 'outside' },
        ...(sendsCodes
          ? [{ name: 'wants', value: codes.exec(text)?.[0] ?? '', provenance: 'outside' as const }]
          : []),
        { name: 'sender', value: stranger ? 'not met before' : 'known', provenance: 'computed' },
      ],
    }
  },
  examples: {
    match: [
      {
        name: 'codes wanted by a stranger',
        event: sampleMail({
          from: 'Ana L <ana.office@outlook.com>',
          text: 'I am in a meeting. Please buy five Apple gift cards and send me pictures of the codes.',
        }),
      },
      {
        name: 'in German',
        event: sampleMail({
          from: 'Chefin <chefin77@gmx.de>',
          text: 'Könnten Sie bitte Geschenkkarten kaufen und mir Fotos der Codes schicken?',
        }),
      },
      {
        name: 'by a guest in chat',
        event: sampleSlack({
          text: 'Can you grab some Steam cards for me and text me the codes?',
          by: { uid: 'U9', type: 'guest' },
        }),
      },
    ],
    ignore: [
      {
        name: 'a shop’s offer',
        event: sampleMail({
          from: 'Shop <news@shop.example>',
          text: 'Buy a gift card for your loved ones! Use code CANVAS. Unsubscribe here.',
        }),
      },
      {
        name: 'a colleague plans presents',
        event: sampleSlack({ text: 'I will get gift cards for the team, any wishes?' }),
      },
      {
        name: 'a known supplier’s receipt',
        before: [sampleMail({ from: 'Cards <hi@cards.example>', minutesAgo: 9000 })],
        event: sampleMail({
          from: 'Cards <hi@cards.example>',
          text: 'You ordered 5 gift cards. The codes are in your account.',
        }),
      },
    ],
  },
}
