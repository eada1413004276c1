/** Newsletters: name, domain, subject and text; slots as in chat. */
export const newsletters: readonly [string, string, string, string][] = [
  [
    'Small Works Weekly',
    'smallworks.example',
    '{Five|Three} firms that grew without a loan',
    'This week: a dairy that sells by text message, a locksmith with a waiting list, and why {good} are hard to insure.',
  ],
  [
    'The Queue',
    'thequeue.example',
    'Retries considered {helpful|harmful}',
    'A long read on back-off, a short one on clocks, and a tool that draws your dependency graph as a tube map.',
  ],
  [
    'Bytes & Bread',
    'bytesandbread.example',
    'What nobody tells you about {feature}',
    'Hello again! In this issue we take apart an old till, praise plain text, and answer a reader who can not say no to meetings.',
  ],
  [
    'Ledger Notes',
    'ledgernotes.example',
    'Deadline reminder: {VAT|payroll} filings this month',
    'URGENT for some of you, boring for the rest: the dates you should not miss, in one table. Also: keeping receipts, the lazy way.',
  ],
  [
    'Trade Fair News',
    'fairgrounds.example',
    'Early booking ends {Friday|Sunday}',
    'Stands in hall {2-9} are nearly gone. Book until the end of the week and save 15%. Last chance for exhibitors from {city}.',
  ],
  [
    'Design Lunch',
    'designlunch.example',
    'Forms that forgive',
    'Two case studies and a checklist. The winner of the ugliest button award is announced at the end.',
  ],
  [
    'Cloud Minutes',
    'cloudminutes.example',
    'What changed in {March|spring}: queues, keys, prices',
    'Eleven releases in eleven sentences. Number four lets you delete a bucket by tag, please be careful with it.',
  ],
  [
    'Local Business Circle',
    'bizcircle.example',
    'Invitation: breakfast in {city}',
    'Come and meet neighbours on Thursday at eight. Coffee is free, opinions as well. Please answer by Wednesday.',
  ],
  [
    'Support Stories',
    'supportstories.example',
    'The customer who was always {right|early}',
    'A true story with a happy end, and a template for saying "we do not know yet".',
  ],
  [
    'Green Van',
    'greenvan.example',
    '{20|25}% off packing material until midnight',
    'Boxes, tape and paper wrap at half the plastic. Your code is SPRING{10-25}. Ends tonight, do not miss it!',
  ],
  [
    'Node Dispatch',
    'nodedispatch.example',
    'Permission model, a year on',
    'What people use it for, what breaks, and a list of {12-30} packages that need no permission at all.',
  ],
  [
    'People & Payroll',
    'peoplepayroll.example',
    'New rules for holidays carried over',
    'What small employers should write into the contract, and what they should leave out.',
  ],
]

