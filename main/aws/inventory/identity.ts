import type { Skipped } from '../../../analytics/contract/inventory'
import { fail, type Result, succeed } from '../../../analytics/contract/result'
import { retrying } from '../../sync/retry'
import { ForeignAnswerError } from './foreign-answer'
import type { ScanPorts } from './scan'
import { troubleOf } from './trouble'

type Ports = Pick<ScanPorts, 'session' | 'policy' | 'signal'>

/** Whose account it is: it decides where everything that is found belongs. */
export async function identityOf({ session, policy, signal }: Ports): Promise<Result<string>> {
  const region = await session.defaultRegion()
  const attempt = { action: 'sts:GetCallerIdentity', region, profile: session.profile }
  try {
    const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
    const client = await session.client('sts', region, async (config) => new STSClient(config))
    const { Account } = await retrying(policy, signal, () =>
      client.send(new GetCallerIdentityCommand({}), { abortSignal: signal }),
    )
    if (!Account) throw new ForeignAnswerError('it names no account')
    return succeed(Account)
  } catch (error) {
    const trouble = troubleOf(error, attempt)
    if (trouble.kind === 'stop') return { ok: false, failure: trouble.failure }
    return fail(
      trouble.code,
      `The account could not be told: ${trouble.reason}`,
      'Check the network and the profile, and scan again.',
      String(error).slice(0, 4_000),
    )
  }
}

/** Only regions that are switched on for the account. Where that may not be asked, the one of the profile. */
export async function regionsOf({
  session,
  policy,
  signal,
}: Ports): Promise<Result<{ readonly regions: readonly string[]; readonly skipped: readonly Skipped[] }>> {
  const region = await session.defaultRegion()
  const action = 'ec2:DescribeRegions'
  try {
    const { DescribeRegionsCommand, EC2Client } = await import('@aws-sdk/client-ec2')
    const client = await session.client('ec2', region, async (config) => new EC2Client(config))
    const { Regions } = await retrying(policy, signal, () =>
      client.send(new DescribeRegionsCommand({ AllRegions: false }), { abortSignal: signal }),
    )
    const regions = (Regions ?? []).flatMap(({ RegionName }) => (RegionName ? [RegionName] : []))
    if (regions.length === 0) throw new ForeignAnswerError('it names no region')
    return succeed({ regions: regions.sort(), skipped: [] })
  } catch (error) {
    const trouble = troubleOf(error, { action, region, profile: session.profile })
    if (trouble.kind === 'stop') return { ok: false, failure: trouble.failure }
    const reason = `${trouble.reason} Only ${region} was scanned; name others with --regions.`
    return succeed({
      regions: [region],
      skipped: [{ service: 'ec2', region: 'global', part: 'regions', action, code: trouble.code, reason }],
    })
  }
}
