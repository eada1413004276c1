/** Talk in the big channel; form and slots as in chat-phrases.ts. */
export const generalTalks: readonly string[] = [
  `A: Good morning all ☀️ {Reminder|Don't forget}: all hands at {10-11}:30, {ten minutes|short}
B: {morning!|hi all}
C: will dial in`,
  `A: I'm {at the dentist|at the school} until {10-11}, back after that`,
  `A: welcome dinner for the {customer} people is on {Thursday|Friday}, 19:00 at the usual place. Who's in?
B> in!
C> in, vegetarian please
D> can't, sorry`,
  `A: please fill in your holiday dates until {Friday|the end of the week}: <https://docs.google.com/spreadsheets/d/{docid}/edit|holiday plan>
B> done
C> is the Thursday a bridge day?
A> it is now 🙂`,
  `A: numbers for last month: {good} went up {3-28}%, returns down. {Lovely work|Thank you}, everybody
B: 🎉`,
  `A: the fire drill is {today|tomorrow} at {14-16}:00. Leave your laptops, take your jackets
B> what if I'm in a call?
A> then you are a hero and you still leave`,
  `A: <!here> parcel for {person} at the front desk, it is heavy and it ticks
B> metronome 😅 coming`,
  `A: we have a new phone number from Monday, old one forwards until summer. Please change your signatures
B: done`,
  `A: I moved the team photo to the website. Complaints until noon
B> I look like I'm about to sneeze
A> you were`,
  `A: {city} is under {snow|rain|fog}, trains are late. {Home office is fine today|Don't rush}
B: working from home then
C: same`,
  `A: happy birthday {person}! 🎂
B: happy birthday!!
C: 🎈🎈
D: there's cake, kitchen, now`,
  `A: today is the last day to send me receipts for February
B: sent
C> mine is a photo of a photo, sorry
A> I've seen worse`,
  `A: {customer} will visit on {Thursday|Wednesday}, {2-5} people. Please keep the meeting room tidy
B: define tidy`,
  `A: the security training link is from us, it's real: <https://training.{domain}/2026|training.{domain}>. Twenty minutes, until the end of March
B> asking before clicking, I passed already :smile:
A> full marks`,
  `A: {person} is out today, {sick kid|cold}. Urgent things to me please
B: get well soon!`,
  `A: I'll be travelling until {Thursday|Friday}, working from {my parents' place|the café next to it}. Same phone
B: enjoy`,
]

/** Talk about nothing. */
export const randomTalks: readonly string[] = [
  `A: the coffee machine says "descale" again
B: it always says that
C: it's a cry for help`,
  `A: anyone up for lunch at {12|12:30|13:00}? {Noodles|The soup place|Tacos}?
B: yes
C: {me too|bringing my own today}`,
  `A: look who came to the office today 🐶 [file:IMG_{1000-9000}.jpg]
B: WHO IS THIS
A> Biscuit. She is {9-14} weeks old and owns the place
C> promote her`,
  `A: {book|podcast} tip please, {long train ride|holiday} ahead
B> anything by {Le Guin|Sayers|Lem}
C> the one about bridges falling down, very soothing`,
  `A: I baked. Kitchen. {Banana bread|Cinnamon buns|Apple cake}
B: :heart_eyes:
C: gone already??
A: it was {9-10} o'clock, what did you expect`,
  `A: who has the HDMI adapter
B: meeting room
C: no
B: then I had a dream about it`,
  `A: I ran {5-12} km before work and I will mention it all day
B: noted
A: {5-12} km
C: :eyes:`,
  `A: the plant on the window lives! New leaf 🌱 [file:plant.jpg]
B: against all odds`,
  `A: my phone now unlocks with my cat's face
B: that is a security incident
A: she has no credit card
B: yet`,
  `A: best typo of the day: "kind retards". Sent to {otherCustomer}. I'd like to be buried here
B: noooo
C: they answered "no worse then usual" 😂`,
  `A: {football|the match} tonight at mine, {19-20}:00, bring crisps
B: in
C: in, no crisps, only opinions`,
  `A: quiz: what's older, {good} or {person}?
B: rude
C: {good}`,
  `A: is it Friday
B: no
A: {is it close|ok}
B: no`,
  `A: found a single glove in the meeting room, left hand, blue. It's on the shelf of sadness
B: mine! thank you`,
]

