import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail'
import { z } from 'zod'
import { type AwsCall, readAs } from './aws-call.ts'
import { region as regionShape, word } from './aws-xml.ts'

/** Reads how one account's trails are set up. */
export interface TrailsClient {
  /** Trails that cover a Region, the organization's too. @throws ServiceError */
  trails(region: string, signal: AbortSignal): Promise<Trail[]>
  /** Whether a trail is being written. @throws ServiceError */
  isLogging(trail: Trail, signal: AbortSignal): Promise<boolean>
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_Trail.html */
export interface Trail {
  arn: string
  name: string
  home: string
  multiRegion: boolean
  validation: boolean
  organization: boolean
}

const trailList = z.object({
  trailList: z
    .array(
      z.object({
        TrailARN: z.string().startsWith('arn:').max(512),
        Name: word.catch(''),
        HomeRegion: regionShape,
        IsMultiRegionTrail: z.boolean().catch(false),
        LogFileValidationEnabled: z.boolean().catch(false),
        IsOrganizationTrail: z.boolean().catch(false),
      }),
    )
    .default([]),
})
const trailStatus = z.object({ IsLogging: z.boolean() })

/** Reads CloudTrail through the SDK's client. */
export function createTrails({ base, enter, run }: AwsCall): TrailsClient {
  const clients = new Map<string, Promise<CloudTrailClient>>()
  const open = async (region: string) => {
    const { CloudTrailClient } = await import('@aws-sdk/client-cloudtrail')
    return new CloudTrailClient({ ...base, region, credentials: await enter() })
  }
  const trailClient = (region: string) => {
    const client = clients.get(region) ?? open(region)
    clients.set(region, client)
    return client
  }

  return {
    async trails(region, signal) {
      const { DescribeTrailsCommand } = await import('@aws-sdk/client-cloudtrail')
      const what = { name: 'DescribeTrails', permission: 'cloudtrail:DescribeTrails', region }
      // Shadows too: an organization's trail shows in a member's account as one only.
      const command = new DescribeTrailsCommand({ includeShadowTrails: true })
      const answer = await run(
        what,
        async () => (await trailClient(region)).send(command, { abortSignal: signal }),
        signal,
      )
      return readAs(trailList, answer, `DescribeTrails in ${region}`).trailList.map((t) => ({
        arn: t.TrailARN,
        name: t.Name,
        home: t.HomeRegion,
        multiRegion: t.IsMultiRegionTrail,
        validation: t.LogFileValidationEnabled,
        organization: t.IsOrganizationTrail,
      }))
    },

    async isLogging({ arn, home: region }, signal) {
      const { GetTrailStatusCommand } = await import('@aws-sdk/client-cloudtrail')
      const what = { name: 'GetTrailStatus', permission: 'cloudtrail:GetTrailStatus', region }
      const answer = await run(
        what,
        async () =>
          (await trailClient(region)).send(new GetTrailStatusCommand({ Name: arn }), {
            abortSignal: signal,
          }),
        signal,
      )
      return readAs(trailStatus, answer, `GetTrailStatus in ${region}`).IsLogging
    },
  }
}
