import type { Address, NatGateway, RouteTable, VpcEndpoint } from '@aws-sdk/client-ec2'
import { arnOf } from '../arn'
import type { CollectContext, Collector, RelationDraft, ResourceDraft } from '../collector'
import { everyPage, present } from '../pages'
import { resource, tagsOf } from '../resource-draft'
import { ec2Client } from './ec2-client'

export const addresses: Collector = {
  service: 'ec2',
  part: 'addresses',
  scope: 'region',
  actions: ['ec2:DescribeAddresses'],
  async collect(context) {
    const { DescribeAddressesCommand } = await import('@aws-sdk/client-ec2')
    const client = await ec2Client(context)
    const { Addresses } = await context.ask(() =>
      client.send(new DescribeAddressesCommand({}), { abortSignal: context.signal }),
    )
    const found = present(Addresses)
    return {
      resources: found.map((address) => addressOf(address, context)),
      relations: found.flatMap(addressRelations),
    }
  },
}

function addressOf(address: Address, context: CollectContext): ResourceDraft {
  const id = address.AllocationId ?? address.PublicIp
  return resource({
    kind: 'address',
    id,
    arn: arnOf(context, 'ec2', `elastic-ip/${id}`),
    name: tagsOf(address.Tags).Name ?? address.PublicIp,
    state: address.AssociationId ? 'associated' : 'unassociated',
    tags: tagsOf(address.Tags),
    facts: {
      address: address.PublicIp,
      domain: address.Domain,
      pool: address.PublicIpv4Pool,
      carrier: address.CarrierIp,
      serviceManaged: address.ServiceManaged,
    },
  })
}

function addressRelations(address: Address): RelationDraft[] {
  const from = address.AllocationId ?? address.PublicIp ?? ''
  const { InstanceId, NetworkInterfaceId } = address
  return [
    ...(InstanceId ? [{ from, relation: 'associated with', to: InstanceId }] : []),
    ...(NetworkInterfaceId ? [{ from, relation: 'on interface', to: NetworkInterfaceId }] : []),
  ]
}

export const natGateways: Collector = {
  service: 'ec2',
  part: 'nat-gateways',
  scope: 'region',
  actions: ['ec2:DescribeNatGateways'],
  async collect(context) {
    const { DescribeNatGatewaysCommand } = await import('@aws-sdk/client-ec2')
    const client = await ec2Client(context)
    const all = await everyPage(context, {
      ask: (NextToken) =>
        client.send(new DescribeNatGatewaysCommand({ NextToken, MaxResults: 500 }), {
          abortSignal: context.signal,
        }),
      items: ({ NatGateways }) => NatGateways,
      next: ({ NextToken }) => NextToken,
    })
    // A deleted one is shown for an hour.
    const found = all.filter(({ State }) => State !== 'deleted')
    return {
      resources: found.map((gateway) => gatewayOf(gateway, context)),
      relations: found.flatMap(gatewayRelations),
    }
  },
}

function gatewayOf(gateway: NatGateway, context: CollectContext): ResourceDraft {
  return resource({
    kind: 'nat-gateway',
    id: gateway.NatGatewayId,
    arn: arnOf(context, 'ec2', `natgateway/${gateway.NatGatewayId}`),
    state: gateway.State,
    createdAt: gateway.CreateTime,
    tags: tagsOf(gateway.Tags),
    facts: { connectivity: gateway.ConnectivityType, addresses: gateway.NatGatewayAddresses?.length ?? 0 },
  })
}

function gatewayRelations(gateway: NatGateway): RelationDraft[] {
  const from = gateway.NatGatewayId ?? ''
  return [
    ...(gateway.NatGatewayAddresses ?? []).flatMap(({ AllocationId }) =>
      AllocationId ? [{ from, relation: 'uses address', to: AllocationId }] : [],
    ),
    ...(gateway.SubnetId ? [{ from, relation: 'in subnet', to: gateway.SubnetId }] : []),
    ...(gateway.VpcId ? [{ from, relation: 'in VPC', to: gateway.VpcId }] : []),
  ]
}

export const endpoints: Collector = {
  service: 'ec2',
  part: 'vpc-endpoints',
  scope: 'region',
  actions: ['ec2:DescribeVpcEndpoints'],
  async collect(context) {
    const { DescribeVpcEndpointsCommand } = await import('@aws-sdk/client-ec2')
    const client = await ec2Client(context)
    const all = await everyPage(context, {
      ask: (NextToken) =>
        client.send(new DescribeVpcEndpointsCommand({ NextToken, MaxResults: 500 }), {
          abortSignal: context.signal,
        }),
      items: ({ VpcEndpoints }) => VpcEndpoints,
      next: ({ NextToken }) => NextToken,
    })
    const found = all.filter(({ State }) => State?.toLowerCase() !== 'deleted')
    return {
      resources: found.map((endpoint) => endpointOf(endpoint, context)),
      relations: found.flatMap(endpointRelations),
    }
  },
}

function endpointOf(endpoint: VpcEndpoint, context: CollectContext): ResourceDraft {
  return resource({
    kind: 'vpc-endpoint',
    id: endpoint.VpcEndpointId,
    arn: arnOf(context, 'ec2', `vpc-endpoint/${endpoint.VpcEndpointId}`),
    state: endpoint.State?.toLowerCase(),
    createdAt: endpoint.CreationTimestamp,
    tags: tagsOf(endpoint.Tags),
    facts: {
      type: endpoint.VpcEndpointType,
      serviceName: endpoint.ServiceName,
      zones: endpoint.SubnetIds?.length ?? 0,
      privateDns: endpoint.PrivateDnsEnabled,
      requesterManaged: endpoint.RequesterManaged,
    },
  })
}

function endpointRelations(endpoint: VpcEndpoint): RelationDraft[] {
  const from = endpoint.VpcEndpointId ?? ''
  return [
    ...(endpoint.VpcId ? [{ from, relation: 'in VPC', to: endpoint.VpcId }] : []),
    ...(endpoint.RouteTableIds ?? []).map((to) => ({ from, relation: 'in route table', to })),
    ...(endpoint.SubnetIds ?? []).map((to) => ({ from, relation: 'in subnet', to })),
  ]
}

export const routeTables: Collector = {
  service: 'ec2',
  part: 'route-tables',
  scope: 'region',
  actions: ['ec2:DescribeRouteTables'],
  async collect(context) {
    const { DescribeRouteTablesCommand } = await import('@aws-sdk/client-ec2')
    const client = await ec2Client(context)
    const found = await everyPage(context, {
      ask: (NextToken) =>
        client.send(new DescribeRouteTablesCommand({ NextToken, MaxResults: 100 }), {
          abortSignal: context.signal,
        }),
      items: ({ RouteTables }) => RouteTables,
      next: ({ NextToken }) => NextToken,
    })
    // A route table costs nothing: what it tells is which gateway is in use.
    return { resources: [], relations: found.flatMap(routes) }
  },
}

function routes(table: RouteTable): RelationDraft[] {
  const from = table.RouteTableId ?? ''
  return [
    ...(table.Routes ?? []).flatMap(({ NatGatewayId, GatewayId }) => {
      const to = NatGatewayId ?? (GatewayId?.startsWith('vpce-') ? GatewayId : undefined)
      return to ? [{ from, relation: 'routes to', to }] : []
    }),
    ...(table.Associations ?? []).flatMap(({ SubnetId }) =>
      SubnetId ? [{ from, relation: 'serves subnet', to: SubnetId }] : [],
    ),
  ]
}