/** Talk about the house, the bills and the forms. */
export const officeTalks: readonly string[] = [
  `A: {supplier} invoice for {supplies} is {due on Friday|here}. {finance}, is it in the system?
B> it is, goes out with {Thursday's|the next} run. bank details unchanged, I checked against the last one
A> 👍`,
  `A: new chairs arrive {tomorrow|on Thursday} between 8 and 12. Who's in early?
B: I am
A> bless you. They need the freight lift`,
  `A: window cleaner comes at {10-14}:00, please clear the sills
B> my cactus is a protected species`,
  `A: has someone used the company card at {a petrol station|the DIY shop} on Monday? {20-90}.{10-90} {currency}
B> me, {cable ties|tape and hooks}. Receipt is in the tray
A> great, thank you`,
  `A: I scanned the lease and put it in the drive <https://drive.google.com/file/d/{docid}/view|lease 2026.pdf>
B> thanks, the bank wanted that`,
  `A: urgent!! does anyone have the key for the bike cellar? the courier waits
B> on my desk, red ribbon
A> {saved|got it}`,
  `A: toner is empty, ordered, comes {tomorrow|Thursday}
B: so no printing for a day. nature is healing`,
  `A: gift for {person}'s new baby: I put an envelope in the kitchen. No rush, no fixed amount
B: 💚`,
  `A: the accountants moved, new address on the letterhead. Nothing else changed
B> good, I'd have called them otherwise`,
  `A: payroll is done, money arrives on the {25|26|27}th as always
B: ❤️`,
  `A: can I pay {supplier} early? They offer 2%
B> yes if it's before the {18|20}th`,
  `A: who wants a new laptop bag, I have {2-5} over
B: me please
C: me!`,
]

/** Talk in the company's other language, by language. */
export const homeTalks: Readonly<Record<string, readonly string[]>> = {
  de: [
    `A: Weiß jemand, wann {supplier} heute liefert?
B> zwischen {10-11} und {12-13} Uhr, ich mache auf
A> super, danke dir`,
    `A: Ich bin ab {14-15} Uhr beim Elternabend, morgen früh wieder da
B: viel Spaß 🙂`,
    `A: Kuchen in der Küche, solange der Vorrat reicht
B: bin unterwegs`,
  ],
  nl: [
    `A: Wie heeft er vanmiddag even tijd om met {customer} te bellen?
B> ik, na {14-15} uur
A> top, dank je`,
    `A: De verwarming doet het weer niet, trek een trui aan
B: staat nog in mijn tas van gisteren 😄`,
    `A: vergeten mijn lunch mee te nemen, wie gaat er mee naar de markt?
B: ik loop mee`,
  ],
  pt: [
    `A: Bom dia! Alguém sabe se a {customer} já respondeu à proposta?
B> ainda não, ligo-lhes à tarde
A> obrigado!`,
    `A: Há pastéis na cozinha, venham depressa
B: já estou a descer`,
    `A: Amanhã chego mais tarde, tenho de levar o carro à inspeção
B: sem problema`,
  ],
  en: [
    `A: {customer} wrote in Spanish, can somebody check my answer? "Les enviamos la caja el jueves, con las instrucciones"
B> perfecto 👌`,
    `A: bonjour from the video call with Lyon, they say the parcel has arrived, "tout est parfait"
B: merci à eux`,
  ],
}

/** Short replies that fit under nearly anything. */
export const nods: readonly string[] = [
  '👍',
  ':+1:',
  'thanks!',
  'on it',
  ':eyes:',
  'makes sense',
  '+1',
  'great, thank you',
  'ok',
  'will do',
  'nice',
  'danke!',
  'same here',
  'sounds good',
  ':white_check_mark:',
  'ah, good to know',
  'cool',
  'perfect',
  'I like it',
  'haha',
]