/** Mails of customers: subject, text, what we answer, and perhaps what they write then. */
export const customerMails: readonly [string, string, string, string?][] = [
  [
    'Question about {feature}',
    'Hello,\n\nwe have been using {feature} for a week and like it. Is there a way to see it for two sites at once? My colleague says yes, I say no, there is a cake in it.\n\nKind regards\n{contact}\n{customer}',
    'Hi {contactFirst},\n\nyour colleague wins: the little arrow at the top right lets you choose both sites. Enjoy the cake.\n\nBest\n{first}',
    'Found it. He is insufferable now. Thank you!',
  ],
  [
    'Order {number}: one box is missing',
    'Hi,\n\nwe got three of four boxes today. The missing one should hold {good}. Could you check with the carrier?\n\nThanks\n{contact}',
    'Hello {contactFirst},\n\nsorry about that. The carrier found it in the wrong van, it will be with you tomorrow before noon.\n\n{first}',
  ],
  [
    'Invoice address',
    'Dear team,\n\nplease use our new postal address on invoices from April on:\n\n{customer}\nMill Lane {3-80}\n\nThe tax number stays the same.\n\n{contact}',
    'Dear {contact},\n\nthank you, I have changed it. You will see it on the next invoice.\n\nKind regards\n{first}',
  ],
  [
    'Re: your offer',
    'Hi {first},\n\nthe offer looks fine. We would like to start in April with {2-9} users and add the rest in summer. What do you need from us?\n\n{contact}',
    'Hi {contactFirst},\n\ngreat news! Just a signed copy, a PDF is fine. I will set up the users the day before.\n\nBest wishes\n{first}',
    'Signed copy attached. We look forward to it.',
  ],
  [
    'URGENT: can not print labels',
    'Hello, this is urgent, we have forty parcels here and the labels come out blank since this morning. Please call or write quickly!!\n\n{contact}, {customer}',
    'Hello {contactFirst},\n\nplease choose "A6" once in the printer window, an update has reset it. I am on the phone if that does not help.\n\n{first}',
    'That was it. Phew. Sorry for the capitals.',
  ],
  [
    'Password',
    'Hi, I can not remember the password for our account and the reset mail went to my old address. What now?\n\n{contact}',
    'Hi {contactFirst},\n\nI have changed the address after checking your last invoice number by phone. Please ask for the reset mail again, and never send a password by mail.\n\n{first}',
  ],
  [
    'Feedback after the demo',
    'Dear {first},\n\nthank you for yesterday. The team liked {feature} most. Two questions: can we export everything, and where is the data kept?\n\nRegards\n{contact}',
    'Dear {contact},\n\nyes, everything, as CSV. It is kept in the region closest to {city}. I attach the data sheet.\n\n{first}',
  ],
  [
    'Cancellation of one seat',
    'Hello,\n\nplease remove one of our {4-12} seats from next month on, a colleague is leaving.\n\n{contact}\n{customer}',
    'Hello {contactFirst},\n\ndone, the next invoice will be smaller. All the best to your colleague.\n\n{first}',
  ],
  [
    'Visit next week',
    'Hi {first},\n\nwe would be three people, arriving at ten. Is there parking? And is there anything we should bring for {good}?\n\n{contact}',
    'Hi {contactFirst},\n\nparking is behind the house, please ring at the blue door. Just bring your questions.\n\n{first}',
  ],
  [
    'Reminder: signature',
    'Dear {first},\n\na friendly reminder that we still need your signature under the data processing agreement. The link from last week is still valid, or print and scan it.\n\n{contact}',
    'Dear {contact},\n\nsigned and attached. Sorry for the wait.\n\n{first}',
  ],
  [
    'Payment sent',
    'Hello,\n\nwe have paid invoice {1000-9999} today, {200-4000}.00 {currency}. You should see it tomorrow.\n\n{contact}',
    'Hello {contactFirst},\n\nit has arrived, thank you very much.\n\n{first}',
  ],
  [
    'Small complaint, big praise',
    'Hi all,\n\nthe new {feature} is good, but the letters are too small for my eyes. Also, {first} was wonderful on the phone.\n\n{contact}',
    'Hi {contactFirst},\n\nthat made my morning. The letters grow with ctrl and plus, and we will make them larger for everybody soon.\n\n{first}',
  ],
  [
    'Holiday closing',
    'Dear partners,\n\nour office is closed on Friday. Urgent matters: please call reception.\n\n{contact}\n{customer}',
    'Thank you for telling us, have a good long weekend.\n\n{first}',
  ],
]

/** The same in the customer's own language, by language. */
export const foreignMails: Readonly<Record<string, readonly [string, string][]>> = {
  de: [
    [
      'Rückfrage zur Lieferung',
      'Guten Tag,\n\nkönnen Sie uns bitte sagen, ob {good} noch diese Woche kommen? Wir würden sonst den Aufbau verschieben.\n\nMit freundlichen Grüßen\n{contact}\n{customer}',
    ],
    [
      'Angebot für weitere Plätze',
      'Hallo,\n\nwir brauchen ab April noch drei Plätze mehr. Schicken Sie uns bitte ein Angebot?\n\nViele Grüße\n{contact}',
    ],
  ],
  nl: [
    [
      'Vraag over de factuur',
      'Goedemiddag,\n\nop de laatste factuur staat een plaats te veel. Kunt u dat nakijken? Geen haast.\n\nMet vriendelijke groet\n{contact}\n{customer}',
    ],
    [
      'Afspraak verzetten',
      'Hoi,\n\nkunnen we de afspraak van donderdag naar vrijdag verzetten? Zelfde tijd is prima.\n\nGroeten\n{contact}',
    ],
  ],
  pt: [
    [
      'Dúvida sobre a encomenda',
      'Bom dia,\n\na encomenda já saiu? O cliente gostava de ter {good} até sexta-feira.\n\nCom os melhores cumprimentos\n{contact}\n{customer}',
    ],
    [
      'Renovação',
      'Olá,\n\nqueremos renovar por mais um ano, nas mesmas condições. Enviam-nos a fatura em abril?\n\nObrigada\n{contact}',
    ],
  ],
  en: [
    [
      'Pregunta sobre el envío',
      'Buenos días:\n\n¿podrían decirnos cuándo llega la caja? La última tardó dos días.\n\nUn saludo\n{contact}\n{customer}',
    ],
    [
      'Merci et une question',
      'Bonjour,\n\ntout est bien arrivé, merci. Peut-on avoir une facture avec notre numéro de TVA ?\n\nCordialement\n{contact}',
    ],
  ],
}

