import { z } from 'zod'
import type { AwsCall } from './aws-call.ts'
import { everyPage } from './aws-pages.ts'
import { inside, list, time, word } from './aws-xml.ts'

/** Reads what everybody may copy of one account's machines, up to 1,000 things a Region. */
export interface SharedClient {
  /** @throws ServiceError */
  snapshots(region: string, signal: AbortSignal): Promise<Shared[]>
  /** @throws ServiceError */
  images(region: string, signal: AbortSignal): Promise<Shared[]>
}

/** A snapshot or a machine image that everybody may use. */
export interface Shared {
  id: string
  name: string
  region: string
  /** ms since 1970 */
  created: number | null
}

const mostShared = 1_000

const snapshotPage = z.object({
  DescribeSnapshotsResponse: z.object({
    snapshotSet: inside(
      z.object({
        item: list(z.object({ snapshotId: word, description: word.catch(''), startTime: time })),
      }),
    ),
    nextToken: z.string().optional(),
  }),
})

const imagePage = z.object({
  DescribeImagesResponse: z.object({
    imagesSet: inside(
      z.object({
        item: list(z.object({ imageId: word, name: word.catch(''), creationDate: time })),
      }),
    ),
    nextToken: z.string().optional(),
  }),
})

const ec2 = (name: string, region: string, form: Record<string, string>, token?: string) => ({
  name,
  permission: `ec2:${name}`,
  request: {
    service: 'ec2',
    region,
    host: `ec2.${region}.amazonaws.com`,
    form: {
      Action: name,
      Version: '2016-11-15',
      MaxResults: '500',
      ...form,
      ...(token ? { NextToken: token } : {}),
    },
  },
})

/** Reads EC2. */
export function createShared({ must }: AwsCall): SharedClient {
  return {
    snapshots: (region, signal) =>
      everyPage(mostShared, `DescribeSnapshots in ${region}`, async (token) => {
        const form = { 'Owner.1': 'self', 'RestorableBy.1': 'all' }
        const question = ec2('DescribeSnapshots', region, form, token)
        const page = (await must({ ...question, answer: snapshotPage }, signal))
          .DescribeSnapshotsResponse
        const items = page.snapshotSet.item.map((s) => ({
          id: s.snapshotId,
          name: s.description || s.snapshotId,
          region,
          created: s.startTime,
        }))
        return { items, next: page.nextToken }
      }),

    images: (region, signal) =>
      everyPage(mostShared, `DescribeImages in ${region}`, async (token) => {
        const form = {
          'Owner.1': 'self',
          'Filter.1.Name': 'is-public',
          'Filter.1.Value.1': 'true',
        }
        const question = ec2('DescribeImages', region, form, token)
        const page = (await must({ ...question, answer: imagePage }, signal)).DescribeImagesResponse
        const items = page.imagesSet.item.map((i) => ({
          id: i.imageId,
          name: i.name || i.imageId,
          region,
          created: i.creationDate,
        }))
        return { items, next: page.nextToken }
      }),
  }
}
