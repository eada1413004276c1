/** Talk among engineers; form and slots as in chat-phrases.ts. */
export const engTalks: readonly string[] = [
  `A: {anyone else seeing|is it just me or is} {service} {slow|timing out|returning 502s} {since this morning|again}?
B> looking, {the queue is at {2-9}k|p95 went from {80-150} to {900-2400} ms}
B> {the nightly export|a stuck migration} was holding a lock. killed it, should recover
A> {confirmed, back to normal|yep, flat again. thanks}`,
  `A: PR for {feature} is up: <https://github.com/{slug}/{service}/pull/{100-900}|#{100-900} {feature}>. {Mostly tests|Smaller than it looks}, {20-400} lines
B> {taking it after lunch|on it}
B> left two comments, nothing that blocks`,
  `A: who owns the {cron|scheduled} job that mails {customer}? It ran twice {last night|at 03:00}
B> me. {The lock key had a typo|It's the retry, I'll make it idempotent today}`,
  `A: bumping node to 22.14 in {service} {today|this afternoon}, shout if that hurts
B: {no objections|fine by me}, just not between 12 and 13, I'm demoing to {customer}`,
  `A: flaky test of the day: \`{feature} › handles an empty list\`. {Third|Fourth} time this week
B> it sorts by a timestamp with seconds only. I'll pin the clock
C> {bless you|finally}`,
  `A: I get AccessDenied on {cost explorer|the billing pages} with my user, is that on purpose?
B> on purpose, {owner} has the only account for that
A> {ok, good to know|fair enough}`,
  `A: reminder that {service} staging gets its data wiped on {Thursday|Friday}, save what you need
B: {can we keep the {customer} fixtures?|noted}`,
  `A: \`aws s3 ls\` from the {train|café} works again, it was the hotel wifi blocking 443 on some hosts
B> {classic|of course it was}`,
  `A: for the onboarding page I used the placeholder from the AWS docs, \`aws_access_key_id = {docKey}\`, so nobody pastes a real one
B> {good idea, saw it|perfect}. can you add the link to the docs as well?`,
  `A: could someone review the {feature} {spec|sketch} before {tomorrow|Friday}? <https://docs.google.com/document/d/{docid}/edit|{feature}, draft 2>
B> reading. The part about {refunds|time zones} needs a picture I think
A> adding one`,
  `A: lambda cold starts in {service} are at {1-3}.{1-9} s, I'd like to move it to the 1 GB size
B> what does that cost?
A> about {4-19} {currency} a month more
B> {then yes|do it}`,
  `A: the {service} queue alarm fired at {2-5}:1{0-9} and cleared by itself. {Backup window|Looks like the batch from {customer}}
B> I'll raise the threshold to {5-9} minutes, it cries wolf`,
  `A: merged the dependency updates. {11-40} of them, only {one|two} needed hands
B: {❤️|legend}`,
  `A: is there a reason {service} logs the whole request body?
B> there was, in {2021|2023}. please kill it
A> PR up, keeps the id and the length only`,
  `A: pairing on {feature} at {2-4}? I'm stuck on {the rounding|the time zone part|the second redirect}
B: {yes, huddle?|give me ten minutes}`,
  `A: heads-up: I'm rotating the staging database password at {11-15}:30. The apps read it from parameter store, so you should notice nothing
B> {famous last words|👍}
A> done, nothing noticed indeed`,
  `A: {customer} sends us CSVs with semicolons *and* commas now
B> of course they do
C> I have a parser for that from the {feature} thing, will move it to the shared package`,
  `A: question on \`{service}\`: do we still need the v1 endpoint? {0-9} calls last week, all from {customer}
B> {contact} said they'd switch by the end of the month
A> then I'll put a date in the deprecation header`,
  `A: my build is {waiting for a runner|queued} since {8-19} minutes, anyone running something big?
B: guilty, image rebuild. {Two|Three} more minutes`,
  `A: TIL \`git bisect run\` exists
B: welcome to 2009 😄
A: rude but fair`,
  `A: {service} has {40-90}% coverage now, up from {12-39}. Deleting code helps most`,
  `A: small outage of the webhook relay 9:{10-50}–{10-11}:{10-50}, {3-30} events replayed, none lost. Notes: <https://www.notion.so/{slug}/{docid}|what happened>
B: thanks for writing it down so quickly`,
  `A: does anybody have the contact at {supplier} for the {webhook|API} docs?
B> {contact}, but write to their support address, it's faster`,
  `A: I'll be on the {train|bus} until {10-11}, reachable but slow`,
  `A: trying the new log format on {service}. If Grafana looks odd, that's me
B: it looks odd
A: as promised`,
]