/** Mails of suppliers: subject, text, file. */
export const supplierMails: readonly [string, string, string?][] = [
  [
    'Invoice {number} for {supplies}',
    'Dear {first},\n\nplease find our invoice for {supplies} attached. Amount: {180-3900}.{10-99} {currency}, due in 30 days, to the account you know.\n\nKind regards\n{supplierContact}\n{supplier}',
    'Invoice-{number}.pdf',
  ],
  [
    'Order confirmation {1000-9999}',
    'Hello {first},\n\nthank you for the order. We will deliver {supplies} on Thursday between eight and noon.\n\n{supplierContact}',
    'confirmation.pdf',
  ],
  [
    'Delivery moved by one day',
    'Dear {first},\n\nour driver is ill, so the delivery of {supplies} comes on Friday instead of Thursday. Sorry for the trouble.\n\n{supplierContact}\n{supplier}',
  ],
  [
    'Statement of account, February',
    'Dear customer,\n\nattached is the statement for February. There is nothing overdue, thank you for paying on time.\n\n{supplier}, accounts',
    'statement-02.pdf',
  ],
  [
    'Price list from April',
    'Dear {first},\n\nour prices for {supplies} rise by {2-6}% in April, the list is attached. Orders until the end of March are at the old price.\n\n{supplierContact}',
    'prices-2026-04.pdf',
  ],
  [
    'Friendly reminder: invoice {number}',
    'Hi {first},\n\nI think invoice {number} slipped through, it was due on Monday. If it is on its way, please forget this mail.\n\n{supplierContact}\n{supplier}',
  ],
  [
    'Questions about your order',
    'Hello {first},\n\ndo you want the same colour for {supplies} as last time? The old one is out of stock until May, the new one is a little darker.\n\n{supplierContact}',
  ],
  [
    'Credit note {1000-9999}',
    'Dear {first},\n\nas promised the credit note for the damaged box. We take it off the next invoice.\n\n{supplierContact}',
    'credit-note.pdf',
  ],
]

/** Messages of the form on the company's website: subject and text. */
export const formMails: readonly [string, string][] = [
  [
    '[Contact form] Call back please',
    'Name: {stranger}\nTopic: sales\n\nI tried the chat twice. Please call me after {three|four}, it is about {good}.',
  ],
  [
    '[Contact form] Do you deliver to {the islands|Norway|Malta}?',
    'Name: {stranger}\nTopic: delivery\n\nYour page stops at the post code. Is that on purpose?',
  ],
  [
    '[Contact form] {feature} and screen readers',
    'Name: {stranger}\nTopic: accessibility\n\nI am blind and the third button has no name. The rest works very well, thank you for that.',
  ],
  [
    '[Contact form] Press',
    'Name: {stranger}\nTopic: press\n\nWe write about small firms in {city}. May we come by with a camera next week?',
  ],
  [
    '[Contact form] URGENT please read',
    'Name: {stranger}\nTopic: other\n\nI ordered for the wrong date!! Can you stop it before it leaves? Order {number}.',
  ],
  [
    '[Contact form] Swap',
    'Name: {stranger}\nTopic: order\n\nOrder {number} came in the wrong size. Can I swap it without paying postage twice?',
  ],
  [
    '[Contact form] Idea',
    'Name: {stranger}\nTopic: other\n\nIt would be lovely if {feature} remembered my last choice. That is all. Bye.',
  ],
  [
    '[Contact form] Delete my account',
    'Name: {stranger}\nTopic: privacy\n\nPlease delete my account and tell me when it is done. It was nice with you, I just moved away.',
  ],
  [
    '[Contact form] {feature}',
    'Name: {stranger}\nTopic: {feature}\n\n{Does it work offline?|Can I try it for a month?|I would like a call back.}',
  ],
  [
    '[Contact form] Price for {20-90} people',
    'Name: {stranger}\nTopic: prices\n\nWe are a school, is there a discount?',
  ],
  [
    '[Contact form] Job',
    'Name: {stranger}\nTopic: other\n\nDo you take interns in summer? I can start in {June|July}.',
  ],
  [
    '[Contact form] Thank you',
    'Name: {stranger}\nTopic: other\n\nJust wanted to say that your answer last week saved our day.',
  ],
]
