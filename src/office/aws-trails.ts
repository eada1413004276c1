import type { AwsTrail } from './aws-settings.ts'

/** What CloudTrail says of trails, or the name of the error that the call earned. */
export type TrailAnswer = Record<string, unknown> | string

/** DescribeTrails and GetTrailStatus: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/ */
export function trailAnswer(
  trails: readonly AwsTrail[],
  account: string,
  { method, region, body }: { method: string; region: string; body: string },
): TrailAnswer {
  const input = JSON.parse(body || '{}') as {
    includeShadowTrails?: boolean
    trailNameList?: string[]
    Name?: string
  }
  const arnOf = ({ home, name }: AwsTrail) => `arn:aws:cloudtrail:${home}:${account}:trail/${name}`
  const isNamed = (trail: AwsTrail, names: readonly unknown[]) =>
    names.includes(trail.name) || names.includes(arnOf(trail))
  // A trail of all Regions has a shadow in each of them.
  const here = trails.filter(
    (t) => t.home === region || (t.multi_region && input.includeShadowTrails !== false),
  )
  if (method === 'GetTrailStatus') {
    const trail = here.find((t) => isNamed(t, [input.Name]))
    return trail ? { IsLogging: trail.logging } : 'TrailNotFoundException'
  }
  const names = input.trailNameList ?? []
  return {
    trailList: here
      .filter((t) => names.length === 0 || isNamed(t, names))
      .map((trail) => ({
        Name: trail.name,
        S3BucketName: trail.bucket,
        IncludeGlobalServiceEvents: trail.multi_region,
        IsMultiRegionTrail: trail.multi_region,
        HomeRegion: trail.home,
        TrailARN: arnOf(trail),
        LogFileValidationEnabled: trail.validation,
        HasCustomEventSelectors: false,
        IsOrganizationTrail: false,
      })),
  }
}
