import type { EC2Client } from '@aws-sdk/client-ec2'

type DryRun = (client: EC2Client, abortSignal: AbortSignal) => Promise<unknown>

/**
 * Reading calls of EC2 that say whether they would have worked. Only such as read: an endpoint that does not know
 * dry runs would carry out the others.
 */
export async function dryRuns(): Promise<Readonly<Record<string, DryRun>>> {
  const ec2 = await import('@aws-sdk/client-ec2')
  const dry = { DryRun: true }
  return {
    'ec2:DescribeRegions': (client, abortSignal) =>
      client.send(new ec2.DescribeRegionsCommand(dry), { abortSignal }),
    'ec2:DescribeInstances': (client, abortSignal) =>
      client.send(new ec2.DescribeInstancesCommand(dry), { abortSignal }),
    'ec2:DescribeImages': (client, abortSignal) =>
      client.send(new ec2.DescribeImagesCommand({ ...dry, Owners: ['self'] }), { abortSignal }),
    'ec2:DescribeLaunchTemplates': (client, abortSignal) =>
      client.send(new ec2.DescribeLaunchTemplatesCommand(dry), { abortSignal }),
    'ec2:DescribeReservedInstances': (client, abortSignal) =>
      client.send(new ec2.DescribeReservedInstancesCommand(dry), { abortSignal }),
    'ec2:DescribeVolumes': (client, abortSignal) =>
      client.send(new ec2.DescribeVolumesCommand(dry), { abortSignal }),
    'ec2:DescribeSnapshots': (client, abortSignal) =>
      client.send(new ec2.DescribeSnapshotsCommand({ ...dry, OwnerIds: ['self'] }), { abortSignal }),
    'ec2:DescribeAddresses': (client, abortSignal) =>
      client.send(new ec2.DescribeAddressesCommand(dry), { abortSignal }),
    'ec2:DescribeNatGateways': (client, abortSignal) =>
      client.send(new ec2.DescribeNatGatewaysCommand(dry), { abortSignal }),
    'ec2:DescribeVpcEndpoints': (client, abortSignal) =>
      client.send(new ec2.DescribeVpcEndpointsCommand(dry), { abortSignal }),
    'ec2:DescribeRouteTables': (client, abortSignal) =>
      client.send(new ec2.DescribeRouteTablesCommand(dry), { abortSignal }),
  }
}
