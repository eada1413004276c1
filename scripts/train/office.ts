import PostalMime from 'postal-mime'
import type { MailRecord } from '../../src/bench/records.ts'
import { createWorld } from '../../src/office/company.ts'

/** Made-up companies whose ordinary mail is learned from; demos and tests draw others. */
const seeds = [9001, 9002, 9003]

/** The dull mail of made-up companies, each text once, without what belongs to an attack. */
export async function officeMails(): Promise<MailRecord[]> {
  const seen = new Set<string>()
  const out: MailRecord[] = []
  for (const seed of seeds) {
    const { mail, truth } = createWorld(seed)
    const hostile = JSON.stringify(truth)
    for (const { id, labels, raw } of mail) {
      if (!labels.includes('INBOX') || hostile.includes(id)) continue
      const { from, subject = '', text = '' } = await PostalMime.parse(raw)
      const key = `${from?.address} ${text.slice(0, 60)}`
      if (seen.has(key)) continue
      seen.add(key)
      out.push({
        id: `office-${seed}-${id}`,
        source: 'written by src/office',
        licence: 'Apache-2.0',
        label: 'legitimate',
        technique: [],
        language: 'en',
        from_name: from?.name ?? '',
        from_address: from?.address ?? '',
        reply_to: null,
        subject,
        text: text.slice(0, 6000),
        links: [],
        attachments: [],
        authentication: { spf: 'pass', dkim: 'pass', dmarc: 'pass' },
        relationship: 'first_contact',
      })
    }
  }
  return out
}
