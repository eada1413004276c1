import { buys, cardCodes, covert, giftCard } from '../core/asks.ts'
import { acquaintance, readableText } from '../core/mail.ts'
import type { Detector } from '../core/ports.ts'
import { sampleMail, sampleSlack } from './sample.ts'

/** Somebody asks for gift cards and their cardCodes. */
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
    if (!giftCard.test(text) || !buys.test(text)) return null
    const sendsCodes = cardCodes.test(text)
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
        { name: 'asks for', value: giftCard.exec(text)?.[0] ?? '', provenance: 'outside' },
        ...(sendsCodes
          ? [
              {
                name: 'wants',
                value: cardCodes.exec(text)?.[0] ?? '',
                provenance: 'outside' as const,
              },
            ]
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
          text: 'I am in a meeting. Please buy five Apple gift cards and send me pictures of the cardCodes.',
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
