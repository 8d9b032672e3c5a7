import type { Organisation } from '../organisation'
import { prices } from '../prices'

export function addAnalytics(organisation: Organisation): void {
  const { data, dataDev, shop, shared } = organisation.accounts
  for (const [account, name, units, shape] of [
    [data, 'nightly-curation', 95, 'nightly'],
    [data, 'month-close', 14, 'closing'],
    [dataDev, 'experiments', 4, 'development'],
  ] as const) {
    organisation.usage(
      {
        account,
        region: 'us-east-1',
        resourceId: `arn:aws:glue:us-east-1:${account.id}:job/${name}`,
        tags: organisation.tags(account, name),
      },
      {
        productCode: 'AWSGlue',
        productName: 'AWS Glue',
        family: 'AWS Glue',
        usageType: 'ETL-DPU-Hour',
        operation: 'Jobrun',
        unit: 'DPU-Hour',
        usd: prices.glue,
        description: 'Data Processing Unit-Hour for AWS Glue ETL jobs',
        longPrefix: true,
      },
      { base: units, shape, growth: 0.01, dayNoise: 0.06, hourNoise: 0.05 },
    )
  }
  organisation.usage(
    {
      account: data,
      region: 'us-east-1',
      resourceId: `arn:aws:athena:us-east-1:${data.id}:workgroup/analysts`,
    },
    {
      productCode: 'AmazonAthena',
      productName: 'Amazon Athena',
      family: 'Athena Queries',
      usageType: 'DataScannedInTB',
      operation: '',
      unit: 'Terabytes',
      usd: prices.athena,
      description: 'Terabyte for Data Scanned',
      longPrefix: true,
    },
    { base: 0.55, shape: 'business', growth: 0.012, dayNoise: 0.12, hourNoise: 0.2 },
  )
  organisation.usage(
    {
      account: shop,
      region: 'us-east-1',
      resourceId: `arn:aws:states:us-east-1:${shop.id}:stateMachine:order-flow`,
    },
    {
      productCode: 'AmazonStates',
      productName: 'AWS Step Functions',
      family: 'AWS Step Functions',
      usageType: 'StateTransition',
      operation: '',
      unit: 'StateTransitions',
      usd: prices.stepTransition,
      description: 'state transition',
      longPrefix: true,
    },
    { base: 130_000, shape: 'consumer', growth: 0.01, dayNoise: 0.04, hourNoise: 0.04 },
  )
  for (const [account, name, calls] of [
    [shop, 'public', 3_900_000],
    [shared, 'partners', 700_000],
  ] as const) {
    organisation.usage(
      { account, region: 'us-east-1', resourceId: `arn:aws:apigateway:us-east-1::/apis/${name}` },
      {
        productCode: 'AmazonApiGateway',
        productName: 'Amazon API Gateway',
        family: 'Amazon API Gateway HTTP API',
        usageType: 'ApiGatewayHttpRequest',
        operation: 'ApiGatewayHttpApi',
        unit: 'Requests',
        usd: prices.apiGateway,
        description: 'HTTP API request',
        longPrefix: true,
      },
      { base: calls, shape: 'consumer', growth: 0.01, dayNoise: 0.04, hourNoise: 0.04 },
    )
  }
  organisation.usage(
    {
      account: shop,
      region: 'us-east-1',
      resourceId: `arn:aws:wafv2:us-east-1:${shop.id}:global/webacl/storefront/main`,
    },
    {
      productCode: 'awswaf',
      productName: 'AWS WAF',
      family: 'Web Application Firewall',
      usageType: 'RequestV2-Tier1',
      operation: '',
      unit: 'Request',
      usd: prices.wafRequest,
      description: 'request processed',
      longPrefix: true,
    },
    { base: 6_000_000, shape: 'consumer', growth: 0.012, dayNoise: 0.04, daily: true },
  )
  organisation.usage(
    { account: shop, region: 'us-east-1' },
    {
      productCode: 'AmazonSNS',
      productName: 'Amazon Simple Notification Service',
      family: 'API Request',
      usageType: 'Requests-Tier1',
      operation: 'Publish',
      unit: 'Requests',
      usd: prices.sns,
      description: 'Amazon SNS API request',
    },
    { base: 800_000, shape: 'consumer', dayNoise: 0.05, daily: true },
  )
  organisation.usage(
    {
      account: shared,
      region: 'us-east-1',
      resourceId: `arn:aws:codebuild:us-east-1:${shared.id}:project/monorepo`,
    },
    {
      productCode: 'CodeBuild',
      productName: 'AWS CodeBuild',
      family: 'Build',
      usageType: 'Build-Min:Linux:g1.medium',
      operation: '',
      unit: 'Minutes',
      usd: prices.buildMinute,
      description: 'build minute on general1.medium',
      longPrefix: true,
    },
    { base: 380, shape: 'development', growth: 0.01, dayNoise: 0.1, hourNoise: 0.15 },
  )
}
