import { dayName, hour, minute, workMoment } from './calendar.ts'
import { buildMails, meetings, notes } from './mail-phrases-inside.ts'
import {
  customerMails,
  foreignMails,
  formMails,
  newsletters,
  supplierMails,
} from './mail-phrases-outside.ts'
import { type Notice, notices } from './mail-phrases-vendors.ts'
import { answerSubject, htmlOf, inviteOf, mailerOf, quote } from './mail-text.ts'
import { cultures, plain } from './names.ts'
import type { Job, Staff } from './people.ts'
import type { Cast } from './plan.ts'
import type { Draft, Letter, Post } from './post.ts'
import type { Party } from './profile.ts'
import { fill, type Rng, type Slots } from './rng.ts'
import { companySlots } from './slots.ts'

/** A dull day's mail for each of the days: machines, customers, suppliers, colleagues. */
export function createMail(rng: Rng, post: Post, cast: Cast): void {
  const { profile, staff } = cast
  const { time_zone } = profile.place
  const office = staff.filter((person) => !person.far)
  const withJob = (jobs: readonly Job[]) => staff.filter(({ job }) => jobs.includes(job))
  const pools = new Map<unknown, unknown[]>()
  const draw = <T>(all: readonly T[]): T => {
    const left = pools.get(all) as T[] | undefined
    const pool = left?.length ? left : rng.sample(all, all.length)
    pools.set(all, pool)
    return pool.pop() as T
  }
  const slotsFor = (person: Staff, party?: Party): Slots => {
    const others = office.filter((other) => other !== person)
    const base = companySlots(rng, profile, staff, others)
    const colleague = rng.pick(others)
    return {
      ...base,
      first: person.first,
      handle: plain(person.first),
      address: person.email,
      colleague: colleague.name,
      pr: String(rng.int(100, 900)),
      SERVICE: String(base.service).toUpperCase(),
      stranger: `${rng.pick(rng.pick(cultures).first)} ${rng.pick(rng.pick(cultures).last)}`,
      ...(party
        ? {
            customer: party.name,
            customerSlug: plain(party.name),
            contact: party.contact,
            contactFirst: party.contact.split(' ')[0] as string,
            supplier: party.name,
            supplierContact: party.contact,
            supplies: party.supplies,
          }
        : {}),
    }
  }
  const send = (draft: Draft, mailboxes: string[]) =>
    draft.at < cast.end ? post.send(draft, mailboxes) : null
  const reply = (letter: Letter, from: Staff, at: number, text: string) => {
    const { draft } = letter
    const others = draft.to.filter(
      (p) => p.address !== from.email && p.address !== draft.from.address,
    )
    const subject = answerSubject(draft.subject)
    return send(
      {
        at,
        from: mailerOf(from),
        to: [draft.reply_to ?? draft.from],
        cc: others,
        subject,
        text: text + quote(letter, time_zone),
        after: letter,
        time_zone: from.time_zone,
      },
      staff
        .map((person) => person.email)
        .filter((email) => email === draft.from.address || others.some((o) => o.address === email)),
    )
  }

  const notice = (at: number, { from, to, ...rest }: Notice) => {
    const people = withJob(to)
    const person = rng.pick(people.length ? people : office)
    const slots = slotsFor(person)
    const say = (text: string) => fill(rng, text, slots)
    const text = say(rest.text)
    const link = rest.link && ([say(rest.link[0]), say(rest.link[1])] as [string, string])
    const draft: Draft = {
      at,
      from: { name: say(from[0]), address: from[1] },
      to: [mailerOf(person)],
      subject: say(rest.subject),
      text: link ? `${text}\n\n${link[0]}: ${link[1]}` : text,
      html: htmlOf(text, link, `Sent to ${person.email}`),
      time_zone: 'UTC',
      labels: rest.label ? [rest.label] : [],
      ...(rest.files
        ? { files: rest.files.map((name) => ({ name: say(name), type: 'application/pdf' })) }
        : {}),
    }
    send(draft, [person.email])
  }

  const newsletter = (at: number) => {
    const [name, domain, subject, text] = draw(newsletters)
    const readers = rng.sample(staff, rng.int(1, 3))
    const slots = slotsFor(readers[0] as Staff)
    const title = fill(rng, subject, slots)
    const body = fill(rng, text, slots)
    const issue = rng.int(20, 400)
    for (const reader of readers)
      send(
        {
          at: at + rng.int(0, 90) * 1000,
          from: { name, address: `hello@${domain}` },
          to: [mailerOf(reader)],
          subject: title,
          text: `${body}\n\nRead it in the browser: https://click.${domain}/issues/${issue}\n\nYou get this because you signed up. Unsubscribe: https://${domain}/unsubscribe`,
          html: htmlOf(
            body,
            ['Read on', `https://click.${domain}/issues/${issue}`],
            `You get this because you signed up. <a href="https://${domain}/unsubscribe">Unsubscribe</a>`,
          ),
          list: { id: `letters.${domain}`, unsubscribe: `https://${domain}/unsubscribe` },
          headers: [['Precedence', 'bulk']],
          labels: ['CATEGORY_PROMOTIONS'],
          time_zone,
        },
        [reader.email],
      )
  }

  const customer = (at: number) => {
    const party = rng.pick(profile.customers)
    const person = rng.pick(withJob(['support', 'support', 'sales', 'owner']))
    const slots = slotsFor(person, party)
    const from = { name: party.contact, address: party.email }
    const shared = person.job === 'support'
    const to = [shared ? { name: '', address: `support@${profile.domain}` } : mailerOf(person)]
    const foreign = party.language !== 'en' || rng.chance(0.06)
    const bank = foreign ? foreignMails[profile.place.language] : undefined
    const [subject, text, answer, more] = bank ? [...rng.pick(bank)] : draw(customerMails)
    const draft = { from, to, time_zone, subject: fill(rng, subject ?? '', slots) }
    const letter = send({ ...draft, at, text: fill(rng, text ?? '', slots) }, [person.email])
    if (!letter || !answer || rng.chance(0.2)) return
    const answered = reply(letter, person, at + rng.int(6, 90) * minute, fill(rng, answer, slots))
    if (!answered || !more) return
    const words = fill(rng, more, slots) + quote(answered, time_zone)
    const later = answered.draft.at + rng.int(3, 60) * minute
    const again = { ...draft, to: [mailerOf(person)], subject: answerSubject(draft.subject) }
    send({ ...again, at: later, text: words, after: answered }, [person.email])
  }

  const supplier = (at: number) => {
    const party = rng.pick(profile.suppliers)
    const person = rng.pick(withJob(['finance', 'office']))
    const slots = slotsFor(person, party)
    const [subject, text, file] = draw(supplierMails)
    const shared = person.job === 'finance' && rng.chance(0.5)
    const letter = send(
      {
        at,
        from: { name: `${party.contact} | ${party.name}`, address: party.email },
        to: [shared ? { name: '', address: `invoices@${profile.domain}` } : mailerOf(person)],
        subject: fill(rng, subject, slots),
        text: fill(rng, text, slots),
        time_zone,
        ...(file ? { files: [{ name: fill(rng, file, slots), type: 'application/pdf' }] } : {}),
      },
      [person.email],
    )
    if (letter && rng.chance(0.3))
      reply(letter, person, at + rng.int(10, 200) * minute, `Thank you, noted.\n\n${person.first}`)
  }

  const note = (at: number) => {
    const { from, to, subject, text, answer, file } = draw(notes)
    const author = rng.pick(withJob([from]))
    const readers = to.flatMap((job) => withJob([job])).filter((reader) => reader !== author)
    const slots = { ...slotsFor(author), to: readers[0]?.first ?? 'all' }
    const letter = send(
      {
        at,
        from: mailerOf(author),
        to: readers.map(mailerOf),
        subject: fill(rng, subject, slots),
        text: fill(rng, text, slots),
        time_zone: author.time_zone,
        ...(file ? { files: [{ name: fill(rng, file, slots), type: 'application/pdf' }] } : {}),
      },
      readers.map((reader) => reader.email),
    )
    const first = readers[0]
    if (letter && first && answer)
      reply(letter, first, at + rng.int(5, 120) * minute, `${answer}\n\n${first.first}`)
  }

  const meeting = (at: number) => {
    const [host, ...guests] = rng.sample(office, rng.int(2, 4)) as [Staff, ...Staff[]]
    const slots = slotsFor(host)
    const [title, text] = rng.pick(meetings).map((words) => fill(rng, words, slots)) as [
      string,
      string,
    ]
    const begin = Math.ceil((at + rng.int(3, 60) * hour) / (30 * minute)) * 30 * minute
    const invite = inviteOf(rng, { host, guests, title, text, at, begin, end: begin + 30 * minute })
    const words = `${title}\n\n${dayName(begin, time_zone)}\n\n${text}\n\nInvitation from Google Calendar`
    for (const guest of guests)
      send(
        {
          at,
          from: mailerOf(host),
          to: [mailerOf(guest)],
          subject: `Invitation: ${title} @ ${dayName(begin, time_zone)}`,
          text: words,
          html: htmlOf(words, ['Reply for yourself', 'https://calendar.google.com/calendar/event']),
          invite,
          time_zone,
        },
        [guest.email],
      )
  }

  const form = (at: number) => {
    const [subject, text] = draw(formMails)
    const person = rng.pick(withJob(['support', 'sales']))
    const slots = slotsFor(person)
    send(
      {
        at,
        from: { name: `${profile.name} website`, address: `forms@${profile.domain}` },
        to: [{ name: '', address: `hello@${profile.domain}` }],
        subject: fill(rng, subject, slots),
        text: fill(rng, text, slots),
        time_zone,
      },
      [person.email],
    )
  }

  for (const midnight of cast.midnights) {
    const many = (count: number, hours: [number, number], make: (at: number) => void) => {
      for (let i = count + rng.int(-2, 2); i > 0; i--) make(workMoment(rng, midnight, hours))
    }
    many(46, [6, 20], (at) => notice(at, draw(notices)))
    many(14, [5, 18], newsletter)
    many(17, [7, 19], customer)
    many(8, [7, 17], supplier)
    many(11, [8, 18], note)
    many(4, [8, 17], meeting)
    many(7, [6, 22], form)
  }
  for (const { at, by, ok, ...deploy } of cast.deploys) {
    const [subject, text] = ok ? buildMails.ok : buildMails.failed
    const slots = { ...slotsFor(by), ...deploy, build: String(deploy.build), by: by.name }
    const draft = { subject: fill(rng, subject, slots), text: fill(rng, text, slots) }
    const from = { name: 'Build runner', address: `builds@${profile.domain}` }
    send({ ...draft, at: at + 3 * minute, from, to: [mailerOf(by)], time_zone: 'UTC' }, [by.email])
  }
}