/** Talk about the product. */
export const productTalks: readonly string[] = [
  `A: new screens for {feature}: <https://www.figma.com/design/{docid}/{slug}|Figma>. {Feedback by Thursday please|Second row is the one I like}
B> the empty state is lovely
C> can the button say "Save" instead of "Submit"?
A> yes!`,
  `A: {customer} asked again for {feature}. That's the {third|fourth} time this quarter
B> moving it up. {Realistic is April|I'd rather do it properly than soon}`,
  `A: user test notes from {customer}: everybody looks for {feature} in the wrong place [file:notes-{customerSlug}.pdf]
B> then the wrong place is the right place`,
  `A: do we call it "booking" or "order"? the app says both
B: order. {I'll go through the strings|please make a ticket}`,
  `A: the wording for {feature} is final now, three lines, no jargon
B> \`Something went wrong\` is still in there once
A> gone`,
  `A: roadmap for Q2 as a picture [file:roadmap-q2.png]
B> why is {feature} grey?
A> because it depends on {service}, which depends on {person}, who depends on coffee`,
]

/** Talk in the support channel. */
export const supportTalks: readonly string[] = [
  `A: {customer} can't log in since this morning, "invalid state" after the Google button. Anyone?
B> clock on their laptop is off by {8-40} minutes, saw the same last year
A> that was it. {Thank you!|Closing.}`,
  `A: ticket {2000-9000}: {contact} wants an invoice with the old address on it. Can we do that?
B> not the old one, but we can add a line. I'll do it
A> {perfect|🙏}`,
  `A: three people today asked where to change {feature}. Help page? <https://{domain}/help/{100-400}|draft>
B> good, I'd put the picture first`,
  `A: refund of {12-240}.00 {currency} for {customer}, duplicate order, ok?
B> ok, I'll book it
A> sent, they are happy`,
  `A: {customer} says urgent, everything down. It's one printer.
B: 😂
B> tell them to switch it off and on, really`,
  `A: does anybody speak {Polish|Turkish|Danish}? I have a very long mail about {good}
B> {person} does, I think
A> forwarded, thanks`,
  `A: the macro for late deliveries now has the new phone hours in it`,
  `A: {contact} from {customer} sent chocolate because of last week 🍫 it's in the kitchen
B: best ticket of the month`,
  `A: customer forgot the password *and* the mail address. What do we ask for?
B> last invoice number and the postcode. never do it over the phone
A> will do`,
  `A: response time yesterday: {11-48} minutes median. {14-35} tickets, {1-3} still open`,
  `A: someone wrote in all caps about {good}. I wrote back in lower case and now we are friends`,
  `A: is the reset mail delayed? {customer} waits since {10-30} minutes
B> it sits in their quarantine, told {contact} to allow our sender
A> came through`,
]

/** Talk in the sales channel. */
export const salesTalks: readonly string[] = [
  `A: {customer} signed! {6-36} months 🎉
B: :tada: {well done|nice one}
C: does that include {feature}?
A> yes, from {April|May} on`,
  `A: offer for {customer} is out, {1200-9800} {currency}, valid until the end of the month [file:offer-{customerSlug}.pdf]
B> you forgot the line with {good}
A> fixed version in the folder`,
  `A: demo with {contact} at {10-15}:00, can an engineer be around in case {service} plays up?
B> I'm here
A> it did not. They liked {feature}`,
  `A: {customer} wants to pay yearly, can we do {5-10}%?
B> {5|6}, not more, and only if they pay in advance`,
  `A: leads from the fair: {30-90} cards, {8-20} of them real. Sheet: <https://docs.google.com/spreadsheets/d/{docid}/edit|fair leads>
B> I take the ones from {city}`,
  `A: who talked to {customer} last? They mention a "special price"
B: not me
C> me, {2-4} years ago. it was never special`,
  `A: Lost {otherCustomer} to a spreadsheet. Again.
B: the spreadsheet always wins the first round`,
  `A: procurement at {customer} sent the security questionnaire, {80-220} questions. {person}, do we have the last answers?
B> yes, in the drive under Sales/Questionnaires. {60-90} of them are the same
A> you saved my week`,
]
